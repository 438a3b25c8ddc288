#pragma once
// JPEG files for tests, as cameras write them.
#include <cstdint>
#include <string_view>

#include "shared/base/bytes.hpp"

namespace lianxin::test {

/// A picture whose left upper quarter is red, the right upper one green, the left lower one blue, the rest
/// white; with `noise` each pixel is moved by up to so much, from `seed`.
[[nodiscard]] Bytes quarters_jpeg(int width, int height, int noise = 0, std::uint32_t seed = 1,
                                  int quality = 90);
/// Behind the start of the file: EXIF tags with this orientation, and words a camera would put there.
[[nodiscard]] Bytes with_exif(BytesView jpeg, int orientation, std::string_view words,
                              bool little_endian = true);
/// The same picture with other sizes in its header.
[[nodiscard]] Bytes with_size(BytesView jpeg, int width, int height);

}  // namespace lianxin::test
