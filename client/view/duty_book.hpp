#pragma once
// The duties of everybody, remembered. What a member's duties follow from is read once for all, and then
// again for whom something was written (store/touched.hpp), so that a page does not read everybody's visits.
// A county of 100,000 members takes seconds, so whenever more persons than some hundred are to be read (at
// first, on another day, after a change of the county's parameters or of workers, after a sync of thousands)
// they wait, and are read in slices between other work; until then the book says that it is not whole. Store
// thread.
#include <array>
#include <bitset>
#include <optional>
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
  std::uint32_t to_contact = 0;  ///< mobile, as figure 20 counts them
  std::uint32_t contacted = 0;   ///< of them, reached themselves within the interval
  std::uint32_t in_care = 0;
  std::uint32_t visited = 0;  ///< of them, for the open festival
  bool operator==(const DutySums&) const = default;
};

class DutyBook {
 public:
  /// Persons that are read at once, in some 30 ms.
  static constexpr std::size_t kAtOnce = 200;
  explicit DutyBook(std::size_t at_once = kAtOnce) : at_once_(at_once) {}
  DutyBook(DutyBook&&) = default;
  DutyBook& operator=(DutyBook&&) = default;
  DutyBook(const DutyBook&) = delete;  // duties point to their members
  DutyBook& operator=(const DutyBook&) = delete;
  ~DutyBook() = default;
  /// As the store is now, but for those who wait; the only one that asks it what was touched.
  [[nodiscard]] Status follow(store::LaptopStore& store, const Date& today);
  /// Reads at most so many of those who wait, then part after part of what hangs on no member; true = there
  /// is more. The next `follow` makes them seen.
  [[nodiscard]] Result<bool> read_some(store::LaptopStore& store, std::size_t persons = kAtOnce);
  /// Nobody waits: what is counted is final.
  [[nodiscard]] bool is_whole() const { return waiting_.empty() && !read_to_ && waiting_parts_.none(); }
  /// Persons who wait, about; not 0 before the book is whole.
  [[nodiscard]] std::size_t waiting() const;
  /// Everything from the beginning, and nothing remembered before.
  [[nodiscard]] Status read(store::LaptopStore& store, const Date& today);

  [[nodiscard]] const store::DutyFacts& facts() const { return facts_; }
  [[nodiscard]] const DueRules& rules() const { return rules_; }
  [[nodiscard]] const DutySums& sums() const { return sums_; }
  /// What members' own facts ask for, and their parcels.
  [[nodiscard]] const DutyList& of_members(DutyGroup group) const {
    return of_members_[static_cast<std::size_t>(group)];
  }
  /// Pairs that may be one, remembered beside.
  [[nodiscard]] TwinsKept& twins() { return twins_; }
  /// Those that hang on no member's own facts, sorted; while some wait, none of members who are not read, and
  /// at first none at all.
  [[nodiscard]] const std::vector<Duty>& others() const { return others_; }

 private:
  using Parts = std::bitset<store::kOtherFacts>;
  [[nodiscard]] static Parts parts_of(const store::Touched& touched, bool member_stays);
  [[nodiscard]] Status read_part(store::LaptopStore& store, std::size_t part);
  [[nodiscard]] Status begin(store::LaptopStore& store, const Date& today);
  [[nodiscard]] Status take(store::LaptopStore& store, const store::Touched& touched);
  [[nodiscard]] Result<std::vector<Id>> next_of(store::LaptopStore& store, std::size_t persons);
  [[nodiscard]] bool is_waiting(const Id& member) const;
  [[nodiscard]] Status read_again(store::LaptopStore& store, const std::vector<Id>& subjects);
  void put_members(store::DutyMembers& read);
  void add(const store::DutyMember& member);
  void remove(const store::DutyMember& member);
  void count(const store::DutyMember& member, std::uint32_t one);
  /// Of the parcels of these persons, or of all.
  void add_parcels(const std::vector<Id>* persons = nullptr);
  void remove_parcels(const std::vector<Id>* persons = nullptr);
  void make_others();

  std::size_t at_once_;
  bool is_read_ = false;
  std::set<Id> waiting_;       ///< members, and records that hang on members
  std::optional<Id> read_to_;  ///< whoever has a greater id waits; nullopt = nobody for that
  std::size_t unread_ = 0;     ///< how many those are, about
  Parts waiting_parts_;        ///< what hangs on no member is read when the members are
  bool others_stale_ = false;  ///< `others_` may point to members who are gone
  store::DutyFacts facts_;
  DueRules rules_;
  DutySums sums_;
  std::array<DutyList, kDutyGroups> of_members_;
  std::vector<Duty> others_;
  TwinsKept twins_;
};

}  // namespace lianxin::client::view
