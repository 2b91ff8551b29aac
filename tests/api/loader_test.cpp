#include <doctest/doctest.h>

#include <duly/duly.hpp>
#include <map>
#include <stdexcept>

using namespace std::string_literals;

namespace {

const std::map<std::string, std::string, std::less<>> files{
    {"north.policy", "policy north \"North\"\n  extends basics\n"},
    {"basics", "policy basics \"Basics\"\n  extends vocabulary\nfact extra \"Extra\" : yes/no\n  ask \"Extra?\"\n"},
    {"alone.policy", "policy alone \"Alone\"\n  extends nowhere\n"},
};

std::optional<duly::Found> from_files(std::string_view name, std::string_view) {
  const auto found = files.find(name);
  if (found == files.end()) return std::nullopt;
  return duly::Found{found->first, found->second};
}

duly::Code code_of(std::string_view name, const duly::Loader& loader) {
  try {
    duly::Policy::load(name, loader);
  } catch (const duly::Error& error) {
    return error.code();
  }
  return duly::Code::ok;
}

struct Stop {};  // nothing that the library could know

}  // namespace

TEST_CASE("A policy comes from files through a loader, and what it does not have from the standard policies") {
  std::vector<std::string> asked;
  const duly::Policy policy = duly::Policy::load("north.policy", [&](std::string_view name, std::string_view from) {
    asked.push_back(std::string(name) + " for " + std::string(from));
    return from_files(name, from);
  });
  CHECK(policy.name() == "north");
  CHECK(policy.fact("extra"));
  CHECK(policy.fact("child.age"));  // of the vocabulary
  REQUIRE(asked.size() >= 3);
  CHECK(asked[0] == "north.policy for ");
  CHECK(asked[1] == "basics for north.policy");
  CHECK(asked[2] == "vocabulary for basics");
}

TEST_CASE("A standard policy builds on standard policies, whatever the host's loader has") {
  const duly::Policy policy = duly::Policy::load("national", [](std::string_view name, std::string_view) {
    return name == "vocabulary" ? std::optional(duly::Found{"mine", "policy vocabulary \"Mine\"\n"}) : std::nullopt;
  });
  CHECK(policy.fact("child.age"));
}

TEST_CASE("A module that is found nowhere is an error of the policy") {
  CHECK(code_of("alone.policy", from_files) == duly::Code::wrong_policy);
}

TEST_CASE("What a loader throws comes out unchanged, and nothing leaks") {
  const duly::Loader throws = [](std::string_view name, std::string_view) -> std::optional<duly::Found> {
    if (name == "north.policy") return duly::Found{"north.policy", files.at("north.policy")};
    throw std::runtime_error("the disc is gone");
  };
  CHECK_THROWS_WITH_AS(duly::Policy::load("north.policy", throws), "the disc is gone", std::runtime_error);
  CHECK_THROWS_AS(duly::Policy::load("x", [](auto, auto) -> std::optional<duly::Found> { throw Stop(); }), Stop);
}

TEST_CASE("A loader in C that fails ends compiling, whenever it does") {
  for (int calls = 0; calls < 3; ++calls) {
    int left = calls;
    duly_loader loader{};
    loader.context = &left;
    loader.load = [](void* context, duly_found* found, size_t size, const char* name, size_t, const char*) {
      if ((*static_cast<int*>(context))-- == 0) return duly_code{DULY_INTERNAL};
      const auto file = files.find(std::string_view(name, size));
      if (file == files.end()) return duly_code{DULY_OK};
      return duly_found_text(found, size, name, file->second.size(), file->second.data());
    };
    duly_policy* policy = nullptr;
    duly_error* error = nullptr;
    CHECK(duly_load(DULY_TERMINATED, "north.policy", &loader, 0, &policy, &error) == DULY_LOADER_FAILED);
    CHECK(policy == nullptr);
    CHECK(duly_error_code(error) == DULY_LOADER_FAILED);
    duly_problem problem{};
    CHECK(duly_error_at(error, 0, sizeof problem, &problem) == DULY_OK);
    const char* const files_asked[] = {"", "north.policy", "basics"};
    CHECK(std::string_view(problem.file.data) == files_asked[calls]);
    CHECK(problem.line == (calls == 0 ? 0u : 2u));
    CHECK(problem.column == (calls == 0 ? 0u : 11u));
    duly_error_release(error);
  }
}

TEST_CASE("A loader in C that lets an exception out is a failure, no crash") {
  duly_loader loader{};
  loader.load = [](void*, duly_found*, size_t, const char*, size_t, const char*) -> duly_code { throw Stop(); };
  duly_policy* policy = nullptr;
  CHECK(duly_load(DULY_TERMINATED, "x", &loader, 0, &policy, nullptr) == DULY_LOADER_FAILED);
}

TEST_CASE("Texts that are too short, too long, or the wrong one are errors of the policy") {
  const auto gives = [](std::string text) {
    return [text](std::string_view name, std::string_view) {
      return std::optional(duly::Found{std::string(name), name == "north.policy" ? files.at("north.policy") : text});
    };
  };
  CHECK(code_of("north.policy", gives("")) == duly::Code::wrong_policy);
  CHECK(code_of("north.policy", gives("policy")) == duly::Code::wrong_policy);
  CHECK(code_of("north.policy", gives(std::string(30'000'000, 'x'))) == duly::Code::wrong_policy);
  CHECK(code_of("north.policy", gives(std::string(1000, '\0'))) == duly::Code::wrong_policy);
  CHECK(code_of("north.policy", gives(files.at("north.policy"))) == duly::Code::wrong_policy);  // another module
  CHECK(code_of("north.policy", gives("policy basics \"B\"\n  extends basics\n")) == duly::Code::wrong_policy);
}

TEST_CASE("A loader that never ends giving modules is stopped") {
  int calls = 0;
  const duly::Loader endless = [&](std::string_view name, std::string_view) {
    ++calls;
    return std::optional(duly::Found{
        std::string(name), "policy " + std::string(name) + " \"M\"\n  extends m" + std::to_string(calls) + "\n"});
  };
  CHECK(code_of("m", endless) == duly::Code::wrong_policy);
}
