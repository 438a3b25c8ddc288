#pragma once
// How a camera was held. By hand: libturbojpeg leaves the tags aside, and of all libraries for them only one
// number would be used.
#include "shared/base/bytes.hpp"

namespace lianxin::client::picture {

/// Orientation 1 to 8 of the EXIF tags of a JPEG; 1 (upright) where there is none, or none that can be read.
[[nodiscard]] int orientation_of(BytesView jpeg);

}  // namespace lianxin::client::picture
