#pragma once
// The county of `lianxin-bench window`: one laptop that holds 118 villages, so many members and ten facts of
// each, taken in as pages of a snapshot, as a first sync brings them. Made once: a folder that has it is
// opened.
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/laptop_home.hpp"
#include "tests/bench/people.hpp"

namespace lianxin::bench {

class WindowCounty {
 public:
  WindowCounty(const std::filesystem::path& folder, std::size_t members);
  [[nodiscard]] LaptopHome& home() { return *home_; }
  /// Records taken in a second of the processor; 0 = the folder had them.
  [[nodiscard]] double records_per_second() const { return records_per_second_; }
  [[nodiscard]] double seconds() const { return seconds_; }
  /// A member in the middle of the list.
  [[nodiscard]] Id some_member();
  [[nodiscard]] Id village_of(const Id& member);
  /// So many members' addresses are said twice, each not knowing the other; made once as well.
  void add_disputes(std::size_t members);

 private:
  using Records = std::vector<MadeRecord>;
  /// A record that hangs on another, with its day where it has one.
  MadeRecord& add(Records& out, const char* kind, const Id& parent, const char* day_field = nullptr);
  void set(MadeRecord& record, const char* kind,
           std::initializer_list<std::pair<const char*, std::string>> values);
  [[nodiscard]] std::string past_day(unsigned from_year);
  [[nodiscard]] Records shelf();
  void add_member(Records& out, std::size_t number, std::size_t village);
  void add_episode(Records& out, std::size_t number, const Id& member);
  void add_contacts(Records& out, const Id& member, const Id& worker);
  void add_delivery(Records& out, std::size_t number, const Id& member);
  void add_question(Records& out, std::size_t number, const Id& member);
  void make(std::size_t members);

  Draws draws_{20240701};
  std::vector<std::pair<Id, std::string>> villages_;
  std::vector<Id> workers_;
  std::vector<Id> materials_;
  std::unique_ptr<LaptopHome> home_;
  double records_per_second_ = 0;
  double seconds_ = 0;
};

}  // namespace lianxin::bench
