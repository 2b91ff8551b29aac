#include "interpreter/doc/flowchart_layout.hpp"
#include "interpreter/doc/flowchart_page.hpp"
#include "interpreter/report/markup.hpp"

namespace duly::doc {
namespace {

std::string_view class_of(ChartBox::Kind kind) {
  switch (kind) {
    case ChartBox::Kind::start: return "start";
    case ChartBox::Kind::step: return "step";
    case ChartBox::Kind::outcome: return "outcome";
    case ChartBox::Kind::instead: return "instead";
  }
  return "";
}

std::string href_of(const Page& page, const Flowchart& chart, const ChartBox& box) {
  if (box.step) return page.book.links.href(*box.step);
  if (box.rule) return page.book.links.href(*box.rule);
  return chart.before_all.empty() ? std::string() : "#" + before_anchor(page.book.material.program, chart);
}

void lines(Page& page, const std::vector<std::string>& texts, int x, int y, std::string_view of_class) {
  if (texts.empty()) return;
  page.put("<text{}>", of_class);
  for (const std::string& text : texts) {
    page.put("<tspan x=\"{}\" y=\"{}\">{}{}</tspan>", x, y, html_escaped(text), &text == &texts.back() ? "" : " ");
    y += chart_line_height;
  }
  page.put("</text>\n");
}

void draw(Page& page, const Flowchart& chart, const ChartBox& box) {
  const bool is_end = box.kind == ChartBox::Kind::outcome || box.kind == ChartBox::Kind::instead;
  const std::string href = href_of(page, chart, box);
  page.put("<g class=\"{}\">\n<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>\n", class_of(box.kind),
           box.x, box.y, box.width, box.height, is_end || box.kind == ChartBox::Kind::start ? 16 : 0);
  if (!href.empty()) page.put("<a href=\"{}\">", html_escaped(href));
  lines(page, box.lines, box.x + chart_padding, box.y + chart_padding + 15, "");
  page.put("{}</g>\n", href.empty() ? "" : "</a>\n");
}

void draw(Page& page, const ChartEdge& edge) {
  std::string path;
  for (const ChartPoint& point : edge.points) {
    path += fmt::format("{}{} {}", path.empty() ? "M" : " L", point.x, point.y);
  }
  page.put("<path d=\"{}\"{}/>\n", path, edge.dashed ? " class=\"dashed\"" : "");
  const ChartPoint tip = edge.points.back();
  const bool is_down = edge.points[edge.points.size() - 2].x == tip.x;
  if (is_down) {
    page.put("<path class=\"arrow\" d=\"M{} {} l-5 -9 h10 z\"/>\n", tip.x, tip.y);
  } else {
    page.put("<path class=\"arrow\" d=\"M{} {} l-9 -5 v10 z\"/>\n", tip.x, tip.y);
  }
  lines(page, edge.label, edge.label_at.x, edge.label_at.y, " class=\"answer\"");
}

}  // namespace

void write_chart(Page& page, const Flowchart& chart) {
  const Program& program = page.book.material.program;
  const Procedure& procedure = at(program.procedures, chart.procedure);
  const std::string name =
      html_escaped(fmt::format("{}.{}", at(program.modules, procedure.module).name, procedure.name));
  const ChartLayout layout = lay_out(chart);
  page.put(
      "<figure>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Flowchart\">\n"
      "<svg role=\"group\" aria-labelledby=\"chart-{0}\" width=\"{1}\" height=\"{2}\" viewBox=\"0 0 {1} {2}\">\n"
      "<title id=\"chart-{0}\">Flowchart: {3}. The same stands below in words.</title>\n",
      name, layout.width, layout.height, html_escaped(procedure.title));
  // Each edge comes before the box to which it leads: who hears the picture hears the answer, then what follows.
  for (std::size_t i = 0; i < layout.boxes.size(); ++i) {
    for (const ChartEdge& edge : layout.edges) {
      if (edge.to == i) draw(page, edge);
    }
    draw(page, chart, layout.boxes[i]);
  }
  page.put(
      "</svg>\n</div>\n<figcaption>Questions have square corners, endings round ones. A dashed box may come out in "
      "the place of the ending above it. Each box leads to what it stands for.</figcaption>\n</figure>\n");
}

}  // namespace duly::doc
