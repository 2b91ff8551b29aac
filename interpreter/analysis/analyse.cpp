#include "interpreter/analysis/analyse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "interpreter/analysis/witness.hpp"
#include "lang/program/reads.hpp"

namespace duly {
namespace {

constexpr std::size_t max_days = 64;

bool is_no(const Leaf& leaf) { return leaf.low == 0; }
bool is_yes(const Leaf& leaf) { return leaf.low != 0; }

/// Each stretch of days that the conditions tell apart, by a day of it; the given day among them.
std::vector<Date> days_that_differ(const Program& program, Date day, bool& some_left_out) {
  std::set<Date> days;
  const auto add = [&](Scalar value) {
    if (value > first_date.days && value <= last_date.days) days.insert(Date{static_cast<std::int32_t>(value)});
  };
  for (const Node& node : program.nodes) {
    if (node.op != Op::day_in) continue;
    const Range& range = program.ranges[node.b];
    if (range.low != INT64_MIN) add(range.low - 1);
    add(range.low);
    if (range.high != INT64_MAX) add(range.high + 1);
  }
  days.erase(day);
  std::vector<Date> result(days.begin(), days.end());
  some_left_out = result.size() >= max_days;
  if (some_left_out) result.resize(max_days - 1);
  result.push_back(day);
  return result;
}

class Analyser {
 public:
  Analyser(const Program& program, std::size_t max_nodes)
      : program_(program), max_nodes_(max_nodes), decider_(program, {max_nodes}) {
    can_apply_.assign(program.rules.size(), false);
    can_decide_.assign(program.rules.size(), false);
    gives_way_to_.resize(program.rules.size());
    item_can_decide_.assign(program.items.size(), false);
    item_in_all_of_.assign(program.items.size(), false);
  }

  Analysis run(Date day) {
    const auto days =
        program_.uses_day ? days_that_differ(program_, day, result_.days_left_out) : std::vector<Date>{day};
    for (const Date each : days) look_at(each);
    result_.subjects = program_.subjects.size();
    result_.safeguards = program_.safeguards.size();
    if (result_.complete) idle();
    return std::move(result_);
  }

 private:
  void look_at(Date day) {
    try {
      Diagrams diagrams(program_, day, nullptr, max_nodes_);
      disagreements(diagrams, day);
      safeguards(diagrams, day);
      uses(diagrams);
      result_.nodes = diagrams.table().node_count();
    } catch (const TooLarge&) {
      result_.complete = false;
    }
    result_.days.push_back(day);
  }

  void disagreements(Diagrams& diagrams, Date day) {
    Table& table = diagrams.table();
    const std::vector<Edge> below = trouble_below(diagrams);
    for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
      for (const ProblemKind kind : {ProblemKind::conflict, ProblemKind::gap}) {
        const Leaf::Kind leaf_kind = kind == ProblemKind::conflict ? Leaf::Kind::conflict : Leaf::Kind::gap;
        Problem problem;
        problem.kind = kind;
        problem.subject = SubjectId{i};
        const Edge here = table.indicator(diagrams.outcome(problem.subject),
                                          [&](const Leaf& leaf) { return leaf.kind == leaf_kind; });
        const Edge own = table.conjunction(here, table.negation(below[i]));
        if (own == table.no()) continue;
        for (std::uint32_t other = 0; other < program_.subjects.size(); ++other) {
          if (table.conjunction(own, handed_on(diagrams, other, below)) == table.no()) continue;
          if (other != i) problem.also.push_back(SubjectId{other});
        }
        report(std::move(problem), i, diagrams, own, is_yes, day);
      }
    }
  }

  static bool in_trouble(const Leaf& leaf) { return leaf.kind == Leaf::Kind::conflict || leaf.kind == Leaf::Kind::gap; }

  /// Where a subject comes to no answer because of what lies below it.
  static Edge handed_on(Diagrams& diagrams, std::uint32_t subject, const std::vector<Edge>& below) {
    const Edge here = diagrams.table().indicator(diagrams.outcome(SubjectId{subject}), in_trouble);
    return diagrams.table().conjunction(here, below[subject]);
  }

  /// For each subject: where anything that it reads, directly or through others, is in conflict or has a gap.
  std::vector<Edge> trouble_below(Diagrams& diagrams) const {
    Table& table = diagrams.table();
    std::vector<Edge> below(program_.subjects.size(), table.no());
    for (const SubjectId subject : program_.evaluation_order) {
      Edge& result = below[subject.index];
      for (const SubjectId read : subjects_read(program_, subject)) {
        result = table.disjunction(result, below[read.index]);
        result = table.disjunction(result, table.indicator(diagrams.outcome(read), in_trouble));
      }
    }
    return below;
  }

  void safeguards(Diagrams& diagrams, Date day) {
    for (std::uint32_t i = 0; i < program_.safeguards.size(); ++i) {
      Problem problem;
      problem.kind = ProblemKind::broken_safeguard;
      problem.safeguard = SafeguardId{i};
      // What hangs on a definition in conflict is that conflict's to report; here it counts as holding.
      report(problem, i, diagrams, with_doubt_as_yes(diagrams, diagrams.holds(*problem.safeguard)), is_no, day);
    }
  }

  /// Adds the problem with its witness, where there is one and it was not reported for an earlier day.
  void report(Problem problem, std::uint32_t index, const Diagrams& diagrams, Edge diagram,
              const std::function<bool(const Leaf&)>& wanted, Date day) {
    const std::pair key{problem.kind, index};
    if (reported_.contains(key)) return;
    problem.witness = find_witness(diagrams, diagram, wanted, day);
    if (!problem.witness) return;
    Decision decision = decider_.decide(*problem.witness);
    if (!is_shown(program_, decision, problem) && diagrams.variables().depends_on_case()) {
      if (!fill_in(problem, diagrams, decision)) {
        result_.comparisons_left_open = true;
        return;
      }
    }
    reported_.insert(key);
    add_rules(problem, decision);
    result_.problems.push_back(std::move(problem));
  }

  /// Where it hangs on how two values compare, some of the values that could matter must show it.
  bool fill_in(Problem& problem, const Diagrams& diagrams, Decision& decision) {
    for (Case& facts : filled_in(diagrams, *problem.witness)) {
      decision = decider_.decide(facts);
      if (!is_shown(program_, decision, problem)) continue;
      problem.witness = std::move(facts);
      return true;
    }
    return false;
  }

  void add_rules(Problem& problem, const Decision& decision) const {
    const auto add_left = [&](SubjectId subject) {
      for (const RuleId rule : at(program_.subjects, subject).rules) {
        if (decision.of(rule).left != Extent::none) problem.rules.push_back(rule);
      }
    };
    if (!problem.safeguard) return add_left(problem.subject);
    const Safeguard& safeguard = at(program_.safeguards, *problem.safeguard);
    for (const SubjectId watched : safeguard.watches) {
      if (at(program_.subjects, watched).kind == SubjectKind::decision) add_left(watched);
    }
  }

  void uses(Diagrams& diagrams) {
    Table& table = diagrams.table();
    for (std::uint32_t i = 0; i < program_.rules.size(); ++i) {
      can_apply_[i] = can_apply_[i] || diagrams.applies(RuleId{i}) != table.no();
      can_decide_[i] = can_decide_[i] || diagrams.left(RuleId{i}) != table.no();
    }
    for (const Subject& subject : program_.subjects) {
      for (std::uint32_t i = subject.first_instance; i < subject.first_instance + subject.instance_count; ++i) {
        const RuleId winner = program_.instances[i].rule;
        for (const InstanceId id : program_.prevails_over[i]) {
          const RuleId loser = at(program_.instances, id).rule;
          const bool meet = table.conjunction(diagrams.applies(winner), diagrams.applies(loser)) != table.no();
          if (meet && winner != loser) gives_way_to_[loser.index].insert(winner);
        }
      }
    }
    for (const Node& node : program_.nodes) {
      if (node.op != Op::all && node.op != Op::any) continue;
      const Edge idle = node.op == Op::all ? table.yes() : table.no();
      for (std::uint32_t child = node.a; child < node.a + node.b; ++child) {
        const auto& item = program_.child_items[child];
        if (!item) continue;
        item_in_all_of_[item->index] = node.op == Op::all;
        if (diagrams.condition(program_.children[child]) != idle) item_can_decide_[item->index] = true;
      }
    }
  }

  void idle() {
    const auto own = [&](ModuleId module) { return module.index + 1 == program_.modules.size(); };
    for (std::uint32_t i = 0; i < program_.rules.size(); ++i) {
      const Rule& rule = program_.rules[i];
      if (!own(rule.module) || rule.replaced || rule.kind == RuleKind::agreement || can_decide_[i]) continue;
      Problem problem;
      problem.kind = can_apply_[i] ? ProblemKind::never_decides : ProblemKind::never_applies;
      problem.subject = rule.subject;
      problem.rules = {RuleId{i}};
      if (can_apply_[i]) problem.give_way_to.assign(gives_way_to_[i].begin(), gives_way_to_[i].end());
      result_.problems.push_back(std::move(problem));
    }
    const SourceId own_source = program_.policy().source;
    for (std::uint32_t i = 0; i < program_.items.size(); ++i) {
      if (item_can_decide_[i] || program_.items[i].span.source != own_source) continue;
      Problem problem;
      problem.kind = ProblemKind::idle_item;
      problem.item = ItemId{i};
      problem.in_all_of = item_in_all_of_[i];
      result_.problems.push_back(std::move(problem));
    }
  }

  const Program& program_;
  std::size_t max_nodes_;
  Decider decider_;
  Analysis result_;
  std::set<std::pair<ProblemKind, std::uint32_t>> reported_;
  std::vector<bool> can_apply_, can_decide_, item_can_decide_, item_in_all_of_;
  std::vector<std::set<RuleId>> gives_way_to_;
};

}  // namespace

Analysis analyse(const Program& program, Date day, std::size_t max_nodes) {
  return Analyser(program, max_nodes).run(day);
}

bool is_shown(const Program& program, const Decision& decision, const Problem& problem) {
  const auto is_broken = [&](SafeguardId id) {
    return std::find(decision.broken.begin(), decision.broken.end(), id) != decision.broken.end();
  };
  switch (problem.kind) {
    case ProblemKind::conflict:
    case ProblemKind::gap: {
      const Status status = decision.of(problem.subject).status;
      if (status == Status::unsafe) {  // a broken safeguard hides what is below it
        return std::any_of(decision.broken.begin(), decision.broken.end(), [&](SafeguardId id) {
          const auto& watches = at(program.safeguards, id).watches;
          return std::binary_search(watches.begin(), watches.end(), problem.subject);
        });
      }
      return status == (problem.kind == ProblemKind::conflict ? Status::conflict : Status::gap);
    }
    case ProblemKind::broken_safeguard: return is_broken(*problem.safeguard);
    case ProblemKind::never_applies:
    case ProblemKind::never_decides:
    case ProblemKind::idle_item: return true;
  }
  return false;
}

std::vector<std::string> expectations(const Program& program, const Decision& decision, const Problem& problem) {
  std::vector<std::string> result;
  const auto expect_status = [&](SubjectId id) {
    const Subject& subject = at(program.subjects, id);
    const std::string_view word = subject.kind == SubjectKind::action ? "duty " : "";
    result.push_back(fmt::format("{}{} is {}", word, subject.name, to_string(decision.of(id).status)));
  };
  if (!problem.safeguard) expect_status(problem.subject);
  // A case fails where a safeguard breaks and it does not expect that.
  for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
    const SubjectId id{i};
    if (decision.of(id).status == Status::unsafe && (problem.safeguard || id != problem.subject)) expect_status(id);
  }
  return result;
}

Edge with_doubt_as_yes(Diagrams& diagrams, Edge safeguard) {
  Table& table = diagrams.table();
  std::map<Edge, Edge> memo;
  const std::function<Edge(Edge)> go = [&](Edge edge) -> Edge {
    if (edge.is_leaf()) return edge;
    if (const auto found = memo.find(edge); found != memo.end()) return found->second;
    Edge result;
    if (diagrams.is_hidden(table.variable(edge))) {
      result = table.yes();  // a hidden variable that is still there makes a difference
    } else {
      std::vector<Edge> children(table.arity(edge));
      for (std::uint32_t i = 0; i < children.size(); ++i) children[i] = go(table.child(edge, i));
      result = table.node(table.variable(edge), children);
    }
    memo.emplace(edge, result);
    return result;
  };
  return go(safeguard);
}

}  // namespace duly
