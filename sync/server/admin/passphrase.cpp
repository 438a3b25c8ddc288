#include "sync/server/admin/passphrase.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "shared/base/file.hpp"

namespace lianxin::sync::server::admin {
namespace {

constexpr std::uint64_t kFileBytesMax = 4096;

std::string first_line(const std::string& text) {
  std::string line = text.substr(0, text.find('\n'));
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

Result<std::string> ask(const std::string& question) {
  const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
  termios before{};
  if (terminal < 0 || tcgetattr(terminal, &before) != 0) {
    if (terminal >= 0) close(terminal);
    return fail("passphrase.none");
  }
  termios hidden = before;
  hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  tcsetattr(terminal, TCSAFLUSH, &hidden);
  std::string typed;
  char c = 0;
  bool asked = write(terminal, question.data(), question.size()) >= 0;
  while (asked && typed.size() < kFileBytesMax && read(terminal, &c, 1) == 1 && c != '\n')
    typed += c;
  tcsetattr(terminal, TCSAFLUSH, &before);
  asked = write(terminal, "\n", 1) == 1 && asked;
  close(terminal);
  if (!asked) return fail("passphrase.none");
  return typed;
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
  return ask(question);
}

}  // namespace lianxin::sync::server::admin
