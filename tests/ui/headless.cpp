#include "tests/ui/headless.hpp"

#include <cmath>
#include <memory>
#include <stdexcept>

#include "assets/assets.hpp"
#include "imgui_internal.h"

namespace lianxin::test::ui {
namespace {

using client::ui::DrawnItem;
using client::ui::item_key;

#if IMGUI_VERSION_NUM >= 19200
/// What a renderer would do: says that textures are there, keeps their pixels.
void acknowledge_textures() {
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    if (texture->Status == ImTextureStatus_WantCreate || texture->Status == ImTextureStatus_WantUpdates) {
      texture->SetTexID(1);
      texture->SetStatus(ImTextureStatus_OK);
    } else if (texture->Status == ImTextureStatus_WantDestroy) {
      texture->SetTexID(ImTextureID_Invalid);
      texture->SetStatus(ImTextureStatus_Destroyed);
    }
  }
}

void begin_textures() { ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures; }

void end_textures() {
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    texture->SetTexID(ImTextureID_Invalid);
    texture->SetStatus(ImTextureStatus_Destroyed);
  }
}
#else
void acknowledge_textures() {}
void begin_textures() {}
void end_textures() {}
#endif

std::string& clipboard() {
  static std::string text;
  return text;
}

void use_own_clipboard() {
#if IMGUI_VERSION_NUM >= 19110
  ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
  platform.Platform_SetClipboardTextFn = [](ImGuiContext*, const char* text) { clipboard() = text; };
  platform.Platform_GetClipboardTextFn = [](ImGuiContext*) { return clipboard().c_str(); };
#else
  ImGuiIO& io = ImGui::GetIO();
  io.SetClipboardTextFn = [](void*, const char* text) { clipboard() = text; };
  io.GetClipboardTextFn = [](void*) { return clipboard().c_str(); };
#endif
}

}  // namespace

Messages test_messages(std::string_view language) { return Messages::parse(assets::texts(language)).value(); }

void no_such_command() { throw std::runtime_error("no such command was pushed"); }

Headless::Headless(Draw draw, const HeadlessSettings& settings)
    : draw_(std::move(draw)), settings_(settings), messages_(test_messages(settings.language)) {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.DisplaySize = settings.size;
  begin_textures();
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.ConfigInputTextCursorBlink = false;
#if IMGUI_VERSION_NUM >= 19110
  io.ConfigDebugHighlightIdConflicts = true;
#endif
  use_own_clipboard();
  log_.install();
  const auto fonts = client::ui::Fonts::load(client::ui::find_fonts(client::ui::font_folders()));
  if (!fonts.ok()) throw std::runtime_error(messages_.sentence(fonts.error()));
  const client::ui::Theme theme = client::ui::make_theme(settings.contrast, settings.text_percent);
  ui_ = std::make_unique<client::ui::Ui>(theme, *fonts);
  ui_->set_theme(theme);
#if IMGUI_VERSION_NUM < 19200
  io.Fonts->Build();
#endif
}

Headless::~Headless() {
  end_textures();
  ImGui::DestroyContext();
}

void Headless::frame(float seconds) {
  ImGui::GetIO().DeltaTime = seconds;
  begin_();
  ui_->begin_frame(messages_);
  draw_(*ui_, commands_);
  ImGui::Render();
  acknowledge_textures();
  log_.flip();
}

void Headless::frames(int count) {
  for (int i = 0; i < count; ++i)
    frame(1.0F / 60);
}

void Headless::pass(double seconds) {
  constexpr double kFramesASecond = 10;
  const int count = static_cast<int>(std::ceil(seconds * kFramesASecond));
  for (int i = 0; i < count; ++i)
    frame(0.1F);
}

std::vector<DrawnItem> Headless::items() {
  if (log_.items().empty()) frames(3);
  std::vector<DrawnItem> named;
  for (const auto& [id, item] : log_.items()) {
    if (!item.label.empty()) named.push_back(item);
  }
  return named;
}

bool Headless::has(std::string_view key) {
  for (const DrawnItem& item : items()) {
    if (item_key(item.label) == key) return true;
  }
  return false;
}

void Headless::missing(std::string_view key, std::size_t found) {
  std::string message =
      (found == 0 ? "nothing named '" : "more than one thing named '") + std::string(key) + "'; there are:";
  for (const DrawnItem& item : items())
    message += " " + std::string(item_key(item.label));
  throw std::runtime_error(message);
}

DrawnItem Headless::item(std::string_view key) {
  std::vector<DrawnItem> found;
  for (const DrawnItem& item : items()) {
    if (item_key(item.label) == key) found.push_back(item);
  }
  if (found.size() != 1) missing(key, found.size());
  return found.front();
}

void Headless::click(std::string_view key) {
  const DrawnItem target = item(key);
  if (target.disabled) throw std::runtime_error("'" + std::string(key) + "' is disabled");
  if (!target.visible) throw std::runtime_error("'" + std::string(key) + "' is scrolled out of sight");
  ImGuiIO& io = ImGui::GetIO();
  io.AddMousePosEvent((target.min.x + target.max.x) / 2, (target.min.y + target.max.y) / 2);
  frames(2);
  io.AddMouseButtonEvent(0, true);
  frames(1);
  io.AddMouseButtonEvent(0, false);
  frames(2);
}

void Headless::type(std::string_view utf8) {
  ImGui::GetIO().AddInputCharactersUTF8(std::string(utf8).c_str());
  frames(3);
}

void Headless::press(ImGuiKeyChord chord) {
  if (log_.items().empty()) frames(3);
  ImGuiIO& io = ImGui::GetIO();
  for (const ImGuiKey mod : {ImGuiMod_Ctrl, ImGuiMod_Shift, ImGuiMod_Alt}) {
    if ((chord & mod) != 0) io.AddKeyEvent(mod, true);
  }
  const auto key = static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_);
  io.AddKeyEvent(key, true);
  frames(2);
  io.AddKeyEvent(key, false);
  for (const ImGuiKey mod : {ImGuiMod_Ctrl, ImGuiMod_Shift, ImGuiMod_Alt}) {
    if ((chord & mod) != 0) io.AddKeyEvent(mod, false);
  }
  frames(3);
}

void Headless::fill(std::string_view key, std::string_view utf8) {
  click(key);
  press(ImGuiMod_Ctrl | ImGuiKey_A);
  press(ImGuiKey_Delete);
  type(utf8);
}

std::string Headless::focused() {
  frames(1);
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  const ImGuiID id = context.ActiveId != 0 ? context.ActiveId : context.NavId;
  const auto found = log_.items().find(id);
  return found == log_.items().end() ? std::string() : std::string(item_key(found->second.label));
}

std::string Headless::text() {
  const std::string keep = clipboard();
  ImGui::GetIO().DeltaTime = 1.0F / 60;
  ImGui::NewFrame();
  ui_->begin_frame(messages_);
  ImGui::LogToClipboard();
  draw_(*ui_, commands_);
  ImGui::LogFinish();
  ImGui::Render();
  acknowledge_textures();
  log_.flip();
  return std::exchange(clipboard(), keep);
}

Picture Headless::look() {
  frames(4);
  return paint(*ImGui::GetDrawData(), ui_->colour().background);
}

void Headless::picture(const std::filesystem::path& path) {
  std::filesystem::create_directories(path.parent_path());
  if (!write_png(look(), path)) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace lianxin::test::ui
