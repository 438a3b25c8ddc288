#include "client/cli/passphrase.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "client/store/vault.hpp"
#include "shared/base/file.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::cli {
namespace {

constexpr std::uint64_t kFileMax = 4096;

/// The terminal itself, whatever standard input is; echo is off until the destructor.
class QuietTerminal {
 public:
  QuietTerminal() : fd_(open("/dev/tty", O_RDWR | O_CLOEXEC)) {
    if (fd_ < 0 || tcgetattr(fd_, &before_) != 0) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    quiet_ = tcsetattr(fd_, TCSAFLUSH, &quiet) == 0;
  }
  ~QuietTerminal() {
    if (quiet_) tcsetattr(fd_, TCSAFLUSH, &before_);
    if (fd_ >= 0) close(fd_);
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;

  [[nodiscard]] bool ready() const { return quiet_; }

  std::string ask(const std::string& prompt) const {
    say(prompt);
    std::string line;
    char c = 0;
    while (read(fd_, &c, 1) == 1 && c != '\n')
      line.push_back(c);
    say("\n");
    return line;
  }

 private:
  void say(const std::string& text) const {
    if (write(fd_, text.data(), text.size()) < 0) return;  // without a prompt the person still may type
  }

  int fd_;
  termios before_{};
  bool quiet_ = false;
};

Result<std::string> prompt(Terminal& terminal, bool twice, const char* key) {
  const QuietTerminal quiet;
  if (!quiet.ready()) return fail("cli.passphrase_none");
  std::string first = quiet.ask(terminal.words(key));
  if (twice && quiet.ask(terminal.words("cli.passphrase_again")) != first)
    return fail("cli.passphrase_differs");
  return first;
}

Result<std::string> from_file(const std::string& file) {
  LX_TRY(Bytes bytes, read_file(file, kFileMax));
  while (!bytes.empty() && (bytes.back() == '\n' || bytes.back() == '\r'))
    bytes.pop_back();
  return bytes;
}

Result<std::string> obtain(const char* variable, const std::string& file, Terminal& terminal, bool twice,
                           const char* key) {
  if (!file.empty()) return from_file(file);
  const char* text = std::getenv(variable);
  if (text != nullptr) return std::string(text);
  return prompt(terminal, twice, key);
}

Result<std::string> long_enough(Result<std::string> passphrase) {
  if (passphrase.ok() && code_points(*passphrase) < store::kPassphraseCharactersMin)
    return fail("store.passphrase_short", {{"least", std::to_string(store::kPassphraseCharactersMin)}});
  return passphrase;
}

}  // namespace

Result<std::string> current_passphrase(const Options& options, Terminal& terminal) {
  return obtain("LIANXIN_PASSPHRASE", options.passphrase_file, terminal, false, "cli.passphrase");
}

Result<std::string> chosen_passphrase(const Options& options, Terminal& terminal) {
  return long_enough(
      obtain("LIANXIN_PASSPHRASE", options.passphrase_file, terminal, true, "cli.passphrase_new"));
}

Result<std::string> next_passphrase(const Options& options, Terminal& terminal) {
  return long_enough(obtain("LIANXIN_NEW_PASSPHRASE", options.file, terminal, true, "cli.passphrase_new"));
}

}  // namespace lianxin::client::cli
