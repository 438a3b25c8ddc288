#pragma once
// Pictures on the screen: each is given to the renderer once, and taken back when it was not drawn for a
// frame.
#include <memory>
#include <vector>

#include "client/view/photo_view.hpp"
#include "imgui.h"

namespace lianxin::client::ui {

/// The renderer's copies. One per window, for its thread.
class PictureTextures {
 public:
  PictureTextures() = default;
  ~PictureTextures();
  PictureTextures(const PictureTextures&) = delete;
  PictureTextures& operator=(const PictureTextures&) = delete;

  /// Once per frame, before anything is drawn.
  void begin_frame();
  /// Draws it into the rectangle. Nothing with a library before 1.92, which cannot take pictures this way.
  void draw(const view::PicturePointer& picture, ImVec2 min, ImVec2 max);
  /// How many the renderer holds, or is about to.
  [[nodiscard]] std::size_t held() const { return held_.size(); }

 private:
  struct Held {
    view::PicturePointer picture;
    ImTextureData* texture = nullptr;
    bool used = false;
  };
  std::vector<Held> held_;
};

/// The largest size of this shape within `room`, never larger than the picture itself.
[[nodiscard]] ImVec2 fitted_size(const view::Picture& picture, ImVec2 room);

}  // namespace lianxin::client::ui
