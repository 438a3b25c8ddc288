#pragma once
// The administrator's desk: commands of lianxin-server run inside the test, on a data folder of its own.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/process.hpp"

namespace lianxin::test {

inline constexpr const char* kAdminPassphrase = "correct-horse-test";
inline constexpr const char* kSanheCode = "220622101200";

struct Answer {
  int exit_code = -1;
  std::string out;
  std::string err;
  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(out); }
  /// Code of the error of a --json answer.
  [[nodiscard]] std::string error() const { return json().at("error").at("code"); }
};

/// The words as typed, nothing added.
Answer run_words(const std::vector<std::string>& words);

class Desk {
 public:
  Desk();
  /// With --data and --json; not judged.
  [[nodiscard]] Answer try_json(std::vector<std::string> words) const;
  /// The same, which must end with 0.
  [[nodiscard]] nlohmann::json json(const std::vector<std::string>& words) const;
  /// With --data and --lang en: what a person reads.
  [[nodiscard]] std::string text(std::vector<std::string> words) const;
  [[nodiscard]] std::string data() const { return (folder_.path() / "data").string(); }
  [[nodiscard]] std::string file(const std::string& name) const { return (folder_.path() / name).string(); }

  /// A county as `init` makes it.
  void init() const;
  /// The same with the divisions of the sample county and one worker of one village; the worker's id.
  [[nodiscard]] std::string county_with_worker() const;

 private:
  TempFolder folder_;
};

/// A file of the project.
std::string source_file(const std::string& path);

}  // namespace lianxin::test
