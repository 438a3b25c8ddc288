#pragma once
// The demonstration: a real server and three real laptops on loopback, a week of work, told in plain words.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "shared/base/message.hpp"
#include "tests/demo/step.hpp"

namespace lianxin::demo {

class Story {
 public:
  /// Starts from an empty `folder`; texts in `language` ("zh" or "en").
  Story(std::filesystem::path folder, std::filesystem::path samples, Messages messages, std::string language);
  /// Tells everything; throws Broken.
  void tell();

 private:
  struct Laptop {
    std::string name;
    std::filesystem::path home;
  };

  void begin_county();
  Laptop enrol(const std::string& name, const std::string& role, const std::string& scope);
  void import_rosters();
  void a_week();
  void both_change_the_same();
  void resolve_both();
  void show_village();
  /// The main screens of the first laptop, as PNG files.
  void paint();
  void sync(const Laptop& laptop);

  Json ctl(const Laptop& laptop, std::vector<std::string> words) const;
  Json server(std::vector<std::string> words) const;
  std::string put(const Laptop& laptop, std::vector<std::string> words) const;
  void say(const std::string& key, const std::vector<ErrorArg>& args = {}) const;
  void check_all_equal();

  std::filesystem::path folder_;
  std::filesystem::path samples_;
  Messages messages_;
  std::string language_;
  std::unique_ptr<test::Background> serving_;
  Laptop jia_;
  Laptop yi_;
  Laptop office_;
  std::vector<std::string> members_;  ///< of the village, by name
  std::string phone_;
  std::string episode_;
};

}  // namespace lianxin::demo
