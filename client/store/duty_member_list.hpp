#pragma once
// The members of the duty facts, by id. Each stays where it is in memory while others come and go: a hundred
// thousand duties point to their members. Part of duty_queries.hpp.
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <vector>

#include "shared/base/id.hpp"

namespace lianxin::client::store {

struct DutyMember;

class DutyMemberList {
 public:
  DutyMemberList() = default;
  DutyMemberList(std::initializer_list<DutyMember> members);
  /// Sorted by id.
  explicit DutyMemberList(std::vector<DutyMember> members);
  DutyMemberList(DutyMemberList&&) noexcept = default;
  DutyMemberList& operator=(DutyMemberList&&) noexcept = default;
  DutyMemberList(const DutyMemberList&) = delete;
  DutyMemberList& operator=(const DutyMemberList&) = delete;
  ~DutyMemberList();

  class Iterator {
   public:
    explicit Iterator(const std::unique_ptr<DutyMember>* at) : at_(at) {}
    const DutyMember& operator*() const { return **at_; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const std::unique_ptr<DutyMember>* at_;
  };
  [[nodiscard]] Iterator begin() const { return Iterator(all_.data()); }
  [[nodiscard]] Iterator end() const { return Iterator(all_.data() + all_.size()); }
  [[nodiscard]] std::size_t size() const { return all_.size(); }
  [[nodiscard]] bool empty() const { return all_.empty(); }
  [[nodiscard]] const DutyMember& front() const { return *all_.front(); }
  [[nodiscard]] DutyMember& operator[](std::size_t at) { return *all_[at]; }

  /// nullptr = not there.
  [[nodiscard]] DutyMember* find(const Id& member) const;
  /// Those that are not there yet, sorted by id.
  void add(std::vector<DutyMember> came);
  /// Sorted; whoever is not there is passed over.
  void remove(const std::vector<Id>& gone);
  void pop_back() { all_.pop_back(); }

 private:
  std::vector<std::unique_ptr<DutyMember>> all_;
};

}  // namespace lianxin::client::store
