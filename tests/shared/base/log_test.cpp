#include "shared/base/log.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <thread>
#include <vector>

#include "shared/base/file.hpp"
#include "shared/base/text.hpp"
#include "tests/support/process.hpp"

namespace lianxin {
namespace {

TEST_CASE("an event is one whole line, also when many threads write") {
  const test::TempFolder folder;
  const auto path = folder.path() / "log";
  set_log_target(path.string());
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([t] {
      for (int i = 0; i < 100; ++i)
        log_event("sync.done", {{"thread", std::to_string(t)}, {"changes", std::to_string(i)}});
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  set_log_target("");
  const auto lines = split(read_file(path, 1 << 20).value(), '\n');
  REQUIRE(lines.size() == 401);  // the last one is empty
  for (std::size_t i = 0; i < 400; ++i) {
    CHECK(lines[i].front() == '{');
    CHECK(lines[i].back() == '}');
    CHECK(lines[i].find("\"event\":\"sync.done\"") != std::string::npos);
  }
  struct stat info {};
  REQUIRE(stat(path.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777U) == 0600);
}

TEST_CASE("an error is logged by code and technical detail, never with the values in its sentence") {
  const test::TempFolder folder;
  const auto path = folder.path() / "log";
  set_log_target(path.string());
  log_error("import.failed", fail("code.unknown", {{"text", "赵连心"}}, "errno 5"));
  set_log_target("off");
  log_event("never.written");
  set_log_target("");
  const Bytes text = read_file(path, 1 << 20).value();
  CHECK(text.find("\"code\":\"code.unknown\"") != std::string::npos);
  CHECK(text.find("errno 5") != std::string::npos);
  CHECK(text.find("赵连心") == std::string::npos);
  CHECK(text.find("never.written") == std::string::npos);
}

}  // namespace
}  // namespace lianxin
