#include "tests/ui/raster.hpp"

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#include <stb_image_write.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <array>
#include <cmath>

namespace lianxin::test::ui {
namespace {

using Colour = std::array<float, 4>;

Colour channels(ImU32 colour) {
  return {static_cast<float>(colour & 255U), static_cast<float>((colour >> 8U) & 255U),
          static_cast<float>((colour >> 16U) & 255U), static_cast<float>((colour >> 24U) & 255U)};
}

struct Box {
  int x0, y0, x1, y1;
};

/// Twice the area of the triangle a, b, p; positive when p lies left of a -> b.
float side(ImVec2 a, ImVec2 b, ImVec2 p) { return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x); }

/// An edge of which the pixels on it belong to the triangle (so that two triangles never share a pixel).
bool owns_edge(ImVec2 a, ImVec2 b) { return b.y < a.y || (b.y == a.y && b.x > a.x); }

/// The library's own copy of what a renderer would have.
struct Texture {
  const std::uint8_t* pixels = nullptr;
  int width = 0;
  int height = 0;
  int bytes_per_pixel = 4;
};

Texture texture_of(const ImDrawCmd& command) {
  Texture texture;
#if IMGUI_VERSION_NUM >= 19200
  const ImTextureData* data = command.TexRef._TexData;
  if (data != nullptr) texture = {data->Pixels, data->Width, data->Height, data->BytesPerPixel};
#else
  (void)command;  // there is one texture, the fonts'
  unsigned char* pixels = nullptr;
  ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &texture.width, &texture.height);
  texture.pixels = pixels;
#endif
  return texture;
}

struct Texel {
  Colour colour;  ///< 0..1
};

Texel texel(const Texture& texture, float u, float v) {
  const int x = std::clamp(static_cast<int>(u * static_cast<float>(texture.width)), 0, texture.width - 1);
  const int y = std::clamp(static_cast<int>(v * static_cast<float>(texture.height)), 0, texture.height - 1);
  const std::uint8_t* p =
      texture.pixels + static_cast<std::ptrdiff_t>(y * texture.width + x) * texture.bytes_per_pixel;
  if (texture.bytes_per_pixel == 1) return {{1, 1, 1, static_cast<float>(p[0]) / 255}};
  return {{static_cast<float>(p[0]) / 255, static_cast<float>(p[1]) / 255, static_cast<float>(p[2]) / 255,
           static_cast<float>(p[3]) / 255}};
}

void blend(std::uint8_t* pixel, const Colour& colour, float alpha) {
  for (int k = 0; k < 3; ++k) {
    const auto i = static_cast<std::size_t>(k);
    const float mixed = static_cast<float>(pixel[i]) * (1 - alpha) + colour[i] * alpha;
    pixel[i] = static_cast<std::uint8_t>(std::lround(std::clamp(mixed, 0.0F, 255.0F)));
  }
}

class Painter {
 public:
  explicit Painter(Picture& picture) : picture_(picture) {}

  void triangle(const ImDrawVert& first, const ImDrawVert& second, const ImDrawVert& third, const Box& clip,
                const Texture& texture) {
    const ImDrawVert* a = &first;
    const ImDrawVert* b = &second;
    const ImDrawVert* c = &third;
    float area = side(a->pos, b->pos, c->pos);
    if (area == 0) return;
    if (area < 0) {
      std::swap(b, c);
      area = -area;
    }
    const Box box = bounds(a->pos, b->pos, c->pos, clip);
    const bool edge_a = owns_edge(b->pos, c->pos);
    const bool edge_b = owns_edge(c->pos, a->pos);
    const bool edge_c = owns_edge(a->pos, b->pos);
    for (int y = box.y0; y < box.y1; ++y) {
      for (int x = box.x0; x < box.x1; ++x) {
        const ImVec2 p{static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F};
        const float wa = side(b->pos, c->pos, p);
        const float wb = side(c->pos, a->pos, p);
        const float wc = side(a->pos, b->pos, p);
        const bool inside = (wa > 0 || (wa == 0 && edge_a)) && (wb > 0 || (wb == 0 && edge_b)) &&
                            (wc > 0 || (wc == 0 && edge_c));
        if (inside) shade(*a, *b, *c, {wa / area, wb / area, wc / area}, x, y, texture);
      }
    }
  }

 private:
  static Box bounds(ImVec2 a, ImVec2 b, ImVec2 c, const Box& clip) {
    return {std::max(clip.x0, static_cast<int>(std::floor(std::min({a.x, b.x, c.x})))),
            std::max(clip.y0, static_cast<int>(std::floor(std::min({a.y, b.y, c.y})))),
            std::min(clip.x1, static_cast<int>(std::ceil(std::max({a.x, b.x, c.x})))),
            std::min(clip.y1, static_cast<int>(std::ceil(std::max({a.y, b.y, c.y}))))};
  }

  void shade(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const std::array<float, 3>& w,
             int x, int y, const Texture& texture) {
    const Texel t = texel(texture, a.uv.x * w[0] + b.uv.x * w[1] + c.uv.x * w[2],
                          a.uv.y * w[0] + b.uv.y * w[1] + c.uv.y * w[2]);
    const Colour ca = channels(a.col);
    const Colour cb = channels(b.col);
    const Colour cc = channels(c.col);
    Colour mixed = {};
    for (std::size_t k = 0; k < 4; ++k)
      mixed[k] = (ca[k] * w[0] + cb[k] * w[1] + cc[k] * w[2]) * t.colour[k];
    const auto at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture_.width) +
                     static_cast<std::size_t>(x)) *
                    4;
    blend(&picture_.pixels[at], mixed, mixed[3] / 255);
  }

  Picture& picture_;
};

void paint_command(Painter& painter, const ImDrawList& list, const ImDrawCmd& command,
                   const Picture& picture) {
  const Texture texture = texture_of(command);
  if (command.UserCallback != nullptr || texture.pixels == nullptr) return;
  const Box clip{std::max(0, static_cast<int>(command.ClipRect.x)),
                 std::max(0, static_cast<int>(command.ClipRect.y)),
                 std::min(picture.width, static_cast<int>(command.ClipRect.z)),
                 std::min(picture.height, static_cast<int>(command.ClipRect.w))};
  for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
    const auto vertex = [&](unsigned k) -> const ImDrawVert& {
      const int index = list.IdxBuffer[static_cast<int>(command.IdxOffset + i + k)];
      return list.VtxBuffer[static_cast<int>(command.VtxOffset) + index];
    };
    painter.triangle(vertex(0), vertex(1), vertex(2), clip, texture);
  }
}

}  // namespace

std::uint32_t Picture::at(int x, int y) const {
  const auto i =
      (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 4;
  return static_cast<std::uint32_t>(pixels[i]) << 16U | static_cast<std::uint32_t>(pixels[i + 1]) << 8U |
         pixels[i + 2];
}

Picture paint(const ImDrawData& data, ImU32 background) {
  Picture picture;
  picture.width = static_cast<int>(data.DisplaySize.x);
  picture.height = static_cast<int>(data.DisplaySize.y);
  picture.pixels.resize(
      static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 4, 255);
  const Colour ground = channels(background);
  for (std::size_t i = 0; i < picture.pixels.size(); i += 4) {
    for (std::size_t k = 0; k < 3; ++k)
      picture.pixels[i + k] = static_cast<std::uint8_t>(ground[k]);
  }
  Painter painter(picture);
  for (const ImDrawList* list : data.CmdLists) {
    for (const ImDrawCmd& command : list->CmdBuffer)
      paint_command(painter, *list, command, picture);
  }
  return picture;
}

bool write_png(const Picture& picture, const std::filesystem::path& path) {
  return stbi_write_png(path.c_str(), picture.width, picture.height, 4, picture.pixels.data(),
                        picture.width * 4) != 0;
}

}  // namespace lianxin::test::ui
