#include "client/ui/picture.hpp"

#include <algorithm>
#include <cstring>

#include "imgui_internal.h"

namespace lianxin::client::ui {

#if IMGUI_VERSION_NUM >= 19200

namespace {

ImTextureData* made_of(const view::Picture& picture) {
  auto* texture = IM_NEW(ImTextureData)();
  texture->Create(ImTextureFormat_RGBA32, picture.width, picture.height);
  std::memcpy(texture->GetPixels(), picture.rgba.data(), picture.rgba.size());
  texture->UseColors = true;
  texture->SetStatus(ImTextureStatus_WantCreate);
  ImGui::RegisterUserTexture(texture);
  return texture;
}

void let_go(ImTextureData* texture) {
  if (ImGui::GetCurrentContext() != nullptr) ImGui::UnregisterUserTexture(texture);
  IM_DELETE(texture);
}

}  // namespace

PictureTextures::~PictureTextures() {
  for (const Held& held : held_)
    let_go(held.texture);
}

void PictureTextures::begin_frame() {
  for (Held& held : held_) {
    const bool is_asked = held.texture->Status == ImTextureStatus_WantDestroy ||
                          held.texture->Status == ImTextureStatus_Destroyed;
    if (!held.used && !is_asked) {
      held.picture.reset();  // drawn again it is another one: this one is on its way out
      held.texture->UnusedFrames = 1;
      held.texture->SetStatus(ImTextureStatus_WantDestroy);
    }
    held.used = false;
  }
  std::erase_if(held_, [](const Held& held) {
    const bool gone = held.texture->Status == ImTextureStatus_Destroyed;
    if (gone) let_go(held.texture);
    return gone;
  });
}

void PictureTextures::draw(const view::PicturePointer& picture, ImVec2 min, ImVec2 max) {
  if (!picture || picture->width <= 0 || picture->height <= 0) return;
  auto found =
      std::find_if(held_.begin(), held_.end(), [&](const Held& held) { return held.picture == picture; });
  if (found == held_.end()) {
    held_.push_back({picture, made_of(*picture), true});
    found = held_.end() - 1;
  }
  found->used = true;
  ImGui::GetWindowDrawList()->AddImage(found->texture->GetTexRef(), min, max);
}

#else

PictureTextures::~PictureTextures() = default;
void PictureTextures::begin_frame() {}
void PictureTextures::draw(const view::PicturePointer& /*picture*/, ImVec2 /*min*/, ImVec2 /*max*/) {}

#endif

ImVec2 fitted_size(const view::Picture& picture, ImVec2 room) {
  const auto width = static_cast<float>(std::max(1, picture.width));
  const auto height = static_cast<float>(std::max(1, picture.height));
  const float scale = std::min({1.0F, room.x / width, room.y / height});
  return {std::max(1.0F, width * scale), std::max(1.0F, height * scale)};
}

}  // namespace lianxin::client::ui
