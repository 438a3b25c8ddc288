#pragma once
// A laptop's store for tests of imports: the sample county on its shelf, a county's or a township's scopes.
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "client/app/roster_import.hpp"
#include "client/store/laptop_store.hpp"

namespace lianxin::client::app::test {

/// The whole file `tests/data/<name>`.
[[nodiscard]] std::string sample(const std::string& name);

/// Every call fails the test when the store says no.
class RosterLaptop {
 public:
  using Values = std::vector<std::pair<std::string, std::string>>;

  /// Codes the laptop's scopes begin with.
  [[nodiscard]] static std::string county() { return "220622"; }
  [[nodiscard]] static std::string township(const std::string& code) { return code; }

  explicit RosterLaptop(const std::string& scope_prefix);
  RosterLaptop(const RosterLaptop&) = delete;
  RosterLaptop& operator=(const RosterLaptop&) = delete;
  ~RosterLaptop();

  [[nodiscard]] RosterPlan plan(const std::string& sample_file, const RosterChoices& choices = {});
  [[nodiscard]] RosterPlan plan_bytes(const std::string& bytes, const std::string& name,
                                      const RosterChoices& choices = {});
  [[nodiscard]] RosterApplied apply(const RosterPlan& plan);
  [[nodiscard]] store::Records::BatchUndone undo(const Id& batch);
  [[nodiscard]] std::string undo_error(const Id& batch);
  [[nodiscard]] std::vector<PastRoster> past();

  Id put(const std::string& kind, const Values& values);
  void edit(const std::string& kind, const Id& record, const Values& values);
  [[nodiscard]] store::RecordShown get(const Id& record);
  [[nodiscard]] std::size_t count(const std::string& kind);
  [[nodiscard]] std::size_t changes();  ///< made by this laptop so far
  [[nodiscard]] Id unit(const std::string& code) const { return units_.at(code); }
  [[nodiscard]] std::string name_of(const std::string& unit_id) const;

 private:
  std::filesystem::path folder_;
  SystemClock clock_;
  std::unique_ptr<store::LaptopStore> store_;
  std::map<std::string, Id> units_;  ///< by code
  std::map<std::string, std::string> names_;
};

}  // namespace lianxin::client::app::test
