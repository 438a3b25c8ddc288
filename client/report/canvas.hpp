#pragma once
// Handles of Cairo and Pango that free themselves, and a PDF that goes to memory.
#include <cairo-pdf.h>
#include <memory>
#include <pango/pangocairo.h>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::report {

struct Destroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
using Surface = std::unique_ptr<cairo_surface_t, Destroy>;
using Cairo = std::unique_ptr<cairo_t, Destroy>;
using Layout = std::unique_ptr<PangoLayout, Destroy>;
using Font = std::unique_ptr<PangoFontDescription, Destroy>;

// Points; A4 upright.
inline constexpr double kPageWidth = 595.276;
inline constexpr double kPageHeight = 841.89;

/// A4 upright until a page says otherwise; `out` grows while it is drawn on and must outlive it.
[[nodiscard]] Surface pdf_surface(Bytes& out, const std::string& title, const std::string& day);
/// Writes what is left. Error "paper.failed" {why}.
[[nodiscard]] Status finish(cairo_surface_t* surface);

}  // namespace lianxin::client::report
