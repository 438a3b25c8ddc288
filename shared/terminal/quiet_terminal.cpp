#include "shared/terminal/quiet_terminal.hpp"

#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace lianxin {
namespace {

constexpr std::size_t kTypedBytesMax = 4096;

}  // namespace

QuietTerminal::QuietTerminal() : fd_(open("/dev/tty", O_RDWR | O_CLOEXEC)) {
  if (fd_ < 0 || tcgetattr(fd_, &before_) != 0) return;
  // Ctrl-C is read as a letter that ends the line: a signal would leave the terminal quiet.
  termios quiet = before_;
  quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
  quiet.c_cc[VEOL] = before_.c_cc[VINTR];
  is_quiet_ = tcsetattr(fd_, TCSAFLUSH, &quiet) == 0;
}

QuietTerminal::~QuietTerminal() {
  give_back();
  if (fd_ >= 0) close(fd_);
}

void QuietTerminal::give_back() {
  if (std::exchange(is_quiet_, false)) tcsetattr(fd_, TCSAFLUSH, &before_);
}

bool QuietTerminal::say(const std::string& text) const {
  return write(fd_, text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

std::optional<std::string> QuietTerminal::ask(const std::string& question) {
  if (!is_quiet_ || !say(question)) return std::nullopt;
  std::string typed;
  char c = 0;
  while (typed.size() < kTypedBytesMax && read(fd_, &c, 1) == 1 && c != '\n') {
    if (static_cast<cc_t>(c) == before_.c_cc[VINTR]) {
      give_back();
      std::raise(SIGINT);
      return std::nullopt;  // where somebody has that signal ignored
    }
    typed += c;
  }
  if (!say("\n")) return std::nullopt;
  return typed;
}

}  // namespace lianxin
