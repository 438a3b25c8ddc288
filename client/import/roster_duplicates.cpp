#include "client/import/roster_duplicates.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

#include "client/import/roster_headings.hpp"
#include "shared/domain/likeness.hpp"

namespace lianxin::client::import {
namespace {

/// In a real roster a name comes a few times; a file that is one name over and over must not take an hour.
constexpr std::size_t kSameNameMax = 32;

bool same_birth(const RosterRow& a, const RosterRow& b) {
  const bool same_village = !a.village.empty() && a.village == b.village;
  return domain::is_same_birth(a.value(kTargetBorn), b.value(kTargetBorn), same_village);
}

bool share_phone(const RosterRow& a, const RosterRow& b) {
  return std::any_of(a.phones.begin(), a.phones.end(), [&](const RosterPhone& phone) {
    return std::any_of(b.phones.begin(), b.phones.end(),
                       [&](const RosterPhone& o) { return o.value == phone.value; });
  });
}

class Marker {
 public:
  explicit Marker(std::vector<RosterRow>& rows) : rows_(rows) {}

  void mark(std::size_t index) {
    RosterRow& row = rows_[index];
    const std::string name(row.value(kTargetName));
    const std::string id(row.value(kTargetId));
    if (!id.empty()) {
      const auto [at, is_new] = by_id_.emplace(id, index);
      if (!is_new) mark_same_id(row, at->second, name);
      if (row.duplicate_of) return;
    }
    if (name.empty()) return;
    auto& same_name = by_name_[name];
    for (const std::size_t earlier : same_name)
      mark_same_name(row, earlier, !id.empty());
    if (same_name.size() < kSameNameMax) same_name.push_back(index);
  }

 private:
  void mark_same_id(RosterRow& row, std::size_t earlier, const std::string& name) {
    const std::string_view other = rows_[earlier].value(kTargetName);
    if (other == name) {
      row.duplicate_of = RosterTwin{earlier, "id"};
      return;
    }
    row.possible_twins.push_back({earlier, "id_other_name"});
    if (!row.quarantine.empty()) return;
    row.quarantine = "id_of_other_person";
    row.quarantined_text = row.value(kTargetId);
    std::erase_if(row.values, [](const RosterValue& v) { return v.kind + "." + v.field == kTargetId; });
  }

  void mark_same_name(RosterRow& row, std::size_t earlier, bool has_id) {
    const RosterRow& other = rows_[earlier];
    if (has_id && !other.value(kTargetId).empty()) return;
    if (same_birth(row, other)) {
      row.possible_twins.push_back({earlier, "name_born"});
    } else if (share_phone(row, other)) {
      row.possible_twins.push_back({earlier, "name_phone"});
    }
  }

  std::vector<RosterRow>& rows_;
  std::unordered_map<std::string, std::size_t> by_id_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
};

}  // namespace

void mark_duplicates(std::vector<RosterRow>& rows) {
  Marker marker(rows);
  for (std::size_t i = 0; i < rows.size(); ++i)
    marker.mark(i);
}

}  // namespace lianxin::client::import
