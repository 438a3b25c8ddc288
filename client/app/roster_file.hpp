#pragma once
// A roster as a file. Shared by the window and the command line.
#include <filesystem>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::app {

/// All of it. Errors of read_file; one that is larger than a roster may be is "import.too_large".
[[nodiscard]] Result<Bytes> roster_bytes(const std::filesystem::path& file);

}  // namespace lianxin::client::app
