#include "sync/server/service/refilling.hpp"

#include <map>

#include "sync/server/service/purging.hpp"
#include "sync/server/service/rebuilding.hpp"

namespace lianxin::sync::server {
namespace {

/// Everything that is kept is sent as well, and something that is purged here.
bool has_more_values(const change::ChangeValues& sent, const change::ChangeValues& kept) {
  bool more = false;
  for (std::size_t i = 0; i < sent.values.size(); ++i) {
    const bool is_sent = sent.values[i].state != change::WriteValue::State::kPurged;
    const bool is_kept = kept.values[i].state != change::WriteValue::State::kPurged;
    if (is_kept && !is_sent) return false;
    more = more || (is_sent && !is_kept);
  }
  return more;
}

}  // namespace

Status fill_values(store::Writer& writer, Workspace& workspace, const wire::ExchangeRequest& request,
                   const store::ReplicaRow& known) {
  LX_TRY(const auto rows, writer.changes_of(known.replica, request.first, request.changes.size()));
  std::map<Id, ChangeId> filled;
  for (const store::LogRow& row : rows) {
    const std::uint64_t at = row.id.counter - request.first;
    if (at >= request.changes.size() || request.changes[at].values == row.values) continue;
    LX_TRY(const change::ChangeBody body, change::decode_body(row.body));
    LX_TRY(const change::ChangeValues kept, change::decode_values(row.values, body));
    LX_TRY(change::ChangeValues sent, change::decode_values(request.changes[at].values, body));
    LX_TRY(const bool lost_again, drop_purged(writer, body, sent));
    (void)lost_again;
    if (!has_more_values(sent, kept)) continue;
    LX_DO(writer.lock({}, {row.record}));
    LX_DO(writer.set_change_values(row.id, change::encode_values(sent)));
    filled[row.record] = row.id;
  }
  for (const auto& [record, cause] : filled) {
    LX_TRY(const auto row, writer.record(record));
    if (!row) continue;
    LX_TRY(auto states, Rebuilder(writer).states_of(*row));
    LX_DO(workspace.remake(record, std::move(states), cause));
  }
  return {};
}

}  // namespace lianxin::sync::server
