#pragma once
// A photo as this program takes it in: turned upright, made small, written anew, so that nothing the camera
// put beside the picture (place, time, device) is left. libturbojpeg; JPEG only. Pure; any thread.
#include <cstddef>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::picture {

inline constexpr std::size_t kFileBytesMax = 20 * 1024 * 1024;  ///< of the file chosen
inline constexpr std::size_t kPixelsMax = 40'000'000;           ///< of the file chosen
inline constexpr int kLongestSide = 1600;                       ///< of what is kept
inline constexpr std::size_t kBytesMax = 512 * 1024;            ///< of what is kept
inline constexpr int kThumbSide = 160;
inline constexpr std::size_t kThumbBytesMax = 6 * 1024;  ///< 8 KB in base64

struct TakenIn {
  Bytes jpeg;
  int width = 0;
  int height = 0;
  Bytes thumbnail;  ///< JPEG, longest side kThumbSide
};
/// Errors "photo.file_too_large", "photo.too_many_pixels", "photo.not_jpeg" (another kind of file),
/// "photo.damaged" (cut off, or not to be decoded).
[[nodiscard]] Result<TakenIn> take_in(BytesView file);

/// Four octets a pixel, rows from above.
struct Pixels {
  int width = 0;
  int height = 0;
  Bytes rgba;
};
/// For showing; the same errors. At most kPixelsMax.
[[nodiscard]] Result<Pixels> pixels_of(BytesView jpeg);

}  // namespace lianxin::client::picture
