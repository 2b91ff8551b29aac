// What an observer is told: enough, by itself, to step through a case, to count what cases exercise, and to explain.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <duly/duly.hpp>
#include <map>
#include <set>

#include "visits.hpp"

using Kind = duly::Event::Kind;
using duly::Joint;
using duly::Truth;

namespace {

/// An event with what it showed copied, so that it can be kept.
struct Told {
  Kind kind = Kind::question_reached;
  Truth truth = Truth::yes;
  duly::Status status = duly::Status::none;
  duly::Subject subject, read;
  duly::Fact fact;
  Joint joint = Joint::single;
  std::uint32_t part = 0, parent = 0, level = 0;
  std::string name, item, by, title, words, place, value;
  std::vector<std::string> cites;
};

struct Visits {
  duly::Policy policy = duly::Policy::compile("visits.policy", visits_policy);
  duly::Case facts{policy};
  duly::Decision decision{policy};
  duly::Subject crew = policy.decision("crew"), danger = policy.value("danger");

  std::vector<Told> story(std::string_view json) {
    facts.from_json(json);
    decision.decide(facts);
    std::vector<Told> result;
    decision.observe([&](const duly::Event& event) {
      Told told{event.kind,   event.truth, event.status, event.subject,
                event.read,   event.fact,  event.joint,  event.part,
                event.parent, event.level, {},           {},
                {},           {},          {},           {},
                {},           {}};
      told.name = event.name;
      told.item = event.item;
      told.by = event.by;
      told.title = event.title;
      told.words = event.words;
      told.place = event.place;
      if (event.value) told.value = event.value->text.empty() ? std::to_string(event.value->number) : event.value->text;
      told.cites.assign(event.cites.begin(), event.cites.end());
      result.push_back(std::move(told));
    });
    return result;
  }
};

/// A condition with its parts and what they read, as they are told one after the other.
std::vector<Told> condition(const std::vector<Told>& story, std::string_view name) {
  std::vector<Told> result;
  for (const Told& told : story) {
    if (told.name == name && told.kind != Kind::rule_tried && told.kind != Kind::rule_set_aside) result.push_back(told);
  }
  return result;
}

const char* const alone_in_the_north =
    R"({"facts": {"home.risk": true, "home.dogs": 1, "home.area": "north", "carried": ["alarm"],
        "last_visit": "2026-01-01"}, "as_at": "2026-02-02"})";

}  // namespace

TEST_CASE_FIXTURE(Visits, "A condition is told with each part, its truth, its item, and what it reads") {
  const auto told = condition(story(R"({"facts": {"home.risk": false, "home.dogs": 4}})"), "visits.danger");
  REQUIRE(told.size() == 5);
  CHECK(told[0].kind == Kind::condition_tried);
  CHECK(told[0].truth == Truth::yes);
  CHECK(told[0].joint == Joint::any_of);
  CHECK(told[0].part == 0);

  CHECK(told[1].kind == Kind::condition_part);
  CHECK(told[1].truth == Truth::no);
  CHECK(told[1].item == "visits.danger.known");
  CHECK(told[1].title == "There is a known risk at the home");
  CHECK(told[1].joint == Joint::single);
  CHECK(told[1].part == 1);
  CHECK(told[1].parent == 0);
  CHECK(told[1].level == 0);
  CHECK(told[1].subject == danger);
  REQUIRE(told[1].cites.size() == 1);
  CHECK(told[1].cites[0] == "guide.pairs_1");
  CHECK(told[1].place.starts_with("visits.policy:"));

  CHECK(told[2].kind == Kind::value_read);
  CHECK(told[2].fact == policy.fact("home.risk"));
  CHECK_FALSE(told[2].read);
  CHECK(told[2].part == 1);
  CHECK(told[2].value == "no");
  CHECK(told[2].words == "There is a known risk at the home: no");

  CHECK(told[3].item == "visits.danger.dogs");
  CHECK(told[3].truth == Truth::yes);
  CHECK(told[4].value == "4");
}

TEST_CASE_FIXTURE(Visits, "A single comparison has no parts, and tells what it reads") {
  const auto told = condition(story(R"({"facts": {"home.risk": true}})"), "visits.pair");
  REQUIRE(told.size() == 2);
  CHECK(told[0].joint == Joint::single);
  CHECK(told[1].kind == Kind::value_read);
  CHECK(told[1].read == danger);
  CHECK_FALSE(told[1].fact);
  CHECK(told[1].part == 0);
  CHECK(told[1].value == "yes");
}

TEST_CASE_FIXTURE(Visits, "What is not known is told as not known, in parts and in what they read") {
  const auto told = condition(story(R"({"facts": {"home.area": "north"}})"), "visits.alone");
  REQUIRE(told.size() == 7);
  CHECK(told[0].joint == Joint::all_of);
  CHECK(told[0].truth == Truth::unknown);
  CHECK(told[1].truth == Truth::yes);
  CHECK(told[3].truth == Truth::unknown);
  CHECK(told[4].truth == Truth::unknown);
  CHECK(told[4].value.empty());
  CHECK(told[6].fact == policy.fact("last_visit"));
}

TEST_CASE_FIXTURE(Visits, "Parts of parts name the part that they belong to") {
  const duly::Policy nested = duly::Policy::compile("nested", R"(policy nested "Nested"
fact a "A" : yes/no
fact b "B" : number from 0 to 9
fact c "C" : number from 0 to 9
fact d "D" : date
action act "Act"
action again "Act again"
decision what "What?"
  this "This"
  that "That"
  otherwise that
rule both "Both"
  what is this
  when a and not (b is at least c or years since d is over 2) and (b is 3 or c is 3)
rule acts "Acts" must act when a
define told "Told" means must act
rule repeats "Acts again" should again when told
)");
  duly::Case known(nested);
  known.from_json(R"({"facts": {"a": true, "b": 3, "c": 4, "d": "2020-01-01"}, "as_at": "2021-06-01"})");
  duly::Decision found(nested);
  found.decide(known);
  std::string outline;
  found.observe([&](const duly::Event& event) {
    if (event.name != "nested.both" && event.name != "nested.told") return;
    if (event.kind == Kind::condition_tried) outline += "whole " + std::to_string(static_cast<int>(event.joint)) + "\n";
    if (event.kind == Kind::condition_part) {
      outline += std::string(2 * event.level + 2, ' ') + std::to_string(event.part) + " in " +
                 std::to_string(event.parent) + (event.truth == Truth::yes ? " yes " : " no ") +
                 std::to_string(static_cast<int>(event.joint)) + "\n";
    }
    if (event.kind == Kind::value_read) {
      outline += "  " + std::to_string(event.part) + " reads " + std::string(event.words) + "\n";
    }
  });
  CHECK(outline ==
        "whole 1\n"
        "  1 in 0 yes 0\n"
        "  1 reads A: yes\n"
        "  2 in 0 yes 4\n"
        "    3 in 2 no 0\n"
        "  3 reads B: 3\n"
        "  3 reads C: 4\n"
        "    4 in 2 no 0\n"
        "  4 reads D: 1 January 2020\n"
        "  5 in 0 yes 2\n"
        "    6 in 5 yes 0\n"
        "  6 reads B: 3\n"
        "    7 in 5 no 0\n"
        "  7 reads C: 4\n"
        "whole 0\n"
        "  0 reads Act: must\n");
}

TEST_CASE_FIXTURE(Visits, "Every event has words, and says where the policy says so and what it cites") {
  for (const Told& told : story(alone_in_the_north)) {
    CHECK_FALSE(told.words.empty());
    CHECK_FALSE(told.title.empty());
    if (told.kind != Kind::value_read) CHECK(told.place.starts_with("visits.policy:"));
    if (told.kind == Kind::rule_tried && told.name == "visits.pair") {
      CHECK(told.words.find("Two go where something could go wrong") != std::string::npos);
      REQUIRE(told.cites.size() == 1);
      CHECK(told.cites[0] == "guide.pairs_1");
    }
    if (told.kind == Kind::rule_set_aside) {
      CHECK(told.name == "visits.pair");
      CHECK(told.by == "visits.alone");
    }
  }
}

TEST_CASE("Steps of a procedure are told by name and number") {
  const duly::Policy policy = duly::Policy::load("national");
  duly::Case facts(policy);
  facts.from_json(R"({"facts": {"purpose.legitimate": false}})");
  duly::Decision decision(policy);
  decision.decide(facts);
  std::string first, answer;
  decision.observe([&](const duly::Event& event) {
    if (event.kind == Kind::step_reached && event.number == 1 && first.empty()) first = event.name;
    if (event.kind == Kind::step_answered && event.name == first) answer = event.by;
  });
  CHECK(first.starts_with("national."));
  CHECK(answer.starts_with(first + "."));
}

TEST_CASE_FIXTURE(Visits, "What cases exercise can be counted from the stream alone") {
  std::map<std::string, std::set<Truth>> seen;  // rules, conditions and their parts, with each truth that they had
  const auto run = [&](std::string_view json) {
    for (const Told& told : story(json)) {
      if (told.kind == Kind::rule_tried) seen[told.name].insert(told.truth);
      if (told.kind == Kind::condition_part) seen[told.name + "#" + std::to_string(told.part)].insert(told.truth);
    }
  };
  const auto one_way = [&] {
    std::string names;
    for (const auto& entry : seen) {
      if (entry.second.count(Truth::yes) == 0 || entry.second.count(Truth::no) == 0) names += entry.first + " ";
    }
    return names;
  };
  run(alone_in_the_north);
  const std::string first = one_way();
  CHECK(std::count(first.begin(), first.end(), ' ') == static_cast<std::ptrdiff_t>(seen.size()));
  run(R"({"facts": {"home.risk": false, "home.dogs": 0, "home.area": "south", "carried": [],
          "last_visit": "2020-01-01"}, "as_at": "2026-02-02"})");
  CHECK(one_way() == "visits.danger#2 visits.no_lone_pack#1 visits.no_lone_pack#2 visits.note ");
  run(R"({"facts": {"home.risk": false, "home.dogs": 7, "home.area": "south"}})");
  CHECK(one_way() == "visits.note ");  // which always applies
}

namespace {

/// The rules and items that a subject came out by, from nothing but the events: the rules that applied and were not set
/// aside, the parts of their conditions that count, and below them what those read.
class Explainer {
 public:
  explicit Explainer(const std::vector<Told>& story) : story_(story) {}

  std::set<std::string> explain(duly::Subject subject) {
    for (const Told& told : story_) {
      if (told.kind == Kind::rule_tried && told.subject == subject && told.truth == Truth::yes &&
          !is_aside(told.name)) {
        names_.insert(told.name);
        part(told.name, 0);
      }
    }
    return names_;
  }

 private:
  bool is_aside(std::string_view rule) const {
    return std::any_of(story_.begin(), story_.end(),
                       [&](const Told& told) { return told.kind == Kind::rule_set_aside && told.name == rule; });
  }

  void part(const std::string& rule, std::uint32_t number) {
    const auto is_whole = [&](const Told& told) {
      return told.name == rule && told.part == number &&
             (told.kind == Kind::condition_part || told.kind == Kind::condition_tried);
    };
    const auto whole = std::find_if(story_.begin(), story_.end(), is_whole);
    if (whole == story_.end()) return;  // `always`
    if (!whole->item.empty()) names_.insert(whole->item);
    const bool opposite = whole->joint == Joint::not_all_of || whole->joint == Joint::none_of;
    const Truth counts = opposite ? (whole->truth == Truth::yes ? Truth::no : Truth::yes) : whole->truth;
    for (const Told& told : story_) {
      if (told.name != rule) continue;
      const bool below = told.kind == Kind::condition_part && told.parent == number;
      if (below && told.truth == counts) part(rule, told.part);
      if (told.kind == Kind::value_read && told.part == number && told.read) explain(told.read);
    }
  }

  const std::vector<Told>& story_;
  std::set<std::string> names_;
};

}  // namespace

TEST_CASE_FIXTURE(Visits, "An outcome can be explained from the stream alone, as its reasons do") {
  for (const char* json : {alone_in_the_north, R"({"facts": {"home.risk": true, "home.area": "south"}})",
                           R"({"facts": {"home.risk": false, "home.dogs": 3, "home.area": "south"}})",
                           R"({"facts": {"home.risk": true, "home.dogs": 4, "home.area": "south"}})"}) {
    CAPTURE(json);
    const std::vector<Told> told = story(json);
    REQUIRE(decision.status(crew) == duly::Status::decided);
    std::set<std::string> names;
    const duly::Reasons reasons = decision.reasons(crew);
    for (std::size_t i = 0; i < reasons.size(); ++i) names.emplace(reasons[i].name);
    CHECK(Explainer(told).explain(crew) == names);
  }
}

TEST_CASE_FIXTURE(Visits, "An observer may read the decision that it is told of") {
  facts.from_json(alone_in_the_north);
  decision.decide(facts);
  int read = 0;
  decision.observe([&](const duly::Event& event) {
    if (event.kind == Kind::value_settled && decision.status(event.subject) == event.status) ++read;
    if (event.kind == Kind::rule_tried) CHECK(decision.reasons(crew).size() > 0);
  });
  CHECK(read > 0);
}

TEST_CASE_FIXTURE(Visits, "Hosts with an earlier or a later header are told what both know") {
  facts.from_json(alone_in_the_north);
  decision.decide(facts);
  struct Later {
    duly_event event;
    std::uint64_t field;
  };
  int told = 0;
  const auto count = [](void* context, const duly_event* event) {
    Later later;
    std::memcpy(&later, event, sizeof later);
    if (later.field == 0 && event->kind != 0) ++*static_cast<int*>(context);
    return duly_code{DULY_OK};
  };
  CHECK(duly_observe(decision.get(), {0, 0}, sizeof(Later), count, &told) == DULY_OK);
  CHECK(told > 0);
  CHECK(duly_observe(decision.get(), {0, 0}, 4096, count, &told) == DULY_OK);
  for (const std::size_t size : {std::size_t{4097}, SIZE_MAX}) {
    CHECK(duly_observe(decision.get(), {0, 0}, size, count, &told) == DULY_INVALID_ARGUMENT);
  }
  const auto last_byte = [](void*, const duly_event* event) {
    return reinterpret_cast<const unsigned char*>(event)[4095] == 0 ? DULY_OK : duly_code{DULY_INTERNAL};
  };
  CHECK(duly_observe(decision.get(), {0, 0}, 4096, last_byte, nullptr) == DULY_OK);
}

TEST_CASE_FIXTURE(Visits, "An observer in C ends the telling by its code, and an exception of it is a code") {
  facts.from_json(alone_in_the_north);
  decision.decide(facts);
  int left = 3;
  const auto stop = [](void* context, const duly_event*) {
    return --*static_cast<int*>(context) == 0 ? duly_code{DULY_NOT_FOUND} : duly_code{DULY_OK};
  };
  CHECK(duly_observe(decision.get(), {0, 0}, sizeof(duly_event), stop, &left) == DULY_NOT_FOUND);
  CHECK(left == 0);
  const auto throws = [](void*, const duly_event*) -> duly_code { throw std::bad_alloc(); };
  CHECK(duly_observe(decision.get(), {0, 0}, sizeof(duly_event), throws, nullptr) == DULY_INTERNAL);
}
