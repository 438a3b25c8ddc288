#include "client/cli/passphrase.hpp"

#include <cstdlib>

#include "client/store/vault.hpp"
#include "shared/terminal/passphrase_file.hpp"
#include "shared/terminal/quiet_terminal.hpp"

namespace lianxin::client::cli {
namespace {

Result<std::string> prompt(Terminal& terminal, bool twice, const char* key) {
  QuietTerminal quiet;
  auto first = quiet.ask(terminal.words(key));
  if (!first) return fail("cli.passphrase_none");
  if (twice && quiet.ask(terminal.words("cli.passphrase_again")) != first)
    return fail("cli.passphrase_differs");
  return *std::move(first);
}

Result<std::string> obtain(const char* variable, const std::string& file, Terminal& terminal, bool twice,
                           const char* key) {
  if (!file.empty()) return read_passphrase_file(file);
  const char* text = std::getenv(variable);
  if (text != nullptr) return std::string(text);
  return prompt(terminal, twice, key);
}

/// Said before anything else is begun, such as a one-time code spent.
Result<std::string> fit_to_choose(Result<std::string> passphrase) {
  if (passphrase.ok()) LX_DO(store::check_passphrase(*passphrase));
  return passphrase;
}

}  // namespace

Result<std::string> current_passphrase(const Options& options, Terminal& terminal) {
  return obtain("LIANXIN_PASSPHRASE", options.passphrase_file, terminal, false, "cli.passphrase");
}

Result<std::string> chosen_passphrase(const Options& options, Terminal& terminal) {
  return fit_to_choose(
      obtain("LIANXIN_PASSPHRASE", options.passphrase_file, terminal, true, "cli.passphrase_new"));
}

Result<std::string> next_passphrase(const Options& options, Terminal& terminal) {
  return fit_to_choose(obtain("LIANXIN_NEW_PASSPHRASE", options.file, terminal, true, "cli.passphrase_new"));
}

}  // namespace lianxin::client::cli
