#pragma once
// A whole server of its own for a measurement: the real store, service and HTTPS in a child process, asked
// for through its standard input.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <sys/types.h>

#include "shared/base/id.hpp"

namespace lianxin::bench {

/// The child: makes a county in `folder`, serves on a free port of this machine until its input ends. Answers
/// one line to each line: "unit CODE" its id, "join ROLE CODE" a join line, "conflicts" how many registers
/// are in dispute, "verify" how many problems, "memory" its greatest resident size in MB. Returns an exit
/// code. `is_real` = with the program's own catalogue instead of the benchmark's.
[[nodiscard]] int serve_county(const std::filesystem::path& folder, bool is_real);

/// The parent's end of one. Ends the child when it goes.
class CountyProcess {
 public:
  CountyProcess(const std::filesystem::path& folder, bool is_real);
  CountyProcess(const CountyProcess&) = delete;
  CountyProcess& operator=(const CountyProcess&) = delete;
  ~CountyProcess();
  [[nodiscard]] std::string ask(const std::string& line);
  [[nodiscard]] Id unit(const std::string& code);
  [[nodiscard]] double number(const std::string& line) { return std::stod(ask(line)); }

 private:
  pid_t pid_ = 0;
  std::FILE* to_ = nullptr;
  std::FILE* from_ = nullptr;
};

}  // namespace lianxin::bench
