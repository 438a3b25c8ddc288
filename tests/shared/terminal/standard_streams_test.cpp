#include "shared/terminal/standard_streams.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <initializer_list>
#include <sys/wait.h>
#include <unistd.h>

namespace lianxin {
namespace {

/// What a child finds that closed these streams and then held them: 0 = all as it should be.
int held_in_child(bool input, bool output, bool error) {
  const pid_t child = fork();
  if (child == 0) {
    if (input) close(STDIN_FILENO);
    if (output) close(STDOUT_FILENO);
    if (error) close(STDERR_FILENO);
    hold_standard_streams();
    char octet = 'x';
    const bool next_is_free = open("/dev/null", O_RDWR) > STDERR_FILENO;
    const bool refuses = (!output || write(STDOUT_FILENO, &octet, 1) < 0) &&
                         (!error || write(STDERR_FILENO, &octet, 1) < 0) &&
                         (!input || read(STDIN_FILENO, &octet, 1) < 0);
    _exit(next_is_free && refuses ? 0 : 1);
  }
  int status = -1;
  waitpid(child, &status, 0);
  return status;
}

}  // namespace

TEST_CASE("a stream that was closed is held by a file that refuses, and no other file gets its number") {
  for (const bool input : {false, true}) {
    for (const bool output : {false, true}) {
      for (const bool error : {false, true})
        CHECK_MESSAGE(held_in_child(input, output, error) == 0, input, output, error);
    }
  }
}

}  // namespace lianxin
