#include "client/report/sheet_plan.hpp"

#include <algorithm>
#include <cmath>

namespace lianxin::client::report {
namespace {

constexpr double kRowMin = 17;  // room to write by hand

double width_of(const Sheet& sheet) {
  double width = 0;
  for (const Heading& column : columns_of(sheet))
    width += column.width;
  return width;
}

class Planner {
 public:
  Planner(Typesetter& types, const Sheet& sheet) : types_(types), sheet_(sheet) {}

  SheetPlan plan() {
    if (sheet_.landscape) std::swap(plan_.frame.width, plan_.frame.height);
    plan_.bottom = plan_.frame.height - plan_.frame.margin - kFootHeight -
                   (sheet_.signatures.empty() ? 0 : kSignatureHeight);
    if (sheet_.is_cover) {
      plan_.pages.emplace_back();
      return std::move(plan_);
    }
    columns();
    top();
    headings();
    measure();
    fill();
    return std::move(plan_);
  }

 private:
  void columns() {
    const double all = width_of(sheet_);
    const double unit = all > 0 ? plan_.frame.inner() / all : 0;
    plan_.face.size = std::clamp(unit * 1.75, 6.3, 10.0);
    double x = plan_.frame.margin;
    plan_.edges.push_back(x);
    for (const Heading& column : columns_of(sheet_))
      plan_.edges.push_back(x += column.width * unit);
  }
  double inside(std::size_t first, std::size_t last) const {
    return std::max(plan_.edges[last + 1] - plan_.edges[first] - 2 * kCellPad, 1.0);
  }

  void top() {
    const double inner = plan_.frame.inner();
    const double title = types_.lines(sheet_.title, kTitleFace, inner) * kTitleFace.line();
    const double right = types_.width_of(sheet_.right, kLineFace);
    const int lines = std::max(types_.lines(sheet_.left, kLineFace, std::max(inner - right - 12, inner / 3)),
                               types_.lines(sheet_.right, kLineFace, inner * 2 / 3));
    plan_.top = plan_.frame.margin + title + 6 + lines * kLineFace.line() + 4;
  }

  void headings() {
    const Face face{plan_.face.size, Weight::kBold};
    plan_.headings.assign(heading_rows(sheet_), face.line() + 2 * kRowPad);
    for (const HeadingCell& cell : heading_cells(sheet_)) {
      const double height =
          types_.lines(cell.words, face, inside(cell.first_column, cell.last_column)) * face.line() +
          2 * kRowPad;
      double there = 0;
      for (std::uint32_t i = cell.first_row; i <= cell.last_row; ++i)
        there += plan_.headings[i];
      if (height > there) plan_.headings[cell.last_row] += height - there;
    }
    plan_.body = plan_.top;
    for (const double height : plan_.headings)
      plan_.body += height;
  }

  void measure() {
    for (const SheetRow& row : sheet_.rows) {
      const Face face = face_of(row);
      int most = 1;
      for (std::size_t i = 0; i + 1 < plan_.edges.size() && i < row.cells.size(); ++i)
        most = std::max(most, types_.lines(row.cells[i], face, inside(i, i)));
      plan_.lines.push_back(most);
    }
    for (const std::string& note : sheet_.notes)
      plan_.notes += types_.lines(note, kLineFace, plan_.frame.inner()) * kLineFace.line();
    if (plan_.notes > 0) plan_.notes += 6;
  }
  Face face_of(const SheetRow& row) const {
    const bool is_strong = row.kind == RowKind::kSubtotal || row.kind == RowKind::kTotal;
    return {plan_.face.size, is_strong ? Weight::kBold : Weight::kPlain};
  }

  /// Rows onto pages: whole where they fit on one, by whole lines where they do not.
  void fill() {
    const double line = plan_.face.line();
    const int lines_max = std::max(1, static_cast<int>((plan_.bottom - plan_.body - 2 * kRowPad) / line));
    plan_.pages.emplace_back();
    double y = plan_.body;
    for (std::size_t i = 0; i < sheet_.rows.size(); ++i) {
      for (int first = 0; first < plan_.lines[i]; first += lines_max) {
        const int lines = std::min(lines_max, plan_.lines[i] - first);
        const double height = std::max(kRowMin, lines * line + 2 * kRowPad);
        if (is_full(y, height)) {
          plan_.pages.emplace_back();
          y = plan_.body;
        }
        plan_.pages.back().strips.push_back({i, first, height});
        y += height;
      }
    }
    if (sheet_.notes.empty()) return;
    if (y + plan_.notes > plan_.bottom && !plan_.pages.back().strips.empty()) plan_.pages.emplace_back();
    plan_.pages.back().has_notes = true;
  }
  bool is_full(double y, double height) const {
    const std::size_t rows = plan_.pages.back().strips.size();
    if (rows == 0) return false;
    return y + height > plan_.bottom + 0.01 || (sheet_.rows_per_page > 0 && rows >= sheet_.rows_per_page);
  }

  Typesetter& types_;
  const Sheet& sheet_;
  SheetPlan plan_;
};

}  // namespace

SheetPlan plan_sheet(Typesetter& types, const Sheet& sheet) { return Planner(types, sheet).plan(); }

}  // namespace lianxin::client::report
