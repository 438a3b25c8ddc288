#include "client/ui/row_focus.hpp"

#include <utility>

namespace lianxin::client::ui {

namespace {

/// A list that has just come shows its first row only.
constexpr int kFramesToLook = 2;

}  // namespace

void RowFocus::begin_frame() {
  if (std::exchange(has_rows_, false)) ++looked_;
}

void RowFocus::enter(const std::string& page, bool is_wanted) {
  if (page != page_) {
    page_ = page;
    is_wanted_ = false;
  }
  if (!is_wanted) return;
  is_wanted_ = true;
  looked_ = 0;
}

bool RowFocus::takes(std::string_view row, bool is_chosen) {
  if (!is_wanted_) return false;
  has_rows_ = true;
  const std::string& last = last_[page_];
  if (looked_ < kFramesToLook && (last.empty() ? !is_chosen : row != last)) return false;
  is_wanted_ = false;
  return true;
}

}  // namespace lianxin::client::ui
