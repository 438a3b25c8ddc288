#include "sync/merge/purge.hpp"

#include <algorithm>

namespace lianxin::sync::merge {

std::uint64_t whole_number(const std::vector<PurgeWord>& purges) {
  std::uint64_t number = 0;
  for (const PurgeWord& purge : purges) {
    if (std::find(purge.fields.begin(), purge.fields.end(), kPurgeWhole) != purge.fields.end())
      number = std::max(number, purge.number);
  }
  return number;
}

bool is_attached(const domain::Kind* kind) { return kind != nullptr && kind->name == "attachment"; }

bool purge_change(const change::ChangeBody& body, change::ChangeValues& values,
                  const std::vector<PurgeWord>& purges) {
  std::vector<std::uint16_t> fields;
  for (std::size_t i = 0; i < body.writes.size() && i < values.values.size(); ++i) {
    if (values.values[i].state != change::WriteValue::State::kText) continue;
    const std::uint16_t field = body.writes[i].field;
    const bool is_named = std::any_of(purges.begin(), purges.end(), [&](const PurgeWord& purge) {
      return body.purge_number < purge.number &&
             std::find(purge.fields.begin(), purge.fields.end(), field) != purge.fields.end();
    });
    if (is_named) fields.push_back(field);
  }
  if (fields.empty()) return false;
  change::purge_values(body, values, fields);
  return true;
}

bool purge_heads(ClassState& state, const IsPurged& is_purged) {
  bool changed = false;
  for (auto& [key, reg] : state.registers) {
    for (Head& head : reg.heads) {
      if (head.purged || !head.value || !is_purged(head.id, key.field)) continue;
      head.purged = true;
      head.value.reset();
      changed = true;
    }
  }
  return changed;
}

}  // namespace lianxin::sync::merge
