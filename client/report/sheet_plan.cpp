#include "client/report/sheet_plan.hpp"

#include <algorithm>
#include <cmath>

namespace lianxin::client::report {
namespace {

constexpr double kRowMin = 17;  // room to write by hand

class Planner {
 public:
  Planner(Typesetter& types, const Sheet& sheet) : types_(types), sheet_(sheet) {}

  SheetPlan plan() {
    if (sheet_.landscape) std::swap(plan_.frame.width, plan_.frame.height);
    plan_.bottom = plan_.frame.height - plan_.frame.margin - kFootHeight - signatures() * kSignatureHeight;
    if (sheet_.is_cover) {
      plan_.pages.emplace_back();
      return std::move(plan_);
    }
    columns();
    top();
    headings();
    measure();
    fill_card();
    fill();
    return std::move(plan_);
  }

 private:
  /// Lines to sign on; each signature takes an equal part of its line.
  int signatures() {
    constexpr double kRoom = 90;  // to sign
    const auto count = static_cast<int>(sheet_.signatures.size());
    if (count == 0) return 0;
    double widest = 0;
    for (const std::string& words : sheet_.signatures) {
      const bool has_room = words.find('_') != std::string::npos;
      widest = std::max(widest, types_.width_of(words, kLineFace) + (has_room ? 16 : kRoom));
    }
    plan_.signatures_in_line = std::clamp(static_cast<int>(plan_.frame.inner() / widest), 1, count);
    return (count + plan_.signatures_in_line - 1) / plan_.signatures_in_line;
  }

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
    const auto columns = columns_of(sheet_);
    for (const SheetRow& row : sheet_.rows) {
      const Face face = face_of(row);
      int most = 1;
      for (std::size_t i = 0; i < columns.size() && i < row.cells.size(); ++i) {
        const bool is_number = columns[i].kind == CellKind::kNumber && row.kind != RowKind::kNil;
        const Face own = face_of_cell(types_, row.cells[i], face, inside(i, i), is_number);
        most = std::max(most, types_.lines(row.cells[i], own, inside(i, i)));
      }
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

  int lines_of(const std::vector<CardCell>& line) {
    const Face strong{plan_.face.size, Weight::kBold};
    double most = 1;
    std::size_t at = 0;
    for (const CardCell& cell : line) {
      if (cell.label_columns > 0)
        most =
            std::max<double>(most, types_.lines(cell.label, strong, inside(at, at + cell.label_columns - 1)));
      at += cell.label_columns;
      most = std::max<double>(most,
                              types_.lines(cell.value, plan_.face, inside(at, at + cell.value_columns - 1)));
      at += cell.value_columns;
      most = std::max(most, cell.lines);
    }
    return static_cast<int>(std::ceil(most));
  }

  /// Lines of labels and values, the table begins below them.
  void fill_card() {
    plan_.pages.emplace_back();
    y_ = plan_.top;
    for (std::size_t i = 0; i < sheet_.card.size(); ++i) {
      plan_.card_lines.push_back(lines_of(sheet_.card[i]));
      place(
          i, plan_.card_lines.back(), plan_.top, kCardPad,
          [&](double height) { return y_ > plan_.top && y_ + height > plan_.bottom + 0.01; },
          [](PlannedPage& page) -> std::vector<Strip>& { return page.card; });
    }
    plan_.pages.back().table = y_;
    y_ += plan_.body - plan_.top;
  }

  /// Rows onto pages: whole where they fit on one, by whole lines where they do not.
  void fill() {
    for (std::size_t i = 0; i < sheet_.rows.size(); ++i) {
      place(
          i, plan_.lines[i], plan_.body, kRowPad, [&](double height) { return is_full(y_, height); },
          [](PlannedPage& page) -> std::vector<Strip>& { return page.strips; });
    }
    const double y = y_;
    if (sheet_.notes.empty()) return;
    if (y + plan_.notes > plan_.bottom &&
        !(plan_.pages.back().strips.empty() && plan_.pages.back().card.empty()))
      add_page_of_notes();
    plan_.pages.back().has_notes = true;
  }
  /// The last row goes with them where it is whole: notes stand under a table.
  void add_page_of_notes() {
    std::vector<Strip>& strips = plan_.pages.back().strips;
    std::vector<Strip> taken;
    if (strips.size() > 1 && strips.back().first_line == 0) {
      taken.push_back(strips.back());
      strips.pop_back();
    }
    plan_.pages.emplace_back();
    plan_.pages.back().table = plan_.top;
    plan_.pages.back().strips = std::move(taken);
  }
  template <typename IsFull, typename StripsOf>
  void place(std::size_t row, int all, double begin, double pad, const IsFull& is_full_with,
             const StripsOf& strips_of) {
    const double line = plan_.face.line();
    const int lines_max = std::max(1, static_cast<int>((plan_.bottom - begin - 2 * pad) / line));
    for (int first = 0; first < all; first += lines_max) {
      const int lines = std::min(lines_max, all - first);
      const double height = std::max(kRowMin, lines * line + 2 * pad);
      if (is_full_with(height)) {
        plan_.pages.emplace_back();
        plan_.pages.back().table = plan_.top;
        y_ = begin;
      }
      strips_of(plan_.pages.back()).push_back({row, first, height});
      y_ += height;
    }
  }
  bool is_full(double y, double height) const {
    const std::size_t rows = plan_.pages.back().strips.size();
    if (rows == 0 && plan_.pages.back().card.empty()) return false;
    return y + height > plan_.bottom + 0.01 || (sheet_.rows_per_page > 0 && rows >= sheet_.rows_per_page);
  }

  Typesetter& types_;
  const Sheet& sheet_;
  SheetPlan plan_;
  double y_ = 0;  ///< where the next strip begins
};

}  // namespace

Face face_of_cell(Typesetter& types, const std::string& words, const Face& face, double width,
                  bool is_number) {
  constexpr double kSmallest = 0.75;  // of the face, for what may be broken
  const bool is_token = std::all_of(words.begin(), words.end(), [](char c) { return c > ' ' && c < 127; });
  if (words.empty() || (!is_number && !is_token)) return face;
  const double part = std::min(1.0, width / types.width_of(words, face) * 0.995);
  return !is_number && part < kSmallest ? face : Face{face.size * part, face.weight};
}

SheetPlan plan_sheet(Typesetter& types, const Sheet& sheet) { return Planner(types, sheet).plan(); }

}  // namespace lianxin::client::report
