#pragma once
// The administrator's passphrase: LIANXIN_PASSPHRASE, --passphrase-file, or asked at the terminal.
#include <string>

#include "shared/base/message.hpp"
#include "shared/base/result.hpp"

namespace lianxin::sync::server::admin {

/// `file` = "" looks into the environment, then asks on the terminal without echo. Errors "passphrase.none"
/// (nobody to ask), those of read_passphrase_file.
[[nodiscard]] Result<std::string> read_passphrase(const std::string& file, const std::string& question);

/// The administrator's first one: the same sources, but a terminal is asked twice: a slip of the finger would
/// open no backup. Errors also "passphrase.differs", those of check_new_password.
[[nodiscard]] Result<std::string> first_passphrase(const std::string& file, const Messages& messages);
/// The next one of `passphrase change`: `file`, LIANXIN_NEW_PASSPHRASE, or the terminal, twice.
[[nodiscard]] Result<std::string> next_passphrase(const std::string& file, const Messages& messages);

}  // namespace lianxin::sync::server::admin
