#include "sync/server/admin/passphrase.hpp"

#include <cstdlib>

#include "shared/base/file.hpp"
#include "shared/terminal/quiet_terminal.hpp"

namespace lianxin::sync::server::admin {
namespace {

constexpr std::uint64_t kFileBytesMax = 4096;

std::string first_line(const std::string& text) {
  std::string line = text.substr(0, text.find('\n'));
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace

Result<std::string> read_passphrase(const std::string& file, const std::string& question) {
  if (!file.empty()) {
    const auto content = read_file(file, kFileBytesMax);
    if (!content.ok()) return fail("passphrase.file", {{"file", file}}, content.error().detail);
    return first_line(*content);
  }
  const char* given = std::getenv("LIANXIN_PASSPHRASE");
  if (given != nullptr) return std::string(given);
  auto typed = QuietTerminal().ask(question);
  if (!typed) return fail("passphrase.none");
  return *std::move(typed);
}

}  // namespace lianxin::sync::server::admin
