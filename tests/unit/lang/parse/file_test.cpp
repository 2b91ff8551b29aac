#include <doctest/doctest.h>

#include <chrono>

#include "tests/unit/lang/parse/parsed.hpp"

/// What concerns a file as a whole: whether it can be read, its policy line, going on after mistakes, and its limits.
namespace duly {
namespace {

TEST_CASE("a file without anything to read is one mistake") {
  for (const char* text : {"", "\n\n", "# only a comment", "\xEF\xBB\xBF", "\xEF\xBB\xBF # c\r\n"}) {
    CHECK(Parsed(text).codes() == "E0102");
  }
}

TEST_CASE("bytes that are no text are one mistake, at their place") {
  CHECK(Parsed(std::string("policy a \"A\"\n\0", 14)).codes() == "E0103");
  const Parsed latin("policy a \"A\"\nfact x \"Sch\xFCler\" : yes/no");
  CHECK(latin.codes() == "E0103");
  CHECK(latin.line(latin.diagnostics.all()[0]) == 2);
  CHECK(Parsed("PK\x03\x04\xFF\xFE").codes() == "E0103");
}

TEST_CASE("a file of more than 1 MiB is refused, one of exactly so much is read") {
  const std::string start = "policy a \"A\"\n";
  const std::string comment = "#" + std::string(1024 * 1024 - start.size() - 1, 'c');
  CHECK(Parsed(start + comment).codes() == "");
  const Parsed large(start + comment + "c");
  CHECK(large.codes() == "E0902");
  CHECK(large.diagnostics.all()[0].message.find("1 MiB") != std::string::npos);
}

TEST_CASE("the policy comes first, once") {
  const Parsed without("fact x \"X\" : yes/no");
  CHECK(without.codes() == "E0105");
  CHECK(without.module.header.name.text.empty());
  CHECK(without.module.declarations.size() == 1);
  const Parsed late("fact x \"X\" : yes/no\npolicy a \"A\"\nfact y \"Y\" : yes/no");
  CHECK(late.codes() == "E0105");
  CHECK(late.module.header.name.text == "a");
  CHECK(late.module.declarations.size() == 2);
  const Parsed misspelt("polcy a \"A\"\nfact x \"X\" : yes/no");
  CHECK(misspelt.codes() == "E0105");
  CHECK(misspelt.diagnostics.all()[0].help.find("`policy`") != std::string::npos);
  const Parsed twice("policy a \"A\"\nfact x \"X\" : yes/no\npolicy b \"B\" version \"2\"\nfact y \"Y\" : yes/no");
  CHECK(twice.codes() == "E0106");
  CHECK(twice.module.header.name.text == "a");
  CHECK(twice.module.declarations.size() == 2);
  CHECK(twice.diagnostics.all()[0].notes.size() == 1);
}

TEST_CASE("a policy line with a mistake keeps its name") {
  const Parsed result("policy a \"A\" version 2\nfact x \"X\" : yes/no");
  CHECK(result.codes() == "E0229");
  CHECK(result.module.header.name.text == "a");
  CHECK(result.module.declarations.size() == 1);
}

TEST_CASE("every independent mistake is reported, and what is sound is read") {
  const Parsed result = parsed(
      "fact a \"A\"\n"
      "fact b \"B\" : yes/no\n"
      "rule c \"C\" d is p when x && y\n"
      "  and this goes on\n"
      "  rule e \"E\" d is p\n"
      "choice f \"never closed\n"
      "fact case \"G\" : text\n"
      "fact h \"H\" : text\n");
  CHECK(result.codes() == "E0226 E0210 E0201 E0203");
  CHECK(result.module.declarations.size() == 3);
}

TEST_CASE("the names of declarations that could not be read are known") {
  const Parsed result = parsed("fact a.b \"A\"\nrule c \"C\" d = p\nrule when \"W\" d is p");
  REQUIRE(result.module.unread.size() == 2);
  CHECK(result.module.unread[0].text == "a.b");
  CHECK(result.module.unread[1].text == "c");
}

TEST_CASE("a line of a long text is no declaration") {
  const Parsed result = parsed("case c \"C\" stroy \"S\" story \"\"\"\nrule of thumb\n\"\"\"\nfact x \"X\" : yes/no");
  CHECK(result.codes() == "E0224");
  CHECK(result.module.declarations.size() == 1);
}

TEST_CASE("behind a long text that is never closed there is nothing else to find") {
  CHECK(parsed("fact a \"\"\"A\nrule of thumb\nfact b \"B\"").codes() == "E0201");
}

TEST_CASE("reading stops after fifty errors, and says so") {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "fact\n";
  const Parsed result = parsed(text);
  CHECK(result.diagnostics.errors() == 51);
  CHECK(result.diagnostics.all().back().code == Code::E0908);
  CHECK(parsed("fact a \"" + std::string(1000, '\\') + "t\\t\\t\\t" + "\" : text").diagnostics.errors() < 52);
}

TEST_CASE("64 levels of nesting are read, one more is an error that names the limit") {
  const auto nested = [](std::size_t depth) {
    return parsed("rule r \"R\" d is p when " + std::string(depth, '(') + "x" + std::string(depth, ')'));
  };
  CHECK(nested(64).codes() == "");
  const Parsed deep = nested(65);
  CHECK(deep.codes() == "E0901");
  CHECK(deep.diagnostics.all()[0].message.find("64") != std::string::npos);
  std::string nots;
  for (int i = 0; i < 33; ++i) nots += "not (";
  CHECK(parsed("rule r \"R\" d is p when " + nots + "x").codes() == "E0901");
}

TEST_CASE("nesting is counted along one path, not over a whole condition") {
  std::string many = "x";
  for (int i = 0; i < 200; ++i) many += " and not (x)";
  CHECK(parsed("rule r \"R\" d is p when " + many).codes() == "");
}

TEST_CASE("a megabyte of anything is answered at once") {
  using Clock = std::chrono::steady_clock;
  constexpr std::size_t size = 1'000'000;
  const auto repeated = [](const std::string& start, const std::string& part) {
    std::string text = "policy a \"A\"\n" + start;
    while (text.size() < size) text += part;
    return text;
  };
  const std::string rule = "rule r \"R\" d is p when ";
  for (const std::string& text :
       {repeated(rule, "("), repeated(rule, "not "), repeated(rule + "x", " and x"),
        repeated(rule + "x", " and x or y"), repeated(rule + "any of", " - x"), repeated("", "fact x \"abc\n"),
        repeated("", "fact x \"\"\"abc\n"), repeated("", "# c\n"), repeated("", "x"), repeated("fact x \"", "\\t"),
        repeated("", "rule\n"), repeated(rule + "any of", " - x") + " cite a - b",
        repeated(rule + "(x", " and x") + " fact"}) {
    const auto begin = Clock::now();
    const Parsed result(text);
    CHECK(Clock::now() - begin < std::chrono::seconds(10));  // generous: sanitizers and busy machines
    CHECK(result.diagnostics.errors() <= 52);
  }
}

}  // namespace
}  // namespace duly
