#pragma once
// What the library drew in the last frame, item by item: filled by its hooks when a test (or a reader aloud)
// asks for it.
#include <map>
#include <string>
#include <string_view>

#include "imgui.h"

namespace lianxin::client::ui {

/// One item of a frame. `label` is as given to the library: "text###id".
struct DrawnItem {
  ImGuiID id = 0;
  std::string label;
  std::string window;
  ImVec2 min;
  ImVec2 max;
  bool disabled = false;
  bool visible = false;  ///< some of it lies inside its window's clip
};

/// Belongs to one ImGui context; costs one branch per item while none is installed.
class ItemLog {
 public:
  /// Installs this log in the current context; it must live longer than the context's last frame.
  void install();
  /// After each frame: what was drawn becomes `items()`.
  void flip();
  [[nodiscard]] const std::map<ImGuiID, DrawnItem>& items() const { return last_; }
  [[nodiscard]] DrawnItem& drawing(ImGuiID id) { return now_[id]; }

 private:
  std::map<ImGuiID, DrawnItem> now_;
  std::map<ImGuiID, DrawnItem> last_;
};

/// The stable part of a label: what stands after "###", else the label.
[[nodiscard]] std::string_view item_key(std::string_view label);

}  // namespace lianxin::client::ui
