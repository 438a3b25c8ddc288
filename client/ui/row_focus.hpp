#pragma once
// Which row of a list takes the focus when its page comes to the front: the one that had it last, else the
// one that is chosen, else the first.
#include <map>
#include <string>
#include <string_view>

namespace lianxin::client::ui {

class RowFocus {
 public:
  /// Before anything is drawn.
  void begin_frame();
  /// The page that is drawn now. `is_wanted`: one of its rows takes the focus as soon as there is one.
  void enter(const std::string& page, bool is_wanted);
  /// True = this row, about to be drawn, takes the focus.
  [[nodiscard]] bool takes(std::string_view row, bool is_chosen);
  /// This row has it.
  void had(std::string_view row) { last_[page_] = row; }
  /// Something else takes it, or a person does.
  void give_up() { is_wanted_ = false; }
  /// Rows were drawn, and none that is looked for is among them: the first takes it soon.
  [[nodiscard]] bool needs_frame() const { return is_wanted_ && has_rows_; }

 private:
  std::map<std::string, std::string> last_;  ///< by page
  std::string page_;
  bool is_wanted_ = false;
  bool has_rows_ = false;  ///< in this frame
  int looked_ = 0;         ///< frames that showed rows, and none that is looked for
};

}  // namespace lianxin::client::ui
