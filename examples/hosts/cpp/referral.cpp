// What a referral portal does with Duly, in C++: see README.md.
//
//   referral POLICY CASE.json [FIELDS.json]
#include <cstdio>
#include <duly/duly.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace {

namespace fs = std::filesystem;

struct Unreadable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Unreadable(path.string() + " cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }
void print_line(const std::string& line) { print(line + "\n"); }

/// Where policies come from: here, the policy's own folder.
duly::Loader files_beside(const fs::path& policy) {
  return [folder = policy.parent_path()](std::string_view name, std::string_view from) -> std::optional<duly::Found> {
    const fs::path path = from.empty() ? fs::path(name) : folder / (std::string(name) + ".policy");
    if (!fs::exists(path)) return std::nullopt;  // Duly then looks among its standard policies
    return duly::Found{path.string(), read(path)};
  };
}

std::string_view in_words(duly::Status status) {
  switch (status) {
    case duly::Status::decided: return "decided";
    case duly::Status::undecided: return "undecided";
    case duly::Status::conflict: return "conflict";
    case duly::Status::gap: return "gap";
    case duly::Status::unsafe: return "unsafe";
    case duly::Status::none: break;
  }
  return "";
}

/// The questions that can still matter, in the order of asking, each with its answers.
void print_questions(const duly::Policy& policy, const duly::Decision& decision, duly::Subject asked) {
  print_line("To be asked:");
  for (const duly::Fact fact : decision.needs(asked)) {
    const duly::FactInfo info = policy.about(fact);
    print_line("- " + std::string(info.ask.empty() ? info.title : info.ask) + " (" + std::string(info.name) + ")");
    for (const duly::Answer& answer : info.answers) {
      print_line("    " + std::string(answer.name) + ": " + std::string(answer.title));
    }
  }
}

void print_duties(const duly::Policy& policy, duly::Decision& decision) {
  print_line("Duties:");
  for (const duly::Subject action : policy.actions()) {
    if (decision.duty(action) == duly::Duty::none) continue;
    const std::string timing = decision.timing(action);
    print_line("- " + std::string(decision.value(action)->text) + ": " + std::string(policy.about(action).title) +
               (timing.empty() ? "" : ", " + timing));
  }
}

int run(const char* policy_name, const char* case_file, const char* fields_file) {
  const duly::Policy policy = duly::Policy::load(policy_name, files_beside(policy_name));
  duly::Case facts(policy);
  facts.from_json(read(case_file));
  duly::Decision decision(policy);
  decision.decide(facts);

  const duly::Subject asked = policy.default_decision();
  const duly::Status status = decision.status(asked);
  print_line(std::string(policy.about(asked).title));
  print_line(std::string(in_words(status)) + ": " + decision.says(asked));
  if (status == duly::Status::undecided) {
    print_questions(policy, decision, asked);
    return 3;
  }
  print_duties(policy, decision);
  if (status != duly::Status::decided) return 4;
  const std::string record =
      fields_file == nullptr ? decision.record_form() : decision.complete_record(read(fields_file));
  print_line(fields_file == nullptr ? "To be filled in:" : "Record:");
  print(record);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::fputs("usage: referral POLICY CASE.json [FIELDS.json]\n", stderr);
    return 2;
  }
  try {
    return run(arguments[1], arguments[2], count > 3 ? arguments[3] : nullptr);
  } catch (const duly::Error& error) {
    std::fputs(std::string(error.text()).c_str(), stderr);
    return 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
