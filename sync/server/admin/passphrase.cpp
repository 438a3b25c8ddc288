#include "sync/server/admin/passphrase.hpp"

#include <cstdlib>

#include "shared/terminal/passphrase_file.hpp"
#include "shared/terminal/quiet_terminal.hpp"

namespace lianxin::sync::server::admin {

Result<std::string> read_passphrase(const std::string& file, const std::string& question) {
  if (!file.empty()) return read_passphrase_file(file);
  const char* given = std::getenv("LIANXIN_PASSPHRASE");
  if (given != nullptr) return std::string(given);
  auto typed = QuietTerminal().ask(question);
  if (!typed) return fail("passphrase.none");
  return *std::move(typed);
}

}  // namespace lianxin::sync::server::admin
