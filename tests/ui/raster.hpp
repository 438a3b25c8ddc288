#pragma once
// Paints what Dear ImGui wants drawn into pixels on the CPU: pictures of screens without a display.
#include <cstdint>
#include <filesystem>
#include <vector>

#include "imgui.h"

namespace lianxin::test::ui {

/// RGBA, row by row.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;

  [[nodiscard]] std::uint32_t at(int x, int y) const;  ///< 0xRRGGBB
};

/// The draw data of a frame over a plain background; textures are read from the library's own copies.
[[nodiscard]] Picture paint(const ImDrawData& data, ImU32 background);
/// False when the file could not be written.
[[nodiscard]] bool write_png(const Picture& picture, const std::filesystem::path& path);

}  // namespace lianxin::test::ui
