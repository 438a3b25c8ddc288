#include "sync/server/admin/passphrase.hpp"

#include <cstdlib>
#include <optional>

#include "shared/terminal/passphrase_file.hpp"
#include "shared/terminal/quiet_terminal.hpp"
#include "sync/server/service/administration.hpp"

namespace lianxin::sync::server::admin {
namespace {

/// A file, else the environment; nullopt = neither, so that a terminal is asked.
std::optional<Result<std::string>> given(const std::string& file, const char* variable) {
  if (!file.empty()) return read_passphrase_file(file);
  const char* text = std::getenv(variable);
  if (text != nullptr) return Result<std::string>(std::string(text));
  return std::nullopt;
}

Result<std::string> ask_twice(const std::string& question, const std::string& again) {
  QuietTerminal quiet;
  auto first = quiet.ask(question);
  if (!first) return fail("passphrase.none");
  if (quiet.ask(again) != first) return fail("passphrase.differs");
  return *std::move(first);
}

Result<std::string> choose(const std::string& file, const char* variable, const Messages& messages,
                           const std::string& question) {
  auto known = given(file, variable);
  LX_TRY(
      std::string chosen,
      known ? *std::move(known) : ask_twice(messages.get(question), messages.get("server.passphrase.again")));
  LX_DO(check_new_password(chosen));
  return chosen;
}

}  // namespace

Result<std::string> read_passphrase(const std::string& file, const std::string& question) {
  if (auto known = given(file, "LIANXIN_PASSPHRASE")) return *std::move(known);
  auto typed = QuietTerminal().ask(question);
  if (!typed) return fail("passphrase.none");
  return *std::move(typed);
}

Result<std::string> first_passphrase(const std::string& file, const Messages& messages) {
  return choose(file, "LIANXIN_PASSPHRASE", messages, "server.init.ask");
}

Result<std::string> next_passphrase(const std::string& file, const Messages& messages) {
  return choose(file, "LIANXIN_NEW_PASSPHRASE", messages, "server.passphrase.next");
}

}  // namespace lianxin::sync::server::admin
