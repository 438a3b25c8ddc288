#pragma once
// A secret asked at the terminal: not shown while it is typed.
#include <optional>
#include <string>
#include <termios.h>

namespace lianxin {

/// The terminal itself, whatever standard input is, from now to the end of this object. What is typed is not
/// shown. Ctrl-C ends the program with the terminal as it was before.
class QuietTerminal {
 public:
  QuietTerminal();
  ~QuietTerminal();
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;

  /// The line typed after `question`; nullopt = there is no terminal.
  [[nodiscard]] std::optional<std::string> ask(const std::string& question);

 private:
  void give_back();
  [[nodiscard]] bool say(const std::string& text) const;

  int fd_;
  termios before_{};
  bool is_quiet_ = false;
};

}  // namespace lianxin
