#include "client/report/sheet_pdf.hpp"

#include <algorithm>
#include <optional>

#include "client/report/sheet_plan.hpp"

namespace lianxin::client::report {
namespace {

constexpr const char* kDay = "2020-01-01";  // a fixed day: the form says its own
constexpr double kThin = 0.5;

/// Draws one form as planned.
class Drawer {
 public:
  Drawer(cairo_t* cairo, Typesetter& types, const Sheet& sheet, const SheetPlan& plan)
      : cairo_(cairo), types_(types), sheet_(sheet), plan_(plan), columns_(columns_of(sheet)) {}

  /// `page` of the first, `pages` of all that are counted together.
  void draw(int page, int pages) {
    for (const PlannedPage& one : plan_.pages) {
      if (sheet_.is_cover) {
        cover();
      } else {
        head();
        card(one);
        if (!one.strips.empty() || sheet_.card.empty()) headings(one.table);
        rows(one);
      }
      foot(page++, pages);
      cairo_show_page(cairo_);
    }
  }

 private:
  [[nodiscard]] double left() const { return plan_.frame.margin; }
  [[nodiscard]] double right() const { return plan_.frame.width - plan_.frame.margin; }

  void show(const std::string& words, const Face& face, double x, double y, double width,
            PangoAlignment align = PANGO_ALIGN_LEFT) {
    if (!words.empty()) types_.show(types_.set(words, face, width, align), x, y);
  }
  void line(double x1, double y1, double x2, double y2) {
    cairo_move_to(cairo_, x1, y1);
    cairo_line_to(cairo_, x2, y2);
  }
  void box(double x1, double y1, double x2, double y2) { cairo_rectangle(cairo_, x1, y1, x2 - x1, y2 - y1); }

  void cover() {
    constexpr Face kCoverFace{28, Weight::kBold};
    constexpr Face kFactFace{14, Weight::kPlain};
    const double inner = plan_.frame.inner();
    double y = plan_.frame.height / 4;
    show(sheet_.title, kCoverFace, left(), y, inner, PANGO_ALIGN_CENTER);
    y += types_.lines(sheet_.title, kCoverFace, inner) * kCoverFace.line() + 60;
    for (const std::string* words : {&sheet_.left, &sheet_.right}) {
      if (words->empty()) continue;
      show(*words, kFactFace, left(), y, inner, PANGO_ALIGN_CENTER);
      y += types_.lines(*words, kFactFace, inner) * kFactFace.line() + 8;
    }
    for (const std::string& note : sheet_.notes) {
      show(note, kFactFace, left(), y, inner, PANGO_ALIGN_CENTER);
      y += types_.lines(note, kFactFace, inner) * kFactFace.line() + 8;
    }
  }

  void head() {
    const double inner = plan_.frame.inner();
    show(sheet_.title, kTitleFace, left(), plan_.frame.margin, inner, PANGO_ALIGN_CENTER);
    const double y =
        plan_.frame.margin + types_.lines(sheet_.title, kTitleFace, inner) * kTitleFace.line() + 6;
    const double taken = std::min(types_.width_of(sheet_.right, kLineFace), inner * 2 / 3);
    show(sheet_.left, kLineFace, left(), y, std::max(inner - taken - 12, inner / 3));
    show(sheet_.right, kLineFace, left() + inner / 3, y, inner * 2 / 3, PANGO_ALIGN_RIGHT);
  }

  void headings(double from) {
    const Face face{plan_.face.size, Weight::kBold};
    for (const HeadingCell& cell : heading_cells(sheet_)) {
      double top = from;
      for (std::uint32_t i = 0; i < cell.first_row; ++i)
        top += plan_.headings[i];
      double bottom = top;
      for (std::uint32_t i = cell.first_row; i <= cell.last_row; ++i)
        bottom += plan_.headings[i];
      in_cell(cell.words, face, {cell.first_column, cell.last_column}, top, bottom, true);
      box(plan_.edges[cell.first_column], top, plan_.edges[cell.last_column + 1], bottom);
    }
    cairo_set_line_width(cairo_, kThin);
    cairo_stroke(cairo_);
  }

  struct Columns {
    std::size_t first = 0;
    std::size_t last = 0;
  };
  /// What takes one line stands in the middle.
  void in_cell(const std::string& words, const Face& face, const Columns& columns, double top, double bottom,
               bool is_centred, int first_line = 0) {
    if (words.empty()) return;
    const double x = plan_.edges[columns.first] + kCellPad;
    const double width = std::max(plan_.edges[columns.last + 1] - x - kCellPad, 1.0);
    const int lines = types_.lines(words, face, width) - first_line;
    if (lines <= 0) return;
    const double height = lines * face.line();
    const double y = height + 2 * kRowPad >= bottom - top ? top + kRowPad : top + (bottom - top - height) / 2;
    show(words, face, x, y - first_line * face.line(), width,
         is_centred || (lines == 1 && first_line == 0) ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
  }

  void card(const PlannedPage& page) {
    double y = plan_.top;
    for (const Strip& strip : page.card) {
      card_line(strip, y);
      y += strip.height;
    }
    cairo_set_line_width(cairo_, kThin);
    cairo_stroke(cairo_);
  }
  void card_line(const Strip& strip, double y) {
    const bool is_part =
        strip.first_line > 0 || plan_.card_lines[strip.row] * plan_.face.line() > strip.height;
    if (is_part) clip_to(y, strip.height);
    each_of(sheet_.card[strip.row], [&](const std::string& words, Columns columns, bool is_label) {
      const Face face{plan_.face.size, is_label ? Weight::kBold : Weight::kPlain};
      in_cell(words, face, columns, y, y + strip.height, is_label, strip.first_line);
    });
    if (is_part) cairo_restore(cairo_);
    each_of(sheet_.card[strip.row], [&](const std::string&, Columns columns, bool) {
      box(plan_.edges[columns.first], y, plan_.edges[columns.last + 1], y + strip.height);
    });
  }
  /// Labels and values of a line with the columns they take.
  template <typename Take>
  static void each_of(const std::vector<CardCell>& line, const Take& take) {
    std::size_t at = 0;
    for (const CardCell& cell : line) {
      if (cell.label_columns > 0) take(cell.label, Columns{at, at + cell.label_columns - 1}, true);
      at += cell.label_columns;
      take(cell.value, Columns{at, at + cell.value_columns - 1}, false);
      at += cell.value_columns;
    }
  }
  /// What is drawn so far stands; what follows stays inside the row, up to cairo_restore.
  void clip_to(double y, double height) {
    cairo_set_line_width(cairo_, kThin);
    cairo_stroke(cairo_);
    cairo_save(cairo_);
    box(left(), y + kRowPad, right(), y + height - kRowPad);
    cairo_clip(cairo_);
  }

  void rows(const PlannedPage& page) {
    const double body = page.table + plan_.body - plan_.top;
    double y = page.strips.empty() && !sheet_.card.empty() ? page.table : body;
    for (const Strip& strip : page.strips) {
      row(strip, y);
      y += strip.height;
      line(left(), y, plan_.edges.back(), y);
    }
    if (!page.strips.empty()) {
      for (const double x : plan_.edges)
        line(x, body, x, y);
    }
    cairo_set_line_width(cairo_, kThin);
    cairo_stroke(cairo_);
    if (!page.has_notes) return;
    y += 6;
    for (const std::string& note : sheet_.notes) {
      show(note, kLineFace, left(), y, plan_.frame.inner());
      y += types_.lines(note, kLineFace, plan_.frame.inner()) * kLineFace.line();
    }
  }
  void row(const Strip& strip, double y) {
    const SheetRow& row = sheet_.rows[strip.row];
    const bool is_strong = row.kind == RowKind::kSubtotal || row.kind == RowKind::kTotal;
    const Face face{plan_.face.size, is_strong ? Weight::kBold : Weight::kPlain};
    const bool is_part = strip.first_line > 0 || plan_.lines[strip.row] * face.line() > strip.height;
    if (is_part) clip_to(y, strip.height);
    for (std::size_t i = 0; i < columns_.size() && i < row.cells.size(); ++i) {
      const bool is_number = columns_[i].kind == CellKind::kNumber && row.kind != RowKind::kNil;
      const double width = std::max(plan_.edges[i + 1] - plan_.edges[i] - 2 * kCellPad, 1.0);
      in_cell(row.cells[i], face_of_cell(types_, row.cells[i], face, width, is_number), {i, i}, y,
              y + strip.height, false, strip.first_line);
    }
    if (is_part) cairo_restore(cairo_);
  }

  void foot(int page, int pages) {
    const double inner = plan_.frame.inner();
    const double y = plan_.frame.height - plan_.frame.margin;
    if (!sheet_.signatures.empty()) signatures(y - kFootHeight - kLineFace.line());
    const std::string numbers = page_words(sheet_, std::to_string(page), std::to_string(pages));
    const double taken = types_.width_of(numbers, kFootFace);
    show(foot_of(sheet_), kFootFace, left(), y - kFootFace.line(), std::max(inner - taken - 12, inner / 2));
    show(numbers, kFootFace, right() - inner / 2, y - kFootFace.line(), inner / 2, PANGO_ALIGN_RIGHT);
  }
  void signatures(double bottom) {
    const auto in_line = static_cast<std::size_t>(plan_.signatures_in_line);
    const double width = plan_.frame.inner() / plan_.signatures_in_line;
    const std::size_t lines = (sheet_.signatures.size() + in_line - 1) / in_line;
    for (std::size_t i = 0; i < sheet_.signatures.size(); ++i) {
      const std::string& words = sheet_.signatures[i];
      const double x = left() + static_cast<double>(i % in_line) * width;
      const std::size_t below = lines - 1 - i / in_line;
      const double y = bottom - static_cast<double>(below) * kSignatureHeight;
      show(words, kLineFace, x, y, width - 8);
      const double from = x + types_.width_of(words, kLineFace) + 4;
      const double to = x + width - 16;
      const bool has_room = words.find('_') != std::string::npos;
      if (from < to && !has_room) line(from, y + kLineFace.line(), to, y + kLineFace.line());
    }
    cairo_set_line_width(cairo_, kThin);
    cairo_stroke(cairo_);
  }

  cairo_t* cairo_;
  Typesetter& types_;
  const Sheet& sheet_;
  const SheetPlan& plan_;
  std::vector<Heading> columns_;
};

Status check_widths(const std::vector<Sheet>& sheets) {
  for (const Sheet& sheet : sheets) {
    double width = 0;
    for (const Heading& column : columns_of(sheet))
      width += column.width;
    if (width > (sheet.landscape ? kSheetWidthMaxLandscape : kSheetWidthMax))
      return fail("sheet.too_wide", {{"title", sheet.title}});
  }
  return {};
}

Status draw_all(cairo_surface_t* surface, const std::vector<Sheet>& sheets) {
  const Cairo cairo(cairo_create(surface));
  Typesetter types(cairo.get());
  std::vector<SheetPlan> plans;
  int pages = 0;
  for (const Sheet& sheet : sheets) {
    types.tidy_up();
    plans.push_back(plan_sheet(types, sheet));
    pages += static_cast<int>(plans.back().pages.size());
    if (pages > kSheetPagesMax)
      return fail("sheet.too_long", {{"pages_max", std::to_string(kSheetPagesMax)}});
  }
  int in_file = 1;
  int page = 1;
  int counted = 0;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const auto own = static_cast<int>(plans[i].pages.size());
    if (i == 0 || !sheets[i].goes_on) {
      page = 1;
      counted = own;
      for (std::size_t next = i + 1; next < sheets.size() && sheets[next].goes_on; ++next)
        counted += static_cast<int>(plans[next].pages.size());
    }
    types.tidy_up();
    cairo_pdf_surface_set_size(surface, plans[i].frame.width, plans[i].frame.height);
    cairo_pdf_surface_add_outline(surface, CAIRO_PDF_OUTLINE_ROOT, sheets[i].name.c_str(),
                                  ("page=" + std::to_string(in_file)).c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN);
    Drawer(cairo.get(), types, sheets[i], plans[i]).draw(page, counted);
    page += own;
    in_file += own;
  }
  return {};
}

}  // namespace

Result<Bytes> sheets_pdf(const std::vector<Sheet>& sheets) {
  LX_DO(check_widths(sheets));
  Bytes out;
  const Surface surface = pdf_surface(out, sheets.empty() ? "" : sheets.front().title, kDay);
  LX_DO(draw_all(surface.get(), sheets));
  LX_DO(finish(surface.get()));
  return out;
}

}  // namespace lianxin::client::report
