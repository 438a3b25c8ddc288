#pragma once
// Words on a page so that every character is really there.
#include "client/report/canvas.hpp"

namespace lianxin::client::report {

/// Draws laid out words, the layout's upper left corner at (x, y).
///
/// Used in place of pango_cairo_show_layout, because Cairo 1.16 (Debian 12) embeds a font of the CFF kind
/// without some of the subroutines that its characters call: it miscounts hints where the first hint mask
/// stands behind an outline (cairo_cff_parse_charstring). "如" of Noto Sans CJK SC then prints as nothing,
/// and some mixtures of characters end the program by an assertion of cairo-array.c. What is embedded here is
/// the same font with subroutines and hints written out (HarfBuzz), made once for each font file while the
/// program runs: 0.4 s and 15 MB.
void show_words(cairo_t* cairo, PangoLayout* layout, double x, double y);

}  // namespace lianxin::client::report
