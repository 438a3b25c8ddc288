#pragma once
// Real programs in tests: run to the end, or started and killed. Arguments never go through a shell.
#include <filesystem>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

namespace lianxin::test {

using Environment = std::map<std::string, std::string>;

struct Ran {
  int exit_code = -1;  ///< 128 + signal when killed
  std::string out;
  std::string err;
};

/// Runs a program to its end with `env` added to ours.
Ran run(const std::vector<std::string>& argv, const Environment& env = {}, const std::string& input = {});

/// A program running beside the test; killed (SIGKILL) by the destructor.
class Background {
 public:
  Background(const std::vector<std::string>& argv, const Environment& env, const std::filesystem::path& log);
  Background(Background&& other) noexcept;
  Background& operator=(Background&&) = delete;
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  ~Background();
  /// First line of standard output; "" when it ended or `timeout_ms` passed.
  std::string first_line(int timeout_ms);
  void signal(int number) const;
  /// Waits for the end; exit code as in Ran.
  int wait();
  [[nodiscard]] bool is_running();
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
  int out_ = -1;
  int status_ = -1;
};

/// A new empty folder below the system's temporary folder, removed by the destructor.
class TempFolder {
 public:
  TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Folder of the programs under test: beside this one.
std::filesystem::path program(const std::string& name);

}  // namespace lianxin::test
