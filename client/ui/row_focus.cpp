#include "client/ui/row_focus.hpp"

#include <utility>

namespace lianxin::client::ui {

void RowFocus::begin_frame() { any_ = std::exchange(has_rows_, false); }

void RowFocus::enter(const std::string& page, bool is_wanted) {
  if (page != page_) {
    page_ = page;
    is_wanted_ = false;
    any_ = false;
  }
  if (!is_wanted) return;
  is_wanted_ = true;
  any_ = last_[page_].empty();
}

bool RowFocus::takes(std::string_view row) {
  if (!is_wanted_) return false;
  has_rows_ = true;
  if (!any_ && row != last_[page_]) return false;
  is_wanted_ = false;
  return true;
}

}  // namespace lianxin::client::ui
