#pragma once
// Tables with rows of one height: only what is seen is drawn, arrows move, Enter opens; a cell that is too
// long is set in small type, and what is still too long is cut with "…".
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/ui.hpp"
#include "client/view/part_view.hpp"

namespace lianxin::client::ui {

struct Column {
  std::string heading;
  float weight = 1;  ///< share of what fixed columns leave
  float width = 0;   ///< pixels at 100 %; 0 = by weight
  float least = 0;   ///< of a share by weight, in pixels as they are, while there is room for all
};

/// What a cell needs to be read whole, in small type if need be; pixels as they are.
[[nodiscard]] float least_room(const Ui& ui, const view::Words& words);

/// Height of a row with a second line, in pixels.
[[nodiscard]] float two_lines_height(const Ui& ui);

/// Draws headings at once; then call rows(). The columns' widths follow what is left of the line.
class Table {
 public:
  Table(Ui& ui, std::vector<Column> columns, bool headings = true);
  /// Each row has a second line, for under(); before rows().
  void two_lines();

  /// Draws `count` rows; `draw` is called for the visible ones with their index and begins each by
  /// begin_row().
  void rows(std::size_t count, const std::function<void(std::size_t)>& draw);
  /// `label` is read by tests and readers aloud, `id` is stable ("members.row:<record id>"). True when
  /// opened: Enter or click.
  [[nodiscard]] bool begin_row(std::string_view id, const std::string& label, bool selected = false,
                               bool can_open = true);
  /// True when the row just begun has the focus.
  [[nodiscard]] bool row_focused() const { return focused_; }
  /// The next cell.
  void cell(const view::Words& words, TextStyle style = TextStyle::kNormal);
  void cell(const std::string& text) { cell(view::Words{text}); }
  /// A cell of two parts: the first in the tone of the second, with its mark.
  void cell(const std::string& lead, const view::Words& words);
  /// The second line, small, as wide as the table.
  void under(const std::string& text);
  /// Moves the cursor into the next cell for a control of one's own (rows that cannot open only); pixels
  /// wide.
  float control_cell(float control_height);
  /// Rows are read, not only chosen: what is cut in the one that has the focus is told below it, as under the
  /// mouse.
  void tell_focused() { tells_focused_ = true; }
  /// The row takes the focus when it is drawn.
  void focus_row() { focus_wanted_ = true; }

 private:
  /// Where the row is to have it: asked for, or because its page came to the front.
  void take_focus(std::string_view id, bool selected);
  [[nodiscard]] float cell_left(std::size_t column) const;
  /// Draws the mark of `words` in a line of this height; the width that it takes.
  [[nodiscard]] float mark_before(const view::Words& words, ImVec2 at, float line) const;
  /// Where a line of text `height` high begins in the (first) line of the row.
  [[nodiscard]] float text_top(float height) const;
  void advance(const std::string& shown, const std::string& whole, float from, float to);
  /// What was cut in the row that has the focus, in one tip: a line for each cell.
  void tell_below();

  Ui& ui_;
  std::vector<Column> columns_;
  std::vector<float> left_;  ///< of each column, and the right edge
  float row_height_;
  std::size_t next_ = 0;
  std::size_t row_index_ = 0;
  ImVec2 row_min_;
  ImVec2 row_max_;
  bool focused_ = false;
  bool tells_focused_ = false;
  std::string told_;
  float told_from_ = 0;
  bool focus_wanted_ = false;
};

}  // namespace lianxin::client::ui
