#pragma once
// What the laptop's two programs read and write.
#include "shared/base/version.hpp"

namespace lianxin::client::app {

[[nodiscard]] ProgramFormats laptop_formats();

}  // namespace lianxin::client::app
