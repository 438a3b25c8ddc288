#include "shared/terminal/quiet_terminal.hpp"

#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace lianxin {
namespace {

bool answers_are_right() {
  QuietTerminal quiet;
  return quiet.ask("first? ") == "one" && quiet.ask("second? ") == "two";
}

/// A terminal of our own, and a program asking there: it ends with 0 when "two" was typed after "one".
class Asking {
 public:
  Asking() {
    REQUIRE(master_ >= 0);
    REQUIRE(grantpt(master_) == 0);
    REQUIRE(unlockpt(master_) == 0);
    const std::string name = ptsname(master_);
    kept_open_ = open(name.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    child_ = fork();
    if (child_ == 0) {
      setsid();
      const int own = open(name.c_str(), O_RDWR);  // the first one a session opens is its terminal
      _exit(own >= 0 && answers_are_right() ? 0 : 1);
    }
  }
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;
  ~Asking() {
    if (child_ > 0) {
      kill(child_, SIGKILL);
      waitpid(child_, nullptr, 0);
    }
    close(kept_open_);
    close(master_);
  }

  /// All that was shown, once `words` stand in it.
  std::string shown(const std::string& words) {
    pollfd waiting{master_, POLLIN, 0};
    char piece[256];
    while (shown_.find(words) == std::string::npos && poll(&waiting, 1, 10'000) > 0) {
      const ssize_t bytes = read(master_, piece, sizeof piece);
      if (bytes <= 0) break;
      shown_.append(piece, static_cast<std::size_t>(bytes));
    }
    CHECK(shown_.find(words) != std::string::npos);
    return shown_;
  }
  void type(const std::string& keys) const {
    REQUIRE(write(master_, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
  }
  [[nodiscard]] bool shows_what_is_typed() const {
    termios now{};
    REQUIRE(tcgetattr(master_, &now) == 0);
    return (now.c_lflag & ECHO) != 0 && (now.c_lflag & ISIG) != 0;
  }
  int end() {
    int status = 0;
    REQUIRE(waitpid(std::exchange(child_, -1), &status, 0) > 0);
    return status;
  }

 private:
  int master_ = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  int kept_open_ = -1;
  pid_t child_ = -1;
  std::string shown_;
};

TEST_CASE("what is asked quietly is not shown, and the terminal is as before") {
  Asking asking;
  asking.shown("first? ");
  CHECK_FALSE(asking.shows_what_is_typed());
  asking.type("one\ntwo\n");  // typed ahead counts
  const std::string all = asking.shown("second? ");
  CHECK(all.find("one") == std::string::npos);
  const int status = asking.end();
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(asking.shows_what_is_typed());
}

TEST_CASE("Ctrl-C at the question ends the program, and the terminal shows again what is typed") {
  Asking asking;
  asking.shown("first? ");
  asking.type("on\x03");
  const int status = asking.end();
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGINT);
  CHECK(asking.shows_what_is_typed());
}

TEST_CASE("where there is no terminal nothing is asked") {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    setsid();
    _exit(QuietTerminal().ask("? ") ? 1 : 0);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WEXITSTATUS(status) == 0);
}

}  // namespace
}  // namespace lianxin
