#pragma once
// Where the passphrase comes from: LIANXIN_PASSPHRASE, --passphrase-file, or a prompt without echo.
#include <string>

#include "client/cli/options.hpp"
#include "client/cli/terminal.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::cli {

/// The passphrase of the store. Errors "cli.passphrase_none" (no terminal to ask at), those of reading the
/// file.
[[nodiscard]] Result<std::string> current_passphrase(const Options& options, Terminal& terminal);
/// One chosen now: the same sources, but a prompt asks twice. Errors also "cli.passphrase_differs",
/// those of store::check_passphrase.
[[nodiscard]] Result<std::string> chosen_passphrase(const Options& options, Terminal& terminal);
/// The next one of `passphrase change`: LIANXIN_NEW_PASSPHRASE, --new-file, or a prompt, twice.
[[nodiscard]] Result<std::string> next_passphrase(const Options& options, Terminal& terminal);

}  // namespace lianxin::client::cli
