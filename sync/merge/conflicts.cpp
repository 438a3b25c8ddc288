// Which registers, groups and deletions wait for a person (sync.md 3.4, 3.5).
#include <algorithm>
#include <charconv>
#include <set>

#include "sync/merge/children.hpp"

namespace lianxin::sync::merge {
namespace {

bool knows(const Head& head, const ChangeId& id) {
  return head.id == id || std::binary_search(head.group_seen.begin(), head.group_seen.end(), id);
}

struct GroupHead {
  std::uint16_t field = 0;
  const Head* head = nullptr;
};

/// Heads of a group's fields, and the "looked at" marks of that group.
struct Group {
  std::vector<GroupHead> heads;
  std::vector<const Head*> marks;
};

/// Element of a "looked at" mark: the group's number. 0 = no group.
std::uint8_t group_named(const std::string& element) {
  std::uint8_t number = 0;
  const char* end = element.data() + element.size();
  const auto [rest, error] = std::from_chars(element.data(), end, number);
  return error == std::errc{} && rest == end ? number : std::uint8_t{0};
}

bool is_settled_pair(const Group& group, const Head& a, const Head& b) {
  if (knows(a, b.id) || knows(b, a.id)) return true;
  const auto has_both = [&](const Head& later) { return knows(later, a.id) && knows(later, b.id); };
  return std::any_of(group.heads.begin(), group.heads.end(),
                     [&](const GroupHead& g) { return has_both(*g.head); }) ||
         std::any_of(group.marks.begin(), group.marks.end(),
                     [&](const Head* mark) { return has_both(*mark); });
}

/// Of two that a purge took nothing is left to look at. What their writers had seen still counts.
std::set<ChangeId> rivals_in(const Group& group) {
  std::set<ChangeId> rivals;
  for (std::size_t i = 0; i < group.heads.size(); ++i) {
    for (std::size_t k = i + 1; k < group.heads.size(); ++k) {
      const GroupHead& a = group.heads[i];
      const GroupHead& b = group.heads[k];
      if (a.field == b.field || (a.head->purged && b.head->purged)) continue;
      if (is_settled_pair(group, *a.head, *b.head)) continue;
      rivals.insert(a.head->id);
      rivals.insert(b.head->id);
    }
  }
  return rivals;
}

void add_group_conflicts(const domain::Kind& kind, std::uint8_t privacy, const ClassState& owner,
                         std::vector<Conflict>& out) {
  const bool has_groups = std::any_of(kind.fields.begin(), kind.fields.end(),
                                      [](const domain::Field& field) { return field.group != 0; });
  if (!has_groups) return;
  std::map<std::uint8_t, Group> groups;
  std::map<std::uint8_t, std::uint16_t> lowest;
  for (const auto& [key, reg] : owner.registers) {
    if (key.field == domain::kFieldLookedAt) {
      for (const Head& head : reg.heads)
        groups[group_named(key.element)].marks.push_back(&head);
      continue;
    }
    const domain::Field* field = kind.field(key.field);
    if (field == nullptr || field->group == 0) continue;
    for (const Head& head : reg.heads)
      groups[field->group].heads.push_back({key.field, &head});
    lowest.emplace(field->group, key.field);
  }
  for (const auto& [number, group] : groups) {
    const std::set<ChangeId> rivals = rivals_in(group);
    if (rivals.empty()) continue;
    out.push_back(
        {ConflictKind::kGroup, {lowest.at(number), ""}, privacy, number, {rivals.begin(), rivals.end()}});
  }
}

/// Heads beside the deletion: neither knew of the other.
void add_delete_conflict(const RecordState& state, std::uint16_t field, std::vector<Conflict>& out) {
  const auto marked = std::find_if(state.classes.begin(), state.classes.end(), [&](const auto& owner) {
    return owner.second.registers.find({field, ""}) != owner.second.registers.end();
  });
  if (marked == state.classes.end()) return;
  std::set<ChangeId> rivals;
  for (const Head& removal : marked->second.registers.find({field, ""})->second.heads) {
    if (!removes(field, removal)) continue;
    const RemovalNames names(marked->second, removal);
    for (const auto& [privacy, owner] : state.classes) {
      for (const auto& [key, other] : owner.registers) {
        if (key.field < domain::kFirstKindField) continue;
        for (const Head& head : other.heads) {
          const bool is_shown = head.id == removal.id || names.has(head.id);
          if (!is_shown && !knows(head, removal.id)) rivals.insert({head.id, removal.id});
        }
      }
    }
  }
  if (!rivals.empty())
    out.push_back({ConflictKind::kDelete, {field, ""}, marked->first, 0, {rivals.begin(), rivals.end()}});
}

}  // namespace

std::vector<Conflict> conflicts(const RecordState& state, const domain::Catalogue& catalogue) {
  std::vector<Conflict> out;
  const domain::Kind* kind = catalogue.kind(state.kind);
  for (const auto& [privacy, owner] : state.classes) {
    for (const auto& [key, reg] : owner.registers) {
      if (reg.heads.size() < 2) continue;
      if (!shown(reg, policy_of(catalogue, state.kind, key.field), owner).in_dispute) continue;
      Conflict conflict{ConflictKind::kValues, key, privacy, 0, {}};
      for (const Head& head : reg.heads)
        conflict.heads.push_back(head.id);
      out.push_back(std::move(conflict));
    }
    if (kind != nullptr) add_group_conflicts(*kind, privacy, owner, out);
  }
  add_delete_conflict(state, domain::kFieldDeleted, out);
  add_delete_conflict(state, domain::kFieldVoided, out);
  return out;
}

}  // namespace lianxin::sync::merge
