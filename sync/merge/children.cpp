#include "sync/merge/children.hpp"

#include <algorithm>
#include <tuple>

namespace lianxin::sync::merge {
namespace {

bool names(const Head& head, const ChangeId& id) {
  return std::binary_search(head.group_seen.begin(), head.group_seen.end(), id);
}

bool names_any(const Head& head, const RecordState& child) {
  return std::any_of(child.classes.begin(), child.classes.end(), [&](const auto& owner) {
    const auto& metas = owner.second.metas;
    return std::any_of(metas.begin(), metas.end(), [&](const auto& meta) { return names(head, meta.first); });
  });
}

/// The one that made the record, as long as something of it stands.
std::optional<ChangeId> oldest_head(const RecordState& state) {
  std::optional<std::pair<std::uint64_t, ChangeId>> oldest;
  for (const auto& [privacy, owner] : state.classes) {
    for (const auto& [id, meta] : owner.metas) {
      const std::pair one{meta.hlc, id};
      if (!oldest || one < *oldest) oldest = one;
    }
  }
  return oldest ? std::optional(oldest->second) : std::nullopt;
}

}  // namespace

/// Cleared, or "0", brings the record back (3.5). A reason that was purged still removes.
bool removes(std::uint16_t field, const Head& head) {
  if (field == domain::kFieldDeleted) return head.value == "1";
  return head.purged || (head.value && !head.value->empty());
}

bool has_removal(const RecordState& state) {
  for (const std::uint16_t field : {domain::kFieldDeleted, domain::kFieldVoided}) {
    const Register* marks = state.find(field, "");
    if (marks != nullptr && std::any_of(marks->heads.begin(), marks->heads.end(),
                                        [&](const Head& head) { return removes(field, head); }))
      return true;
  }
  return false;
}

void name_children(std::vector<change::SeenRef>& group_seen, const std::vector<change::SeenRef>& heads) {
  if (group_seen.size() + heads.size() + 1 > change::kSeenMax) return;
  group_seen.push_back({kNamesChildren, std::nullopt});
  group_seen.insert(group_seen.end(), heads.begin(), heads.end());
}

std::optional<Conflict> beside_removal(const RecordState& state, std::uint16_t field,
                                       const RecordState& child) {
  const Register* marks = state.find(field, "");
  const auto made = oldest_head(child);
  if (marks == nullptr || !made) return std::nullopt;
  std::vector<ChangeId> rivals;
  for (const Head& head : marks->heads) {
    if (removes(field, head) && names(head, kNamesChildren) && !names_any(head, child))
      rivals.push_back(head.id);
  }
  if (rivals.empty()) return std::nullopt;
  rivals.push_back(*made);
  std::sort(rivals.begin(), rivals.end());
  const auto marked = std::find_if(state.classes.begin(), state.classes.end(), [&](const auto& owner) {
    return owner.second.registers.find({field, ""}) != owner.second.registers.end();
  });
  return Conflict{ConflictKind::kDelete, {field, child.record.text()}, marked->first, 0, std::move(rivals)};
}

}  // namespace lianxin::sync::merge
