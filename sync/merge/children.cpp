#include "sync/merge/children.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace lianxin::sync::merge {
namespace {

constexpr std::string_view kNamingElement = "below_";
constexpr std::array kMarks{domain::kFieldDeleted, domain::kFieldVoided};

bool has_any(const RemovalNames& names, const RecordState& child) {
  return std::any_of(child.classes.begin(), child.classes.end(), [&](const auto& owner) {
    const auto& metas = owner.second.metas;
    return std::any_of(metas.begin(), metas.end(), [&](const auto& meta) { return names.has(meta.first); });
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

bool is_removed(const RecordState& state) {
  return std::any_of(state.classes.begin(), state.classes.end(), [](const auto& one) {
    const ClassState& owner = one.second;  // marks stand in the kind's least private class
    return std::any_of(kMarks.begin(), kMarks.end(), [&](std::uint16_t mark) {
      const auto reg = owner.registers.find({mark, ""});
      if (reg == owner.registers.end() || reg->second.heads.empty()) return false;
      const Shown is = shown(reg->second, domain::Policy::kReview, owner);
      return removes(mark, {is.head, is.value, is.purged, {}});
    });
  });
}

std::vector<std::vector<change::SeenRef>> name_children(std::vector<change::SeenRef>& group_seen,
                                                        const std::vector<change::SeenRef>& below) {
  std::vector<change::SeenRef> all = std::move(group_seen);
  all.insert(all.end(), below.begin(), below.end());
  const auto is_same = [](const change::SeenRef& a, const change::SeenRef& b) { return a.id == b.id; };
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end(), is_same), all.end());
  all.insert(all.begin(), {kNamesChildren, std::nullopt});  // no replica has its number
  std::vector<std::vector<change::SeenRef>> pieces;
  for (std::size_t from = 0; from < all.size() && pieces.size() <= kNamingMarksMax;
       from += change::kSeenMax) {
    const std::size_t to = std::min(all.size(), from + change::kSeenMax);
    pieces.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(from),
                        all.begin() + static_cast<std::ptrdiff_t>(to));
  }
  group_seen = std::move(pieces.front());
  pieces.erase(pieces.begin());
  return pieces;
}

std::string naming_element(std::size_t piece) { return std::string(kNamingElement) + std::to_string(piece); }

bool is_naming(std::uint16_t field, std::string_view element) {
  return field == domain::kFieldLookedAt && element.starts_with(kNamingElement);
}

RemovalNames::RemovalNames(const ClassState& owner, const Head& removal) : by_{&removal} {
  for (auto at = owner.registers.lower_bound({domain::kFieldLookedAt, std::string(kNamingElement)});
       at != owner.registers.end() && is_naming(at->first.field, at->first.element); ++at) {
    for (const Head& mark : at->second.heads) {
      if (mark.id == removal.id) by_.push_back(&mark);
    }
  }
}

bool RemovalNames::has(const ChangeId& id) const {
  return std::any_of(by_.begin(), by_.end(), [&](const Head* head) {
    return std::binary_search(head->group_seen.begin(), head->group_seen.end(), id);
  });
}

std::optional<Conflict> beside_removal(const RecordState& state, std::uint16_t field,
                                       const RecordState& child) {
  const auto marked = std::find_if(state.classes.begin(), state.classes.end(), [&](const auto& owner) {
    return owner.second.registers.find({field, ""}) != owner.second.registers.end();
  });
  const auto made = oldest_head(child);
  if (marked == state.classes.end() || !made) return std::nullopt;
  std::vector<ChangeId> rivals;
  for (const Head& head : marked->second.registers.find({field, ""})->second.heads) {
    if (!removes(field, head)) continue;
    const RemovalNames names(marked->second, head);
    if (names.has(kNamesChildren) && !has_any(names, child)) rivals.push_back(head.id);
  }
  if (rivals.empty()) return std::nullopt;
  rivals.push_back(*made);
  std::sort(rivals.begin(), rivals.end());
  return Conflict{ConflictKind::kDelete, {field, child.record.text()}, marked->first, 0, std::move(rivals)};
}

}  // namespace lianxin::sync::merge
