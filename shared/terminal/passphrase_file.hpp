#pragma once
// The file behind --passphrase-file, which laptop and server read alike.
#include <filesystem>
#include <string>

#include "shared/base/result.hpp"

namespace lianxin {

/// Its one line, without the line's end. Errors of read_file, "passphrase.lines" {path}: nobody types a
/// second line where a passphrase is asked.
[[nodiscard]] Result<std::string> read_passphrase_file(const std::filesystem::path& file);

}  // namespace lianxin
