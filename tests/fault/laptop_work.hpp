#pragma once
// A laptop at work whose disk may fail at any moment, and a book kept beside it of what the person was told
// was saved. The county and a colleague's laptop lie elsewhere and stay whole.
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "client/store/laptop_store.hpp"
#include "tests/client/store/small_county.hpp"

namespace lianxin::test {

class LaptopWork {
 public:
  explicit LaptopWork(std::uint64_t seed);

  /// Makes the store, or opens it: what is there says which. The error is in words of the store.
  [[nodiscard]] Status start(client::store::OpenReport& report);
  void stop() { store_.reset(); }
  [[nodiscard]] bool is_running() const { return store_ != nullptr; }
  [[nodiscard]] client::store::LaptopStore& store() { return *store_; }

  /// One thing a person does: a new member, two at once, a changed name, a draft, a sync, a tidied log. Its
  /// error.
  [[nodiscard]] Status do_something();
  /// New members in one action.
  [[nodiscard]] Status add_members(std::size_t count);
  [[nodiscard]] Status stash_draft();
  /// The answer may be lost on the way.
  [[nodiscard]] Status sync();
  [[nodiscard]] Status sync_once();
  /// A member of the colleague's comes to the county.
  void colleague_works();
  /// "" = everything the person was told is saved is there, and nothing half.
  [[nodiscard]] std::string complaint();
  /// `complaint`, every invariant, and a sync after which county, colleague and laptop are equal.
  [[nodiscard]] std::string final_complaint();
  [[nodiscard]] std::uint64_t saves() const { return saves_; }
  /// Own counter up to which "saved" was said.
  [[nodiscard]] std::uint64_t last_saved() const { return last_saved_; }
  /// Own counter up to which the county has every change.
  [[nodiscard]] std::uint64_t at_home(ReplicaId replica);
  [[nodiscard]] const std::filesystem::path& home() const { return home_; }
  [[nodiscard]] SmallCounty& county() { return county_; }
  /// Everything unsent right now, by name.
  [[nodiscard]] std::set<std::string> names_here();

 private:
  [[nodiscard]] Status make(client::store::OpenReport& report);
  [[nodiscard]] Status rename_member();
  [[nodiscard]] client::store::Edit member_edit(const Id& record, const std::string& name) const;
  [[nodiscard]] std::string next_name(std::string_view kind);

  std::mt19937_64 random_;
  TempFolder folder_;
  SmallCounty county_;
  std::filesystem::path home_;
  client::store::NewStore enrolled_;
  bool was_made_ = false;
  std::unique_ptr<client::store::LaptopStore> store_;
  std::unique_ptr<client::store::LaptopStore> colleague_;
  std::map<Id, std::set<std::string>> told_;  ///< by member: the name it must show (several: one of them)
  std::map<std::string, std::string> pairs_;  ///< names saved in one action
  std::map<Id, std::string> drafts_;
  std::optional<Id> draft_in_doubt_;
  std::uint64_t saves_ = 0;
  std::uint64_t last_saved_ = 0;
  std::uint64_t at_home_ = 0;
  std::uint64_t names_ = 0;
};

}  // namespace lianxin::test
