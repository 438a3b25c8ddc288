#include "client/report/typeset.hpp"

#include <cmath>

#include "client/report/ink.hpp"

namespace lianxin::client::report {
namespace {

constexpr std::size_t kLayoutsMax = 20'000;

std::string key_of(const std::string& words, const Face& face, double width, PangoAlignment align) {
  const long parts[] = {std::lround(face.size * 100), face.weight == Weight::kBold ? 1L : 0L,
                        std::lround(width * 100), static_cast<long>(align)};
  std::string key;
  for (const long part : parts)
    key += std::to_string(part) + " ";
  return key + words;
}

}  // namespace

PangoLayout* Typesetter::set(const std::string& words, const Face& face, double width, PangoAlignment align) {
  Layout& layout = layouts_[key_of(words, face, width, align)];
  if (layout) return layout.get();
  layout.reset(pango_cairo_create_layout(cairo_));
  const Font font(pango_font_description_from_string(face.weight == Weight::kBold ? "Noto Sans CJK SC Bold"
                                                                                  : "Noto Sans CJK SC"));
  pango_font_description_set_absolute_size(font.get(), face.size * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_width(layout.get(), width < 0 ? -1 : static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), align);
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes,
                         pango_attr_line_height_new_absolute(static_cast<int>(face.line() * PANGO_SCALE)));
  pango_layout_set_attributes(layout.get(), attributes);
  pango_attr_list_unref(attributes);
  pango_layout_set_text(layout.get(), words.data(), static_cast<int>(words.size()));
  return layout.get();
}

int Typesetter::lines(const std::string& words, const Face& face, double width) {
  if (words.empty()) return 1;
  return pango_layout_get_line_count(set(words, face, width, PANGO_ALIGN_LEFT));
}

double Typesetter::width_of(const std::string& words, const Face& face) {
  int width = 0;
  pango_layout_get_size(set(words, face, -1, PANGO_ALIGN_LEFT), &width, nullptr);
  return static_cast<double>(width) / PANGO_SCALE;
}

void Typesetter::show(PangoLayout* layout, double x, double y) { show_words(cairo_, layout, x, y); }

void Typesetter::tidy_up() {
  if (layouts_.size() > kLayoutsMax) layouts_.clear();
}

}  // namespace lianxin::client::report
