#pragma once
// The duties of everybody, remembered. What a member's duties follow from is read once for all, and then
// again for whom something was written (store/touched.hpp), so that a page does not read everybody's
// visits: a county of 100,000 members takes a second at first and some ms after a save. On another day, after
// a change of the county's parameters or of workers, and after thousands of writes all is read again. Store
// thread.
#include <unordered_set>
#include <vector>

#include "client/store/laptop_store.hpp"
#include "client/store/touched.hpp"
#include "client/view/due.hpp"

namespace lianxin::client::view {

class DutyBook {
 public:
  DutyBook() = default;
  DutyBook(DutyBook&&) = default;
  DutyBook& operator=(DutyBook&&) = default;
  DutyBook(const DutyBook&) = delete;  // duties point to their members
  DutyBook& operator=(const DutyBook&) = delete;
  ~DutyBook() = default;
  /// As the store is now; the only one that asks it what was touched.
  [[nodiscard]] Status follow(store::LaptopStore& store, const Date& today);
  /// Everything from the beginning, and nothing remembered before.
  [[nodiscard]] Status read(store::LaptopStore& store, const Date& today);

  [[nodiscard]] const store::DutyFacts& facts() const { return facts_; }
  [[nodiscard]] const DueRules& rules() const { return rules_; }
  /// All duties in their order, `more` among them; as long as neither changes.
  [[nodiscard]] std::vector<const Duty*> sorted(const std::vector<Duty>& more) const;

 private:
  [[nodiscard]] Status read_again(store::LaptopStore& store, const store::Touched& touched);
  [[nodiscard]] bool put_members(store::DutyMembers& read);
  void point_to_members();

  bool is_read_ = false;
  store::DutyFacts facts_;
  DueRules rules_;
  std::vector<Duty> of_members_;  ///< sorted
  std::vector<Duty> others_;      ///< sorted
};

}  // namespace lianxin::client::view
