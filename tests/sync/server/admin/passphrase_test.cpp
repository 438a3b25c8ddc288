#include "sync/server/admin/passphrase.hpp"

#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shared/base/file.hpp"
#include "sync/server/admin/output.hpp"
#include "tests/support/process.hpp"

namespace lianxin::test {
namespace {

using sync::server::admin::first_passphrase;
using sync::server::admin::load_messages;
using sync::server::admin::read_passphrase;

TEST_CASE("a named file goes before the environment") {
  const TempFolder temp;
  setenv("LIANXIN_PASSPHRASE", "from environment", 1);
  CHECK(read_passphrase("", "?").value() == "from environment");
  REQUIRE(replace_file(temp.path() / "p", "from file\n").ok());
  CHECK(read_passphrase((temp.path() / "p").string(), "?").value() == "from file");
  CHECK(read_passphrase((temp.path() / "none").string(), "?").error().code == "file.missing");
}

/// The exit status of a program that chooses one at a terminal where `typed` is typed: 0 when the error was
/// `wanted`, "" = it was taken.
int choose_at_terminal(const std::string& typed, const char* wanted) {
  const int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  REQUIRE(grantpt(master) == 0);
  REQUIRE(unlockpt(master) == 0);
  const std::string name = ptsname(master);
  const int kept_open = open(name.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  const Messages messages = load_messages("en").value();
  const pid_t child = fork();
  if (child == 0) {
    unsetenv("LIANXIN_PASSPHRASE");
    setsid();
    const int own = open(name.c_str(), O_RDWR);  // the first one a session opens is its terminal
    const auto chosen = first_passphrase("", messages);
    _exit(own >= 0 && (chosen.ok() ? "" : chosen.error().code) == std::string(wanted) ? 0 : 1);
  }
  // What is typed before the question is thrown away.
  std::string shown;
  char piece[256];
  pollfd waiting{master, POLLIN, 0};
  while (shown.find("Choose") == std::string::npos && poll(&waiting, 1, 10'000) > 0) {
    const ssize_t bytes = read(master, piece, sizeof piece);
    if (bytes <= 0) break;
    shown.append(piece, static_cast<std::size_t>(bytes));
  }
  if (shown.find("Choose") == std::string::npos) kill(child, SIGKILL);
  REQUIRE(write(master, typed.data(), typed.size()) == static_cast<ssize_t>(typed.size()));
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  close(kept_open);
  close(master);
  return status;
}

TEST_CASE("whoever chooses a passphrase at the terminal types it twice") {
  CHECK(choose_at_terminal("twelve letters\ntwelve letters\n", "") == 0);
  CHECK(choose_at_terminal("twelve letters\ntwelve lettres\n", "passphrase.differs") == 0);
  CHECK(choose_at_terminal("short\nshort\n", "server.password") == 0);
}

}  // namespace
}  // namespace lianxin::test
