#include "interpreter/report/comparison.hpp"
#include "interpreter/report/json_writer.hpp"
#include "interpreter/report/values_json.hpp"

namespace duly {
namespace {

class JsonReport {
 public:
  explicit JsonReport(const std::vector<ComparedPolicy>& policies) : policies_(policies) {
    json_.open_object();
    json_.key("decision").text(at(policies.front().program.subjects, policies.front().decision).name);
    json_.key("policies").open_array();
    for (const ComparedPolicy& policy : policies) {
      json_.open_object().key("label").text(policy.label).key("name").text(policy.program.policy().name);
      json_.key("version").text_or_null(policy.program.policy().version).key("file").text(policy.file).close_object();
    }
    json_.close_array();
  }

  std::string cases(const std::vector<CaseComparison>& cases) {
    json_.key("cases").open_array();
    for (const CaseComparison& each : cases) write(each);
    json_.close_array().close_object();
    return json_.take();
  }

  std::string partings(const Differences& differences, const std::vector<ComparedParting>& partings) {
    json_.key("complete").boolean(differences.complete).key("approximate").boolean(differences.approximate);
    texts("not_shared", differences.not_shared);
    json_.key("partings").open_array();
    for (const ComparedParting& each : partings) write(each);
    json_.close_array().close_object();
    return json_.take();
  }

 private:
  void texts(std::string_view key, const std::vector<std::string>& texts) {
    json_.key(key).open_line();
    for (const std::string& text : texts) json_.text(text);
    json_.close_array();
  }

  void write(const NamedOutcome& outcome) {
    json_.key("status").text(to_string(outcome.status)).key("outcome").text_or_null(outcome.outcome);
  }

  void write(const CaseComparison& comparison) {
    json_.open_object().key("name").text(comparison.name).key("title").text_or_null(comparison.title);
    json_.key("as_at").text(to_string(comparison.as_at));
    json_.key("outcomes_differ").boolean(comparison.outcomes_differ());
    json_.key("policies").open_array();
    for (std::size_t i = 0; i < policies_.size(); ++i) {
      const ComparedSide& side = comparison.sides[i];
      json_.open_object().key("policy").text(policies_[i].label);
      write(side.outcome);
      json_.key("says").text(side.says);
      texts("needs", side.needs);
      texts("left_out", side.left_out);
      write("because", side.because);
      json_.close_object();
    }
    json_.close_array();
    write("values", comparison.values, false);
    write("duties", comparison.duties, true);
    json_.close_object();
  }

  void write(std::string_view key, const std::vector<DifferenceMaker>& makers) {
    json_.key(key).open_array();
    for (const DifferenceMaker& maker : makers) {
      json_.open_object().key("rule").text(maker.name).key("title").text(maker.title).key("at").text(maker.place);
      json_.key("cites").open_array();
      for (const auto& [name, title] : maker.provisions) {
        json_.open_object().key("provision").text(name).key("title").text(title).close_object();
      }
      json_.close_array().close_object();
    }
    json_.close_array();
  }

  /// The values and duties that are not the same everywhere, with each policy's.
  void write(std::string_view key, const std::vector<ComparedRow>& rows, bool duties) {
    json_.key(key).open_array();
    for (const ComparedRow& row : rows) {
      json_.open_object().key("name").text(row.name).key("title").text(row.title).key("policies").open_object();
      for (std::size_t i = 0; i < policies_.size(); ++i) {
        const ComparedCell& cell = row.cells[i];
        json_.key(policies_[i].label);
        if (duties) {
          json_.open_object().key("duty").text(cell.value);
          write("because", cell.because);
          json_.close_object();
        } else {
          json_.text_or_null(cell.value);
        }
      }
      json_.close_object();
      if (duties) json_.key("follows_from_outcome").boolean(row.follows);
      json_.close_object();
    }
    json_.close_array();
  }

  void write(const ComparedParting& compared) {
    json_.open_object();
    write(policies_[0].label, compared.parting.first);
    write(policies_[1].label, compared.parting.second);
    texts("facts", compared.parting.facts);
    json_.key("examples").open_array();
    for (std::size_t i = 0; i < compared.examples.size(); ++i) {
      json_.open_object().key("case").text(compared.case_blocks[i]);
      json_.key("policies").open_array();
      for (std::size_t side = 0; side < policies_.size(); ++side) {
        json_.open_object().key("policy").text(policies_[side].label);
        write("because", compared.examples[i].sides[side].because);
        json_.close_object();
      }
      json_.close_array().close_object();
    }
    json_.close_array().close_object();
  }

  void write(const std::string& policy, const NamedOutcome& outcome) {
    json_.key(policy).open_object();
    write(outcome);
    json_.close_object();
  }

  const std::vector<ComparedPolicy>& policies_;
  JsonWriter json_;
};

}  // namespace

std::string comparison_json(const std::vector<ComparedPolicy>& policies, const std::vector<CaseComparison>& cases) {
  return JsonReport(policies).cases(cases);
}

std::string partings_json(const std::vector<ComparedPolicy>& policies, const Differences& differences,
                          const std::vector<ComparedParting>& partings) {
  return JsonReport(policies).partings(differences, partings);
}

}  // namespace duly
