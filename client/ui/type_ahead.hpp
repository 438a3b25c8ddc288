#pragma once
// Keys that are typed before what they are meant for is on the screen: a field that gets the focus a few
// frames after it was wished, a form that the store's thread is still making. They wait, as on paper the next
// word waits for the page to be turned.
#include "client/ui/window.hpp"

namespace lianxin::client::ui {

/// In the place of ImGui::NewFrame. Main thread; one for a context of Dear ImGui.
class TypeAhead {
 public:
  /// ImGui::NewFrame. Input goes on waiting while something is on its way, kLongest at most.
  void new_frame();
  /// After a frame was drawn with `ui` into `state`.
  void drawn(const Ui& ui, const WindowState& state);

  static constexpr float kLongestSeconds = 2;

 private:
  int frames_ = 0;       ///< that come before the wished focus is there
  bool awaits_ = false;  ///< a form, or a field that will wish for the focus
  float held_seconds_ = 0;
  Front front_ = Front::kPage;
  view::Page page_ = view::Page::kToday;
};

}  // namespace lianxin::client::ui
