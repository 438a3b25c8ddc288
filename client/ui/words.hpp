#pragma once
// Texts: with meaning, with a mark, wrapped as Chinese is wrapped, cut with an ellipsis.
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/ui.hpp"
#include "client/view/part_view.hpp"

namespace lianxin::client::ui {

/// How a text looks; colour 0 = the theme's text.
struct TextLook {
  TextStyle style = TextStyle::kNormal;
  ImU32 colour = 0;
};

/// One line where the cursor is.
void text(Ui& ui, const std::string& line, TextLook look = {});
/// As many lines as it needs in `width` (0 = what is left). Breaks between Chinese characters, never before a
/// closing mark.
void paragraph(Ui& ui, const std::string& words, TextLook look = {}, float width = 0);
/// One line of at most `width`; what does not fit ends in "…" and is told by a tooltip.
void cut_text(Ui& ui, const std::string& line, float width, TextLook look = {});
/// Mark and text in the colour of the tone.
void words(Ui& ui, const view::Words& words, TextStyle style = TextStyle::kNormal);
/// The same, over several lines of `width` (0 = what is left).
void words_paragraph(Ui& ui, const view::Words& words, TextStyle style = TextStyle::kNormal, float width = 0);
/// 18 px title with a quiet note on the same baseline, cut `keep_right` pixels before the end of the card.
void heading(Ui& ui, const std::string& title, const std::string& note = {}, float keep_right = 0);
/// The shape alone, drawn (fonts may lack it); takes the room of one character.
void mark(Ui& ui, view::Mark mark, ImU32 colour, TextStyle style = TextStyle::kNormal);
/// A tooltip for the item before; shown on hover and, when keys are used, on focus.
void tip(Ui& ui, const std::string& words);

// --- without the cursor, for widgets

/// Draws and logs a line at a place of the screen.
void draw_text(Ui& ui, ImVec2 at, std::string_view line, TextLook look = {});
/// Draws a mark into the square at `at`.
void draw_mark(ImVec2 at, float side, view::Mark mark, ImU32 colour, ImU32 inner);
[[nodiscard]] ImVec2 text_size(const Ui& ui, std::string_view line, TextStyle style = TextStyle::kNormal);
/// `line` or the part of it that fits with "…".
[[nodiscard]] std::string fitted(const Ui& ui, const std::string& line, float width, TextStyle style);
/// Lines of `words` within `width`; "\n" ends a line.
[[nodiscard]] std::vector<std::string_view> wrapped(const Ui& ui, std::string_view words, float width,
                                                    TextStyle style);

}  // namespace lianxin::client::ui
