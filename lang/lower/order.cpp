#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lang/lower/lower.hpp"
#include "lang/program/reads.hpp"

/// The order of evaluation: every subject after those that it reads.
namespace duly {
namespace {

class Orderer {
 public:
  explicit Orderer(Context& context) : context_(context), program_(context.program) {}

  void order() {
    state_.assign(program_.subjects.size(), 0);
    for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
      if (state_[i] == 0) visit(i);
    }
    program_.evaluation_order = std::move(order_);
  }

 private:
  struct Open {
    std::uint32_t subject;
    std::vector<SubjectId> reads;
    std::size_t next = 0;
  };

  /// Depth first with a stack of our own: definitions may form long chains.
  void visit(std::uint32_t start) {
    std::vector<Open> path;
    path.push_back({start, subjects_read(program_, SubjectId{start})});
    state_[start] = 1;
    while (!path.empty()) {
      Open& open = path.back();
      if (open.next == open.reads.size()) {
        state_[open.subject] = 2;
        order_.push_back(SubjectId{open.subject});
        path.pop_back();
        continue;
      }
      const std::uint32_t next = open.reads[open.next++].index;
      if (state_[next] == 2) continue;
      if (state_[next] == 1) {
        report(path, next);
        continue;
      }
      state_[next] = 1;
      path.push_back({next, subjects_read(program_, SubjectId{next})});
    }
  }

  void report(const std::vector<Open>& path, std::uint32_t start) {
    std::string names;
    std::vector<Note> notes;
    bool inside = false;
    for (const Open& open : path) {
      inside = inside || open.subject == start;
      if (!inside) continue;
      const Subject& subject = program_.subjects[open.subject];
      names += fmt::format("`{}` depends on ", subject.name);
      notes.push_back({subject.name_span, "in the circle"});
    }
    const Subject& subject = program_.subjects[start];
    context_.error(Code::E0307, subject.name_span,
                   fmt::format("These depend on each other in a circle: {}`{}`", names, subject.name), "",
                   "What is worked out must rest on facts in the end: take one of the steps out.", std::move(notes));
  }

  Context& context_;
  Program& program_;
  std::vector<std::uint8_t> state_;
  std::vector<SubjectId> order_;
};

}  // namespace

void lower_order(Context& context) {
  Program& program = context.program;
  Orderer(context).order();
  for (Safeguard& safeguard : program.safeguards) {
    std::set<SubjectId> watched;
    std::vector<SubjectId> open = subjects_read(program, safeguard.holds);
    while (!open.empty()) {
      const SubjectId next = open.back();
      open.pop_back();
      if (!watched.insert(next).second) continue;
      for (const SubjectId read : subjects_read(program, next)) open.push_back(read);
    }
    safeguard.watches.assign(watched.begin(), watched.end());
  }
}

std::string broken_invariant(const Program& program) {
  const auto wrong = [](std::string_view what, std::size_t index) { return fmt::format("{} {}", what, index); };
  std::vector<std::size_t> place(program.subjects.size(), SIZE_MAX);
  for (std::size_t i = 0; i < program.evaluation_order.size(); ++i) place[program.evaluation_order[i].index] = i;
  if (program.evaluation_order.size() != program.subjects.size()) return "the order of evaluation misses a subject";
  for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
    for (const SubjectId read : subjects_read(program, SubjectId{i})) {
      if (place[read.index] >= place[i]) return wrong("read before it is worked out: subject", i);
    }
    const Subject& subject = program.subjects[i];
    if (subject.first_instance + subject.instance_count > program.instances.size())
      return wrong("instances of subject", i);
  }
  if (program.node_spans.size() != program.nodes.size()) return "a node without a place";
  if (program.child_items.size() != program.children.size()) return "a child without its item's place";
  if (program.prevails_over.size() != program.instances.size()) return "an instance without precedence";
  for (std::size_t i = 0; i < program.nodes.size(); ++i) {
    const Node& node = program.nodes[i];
    const std::uint32_t count = node.op == Op::negation ? 1 : node.op == Op::all || node.op == Op::any ? node.b : 0;
    for (std::uint32_t child = 0; child < count; ++child) {
      if (program.children.at(node.a + child).index >= i) return wrong("a part after its whole: node", i);
    }
  }
  for (std::size_t i = 0; i < program.instances.size(); ++i) {
    const Instance& instance = program.instances[i];
    if (instance.place && instance.place->index >= i) return wrong("a place after what stands in it: instance", i);
    for (const InstanceId loser : program.prevails_over[i]) {
      if (loser.index == i) return wrong("prevails over itself: instance", i);
      if (at(program.rules, at(program.instances, loser).rule).subject != at(program.rules, instance.rule).subject)
        return wrong("prevails over a rule about something else: instance", i);
    }
  }
  return {};
}

}  // namespace duly
