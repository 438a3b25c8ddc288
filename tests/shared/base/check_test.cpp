#include "shared/base/check.hpp"

#include <doctest/doctest.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace lianxin {
namespace {

TEST_CASE("a broken assumption stops the program and says where") {
  int pipe_ends[2];
  REQUIRE(pipe(pipe_ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    dup2(pipe_ends[1], STDERR_FILENO);
    signal(SIGABRT, SIG_DFL);
    LX_CHECK(1 + 1 == 3, "sums are wrong");
    _exit(0);
  }
  close(pipe_ends[1]);
  std::string said;
  char buffer[256];
  for (ssize_t n = read(pipe_ends[0], buffer, sizeof buffer); n > 0;
       n = read(pipe_ends[0], buffer, sizeof buffer))
    said.append(buffer, static_cast<std::size_t>(n));
  close(pipe_ends[0]);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WIFSIGNALED(status));
  CHECK(said.find("sums are wrong") != std::string::npos);
  CHECK(said.find("check_test.cpp") != std::string::npos);
}

TEST_CASE("a kept assumption costs nothing and says nothing") { LX_CHECK(true, "never printed"); }

}  // namespace
}  // namespace lianxin
