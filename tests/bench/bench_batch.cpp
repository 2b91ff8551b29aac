// A JSON line to a compact answer line, beside reading the line with simdjson alone.

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include "interpreter/batch/line_decider.hpp"
#include "interpreter/report/case_json.hpp"
#include "tests/bench/policies.hpp"

namespace duly::bench {
namespace {

constexpr std::size_t count = 10'000;

/// Lines side by side in one text, as they come from a stream.
struct Lines {
  std::string text;
  std::vector<std::pair<std::size_t, std::size_t>> places;
  std::string_view line(std::size_t i) const {
    return std::string_view(text).substr(places[i].first, places[i].second);
  }
};

Lines lines_of(const std::string& file) {
  const Program& program = *policy(file).program;
  Lines lines;
  for (const Case& each : random_cases(program, count)) {
    std::string json = write_case_json(program, each);
    std::string minified(json.size() + simdjson::SIMDJSON_PADDING, ' ');
    std::size_t size = 0;
    if (simdjson::minify(json.data(), json.size(), minified.data(), size) != simdjson::SUCCESS) std::abort();
    lines.places.emplace_back(lines.text.size(), size);
    lines.text.append(minified, 0, size).append("\n");
  }
  lines.text.append(simdjson::SIMDJSON_PADDING, ' ');
  return lines;
}

/// Every value is looked at once, as any reader has to: of the tree that simdjson makes,
std::size_t visit(const simdjson::dom::element& element) {
  namespace dom = simdjson::dom;
  std::size_t sum = 0;
  switch (element.type()) {
    case dom::element_type::OBJECT:
      for (const auto& [key, value] : dom::object(element)) sum += key.size() + visit(value);
      return sum;
    case dom::element_type::ARRAY:
      for (const dom::element value : dom::array(element)) sum += visit(value);
      return sum;
    case dom::element_type::STRING: return std::string_view(element).size();
    case dom::element_type::BOOL: return bool(element) ? 1 : 2;
    case dom::element_type::INT64: return static_cast<std::size_t>(std::int64_t(element));
    default: return 1;
  }
}

/// or where it stands in the text.
std::size_t visit(simdjson::ondemand::value value) {
  namespace ondemand = simdjson::ondemand;
  std::size_t sum = 0;
  switch (ondemand::json_type(value.type())) {
    case ondemand::json_type::object:
      for (auto member : value.get_object())
        sum += std::string_view(member.unescaped_key()).size() + visit(member.value());
      return sum;
    case ondemand::json_type::array:
      for (auto element : value.get_array()) sum += visit(element.value());
      return sum;
    case ondemand::json_type::string: return std::string_view(value.get_string()).size();
    case ondemand::json_type::boolean: return bool(value.get_bool()) ? 1 : 2;
    case ondemand::json_type::number: return static_cast<std::size_t>(std::int64_t(value.get_int64()));
    default: return 1;
  }
}

std::size_t read_line(simdjson::dom::parser& parser, std::string_view line) {
  return visit(parser.parse(line.data(), line.size(), false).value());
}

std::size_t read_line(simdjson::ondemand::parser& parser, std::string_view line) {
  const simdjson::padded_string_view padded(line.data(), line.size(), line.size() + simdjson::SIMDJSON_PADDING);
  simdjson::ondemand::document document = parser.iterate(padded);
  return visit(document.get_value());
}

template <typename Parser>
void read_alone(benchmark::State& state, const std::string& file) {
  const Lines lines = lines_of(file);
  Parser parser;
  Order order(count);
  for (auto _ : state) {
    state.PauseTiming();
    const auto& shuffled = order.shuffled();
    state.ResumeTiming();
    for (const std::uint32_t i : shuffled) benchmark::DoNotOptimize(read_line(parser, lines.line(i)));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}

void answer(benchmark::State& state, const std::string& file) {
  const Lines lines = lines_of(file);
  const Compiled& compiled = policy(file);
  LineDecider decider(*compiled.program, compiled.sources, {.today = Date{20000}});
  Order order(count);
  std::string out;
  for (auto _ : state) {
    state.PauseTiming();
    const auto& shuffled = order.shuffled();
    state.ResumeTiming();
    for (const std::uint32_t i : shuffled) {
      if (out.size() > (1u << 18)) out.clear();
      if (!decider.decide(lines.line(i), i, out)) std::abort();
    }
    benchmark::DoNotOptimize(out);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}

constexpr const char* flowchart = "tests/bench/flowchart.policy";
constexpr const char* derby = "examples/derby/derby.policy";

void batch_flowchart_read(benchmark::State& state) { read_alone<simdjson::dom::parser>(state, flowchart); }
void batch_flowchart_read_on_demand(benchmark::State& state) {
  read_alone<simdjson::ondemand::parser>(state, flowchart);
}
void batch_flowchart_answer(benchmark::State& state) { answer(state, flowchart); }
void batch_derby_read(benchmark::State& state) { read_alone<simdjson::dom::parser>(state, derby); }
void batch_derby_read_on_demand(benchmark::State& state) { read_alone<simdjson::ondemand::parser>(state, derby); }
void batch_derby_answer(benchmark::State& state) { answer(state, derby); }
BENCHMARK(batch_flowchart_read);
BENCHMARK(batch_flowchart_read_on_demand);
BENCHMARK(batch_flowchart_answer);
BENCHMARK(batch_derby_read);
BENCHMARK(batch_derby_read_on_demand);
BENCHMARK(batch_derby_answer);

}  // namespace
}  // namespace duly::bench
