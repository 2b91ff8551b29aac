#include "interpreter/cli/stepper/stepper.hpp"

#include <doctest/doctest.h>

#include <random>

#include "tests/unit/interpreter/report/compiled_policy.hpp"
#include "tests/unit/interpreter/trace/shipped_policies.hpp"

namespace duly::cli::stepper {
namespace {

const CompiledPolicy& practice() {
  static const CompiledPolicy policy(read_text(DULY_SOURCE_DIR "/tests/cli/practice.policy"), "practice.policy");
  return policy;
}

/// A stepper on a case, and what is needed to drive it.
struct Driven {
  Driven(const Program& program, const SourceMap& sources, std::string_view case_name, bool guess = false)
      : decider(program),
        stepper(program, sources, decider,
                trace::follow(program, decider, make_case(program, at(program.cases, *program.find_case(case_name))),
                              program.default_decision),
                program.default_decision, "practice", guess) {}
  explicit Driven(std::string_view case_name, bool guess = false)
      : Driven(practice().program(), practice().sources(), case_name, guess) {}

  bool press(std::string_view keys) {
    bool stays = true;
    for (const char key : keys) {
      if (key == '\n') {
        stays = stepper.press({Key::Kind::enter});
      } else if (key == '\x1b') {
        stays = stepper.press({Key::Kind::escape});
      } else {
        stays = stepper.press({Key::Kind::character, static_cast<char32_t>(key)});
      }
    }
    return stays;
  }

  std::string shown(std::size_t width = 80, std::size_t height = 24) {
    return stepper.screen(width, height).plain_text();
  }
  bool shows(std::string_view words) { return shown().find(words) != std::string::npos; }

  Decider decider;
  Stepper stepper;
};

}  // namespace

TEST_CASE("stepper: every key goes where it says") {
  Driven driven("eleven");
  CHECK(driven.shows("step 1 of"));
  CHECK(driven.press("n"));
  CHECK(driven.shows("step 2 of"));
  CHECK(driven.press(" \n"));
  CHECK(driven.shows("step 4 of"));
  CHECK(driven.press("b"));
  CHECK(driven.shows("step 3 of"));
  CHECK(driven.press("r"));
  CHECK(driven.shows("Rule practice.under_12 applies"));
  CHECK(driven.press("d"));
  CHECK(driven.shows("Decided: May the bicycle be lent? Keep the bicycle."));
  CHECK(driven.press("d"));
  CHECK(driven.shows("No decision is settled after this step."));
  CHECK(driven.press("$"));
  CHECK(driven.shows("The safeguard holds"));
  CHECK(driven.press("n"));
  CHECK(driven.shows("This is the last step."));
  CHECK(driven.press("0"));
  CHECK(driven.shows("step 1 of"));
  CHECK(driven.press("b"));
  CHECK(driven.shows("This is the first step."));
  CHECK(driven.press("x"));
  CHECK(driven.shows("That key does nothing here."));
  CHECK_FALSE(driven.press("q"));
}

TEST_CASE("stepper: the decision is shown only as far as it is settled") {
  Driven driven("eleven");
  CHECK(driven.shows("Not settled yet."));
  driven.press("d");
  CHECK_FALSE(driven.shows("Not settled yet."));
  driven.press("b");
  CHECK(driven.shows("Not settled yet."));
}

TEST_CASE("stepper: a hidden outcome stays hidden until somebody commits to one") {
  for (const char* given : {"1", "2", "3"}) {
    Driven driven("eleven", true);
    const auto gives_away = [&] { return driven.shows("Decided") || driven.shows("leads to"); };
    for (int i = 0; i < 100; ++i) {
      driven.press("n");
      CHECK_FALSE(gives_away());
    }
    CHECK(driven.shows("Press g to commit"));
    for (const char* key : {"$", "d", "r"}) {
      driven.press(key);
      CHECK_FALSE(gives_away());
    }
    driven.press("w");
    CHECK(driven.shows("would give the answer away"));
    driven.press("i");
    CHECK(driven.shows("would give the answer away"));
    driven.press("y");
    CHECK_FALSE(gives_away());
    driven.press("x");
    driven.press("g");
    CHECK(driven.shows("What does your group say?"));
    driven.press(std::string(given) + "\n");
    const bool right = std::string_view(given) == "2";
    CHECK(driven.shows("That is what the policy says.") == right);
    CHECK(driven.shows("The policy says something else.") == !right);
    CHECK(driven.shows("Keep the bicycle. (lend: keep)"));
    CHECK(driven.shows("Because"));
    driven.press("x");
    driven.press("$");
    CHECK(driven.shows("The safeguard holds"));
    driven.press("g");
    CHECK(driven.shows("outcome hidden"));
    CHECK(driven.shows("step 1"));
  }
}

TEST_CASE("stepper: what if shows both paths, and goes on with either") {
  Driven driven("eleven");
  driven.press("r");  // the age was read last
  driven.press("i1\n");
  CHECK(driven.shows("How old is the child?"));
  driven.press("99\n");
  CHECK(driven.shows("from 0 to 17"));
  driven.press("12\n");
  for (const char* words :
       {"The child's age: 12 years", "As it is", "With the change", "Keep the bicycle. (keep)",
        "Lend the bicycle. (hand_out)", "practice.under_12", "practice.own_word", "guide.age_1", "guide.age_2"}) {
    INFO(words);
    CHECK(driven.shown(120, 40).find(words) != std::string::npos);
  }
  driven.press("1");
  CHECK(driven.shows("The case stays as it was."));
  driven.press("i1\n12\n2");
  CHECK(driven.shows("(changed)"));
  driven.press("d");
  CHECK(driven.shows("Decided: May the bicycle be lent? Lend the bicycle."));
}

TEST_CASE("stepper: why not says which parts fail, with what is known") {
  Driven driven("eleven");
  driven.press("w1\n");
  CHECK(driven.shows("Why not: May the bicycle be lent? Lend the bicycle."));
  CHECK(driven.shows("What came out: Keep the bicycle."));
  CHECK(driven.shows("Somebody whose word counts agrees (here: no)"));
  const std::string whole = driven.shown(80, 60);  // further down: the least that would have to be otherwise
  CHECK(whole.find("What would have to be otherwise") != std::string::npos);
  CHECK(whole.find("What the parent says: They agree, instead of They refuse") != std::string::npos);
  driven.press("x");
  driven.press("w");
  driven.press("99\n");
  CHECK(driven.shows("Type a number from 1 to"));
  driven.press("\x1b");
  CHECK(driven.shows("This step"));
}

TEST_CASE("stepper: a policy without a decision, or with nothing at all") {
  const CompiledPolicy duties(R"(policy page "Page"
fact a "A" : yes/no ask "A?"
action do "Do it"
rule r "R" must do when a
case c "C" facts a is yes expect must do
)");
  Driven driven(duties.program(), duties.sources(), "c", true);
  CHECK(driven.shows("This policy has no decision."));
  driven.press("g");
  CHECK(driven.shows("no decision to guess"));
  driven.press("$");
  CHECK(driven.shows("This must be done: Do it"));
  driven.press("y");
  CHECK(driven.shows("Because"));
  driven.press("xw");
  CHECK(driven.shows("Every outcome and rule here came about."));

  const CompiledPolicy nothing(R"(policy page "Page"
fact a "A" : yes/no ask "A?"
action do "Do it"
case c "C" facts a is yes expect no duty do
)");
  Driven idle(nothing.program(), nothing.sources(), "c");
  for (const char* key : {"n", "b", "0", "$", "r", "d", "y", "w", "i", "g"}) idle.press(key);
  CHECK(idle.shows("nothing to step through"));
}

TEST_CASE("stepper: nothing stands outside the screen, whatever its size") {
  Driven driven("eleven");
  for (const char* keys : {"", "r", "y", "xw", "\x1bi", "1\n", "12\n", "2?"}) {
    driven.press(keys);
    for (std::size_t width = 1; width < 140; width += 3) {
      for (std::size_t height = 1; height < 50; height += 3) {
        const Screen screen = driven.stepper.screen(width, height);
        for (const Placed& each : screen.texts) {
          REQUIRE(each.row < height);
          REQUIRE(each.column + columns(each.text) <= width);
        }
      }
    }
  }
  CHECK(driven.shown(40, 10).find("too small") != std::string::npos);
}

TEST_CASE("stepper: any keys in any order, on every shipped policy") {
  std::mt19937 random(11);
  const std::string_view keys = "nnnnnbrdywig?0$x12\n\n\x1bzA";
  for (const ShippedPolicy& policy : shipped_policies()) {
    const Program& program = *policy.compiled.program;
    if (program.cases.empty()) continue;
    Driven driven(program, policy.compiled.sources, program.cases.back().full_name);
    for (int i = 0; i < 300; ++i) {
      driven.press(keys.substr(random() % keys.size(), 1));
      const Screen screen = driven.stepper.screen(80, 24);
      CHECK_FALSE(screen.texts.empty());
    }
  }
}

TEST_CASE("what a terminal would obey is not passed on") {
  CHECK(fitted("a\x1b[31mb\tc", 80) == "a?[31mb c");
  CHECK(fitted("caf\xc3\xa9s", 4) == "caf\xc3\xa9");
  CHECK(fitted("\xff\xfe", 80) == "??");
  CHECK(lines_of("abcdefghij", 4) == std::vector<std::string>{"abcd", "efgh", "ij"});
}

}  // namespace duly::cli::stepper
