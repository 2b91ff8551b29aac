#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "lang/lower/lower.hpp"

/// Which rule comes before which. Edges point from the one that prevails to the one that is set aside, between
/// instances of one subject. They are of two kinds, because what stands in A's place yields to what prevails over A *by
/// despite or by being protected*, but is an equal of what stands in A's place too:
///   strong: `despite A`, `despite all`, protected, and what is inherited from the place;
///   place:  an instance over the one in whose place it stands.
/// They are added in the order in which section 3 of the reference lets one depend on another:
///   1. named ones; 2. `despite all` over protected rules of its own module, so that it is closed with them;
///   3. protected over other modules; 4. `despite all` of basic modules over those of local ones;
///   5. `despite all` over everything that does not prevail over it by then.
namespace duly {
namespace {

constexpr std::size_t max_instances = 65'536;

class SubjectPrecedence {
 public:
  SubjectPrecedence(Context& context, SubjectId subject)
      : context_(context), program_(context.program), subject_(at(context.program.subjects, subject)) {}

  void lower() {
    if (!make_instances()) return;
    const bool plain = std::none_of(subject_.rules.begin(), subject_.rules.end(), [&](RuleId id) {
      const Claims& claims = claims_of(id);
      return claims.despite_all || !claims.despite.empty() || claims.instead_clause ||
             at(program_.rules, id).is_protected;
    });
    program_.prevails_over.resize(program_.instances.size());
    if (plain) return;
    edges_.assign(count(), {});
    named();
    if (!check_circles()) return;
    sweep_own_protected();
    protect();
    despite_all();
    if (!check_circles()) return;
    close_over();
  }

 private:
  using Local = std::uint32_t;  // an instance's place among those of the subject

  const Claims& claims_of(RuleId id) const { return context_.claims[id.index]; }
  const Rule& rule_of(Local i) const {
    return at(program_.rules, program_.instances[subject_.first_instance + i].rule);
  }
  RuleId rule_id(Local i) const { return program_.instances[subject_.first_instance + i].rule; }
  Local count() const { return subject_.instance_count; }

  // ---- instances ----

  bool make_instances() {
    subject_.first_instance = static_cast<std::uint32_t>(program_.instances.size());
    for (const RuleId rule : subject_.rules) {
      if (!instances_of(rule)) return false;
    }
    subject_.instance_count = static_cast<std::uint32_t>(program_.instances.size()) - subject_.first_instance;
    return true;
  }

  /// Those in whose place a rule stands come first.
  bool instances_of(RuleId id) {
    if (state_[id.index] == 2) return true;
    if (state_[id.index] == 1) {
      context_.error(Code::E0504, at(program_.rules, id).name_span,
                     fmt::format("`{}` stands in the place of a rule that stands in its own place",
                                 at(program_.rules, id).full_name));
      return false;
    }
    state_[id.index] = 1;
    const Claims& claims = claims_of(id);
    if (!claims.instead_clause) add_instance(id, std::nullopt);
    for (const Label& label : claims.instead_of) {
      if (!instances_of(label.rule)) return false;
      const std::vector<Local> places = by_rule_[label.rule.index];
      for (const Local place : places) {
        if (program_.instances.size() - subject_.first_instance >= max_instances) {
          context_.error(Code::E0907, label.span,
                         "There are too many ways in which rules stand in each other's place here", "",
                         "Name fewer rules in `instead of`.");
          return false;
        }
        add_instance(id, InstanceId{subject_.first_instance + place});
      }
    }
    state_[id.index] = 2;
    return true;
  }

  void add_instance(RuleId id, std::optional<InstanceId> place) {
    by_rule_[id.index].push_back(static_cast<Local>(program_.instances.size()) - subject_.first_instance);
    program_.instances.push_back({id, place});
  }

  // ---- edges ----

  /// What prevails over a place prevails over what stands in it, too; but those that stand in one place are equals, a
  /// rule is no rival of itself elsewhere, and what is exempt stays so.
  void add_strong(Local winner, Local loser, const std::vector<bool>* exempt = nullptr) {
    if (winner == loser) return;
    edges_[winner].push_back(loser);
    if (stands_in(rule_id(winner), loser)) return;
    for (const Local standing : standing_in_[loser]) {
      if (rule_id(standing) == rule_id(winner) || (exempt && (*exempt)[standing])) continue;
      add_strong(winner, standing, exempt);
    }
  }

  bool stands_in(RuleId rule, Local place) const {
    return std::any_of(standing_in_[place].begin(), standing_in_[place].end(),
                       [&](Local standing) { return rule_id(standing) == rule; });
  }

  void named() {
    standing_in_.assign(count(), {});
    for (Local i = 0; i < count(); ++i) {
      if (const auto place = program_.instances[subject_.first_instance + i].place) {
        const Local below = place->index - subject_.first_instance;
        standing_in_[below].push_back(i);
        edges_[i].push_back(below);
      }
    }
    for (const RuleId id : subject_.rules) {
      for (const Label& label : claims_of(id).despite) {
        for (const Local winner : by_rule_[id.index]) {
          for (const Local loser : by_rule_[label.rule.index]) add_strong(winner, loser);
        }
      }
    }
  }

  bool more_basic(const Rule& a, const Rule& b) const {
    return context_.tree.does_extend(b.module.index, a.module.index);
  }

  /// Everything that prevails over an instance, directly or through others.
  std::vector<bool> above(Local start) const {
    std::vector<std::vector<Local>> up(count());
    for (Local i = 0; i < count(); ++i) {
      for (const Local loser : edges_[i]) up[loser].push_back(i);
    }
    std::vector<bool> seen(count(), false);
    std::vector<Local> open{start};
    while (!open.empty()) {
      const Local next = open.back();
      open.pop_back();
      for (const Local winner : up[next]) {
        if (!seen[winner]) {
          seen[winner] = true;
          open.push_back(winner);
        }
      }
    }
    return seen;
  }

  /// One by one, as in `despite_all`.
  void sweep_own_protected() {
    std::vector<std::pair<Local, Local>> wanted;
    for (Local a = 0; a < count(); ++a) {
      if (!claims_of(rule_id(a)).despite_all) continue;
      const std::vector<bool> over = above(a);
      for (Local i = 0; i < count(); ++i) {
        if (!rule_of(i).is_protected || rule_of(i).module != rule_of(a).module || rule_id(i) == rule_id(a)) continue;
        if (!over[i] && !claims_of(rule_id(i)).despite_all) wanted.emplace_back(a, i);
      }
    }
    for (const auto& [winner, loser] : wanted) edges_[winner].push_back(loser);
  }

  void protect() {
    std::vector<Local> guarded;
    for (Local i = 0; i < count(); ++i) {
      if (rule_of(i).is_protected) guarded.push_back(i);
    }
    report_closed(guarded);
    for (const Local a : guarded) {
      for (const Local b : guarded) {
        if (more_basic(rule_of(a), rule_of(b))) add_strong(a, b);
      }
    }
    std::vector<std::vector<bool>> over;  // before any of these is added, so that their order does not matter
    for (const Local winner : guarded) over.push_back(above(winner));
    for (std::size_t g = 0; g < guarded.size(); ++g) {
      const Local winner = guarded[g];
      for (Local i = 0; i < count(); ++i) {
        if (rule_of(i).module == rule_of(winner).module || rule_of(i).is_protected || over[g][i]) continue;
        add_strong(winner, i, &over[g]);
      }
    }
  }

  /// What prevails over a protected rule in its own module is closed to other modules like the protected rule itself.
  void report_closed(const std::vector<Local>& guarded) {
    std::vector<std::pair<Local, std::vector<bool>>> closed;
    for (const Local guard : guarded) closed.emplace_back(guard, above(guard));
    for (const RuleId id : subject_.rules) {
      const Rule& rule = at(program_.rules, id);
      for (const auto* labels : {&claims_of(id).despite, &claims_of(id).instead_of}) {
        for (const Label& label : *labels) {
          const Rule& other = at(program_.rules, label.rule);
          if (other.module == rule.module) continue;
          for (const auto& [guard, over] : closed) {
            const Rule& guarded_rule = rule_of(guard);
            const bool is_closed = guarded_rule.module == other.module &&
                                   std::any_of(by_rule_[label.rule.index].begin(), by_rule_[label.rule.index].end(),
                                               [&, &over = over](Local i) { return over[i]; });
            if (!is_closed) continue;
            context_.error(
                Code::E0503, label.span,
                fmt::format("`{}` prevails over a protected rule, so no rule of another module can come before it",
                            other.full_name),
                "closed", "Only the module that protects the rule can change it.",
                {{guarded_rule.name_span, "the protected rule"}});
            break;
          }
        }
      }
    }
  }

  void despite_all() {
    std::vector<Local> sweeping;
    for (Local i = 0; i < count(); ++i) {
      if (claims_of(rule_id(i)).despite_all) sweeping.push_back(i);
    }
    // Edges of these rules go to every instance that is not exempt, one by one, so nothing is inherited from a place.
    std::vector<std::pair<Local, Local>> basic_first;
    for (const Local a : sweeping) {
      const std::vector<bool> over = above(a);
      for (const Local b : sweeping) {
        if (!over[b] && more_basic(rule_of(a), rule_of(b))) basic_first.emplace_back(a, b);
      }
    }
    for (const auto& [winner, loser] : basic_first) edges_[winner].push_back(loser);
    std::vector<std::pair<Local, Local>> wanted;
    for (const Local a : sweeping) {
      const std::vector<bool> over = above(a);
      std::vector<bool> exempt = over;
      for (Local i = 0; i < count(); ++i) {
        if (!rule_of(i).is_protected || rule_of(i).module == rule_of(a).module) continue;
        exempt[i] = true;
        const std::vector<bool> over_guard = above(i);
        for (Local j = 0; j < count(); ++j) exempt[j] = exempt[j] || over_guard[j];
      }
      for (Local i = 0; i < count(); ++i) {
        if (exempt[i] || rule_id(i) == rule_id(a)) continue;
        if (claims_of(rule_id(i)).despite_all && !rivals(a, i)) continue;
        wanted.emplace_back(a, i);
      }
    }
    for (const auto& [winner, loser] : wanted) edges_[winner].push_back(loser);
  }

  /// Of two sweeping rules: whether the first prevails. Reports two of one module that do not name each other.
  bool rivals(Local a, Local b) {
    if (above(b)[a]) return false;  // there already
    if (rule_of(a).module == rule_of(b).module && !above(a)[b] && rule_id(a) < rule_id(b)) {
      context_.error(Code::E0505, rule_of(b).name_span,
                     fmt::format("`{}` and `{}` both say `despite all` about `{}`", rule_of(a).name, rule_of(b).name,
                                 subject_.name),
                     "", fmt::format("Say which comes first: write `despite all, {}` in one of them.", rule_of(a).name),
                     {{rule_of(a).name_span, "the other one"}});
    }
    return false;
  }

  // ---- closing over ----

  bool check_circles() {
    bool none = true;
    std::vector<std::uint8_t> state(count(), 0);
    for (Local i = 0; i < count(); ++i) {
      if (state[i] == 0 && !visit(i, state)) none = false;
    }
    return none;
  }

  /// Depth first with a stack of our own: a policy may have thousands of rules in a row.
  bool visit(Local start, std::vector<std::uint8_t>& state) {
    std::vector<std::pair<Local, std::size_t>> path{{start, 0}};
    state[start] = 1;
    while (!path.empty()) {
      auto& [node, next] = path.back();
      if (next == edges_[node].size()) {
        state[node] = 2;
        order_.push_back(node);
        path.pop_back();
        continue;
      }
      const Local loser = edges_[node][next++];
      if (state[loser] == 2) continue;
      if (state[loser] == 1) {
        report_circle(path, loser);
        for (const auto& [open, edge] : path) state[open] = 2;  // another circle is reported apart
        return false;
      }
      state[loser] = 1;
      path.emplace_back(loser, 0);
    }
    return true;
  }

  void report_circle(const std::vector<std::pair<Local, std::size_t>>& path, Local start) {
    std::string names;
    bool inside = false;
    std::vector<Note> notes;
    for (const auto& [node, next] : path) {
      inside = inside || node == start;
      if (!inside) continue;
      names += fmt::format("`{}` over ", rule_of(node).full_name);
      notes.push_back({rule_of(node).name_span, "in the circle"});
    }
    context_.error(
        Code::E0504, rule_of(start).name_span,
        fmt::format("These rules prevail over each other in a circle: {}`{}`", names, rule_of(start).full_name), "",
        "Take one of their `despite` or `instead of` away.", std::move(notes));
  }

  void close_over() {
    order_.clear();
    check_circles();  // for the order: losers before winners
    std::vector<std::vector<Local>> closed(count());
    for (const Local i : order_) {
      std::vector<Local>& all = closed[i];
      for (const Local loser : edges_[i]) {
        all.push_back(loser);
        all.insert(all.end(), closed[loser].begin(), closed[loser].end());
      }
      std::sort(all.begin(), all.end());
      all.erase(std::unique(all.begin(), all.end()), all.end());
      auto& target = program_.prevails_over[subject_.first_instance + i];
      for (const Local loser : all) target.push_back(InstanceId{subject_.first_instance + loser});
    }
  }

  Context& context_;
  Program& program_;
  Subject& subject_;
  std::unordered_map<std::uint32_t, std::vector<Local>> by_rule_;
  std::unordered_map<std::uint32_t, std::uint8_t> state_;  // of making instances: 0 not yet, 1 on the way, 2 done
  std::vector<std::vector<Local>> edges_;                  // from the one that prevails
  std::vector<std::vector<Local>> standing_in_;            // by place: what stands in it
  std::vector<Local> order_;
};

}  // namespace

void lower_precedence(Context& context) {
  for (std::uint32_t i = 0; i < context.program.subjects.size(); ++i) SubjectPrecedence(context, SubjectId{i}).lower();
  context.program.prevails_over.resize(context.program.instances.size());
}

}  // namespace duly
