#pragma once
// When what is being typed is put aside: two seconds after the first letter that is not kept yet (P2).
#include "client/ui/ui.hpp"

namespace lianxin::client::ui {

class StashTimer {
 public:
  /// Something was typed or chosen.
  void touch();
  /// Everything typed is kept.
  void done() { since_ = -1; }
  [[nodiscard]] bool waiting() const { return since_ >= 0; }
  /// True once the two seconds are over; asks for a frame at that moment.
  [[nodiscard]] bool due(Ui& ui) const;

 private:
  double since_ = -1;  ///< ImGui::GetTime() of the first letter not kept; negative: none
};

}  // namespace lianxin::client::ui
