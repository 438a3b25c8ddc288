// Compiled into the library's own archive (cmake/Imgui.cmake): the four functions it calls for each item.
#include "client/ui/hooks.hpp"

#include "imgui_internal.h"

namespace lianxin::client::ui {

void ItemLog::install() {
  ImGuiContext* context = ImGui::GetCurrentContext();
  context->TestEngine = this;
  context->TestEngineHookItems = true;
}

void ItemLog::flip() {
  last_.swap(now_);
  now_.clear();
}

std::string_view item_key(std::string_view label) {
  const auto at = label.find("###");
  return at == std::string_view::npos ? label : label.substr(at + 3);
}

}  // namespace lianxin::client::ui

// NOLINTBEGIN(readability-identifier-naming): the library's own names
void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, const ImRect& box,
                                 const ImGuiLastItemData* data) {
  auto& item = static_cast<lianxin::client::ui::ItemLog*>(context->TestEngine)->drawing(id);
  item.id = id;
  item.min = box.Min;
  item.max = box.Max;
#if IMGUI_VERSION_NUM >= 19130
  item.disabled = data != nullptr && (data->ItemFlags & ImGuiItemFlags_Disabled) != 0;
#else
  item.disabled = data != nullptr && (data->InFlags & ImGuiItemFlags_Disabled) != 0;
#endif
  if (const ImGuiWindow* window = context->CurrentWindow) {
    item.window = window->Name;
    item.visible = window->ClipRect.Overlaps(box);
  }
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext* context, ImGuiID id, const char* label,
                                  ImGuiItemStatusFlags /*flags*/) {
  auto& item = static_cast<lianxin::client::ui::ItemLog*>(context->TestEngine)->drawing(id);
  item.id = id;
  item.label = label == nullptr ? "" : label;
}

// NOLINTNEXTLINE(cert-dcl50-cpp): the library names it so
void ImGuiTestEngineHook_Log(ImGuiContext* /*context*/, const char* /*format*/, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext* /*context*/, ImGuiID /*id*/) { return nullptr; }
// NOLINTEND(readability-identifier-naming)
