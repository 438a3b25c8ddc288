#include "client/store/told.hpp"

#include <algorithm>

#include "client/store/purging.hpp"
#include "shared/base/hash.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;
namespace change = sync::change;

namespace {

bool has_head(const merge::Register& reg, const ChangeId& id) {
  return std::any_of(reg.heads.begin(), reg.heads.end(),
                     [&](const merge::Head& head) { return head.id == id; });
}

bool had_rivals(const merge::Register& reg) {
  return std::any_of(reg.heads.begin(), reg.heads.end(),
                     [&](const merge::Head& head) { return head.value != reg.heads.front().value; });
}

/// One register on its two sides.
struct Pair {
  const merge::RecordState& state;  ///< after
  const merge::RegisterKey& key;
  const merge::Register& before;
  const merge::ClassState& owner_before;
  const merge::Register& after;
  const merge::ClassState& owner_after;
};

bool decided(const Pair& pair, const merge::Shown& now, const merge::Head& mine, domain::Policy policy) {
  if (has_head(pair.after, mine.id)) {
    if (policy != domain::Policy::kLatest) return false;
    return merge::shown(pair.before, policy, pair.owner_before).head == mine.id;
  }
  const auto meta = pair.owner_after.metas.find(now.head);
  const bool resolved =
      meta != pair.owner_after.metas.end() && meta->second.cause.kind == change::CauseKind::kResolve;
  return resolved || had_rivals(pair.before) || policy == domain::Policy::kLatest;
}

Status note(RecordsImpl& records, const Pair& pair, const merge::Head& mine, const merge::Shown& now) {
  const merge::HeadMeta& by = pair.owner_after.metas.at(now.head);
  LX_TRY(const auto deciding, records.log().find(now.head));
  constexpr std::size_t kHexDigits = 16;
  const std::string id = hash256(pair.key.element + "/" + std::to_string(pair.key.field) + "/" +
                                 mine.id.text() + "/" + now.head.text())
                             .hex()
                             .substr(0, kHexDigits);
  auto insert = records.database().prepare(
      "INSERT INTO told VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
  insert.bind_text(1, id)
      .bind(2, pair.state.record)
      .bind(3, int{pair.key.field})
      .bind_text(4, pair.key.element);
  insert.bind_text_or_null(5, mine.value).bind(6, now.head.replica.number).bind(7, now.head.counter);
  insert.bind(8, by.author).bind(9, by.effective_ms);
  return insert.bind_text(10, deciding ? note_of(*deciding) : std::string()).run();
}

/// What a purge has taken is not told with its value: the base may still have it, until the feed brings the
/// base without it.
Result<bool> is_purged(RecordsImpl& records, const Id& record, const ChangeId& head, std::uint16_t field) {
  LX_TRY(const auto purges, purges_of(records.database(), record));
  if (purges.empty()) return false;
  LX_TRY(const auto change, records.log().find(head));
  const std::uint64_t number = change ? change->body.purge_number : 0;
  return std::any_of(purges.begin(), purges.end(), [&](const merge::PurgeWord& purge) {
    return purge.number > number &&
           std::find(purge.fields.begin(), purge.fields.end(), field) != purge.fields.end();
  });
}

Status compare(RecordsImpl& records, const Pair& pair, const Id& worker) {
  const domain::Policy policy = merge::policy_of(records.catalogue(), pair.state.kind, pair.key.field);
  const merge::Shown now = merge::shown(pair.after, policy, pair.owner_after);
  const auto by = pair.owner_after.metas.find(now.head);
  if (by == pair.owner_after.metas.end() || by->second.author == worker) return {};
  for (const merge::Head& mine : pair.before.heads) {
    const auto meta = pair.owner_before.metas.find(mine.id);
    const bool is_mine = meta != pair.owner_before.metas.end() && meta->second.author == worker;
    if (!is_mine || mine.value == now.value || !decided(pair, now, mine, policy)) continue;
    LX_TRY(const bool is_gone, is_purged(records, pair.state.record, mine.id, pair.key.field));
    if (!is_gone) LX_DO(note(records, pair, mine, now));
  }
  return {};
}

}  // namespace

std::string note_of(const LoggedChange& row) {
  for (std::size_t i = 0; row.values && i < row.body.writes.size(); ++i) {
    if (row.body.writes[i].field == domain::kFieldDecided) return row.values->values[i].value().value_or("");
  }
  return row.body.note;
}

Status note_losses(RecordsImpl& records, const Id& worker, const merge::ClassState& before,
                   const merge::RecordState& after, std::uint8_t privacy) {
  const auto now = after.classes.find(privacy);
  if (now == after.classes.end() || before.empty()) return {};
  for (const auto& [key, reg] : before.registers) {
    if (reg.heads.empty()) continue;
    const auto same = now->second.registers.find(key);
    if (same == now->second.registers.end() || same->second == reg) continue;
    const bool counts = key.field >= domain::kFirstKindField &&
                        merge::policy_of(records.catalogue(), after.kind, key.field) != domain::Policy::kBoth;
    if (!counts) continue;
    LX_DO(compare(records, {after, key, reg, before, same->second, now->second}, worker));
  }
  return {};
}

}  // namespace lianxin::client::store
