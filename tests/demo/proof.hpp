#pragma once
// The last chapter: a whole county's year of invented records, and what the office makes of it with one
// command each.
#include <filesystem>
#include <string>
#include <vector>

#include "shared/base/message.hpp"
#include "tests/demo/step.hpp"

namespace lianxin::demo {

class ProofCounty {
 public:
  /// A server and a laptop of its own below `folder`; what is made goes to folder/report.
  ProofCounty(const std::filesystem::path& folder, std::filesystem::path samples, const Messages& messages,
              std::string language);
  /// Throws Broken.
  void tell();

 private:
  void enrol();
  void make_county();
  void make_report();
  void make_registers();
  void make_tables();

  Json ctl(std::vector<std::string> words) const;
  Json server(std::vector<std::string> words) const;
  /// `report FORM --out FILE` with what else is asked; the file's path below folder/report.
  void make(const std::string& form, const std::string& file, const std::vector<std::string>& more) const;
  void say(const std::string& key, const std::vector<ErrorArg>& args = {}) const;
  [[nodiscard]] std::string file(const std::string& key, const std::string& unit) const;

  std::filesystem::path home_;
  std::filesystem::path data_;
  std::filesystem::path report_;
  std::filesystem::path samples_;
  const Messages& messages_;
  std::string language_;
};

}  // namespace lianxin::demo
