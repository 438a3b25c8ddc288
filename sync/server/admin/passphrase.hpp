#pragma once
// The administrator's passphrase: LIANXIN_PASSPHRASE, --passphrase-file, or asked at the terminal.
#include <string>

#include "shared/base/result.hpp"

namespace lianxin::sync::server::admin {

/// `file` = "" looks into the environment, then asks on the terminal without echo. Errors "passphrase.none"
/// (nobody to ask), those of read_passphrase_file.
[[nodiscard]] Result<std::string> read_passphrase(const std::string& file, const std::string& question);

}  // namespace lianxin::sync::server::admin
