#include <doctest/doctest.h>

#include <fstream>
#include <vector>

#include "tests/unit/lang/parse/parsed.hpp"

/// Every mistake that the parser knows, by what its message says to the author.
namespace duly {
namespace {

struct Expectation {
  const char* text;
  Code code;
  const char* marked;  // the words below which the marks stand; "" for the end of a line
  const char* said;    // somewhere in message, label or help
};

void check(const std::vector<Expectation>& expectations) {
  for (const auto& expected : expectations) {
    CAPTURE(expected.text);
    const Parsed result = parsed(expected.text);
    CAPTURE(result.codes());
    REQUIRE(result.diagnostics.all().size() == 1);
    const Diagnostic& diagnostic = result.diagnostics.all().front();
    CHECK(name(diagnostic.code) == name(expected.code));
    CHECK(result.words(diagnostic.span) == expected.marked);
    const std::string all = diagnostic.message + "\n" + diagnostic.label + "\n" + diagnostic.help;
    CAPTURE(all);
    CHECK(all.find(expected.said) != std::string::npos);
    CHECK(diagnostic.message.back() != '.');
  }
}

TEST_CASE("texts") {
  check({
      {"fact x \"never closed : yes/no\nrule a \"A\" d is p", Code::E0201, "\"", "text"},
      {"fact x \"\"\"never closed\nrule of thumb\n", Code::E0201, "\"\"\"", "text"},
      {"fact x \"a\\tb\" : yes/no", Code::E0202, "\\t", "`\\\\`"},
      {"fact x \"say \"no\" again\" : yes/no", Code::E0235, "no", "`\\\"`"},
      {"fact x “X” : yes/no", Code::E0209, "“", "straight quotes"},
      {"fact x \"X\" : yes/no ask Is it?", Code::E0229, "Is", "`ask \"…\"`"},
      {"fact x \"X\" : yes/no ask \"a\" \"b\"", Code::E0235, "\"b\"", "\"\"\""},
  });
}

TEST_CASE("names") {
  check({
      {"rule case \"R\" d is p", Code::E0203, "case", "`the_case`"},
      {"choice k \"K\" no \"No\"", Code::E0203, "no", "a word of the language"},
      {"fact x \"X\" : one of yes, b", Code::E0203, "yes", "a word of the language"},
      {"rule r \"R\" d is p despite after", Code::E0203, "after", "a word of the language"},
      {"fact childAge \"A\" : number", Code::E0204, "childAge", "Write `child_age`"},
      {"fact child-age \"A\" : number", Code::E0204, "child-age", "Write `child_age`"},
      {"fact 13_plus \"A\" : number", Code::E0204, "13_plus", "begins with a letter"},
      {"rule a.b \"R\" d is p", Code::E0205, "a.b", "Write `a_b`"},
      {"rule \"R\" d is p", Code::E0221, "\"R\"", "rule NAME \"title\""},
      {"rule r \"R\" d is p despite", Code::E0221, "", "expected a rule, or `all`"},
      {"rule r \"R\" d is p cite g.one,", Code::E0221, "", "comma"},
      {"rule r \"R\" d is p cite \"Guide 1\"", Code::E0221, "\"Guide 1\"", "without quotes"},
      {"fact schüler \"S\" : number", Code::E0209, "ü", "a to z"},
  });
}

TEST_CASE("a name that is written with a space") {
  check({
      {"rule r \"R\" d is p when child age is 11", Code::E0224, "age", "`child.age` or `child_age`"},
      {"rule r \"R\" d is p when x and child age is 11", Code::E0224, "age", "`child.age` or `child_age`"},
      {"rule r \"R\" must seek advice", Code::E0224, "advice", "`seek_advice`"},
      {"rule r \"R\" sharing is may share", Code::E0233, "may", "`may_share`"},
      {"rule r \"R\" consent giver is parent", Code::E0228, "giver", "`consent.giver`"},
      {"case k \"K\" facts child age is 11 expect d is p", Code::E0232, "age", "`child.age`"},
  });
}

TEST_CASE("a comparison without its `is`") {
  check({
      {"rule r \"R\" d is p when child.age under 14", Code::E0232, "under", "`child.age is under …`"},
      {"rule r \"R\" d is p when child.age at least 14", Code::E0232, "at", "`child.age is at …`"},
      {"rule r \"R\" d is p when child.age 14", Code::E0232, "14", "`child.age is 14`"},
      {"case k \"K\" facts child.age 14 expect d is p", Code::E0232, "14", "`child.age is 14`"},
  });
}

TEST_CASE("a name that is misspelt everywhere is reported once, and understood") {
  const Parsed result =
      parsed("fact childAge \"A\" : number\nrule r \"R\" d is p when childAge is over 3 and childAge is under 9");
  CHECK(result.codes() == "E0204");
  CHECK(result.node<syntax::Fact>().name.text == "child_age");
}

TEST_CASE("titles") {
  check({
      {"rule r\nfact x \"X\" : yes/no", Code::E0222, "", "The rule `r` has no title"},
      {"fact x : yes/no", Code::E0222, ":", "The fact `x` has no title"},
      {"rule my rule \"R\" d is p", Code::E0222, "rule", "`my_rule`"},
      {"choice k \"K\" a b \"B\"", Code::E0222, "b", "`a` has no title"},
  });
}

TEST_CASE("numbers and dates") {
  check({
      {"rule r \"R\" n is 99999999999999999999", Code::E0206, "99999999999999999999", "too large"},
      {"rule r \"R\" d is p when t is before 2023-02-29", Code::E0207, "2023-02-29", "There is no day"},
      {"rule r \"R\" d is p when n is 1.5", Code::E0208, "1.5", "no whole number"},
      {"rule r \"R\" d is p when t is 2024/04/01", Code::E0208, "2024/04/01", "2024-04-01"},
      {"rule r \"R\" d is p when t is 01.04.2024", Code::E0208, "01.04.2024", "no date"},
      {"source s \"S\" dated 12 May 2024", Code::E0208, "12", "2024-04-01"},
      {"source s \"S\" dated yesterday", Code::E0230, "yesterday", "A date is missing"},
      {"fact x \"X\" : number from 0 to many", Code::E0231, "many", "A whole number is missing"},
      {"fact x \"X\" : number from low to high", Code::E0231, "low", "`number from 0 to 17`"},
      {"rule r \"R\" d is p when n is over 3 years", Code::E0235, "years", "the unit belongs to the fact"},
      {"rule r \"R\" d is p when n is - 3", Code::E0215, "-", "`-3`"},
  });
}

TEST_CASE("symbols and words of other languages") {
  check({
      {"rule r \"R\" d is p when x && y", Code::E0210, "&&", "and"},
      {"rule r \"R\" d is p when x || y", Code::E0210, "||", "or"},
      {"rule r \"R\" d is p when !x", Code::E0210, "!", "not"},
      {"rule r \"R\" d is p when n < 3", Code::E0210, "<", "is under"},
      {"rule r \"R\" d is p when n <= 3", Code::E0210, "<=", "is at most"},
      {"rule r \"R\" d is p when n > 3", Code::E0210, ">", "is over"},
      {"rule r \"R\" d is p when n >= 3", Code::E0210, ">=", "is at least"},
      {"rule r \"R\" d is p when n = 3", Code::E0210, "=", "is"},
      {"rule r \"R\" d is p when n == 3", Code::E0210, "==", "is"},
      {"rule r \"R\" d is p when n != 3", Code::E0210, "!=", "is not"},
      {"rule r \"R\" d is p when n ≥ 3", Code::E0210, "≥", "is at least"},
      {"rule r \"R\" d = p", Code::E0210, "=", "is"},
      {"case k \"K\" facts x = yes expect d is p", Code::E0210, "=", "is"},
      {"rule r \"R\" n is 3 + 4", Code::E0210, "+", "calculate"},
      {"fact x \"X\" : yes/no;", Code::E0209, ";", "Nothing ends a line"},
      {"rule r \"R\" d is p unless x", Code::E0211, "unless", "when not"},
      {"rule r \"R\" d is p if x", Code::E0211, "if", "when"},
      {"rule r \"R\" if x then d is p", Code::E0211, "if", "when"},
      {"rule r \"R\" d is p when x then y", Code::E0211, "then", "when"},
      {"rule r \"R\" d is p else q", Code::E0211, "else", "otherwise"},
      {"rule r \"R\" d is p when n is more than 3", Code::E0211, "is more than", "Write `is over`"},
      {"rule r \"R\" d is p when n is less than 3", Code::E0211, "is less than", "Write `is under`"},
      {"rule r \"R\" d is p when n is greater than or equal to 3", Code::E0211, "is greater than",
       "Write `is at least`"},
      {"rule r \"R\" d is p when n is under or equal to 3", Code::E0211, "or", "Write `is at most`"},
      {"rule r \"R\" d is p when n is over or equal to 3", Code::E0211, "or", "Write `is at least`"},
      {"rule r \"R\" d is p when n more than 3", Code::E0211, "more than", "Write `is over`"},
      {"rule r \"R\" d is p when n less than 3", Code::E0211, "less than", "Write `is under`"},
      {"rule r \"R\" d is p when n equals 3", Code::E0211, "equals", "Write `is`"},
      {"rule r \"R\" d is p when n is equal to 3", Code::E0211, "is equal to", "Write `is`"},
      {"rule r \"R\" d is p when s contains a", Code::E0211, "contains", "Write `includes`"},
      {"rule r \"R\" d is p when c is any of a, b", Code::E0211, "any", "is one of"},
      {"rule r \"R\" may not act", Code::E0211, "not", "must not"},
  });
}

TEST_CASE("lists of names") {
  check({
      {"rule r \"R\" d is p despite a and b", Code::E0212, "and", "comma"},
      {"agreement a \"A\" tier 1 between x or y", Code::E0212, "or", "comma"},
      {"procedure f \"F\" decides d step s \"S\" on x yes or no: p", Code::E0212, "or", "comma"},
      {"case k \"K\" facts s is a and b expect d is p", Code::E0212, "and", "comma"},
      {"rule r \"R\" d is p when c is one of a, or b", Code::E0212, "or", "comma"},
      {"rule r \"R\" d is p cite g.one, and g.two", Code::E0212, "and", "comma"},
      {"rule r \"R\" d is p cite g.one g.two", Code::E0232, "g.two", "comma is missing"},
      {"fact x \"X\" : one of a b", Code::E0232, "b", "`a, b`"},
      {"rule r \"R\" d is p when c is a, b", Code::E0235, ",", "is one of a"},
  });
}

TEST_CASE("`and` and `or` need parentheses, and both readings are shown") {
  const Diagnostic d = mistake("rule r \"R\" d is p when a is b  and\n not c # or\n or must tell");
  CHECK(d.code == Code::E0213);
  CHECK(d.help.find("\n  (a is b and not c) or must tell\n") != std::string::npos);
  CHECK(d.help.ends_with("\n  a is b and (not c or must tell)"));
  const Diagnostic more = mistake("rule r \"R\" d is p when a or b and c and (d or e) or f");
  CHECK(more.help.find("\n  a or (b and c and (d or e)) or f\n") != std::string::npos);
  CHECK(more.help.ends_with("\n  (a or b) and c and ((d or e) or f)"));
}

TEST_CASE("`and` with `or` in parentheses is no mistake") {
  CHECK(parsed("rule r \"R\" d is p when (a and b) or c").codes() == "");
  CHECK(parsed("rule r \"R\" d is p when any of - a and b - c or d").codes() == "");
}

TEST_CASE("conditions and comparisons") {
  check({
      {"rule r \"R\" d is p when n is not under 3", Code::E0214, "not under", "`not n is under …`"},
      {"rule r \"R\" d is p when child.age is not at least 3", Code::E0214, "not at", "`not child.age is at least …`"},
      {"rule r \"R\" d is p when s is not empty", Code::E0214, "not empty", "in front"},
      {"rule r \"R\" d is p when s not includes a", Code::E0214, "not", "`not s includes …`"},
      {"rule r \"R\" d is p when n is", Code::E0215, "", "on the right of `is`"},
      {"rule r \"R\" d is p when n is at least\nfact x \"X\" : text", Code::E0215, "", "on the right of `is at least`"},
      {"rule r \"R\" d is p when c is (a or b)", Code::E0215, "(", "is one of"},
      {"rule r \"R\" d is p when", Code::E0216, "", "after `when`"},
      {"rule r \"R\" d is p when a and", Code::E0216, "", "after `and`"},
      {"rule r \"R\" d is p when 3 is n", Code::E0216, "3", "names a value"},
      {"rule r \"R\" d is p when yes", Code::E0216, "yes", "stands alone"},
      {"rule r \"R\" d is p when - a - b", Code::E0216, "-", "any of"},
      {"rule r \"R\" d is p when c is \"given\"", Code::E0233, "\"given\"", "without quotes"},
      {"rule r \"R\" d is p when ()", Code::E0218, "()", "nothing in these parentheses"},
      {"rule r \"R\" d is p when (a and b", Code::E0220, "", "parenthesis is not closed"},
      {"rule r \"R\" d is p when a)", Code::E0220, ")", "closes nothing"},
      {"rule r \"R\" d is p when n at least 3", Code::E0232, "at", "`is` is missing"},
      {"rule r \"R\" d is p when n is at 3", Code::E0232, "3", "`least` or `most`"},
      {"rule r \"R\" d is p when years born is over 3", Code::E0232, "born", "`since`"},
      {"rule r \"R\" d is p when n is from 3", Code::E0232, "", "`to`"},
  });
}

TEST_CASE("lists") {
  check({
      {"rule r \"R\" d is p when any of - any of - a - b", Code::E0217, "any", "parentheses"},
      {"rule r \"R\" d is p when x and all of - a - b", Code::E0217, "all", "parentheses"},
      {"rule r \"R\" d is p when not none of - a", Code::E0217, "none", "parentheses"},
      {"rule r \"R\" d is p when any of - a [g.one] and b", Code::E0217, "and", "parentheses"},
      {"rule r \"R\" d is p when any of", Code::E0218, "", "This list is empty"},
      {"rule r \"R\" d is p when any of a, b", Code::E0218, "a", "dash"},
      {"rule r \"R\" d is p when any of - a cite g.one - b", Code::E0219, "-", "[g.one]"},
      {"rule r \"R\" d is p [g.one]", Code::E0219, "[", "`cite`"},
      {"rule r \"R\" d is p when any of - a [g.one - b", Code::E0220, "-", "bracket is not closed"},
      {"rule r \"R\" d is p when a - b", Code::E0235, "-", "any of"},
  });
}

TEST_CASE("clauses") {
  check({
      {"rule r \"R\" d is p wehn x", Code::E0224, "wehn", "Did you mean `when`?"},
      {"rule r \"R\" d is p WHEN x", Code::E0224, "WHEN", "Did you mean `when`?"},
      {"fact x \"X\" : yes/no judgment", Code::E0224, "judgment", "Did you mean `judgement`?"},
      {"choice k \"K\" ordred a \"A\"", Code::E0224, "ordred", "Did you mean `ordered`?"},
      {"case k \"K\" stroy \"S\" expect d is p", Code::E0224, "stroy", "Did you mean `story`?"},
      {"case k \"K\" facts x is yes dicsuss \"S\" expect d is p", Code::E0224, "dicsuss", "Did you mean `discuss`?"},
      {"procedure f \"F\" decides d setp s \"S\" on x", Code::E0224, "setp", "Did you mean `step`?"},
      {"rule r \"R\" d is p ask \"Q?\"", Code::E0224, "ask", "`ask` belongs in a fact"},
      {"fact x \"X\" : yes/no colour \"red\"", Code::E0224, "colour", "A fact has `ask`"},
      {"procedure f \"F\" step s \"S\" on x yes: p decides d", Code::E0224, "decides", "before the parts"},
      {"rule r \"R\" d is p instead a", Code::E0232, "a", "`of` is missing after `instead`"},
      {"agreement a \"A\" tier 1 review 2024-01-01", Code::E0232, "2024-01-01", "`by`"},
      {"case k \"K\" facts x yes expect d is p", Code::E0232, "yes", "`is` is missing after `x`"},
  });
}

TEST_CASE("a clause that is given twice is shown at both places, and the first one counts") {
  const Parsed result = parsed("fact x \"X\" : yes/no ask \"one\" ask \"two\"");
  CHECK(result.codes() == "E0223");
  const Diagnostic& d = result.diagnostics.all().front();
  REQUIRE(d.notes.size() == 1);
  CHECK(result.words(d.notes[0].span) == "ask");
  CHECK(d.notes[0].span < d.span);
  CHECK(result.node<syntax::Fact>().ask->value == "one");
  for (const char* text :
       {"rule r \"R\" d is p when x when y", "rule r \"R\" d is p despite a despite b",
        "rule r \"R\" d is p despite all despite b", "rule r \"R\" d is p protected protected",
        "choice k \"K\" ordered ordered a \"A\"", "decision d \"D\" p \"P\" otherwise p otherwise p",
        "safeguard s \"S\" always x never y", "case k \"K\" expect d is p expect d is p",
        "case k \"K\" facts x is yes facts y is yes expect d is p", "define e \"E\" means x means y",
        "procedure f \"F\" decides d decides e step s \"S\" on x yes: p",
        "record r \"R\" field f \"F\" : text when x when y", "agreement a \"A\" tier 1 between a, b between c, d",
        "agreement a \"A\" tier 1 shares x from a from b"}) {
    CAPTURE(text);
    CHECK(parsed(text).codes() == "E0223");
  }
}

TEST_CASE("the same clause in two fields, or two citations, are no repetition") {
  CHECK(parsed("record r \"R\" when x field f \"F\" : text when x field g \"G\" : text when x").codes() == "");
  CHECK(parsed("rule r \"R\" d is p cite g.a cite g.b").codes() == "");
}

TEST_CASE("declarations that lack a part") {
  check({
      {"fact x \"X\"", Code::E0226, "", "`yes/no`"},
      {"fact x \"X\" : yes or no", Code::E0226, "or", "`yes/no`"},
      {"fact x \"X\" : 3", Code::E0226, "3", "A type is"},
      {"record r \"R\" field f \"F\"", Code::E0226, "", "This field has no type"},
      {"define e \"E\" otherwise no", Code::E0226, "otherwise", "`means`"},
      {"redefine e \"E\" : yes/no", Code::E0227, ":", "`means`"},
      {"choice k \"K\"", Code::E0227, "choice k", "has no values"},
      {"extend choice k", Code::E0227, "extend choice k", "extended by no value"},
      {"decision d \"D\"", Code::E0227, "decision d", "has no outcomes"},
      {"procedure f \"F\" step s \"S\" on x yes: p", Code::E0227, "procedure f", "does not say what it decides"},
      {"procedure f \"F\" decides d", Code::E0227, "procedure f", "has no steps"},
      {"procedure f \"F\" decides d step s \"S\" on x", Code::E0227, "step s \"S\" on x", "has no answers"},
      {"record r \"R\"", Code::E0227, "record r", "has no fields"},
      {"safeguard s \"S\" when x", Code::E0227, "safeguard s", "does not say what must hold"},
      {"case k \"K\" facts x is yes", Code::E0227, "case k", "expects nothing"},
      {"rule r \"R\"", Code::E0228, "", "concludes nothing"},
      {"rule r \"R\" when x", Code::E0228, "when", "comes after it"},
      {"rule r \"R\" d p", Code::E0228, "p", "`is` is missing after `d`"},
      {"rule r \"R\" d is not p", Code::E0233, "not", "not what it is not"},
      {"rule r \"R\" d is", Code::E0233, "", "A value is missing"},
      {"procedure f \"F\" decides d step s \"S\" yes: p", Code::E0232, "yes", "what it asks about"},
      {"procedure f \"F\" decides d step s \"S\" on x yes p", Code::E0232, "p", "colon"},
      {"procedure f \"F\" decides d step s \"S\" on x yes:", Code::E0233, "", "`continue`"},
      {"case k \"K\" expect duty act is gap", Code::E0233, "gap", "`undecided` or `conflict`"},
      {"agreement a \"A\"", Code::E0234, "", "`tier 1` or `tier 2`"},
      {"agreement a \"A\" tier 3", Code::E0234, "3", "There is no tier 3"},
  });
}

TEST_CASE("what is no declaration") {
  check({
      {"fcat x \"X\" : yes/no", Code::E0225, "fcat", "Did you mean `fact`?"},
      {"fact f \"F\" : text\nfcat x \"X\" : yes/no", Code::E0225, "fcat", "Did you mean `fact`?"},
      {"fact f \"F\" : text\nfacts x \"X\" : yes/no", Code::E0225, "facts", "Did you mean `fact`?"},
      {"fact f \"F\" : text\nRULE r \"R\" d is p", Code::E0225, "RULE", "Did you mean `rule`?"},
      {"fact f \"F\" : text\ntest r \"R\" d is p", Code::E0225, "test", "A declaration begins with"},
      {"fact f \"F\" : text 17", Code::E0235, "17", "belongs to nothing"},
  });
}

TEST_CASE("a message is of readable length whatever the names in it") {
  const Diagnostic d = mistake("fact f \"F\" : text\n" + std::string(100'000, 'x'));
  CHECK(d.message.size() < 1000);
  CHECK(d.help.size() < 1000);
}

}  // namespace
}  // namespace duly
