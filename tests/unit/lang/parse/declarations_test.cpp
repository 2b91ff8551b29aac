#include <doctest/doctest.h>

#include "tests/unit/lang/parse/parsed.hpp"

namespace duly {
namespace {

using namespace syntax;

template <class Node>
Node read(const std::string& text) {
  const Parsed result = parsed(text);
  REQUIRE(result.codes() == "");
  REQUIRE(result.module.declarations.size() == 1);
  return result.node<Node>();
}

TEST_CASE("a policy's clauses stand in any order") {
  const Parsed result(
      "policy harbour \"Harbour\" decides sharing contact \"us\" extends national, board_requests\n"
      "  in force from 2024-04-01 until 2025-03-31 version \"2.1\"");
  CHECK(result.codes() == "");
  const PolicyHeader& header = result.module.header;
  CHECK(header.name.text == "harbour");
  CHECK(header.title.value == "Harbour");
  CHECK(header.version->value == "2.1");
  CHECK(to_string(header.in_force->from.date) == "2024-04-01");
  CHECK(to_string(header.in_force->until->date) == "2025-03-31");
  CHECK(header.extends.size() == 2);
  CHECK(header.decides->text == "sharing");
  CHECK(header.contact->value == "us");
  CHECK(result.words(header.in_force->span) == "in force from 2024-04-01 until 2025-03-31");
}

TEST_CASE("white space and comments mean nothing, and comments are kept") {
  const Parsed result("\xEF\xBB\xBF# first\r\npolicy\texample # the name\r\n\r\n\"A # b\"fact x\"X\":yes/no# last");
  CHECK(result.codes() == "");
  CHECK(result.module.header.title.value == "A # b");
  CHECK(result.module.declarations.size() == 1);
  REQUIRE(result.module.comments.size() == 3);
  CHECK(result.words(result.module.comments[0].span) == "# first");
  CHECK(result.words(result.module.comments[1].span) == "# the name");
  CHECK(result.words(result.module.comments[2].span) == "# last");
}

TEST_CASE("a declaration's span ends with its last word, its head with its name") {
  const Parsed result =
      parsed("rule court \"By order\"\n  d is p when order protected  # why\n\nfact x \"X\" : text\n\n");
  const Declaration& rule = result.module.declarations.at(0);
  CHECK(result.words(rule.head) == "rule court");
  CHECK(result.words(rule.span).ends_with("order protected"));
  CHECK(result.words(result.module.declarations.at(1).span) == "fact x \"X\" : text");
}

TEST_CASE("a source and its provisions") {
  const auto source = read<Source>(
      "source guide \"Guide\" provision part_one \"One\" by \"Board\" dated 2024-02-12 url \"https://x\""
      " provision tone \"Two\" is judgement \"a skill\"");
  CHECK(source.by->value == "Board");
  CHECK(to_string(source.dated->date) == "2024-02-12");
  CHECK(source.url->value == "https://x");
  REQUIRE(source.provisions.size() == 2);
  CHECK_FALSE(source.provisions[0].judgement);
  CHECK(source.provisions[1].name.text == "tone");
  CHECK(source.provisions[1].judgement->value == "a skill");
}

TEST_CASE("a choice, ordered or not, and its extension") {
  const auto choice = read<Choice>("choice level \"Level\" ordered low \"Low\" high \"High\" cite g.one cite g.two");
  CHECK(choice.ordered);
  REQUIRE(choice.values.size() == 2);
  CHECK(choice.values[1].name.text == "high");
  CHECK(choice.values[1].title->value == "High");
  CHECK(choice.cites.size() == 2);
  const auto extension = read<ExtendChoice>("extend choice national.body north \"North\" south \"South\"");
  CHECK(extension.name.text == "national.body");
  CHECK(extension.values.size() == 2);
}

TEST_CASE("every type of fact") {
  const auto type = [](const std::string& text) { return read<Fact>("fact x \"X\" : " + text).type; };
  CHECK(std::holds_alternative<Type::YesNo>(type("yes/no").kind));
  CHECK(std::get<Type::OfChoice>(type("consent_answer").kind).choice.text == "consent_answer");
  CHECK(std::holds_alternative<Type::DateType>(type("date").kind));
  CHECK(std::holds_alternative<Type::TextType>(type("text").kind));
  CHECK(std::get<Type::SetOf>(type("set of body").kind).choice.text == "body");
  const auto plain = std::get<Type::Number>(type("number").kind);
  CHECK_FALSE(plain.unit);
  CHECK_FALSE(plain.from);
  const auto range = std::get<Type::Number>(type("number of years from -5 to 17").kind);
  CHECK(range.unit->text == "years");
  CHECK(range.from == -5);
  CHECK(range.to == 17);
  const auto untitled = std::get<Type::OneOf>(type("one of a, b ask \"Q?\"").kind);
  REQUIRE(untitled.values.size() == 2);
  CHECK_FALSE(untitled.values[0].title);
  const auto titled = std::get<Type::OneOf>(type("one of a \"A\" b \"B\", c \"C\" help \"H\"").kind);
  REQUIRE(titled.values.size() == 3);
  CHECK(titled.values[1].title->value == "B");
}

TEST_CASE("a fact's clauses") {
  const auto fact = read<Fact>(
      "fact child.age \"Age\" : number cite g.one sensitive ask \"How old?\" judgement help \"H\" cite g.two, g.three");
  CHECK(fact.name.text == "child.age");
  CHECK(fact.ask->value == "How old?");
  CHECK(fact.help->value == "H");
  CHECK(fact.judgement);
  CHECK(fact.sensitive);
  CHECK(fact.cites.size() == 3);
}

TEST_CASE("definitions by type, by meaning, and anew") {
  const auto typed = read<Define>("define giver \"Giver\" : consent_giver otherwise parent cite g.one");
  CHECK_FALSE(typed.redefine);
  CHECK(std::get<std::string>(typed.otherwise->values.at(0).value) == "parent");
  CHECK(read<Define>("define s \"S\" : set of body otherwise empty").otherwise->empty_set);
  CHECK(read<Define>("define s \"S\" : set of body otherwise a, b").otherwise->values.size() == 2);
  CHECK(read<Define>("define s \"S\" means a and b").means);
  const auto again = read<Define>("redefine dotted.name \"S\" means any of - first: z - y cite g.one");
  CHECK(again.redefine);
  CHECK(again.means);
  CHECK(again.cites.size() == 1);
}

TEST_CASE("a decision and an action") {
  const auto decision =
      read<Decision>("decision sharing \"Share?\" yes_it_is \"Y\" cite g.one no_not \"N\" otherwise no_not");
  CHECK(decision.outcomes.size() == 2);
  CHECK(decision.otherwise->text == "no_not");
  CHECK(decision.cites.size() == 1);
  const auto action = read<Action>("action note \"Note\" to \"the parents\" by \"the head\"");
  CHECK(action.by->value == "the head");
  CHECK(action.to->value == "the parents");
}

TEST_CASE("a rule's conclusion sets a value or lays a duty") {
  const auto sets = read<Rule>("rule a \"A\" consent.giver is parent");
  CHECK(std::get<ValueIs>(sets.conclusion.node).value.text == "consent.giver");
  CHECK_FALSE(sets.when);
  CHECK(std::get<ValueIs>(read<Rule>("rule a \"A\" s is a, b, c").conclusion.node).setting.values.size() == 3);
  CHECK(std::get<ValueIs>(read<Rule>("rule a \"A\" s is empty").conclusion.node).setting.empty_set);
  CHECK(std::get<ValueIs>(read<Rule>("rule a \"A\" n is -3").conclusion.node).setting.values.size() == 1);
  CHECK(std::get<Duty>(read<Rule>("rule a \"A\" should not tell").conclusion.node).strength == Strength::should_not);
  CHECK(std::get<Duty>(read<Rule>("rule a \"A\" may tell").conclusion.node).action.text == "tell");
}

TEST_CASE("a rule's clauses stand in any order after its conclusion") {
  const auto rule = read<Rule>(
      "rule a \"A\" must tell protected cite g.one timing \"at once\" instead of agreed.yes, no, b because \"so\" when x "
      "despite all, other_reason.otherwise");
  CHECK(rule.is_protected);
  CHECK(rule.timing->value == "at once");
  CHECK(rule.because->value == "so");
  CHECK(rule.when);
  CHECK(rule.despite_all);
  REQUIRE(rule.despite.size() == 1);
  CHECK(rule.despite[0].text == "other_reason.otherwise");
  REQUIRE(rule.instead_of.size() == 3);
  CHECK(rule.instead_of[1].text == "no");
  CHECK(read<Rule>("rule a \"A\" must tell despite all").despite_all);
  CHECK_FALSE(read<Rule>("rule a \"A\" must tell despite b").despite_all);
}

TEST_CASE("a procedure's steps and their answers") {
  const auto procedure = read<Procedure>(
      "procedure flow \"Flow\" decides d cite g.zero\n"
      "step one_step \"One?\" on x cite g.one\n"
      "  yes, maybe: p cite g.two cite g.three\n"
      "  no: continue\n"
      "step two \"Two?\" on c given: q otherwise: continue");
  CHECK(procedure.decides.text == "d");
  CHECK(procedure.cites.size() == 1);
  REQUIRE(procedure.steps.size() == 2);
  const Step& step = procedure.steps[0];
  CHECK(step.on.text == "x");
  CHECK(step.cites.size() == 1);
  REQUIRE(step.answers.size() == 2);
  CHECK(step.answers[0].answers.size() == 2);
  CHECK(step.answers[0].outcome->text == "p");
  CHECK(step.answers[0].cites.size() == 2);
  CHECK_FALSE(step.answers[1].outcome);
  CHECK(procedure.steps[1].answers.at(1).otherwise);
}

TEST_CASE("a record's fields take clauses for themselves") {
  const auto record = read<Record>(
      "record r \"R\" when a cite g.one field f \"F\" : number of days from 0 to 9 from child.age when x\n"
      "field g \"G\" : number from other.value cite g.two");
  CHECK(record.when);
  CHECK(record.cites.size() == 1);
  REQUIRE(record.fields.size() == 2);
  CHECK(std::get<Type::Number>(record.fields[0].type.kind).to == 9);
  CHECK(record.fields[0].from->text == "child.age");
  CHECK(record.fields[0].when);
  CHECK(record.fields[1].from->text == "other.value");
  CHECK(record.fields[1].cites.size() == 1);
}

TEST_CASE("an agreement with all its clauses") {
  const auto agreement = read<Agreement>(
      "agreement panel \"Panel\" tier 2 under frame between school, police\n"
      "signed school 2024-03-01, police 2024-03-02 in force from 2024-03-01 until 2025-03-31 review by 2025-01-01\n"
      "owner \"O\" shares a, b shares c from school to police shares d to police for promoting, protecting\n"
      "basis public_task power \"P\" frequency \"F\" retention \"R\" security \"S\"");
  CHECK(agreement.tier == 2);
  CHECK(agreement.under->text == "frame");
  CHECK(agreement.between.size() == 2);
  REQUIRE(agreement.signatures.size() == 2);
  CHECK(agreement.signatures[1].body.text == "police");
  CHECK(to_string(agreement.signatures[1].date.date) == "2024-03-02");
  CHECK(agreement.in_force->until);
  CHECK(to_string(agreement.review_by->date) == "2025-01-01");
  REQUIRE(agreement.shares.size() == 3);
  CHECK(agreement.shares[0].categories.size() == 2);
  CHECK_FALSE(agreement.shares[0].from);
  CHECK(agreement.shares[1].from->text == "school");
  CHECK(agreement.shares[1].to->text == "police");
  CHECK_FALSE(agreement.shares[2].from);
  CHECK(agreement.purposes.size() == 2);
  CHECK(agreement.basis->text == "public_task");
  CHECK(agreement.security->value == "S");
}

TEST_CASE("a safeguard says what must hold, always or never") {
  CHECK_FALSE(read<Safeguard>("safeguard s \"S\" when x always y").never);
  const auto never = read<Safeguard>("safeguard s \"S\" never all of - a - b cite g.one");
  CHECK(never.never);
  CHECK(never.holds);
  CHECK(never.cites.size() == 1);
}

TEST_CASE("a case's facts") {
  const auto facts = read<Case>(
      "case c \"C\" like national.usual story \"\"\"\n  # not a comment\n  \"\"\" as at 2024-02-29\n"
      "facts x is yes n is -3 s is a, b t is empty u is unknown expect asks nothing discuss \"Why?\"");
  CHECK(facts.like->text == "national.usual");
  CHECK(facts.story->value == "# not a comment");
  CHECK(to_string(facts.as_at->date) == "2024-02-29");
  REQUIRE(facts.facts.size() == 5);
  CHECK(std::get<std::int64_t>(facts.facts[1].setting->values.at(0).value) == -3);
  CHECK(facts.facts[2].setting->values.size() == 2);
  CHECK(facts.facts[3].setting->empty_set);
  CHECK_FALSE(facts.facts[4].setting);
  CHECK(facts.discuss->value == "Why?");
}

TEST_CASE("a case's expectations") {
  const auto node = read<Case>(
      "case c \"C\" expect d is p d is not q because r e is a, b because other.yes d is undecided d is conflict d is gap\n"
      "d is unsafe must act because r should not act no duty act duty act is undecided duty act is conflict asks x asks "
      "nothing");
  const auto& expectations = node.expectations;
  REQUIRE(expectations.size() == 14);
  CHECK_FALSE(std::get<ExpectValue>(expectations[0].node).because);
  CHECK(std::get<ExpectValue>(expectations[1].node).negated);
  CHECK(std::get<ExpectValue>(expectations[1].node).because->text == "r");
  CHECK_FALSE(std::get<ExpectValue>(expectations[2].node).negated);
  CHECK(std::get<ExpectValue>(expectations[2].node).setting.values.size() == 2);
  CHECK(std::get<ExpectValue>(expectations[2].node).because->text == "other.yes");
  CHECK(std::get<ExpectStatus>(expectations[3].node).status == ExpectedStatus::undecided);
  CHECK(std::get<ExpectStatus>(expectations[6].node).status == ExpectedStatus::unsafe);
  CHECK(std::get<ExpectDuty>(expectations[7].node).because->text == "r");
  CHECK(std::get<ExpectDuty>(expectations[8].node).strength == Strength::should_not);
  CHECK_FALSE(std::get<ExpectDuty>(expectations[8].node).because);
  CHECK(std::get<ExpectNoDuty>(expectations[9].node).action.text == "act");
  CHECK(std::get<ExpectDutyStatus>(expectations[11].node).status == ExpectedStatus::conflict);
  CHECK(std::get<ExpectAsks>(expectations[12].node).fact->text == "x");
  CHECK_FALSE(std::get<ExpectAsks>(expectations[13].node).fact);
}

TEST_CASE("a keyword is a name where it is only a part of one") {
  CHECK(read<Fact>("fact child.case \"C\" : yes/no").name.text == "child.case");
  CHECK(read<Fact>("fact case.x \"C\" : yes/no").name.text == "case.x");
  CHECK(read<Fact>("fact case_number \"C\" : yes/no").name.text == "case_number");
}

TEST_CASE("a clause's word is a name where no declaration has that clause") {
  CHECK(read<Fact>("fact story \"C\" : yes/no").name.text == "story");
  CHECK(read<Rule>("rule owner \"O\" retention is review when basis").name.text == "owner");
  CHECK(read<Case>("case k \"K\" facts owner is yes expect review is retention").facts.at(0).fact.text == "owner");
}

}  // namespace
}  // namespace duly
