#pragma once
// Keys that go down and up while no frame is drawn. Dear ImGui takes as many waiting events into one frame as
// it can: "Ctrl down, N down, Ctrl up" is then a frame in which N goes down without Ctrl, and what was typed
// quickly on a slow laptop is lost, or is another key's work.

namespace lianxin::client::ui {

/// Keeps the state of Ctrl, Shift and Alt that a key was pressed with. Main thread; one for a context of Dear
/// ImGui.
class KeyOrder {
 public:
  /// Before the event of a key is handed to Dear ImGui: what comes after a press and changes a modifier waits
  /// for the next frame.
  void before(bool is_modifier, bool is_pressed);
  /// After ImGui::NewFrame.
  void frame();
  /// Some events wait for another frame.
  [[nodiscard]] static bool waits();

 private:
  bool is_pressed_ = false;  ///< a key went down that no frame has seen yet
};

}  // namespace lianxin::client::ui
