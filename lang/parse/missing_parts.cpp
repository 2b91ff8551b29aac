#include "lang/parse/missing_parts.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "lang/base/match.hpp"

namespace duly {
namespace {

class Reporter {
 public:
  Reporter(std::string_view kind, Span head, Diagnostics& diagnostics)
      : kind_(kind), head_(head), diagnostics_(diagnostics) {}

  void unless(bool is_there, const syntax::Name& name, std::string_view lacks, std::string_view help) {
    if (is_there) return;
    diagnostics_.add(
        {Code::E0227, head_, fmt::format("The {} `{}` {}", kind_, name.text, lacks), "", {}, std::string(help)});
  }

 private:
  std::string_view kind_;
  Span head_;
  Diagnostics& diagnostics_;
};

constexpr std::string_view values_help = "A value is a name and what it says: `given \"Consent was given\"`.";

}  // namespace

void report_missing_parts(const syntax::Declaration& declaration, Diagnostics& diagnostics) {
  const auto of = [&](std::string_view kind) { return Reporter(kind, declaration.head, diagnostics); };
  match(
      declaration.node,  //
      [](const syntax::Source&) {},
      [&](const syntax::Choice& node) {
        of("choice").unless(!node.values.empty(), node.name, "has no values", values_help);
      },
      [&](const syntax::ExtendChoice& node) {
        of("choice").unless(!node.values.empty(), node.name, "is extended by no value", values_help);
      },
      [](const syntax::Fact&) {}, [](const syntax::Define&) {},
      [&](const syntax::Decision& node) {
        of("decision")
            .unless(!node.outcomes.empty(), node.name, "has no outcomes",
                    "An outcome is a name and what to do, in words: `may_share \"You may share it.\"`.");
      },
      [](const syntax::Action&) {}, [](const syntax::Rule&) {},
      [&](const syntax::Procedure& node) {
        of("procedure")
            .unless(!node.decides.text.empty(), node.name, "does not say what it decides",
                    "Write `decides` and the name of a decision after the title.");
        of("procedure")
            .unless(!node.steps.empty(), node.name, "has no steps",
                    "A step is `step NAME \"title\" on VALUE`, and below it `ANSWER: OUTCOME`.");
        for (const syntax::Step& step : node.steps) {
          Reporter("step", step.span, diagnostics)
              .unless(!step.answers.empty(), step.name, "has no answers",
                      "Say where an answer leads: `yes: OUTCOME`, `no: continue`.");
        }
      },
      [&](const syntax::Record& node) {
        of("record").unless(!node.fields.empty(), node.name, "has no fields",
                            "A field is `field NAME \"what is written down\" : TYPE`.");
      },
      [](const syntax::Agreement&) {},
      [&](const syntax::Safeguard& node) {
        of("safeguard")
            .unless(node.holds.has_value(), node.name, "does not say what must hold",
                    "Write `always` or `never`, and a condition.");
      },
      [&](const syntax::Case& node) {
        of("case").unless(!node.expectations.empty(), node.name, "expects nothing",
                          "Write `expect`, and below it at least one line, such as `sharing is may_share`.");
      });
}

}  // namespace duly
