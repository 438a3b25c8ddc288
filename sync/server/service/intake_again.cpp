// Intake: what was held back is judged again. After a restore laptops come in any order (sync.md 7.1, 12):
// one that was handed a record may come before the change that hands it over.
#include <algorithm>
#include <set>

#include "sync/server/service/intake.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::size_t kActionMax = 4096;
constexpr std::string_view kReason = "scope";

bool is_held_back(const store::LogRow& row) {
  return row.status == store::ChangeStatus::kQuarantined && row.reason == kReason && !row.early;
}

}  // namespace

Status Intake::judge_again(const std::vector<Id>& records, const County& county) {
  if (records.empty() || county.epoch <= kEpochFirst) return {};
  LX_TRY(const WallMs since_ms, restored_ms(writer_, county));
  std::set<ChangeId> actions;
  for (const Id& record : records) {
    LX_TRY(const auto rows, writer_.changes_of_record(record));
    for (const store::LogRow& row : rows) {
      if (is_held_back(row) && row.accepted_ms >= since_ms) actions.insert({row.id.replica, row.action});
    }
  }
  if (actions.empty()) return {};
  for (const ChangeId& action : actions)
    LX_DO(judge_action(action));
  return workspace_.flush();
}

/// All of the action, or nothing of it (5.4).
Status Intake::judge_action(const ChangeId& first) {
  LX_TRY(auto rows, writer_.changes_of(first.replica, first.counter, kActionMax));
  std::erase_if(rows, [&](const store::LogRow& row) { return row.action != first.counter; });
  if (!std::all_of(rows.begin(), rows.end(), is_held_back)) return {};
  LX_TRY(const Branch branch, branch_named(writer_, first.replica));
  std::vector<std::pair<change::ChangeBody, change::ChangeValues>> all;
  for (const store::LogRow& row : rows) {
    LX_TRY(const auto device, writer_.device(row.device));
    if (!device) return {};
    LX_TRY(access_, access_of(writer_, device->worker, Date::of(now_ms_)));
    good_faith_.emplace(writer_, device->id, device->worker, now_ms_);
    change::Change change;
    LX_TRY(change.body, change::decode_body(row.body));
    LX_TRY(change.values, change::decode_values(row.values, change.body));
    change.body_bytes = row.body;
    LX_TRY(change::ChangeBody body, renamed(writer_, change.body, branch, row.sequence));
    LX_TRY(const Judgement judgement, judge(*device, change, body));
    if (judgement.status != store::ChangeStatus::kApplied) return {};
    all.emplace_back(std::move(body), std::move(change.values));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].status = store::ChangeStatus::kApplied;
    rows[i].reason.clear();
    LX_DO(writer_.set_change_status(rows[i].id, rows[i].status, ""));
    LX_TRY(const Merged merged, workspace_.merge(rows[i], all[i].first, all[i].second));
    (void)merged;
  }
  return {};
}

}  // namespace lianxin::sync::server
