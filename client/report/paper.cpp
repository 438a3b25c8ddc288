#include "client/report/paper.hpp"

#include <algorithm>

#include "client/report/canvas.hpp"
#include "client/report/ink.hpp"
#include "client/report/sheet.hpp"
#include "shared/base/date.hpp"

namespace lianxin::client::report {
namespace {

// Points.
constexpr double kMargin = 56;
constexpr double kInner = kPageWidth - 2 * kMargin;
constexpr double kBottom = kPageHeight - kMargin - 16;
constexpr double kCellRoom = 4;
constexpr int kPagesMax = 200;

enum class PaperFace { kTitle, kStrong, kPlain, kSmall };

/// Lays a paper out from top to bottom. With `draws` off only the pages are counted.
class Setter {
 public:
  Setter(cairo_t* cairo, const Paper& paper, bool draws, int pages)
      : cairo_(cairo), paper_(paper), draws_(draws), pages_(pages) {}

  /// Number of pages; 0 = more than there may be.
  int set() {
    begin_page();
    line(paper_.title, PaperFace::kTitle, PANGO_ALIGN_CENTER);
    y_ += 8;
    for (const std::string& fact : paper_.facts)
      line(fact, PaperFace::kPlain);
    verdict();
    table();
    for (const std::string& note : paper_.notes)
      line(note, PaperFace::kSmall);
    signatures();
    end_page();
    return page_ > kPagesMax ? 0 : page_;
  }

 private:
  Layout text(const std::string& words, PaperFace face, double width, PangoAlignment align) {
    Layout layout(pango_cairo_create_layout(cairo_));
    const Font font(pango_font_description_from_string(face == PaperFace::kTitle ? "Noto Sans CJK SC Bold 17"
                                                       : face == PaperFace::kStrong
                                                           ? "Noto Sans CJK SC Bold 10"
                                                       : face == PaperFace::kPlain ? "Noto Sans CJK SC 10"
                                                                                   : "Noto Sans CJK SC 8.5"));
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), align);
    pango_layout_set_text(layout.get(), words.data(), static_cast<int>(words.size()));
    return layout;
  }
  static double height_of(const Layout& layout) {
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }
  void show(const Layout& layout, double x, double y) {
    if (draws_) show_words(cairo_, layout.get(), x, y);
  }
  void rule(double y, double from = kMargin, double to = kPageWidth - kMargin) {
    if (!draws_) return;
    cairo_set_line_width(cairo_, 0.6);
    cairo_move_to(cairo_, from, y);
    cairo_line_to(cairo_, to, y);
    cairo_stroke(cairo_);
  }

  void begin_page() {
    ++page_;
    y_ = kMargin;
  }
  void end_page() {
    constexpr double kPage = 110;
    show(text(paper_.footer, PaperFace::kSmall, kInner - kPage, PANGO_ALIGN_LEFT), kMargin,
         kPageHeight - kMargin);
    show(text(page_words(paper_.page, std::to_string(page_), std::to_string(pages_)), PaperFace::kSmall,
              kPage, PANGO_ALIGN_RIGHT),
         kPageWidth - kMargin - kPage, kPageHeight - kMargin);
    if (draws_) cairo_show_page(cairo_);
  }
  /// True when a new page was begun.
  bool room_for(double height) {
    if (y_ + height <= kBottom || page_ > kPagesMax) return false;
    end_page();
    begin_page();
    return true;
  }

  void line(const std::string& words, PaperFace face, PangoAlignment align = PANGO_ALIGN_LEFT) {
    const Layout layout = text(words, face, kInner, align);
    const double height = height_of(layout);
    (void)room_for(height);
    show(layout, kMargin, y_);
    y_ += height + 3;
  }

  void verdict() {
    if (paper_.verdict.empty()) return;
    constexpr double kPad = 8;
    const Layout layout = text(paper_.verdict, PaperFace::kStrong, kInner - 2 * kPad, PANGO_ALIGN_LEFT);
    const double height = height_of(layout) + 2 * kPad;
    (void)room_for(height + 16);
    y_ += 8;
    if (draws_) {
      cairo_set_line_width(cairo_, 1);
      cairo_rectangle(cairo_, kMargin, y_, kInner, height);
      cairo_stroke(cairo_);
    }
    show(layout, kMargin + kPad, y_ + kPad);
    y_ += height + 12;
  }

  void row(const std::vector<std::string>& cells, PaperFace face) {
    double shares = 0;
    for (const PaperColumn& column : paper_.columns)
      shares += column.share;
    std::vector<Layout> layouts;
    double height = 0;
    for (std::size_t i = 0; i < paper_.columns.size(); ++i) {
      const double width = kInner * paper_.columns[i].share / shares - 2 * kCellRoom;
      layouts.push_back(text(i < cells.size() ? cells[i] : "", face, width, PANGO_ALIGN_LEFT));
      height = std::max(height, height_of(layouts.back()));
    }
    height += 2 * kCellRoom;
    if (room_for(height) && face != PaperFace::kStrong) heading();
    double x = kMargin;
    for (std::size_t i = 0; i < layouts.size(); ++i) {
      show(layouts[i], x + kCellRoom, y_ + kCellRoom);
      x += kInner * paper_.columns[i].share / shares;
    }
    y_ += height;
    rule(y_);
  }
  void heading() {
    std::vector<std::string> words;
    for (const PaperColumn& column : paper_.columns)
      words.push_back(column.heading);
    rule(y_);
    row(words, PaperFace::kStrong);
  }
  void table() {
    if (paper_.columns.empty()) return;
    heading();
    for (const auto& cells : paper_.rows)
      row(cells, PaperFace::kPlain);
    y_ += 10;
  }

  void signatures() {
    if (paper_.signatures.empty()) return;
    constexpr double kHeight = 46;
    const double width = kInner / static_cast<double>(paper_.signatures.size());
    (void)room_for(kHeight);
    y_ += 26;
    for (std::size_t i = 0; i < paper_.signatures.size(); ++i) {
      const double x = kMargin + width * static_cast<double>(i);
      const Layout layout = text(paper_.signatures[i], PaperFace::kPlain, width, PANGO_ALIGN_LEFT);
      int used = 0;
      pango_layout_get_size(layout.get(), &used, nullptr);
      show(layout, x, y_);
      rule(y_ + height_of(layout), x + static_cast<double>(used) / PANGO_SCALE + 4, x + width - 16);
    }
    y_ += 20;
  }

  cairo_t* cairo_;
  const Paper& paper_;
  bool draws_;
  int pages_;
  int page_ = 0;
  double y_ = 0;
};

}  // namespace

Result<Bytes> paper_pdf(const Paper& paper) {
  Bytes out;
  {
    const Surface surface = pdf_surface(out, paper.title, Date::of(paper.made_ms).text());
    const Cairo cairo(cairo_create(surface.get()));
    const int pages = Setter(cairo.get(), paper, false, 0).set();
    if (pages == 0) return fail("paper.too_long", {{"pages_max", std::to_string(kPagesMax)}});
    (void)Setter(cairo.get(), paper, true, pages).set();
    LX_DO(finish(surface.get()));
  }
  return out;
}

}  // namespace lianxin::client::report
