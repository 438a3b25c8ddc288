#pragma once
// The duties of everybody, remembered. What a member's duties follow from is read once for all, and then
// again for whom something was written (store/touched.hpp), so that a page does not read everybody's visits:
// a county of 100,000 members takes seconds at first and some ms after a save. On another day, after a change
// of the county's parameters or of workers, and after thousands of writes all is read again. Store thread.
#include <array>
#include <set>
#include <vector>

#include "client/store/laptop_store.hpp"
#include "client/store/touched.hpp"
#include "client/view/due.hpp"
#include "client/view/duplicates_view_builder.hpp"

namespace lianxin::client::view {

struct DutyOrder {
  bool operator()(const Duty& a, const Duty& b) const { return comes_before(a, b); }
};
/// The duties of one group in their order, and how many of each urgency.
struct DutyList {
  std::multiset<Duty, DutyOrder> duties;
  std::array<std::uint32_t, 4> of_urgency{};
  void add(Duty duty);
  void remove(const Duty& duty);
};

/// What is counted over all members.
struct DutySums {
  std::uint32_t to_contact = 0;  ///< away
  std::uint32_t contacted = 0;   ///< of them, reached in the month
  std::uint32_t in_care = 0;
  std::uint32_t visited = 0;  ///< of them, for the open festival
  bool operator==(const DutySums&) const = default;
};

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
  [[nodiscard]] const DutySums& sums() const { return sums_; }
  [[nodiscard]] const DutyList& of_members(DutyGroup group) const {
    return of_members_[static_cast<std::size_t>(group)];
  }
  /// Pairs that may be one, remembered beside.
  [[nodiscard]] TwinsKept& twins() { return twins_; }
  /// Those that hang on no member's own facts, sorted.
  [[nodiscard]] const std::vector<Duty>& others() const { return others_; }

 private:
  [[nodiscard]] Status read_again(store::LaptopStore& store, const store::Touched& touched);
  void put_members(store::DutyMembers& read);
  void add(const store::DutyMember& member);
  void remove(const store::DutyMember& member);
  void count(const store::DutyMember& member, std::uint32_t one);
  void make_others();

  bool is_read_ = false;
  store::DutyFacts facts_;
  DueRules rules_;
  DutySums sums_;
  std::array<DutyList, kDutyGroups> of_members_;
  std::vector<Duty> others_;
  TwinsKept twins_;
};

}  // namespace lianxin::client::view
