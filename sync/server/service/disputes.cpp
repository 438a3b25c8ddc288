#include "sync/server/service/disputes.hpp"

#include <algorithm>

#include "sync/merge/merge.hpp"
#include "sync/server/service/names.hpp"
#include "sync/server/service/own_fields.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::size_t kPurgesAtOnce = 1000;

WallMs youngest(const merge::RecordState& state, const merge::Conflict& conflict) {
  WallMs since = 0;
  for (const ChangeId& head : conflict.heads) {
    const merge::HeadMeta* meta = state.meta(head);
    if (meta != nullptr) since = std::max(since, meta->effective_ms);
  }
  return since;
}

}  // namespace

Status Disputes::refresh(store::Reader& reader) {
  std::set<Id> touched;
  LX_TRY(domain::Catalogue catalogue, county_catalogue(reader, *base_));
  if (catalogue.digest() != catalogue_.digest()) {
    catalogue_ = std::move(catalogue);
    read_to_.clear();
  }
  std::map<store::FeedKey, std::uint64_t> read_to = read_to_;
  LX_TRY(const auto heads, reader.feed_heads());
  for (const store::FeedHead& head : heads) {
    std::uint64_t& position = read_to[head.key];
    // A worker's view holds nothing that the whole does not.
    if (!head.key.audience.is_nil() || head.position <= position) continue;
    LX_TRY(const auto marks, reader.feed_marks(head.key, position));
    for (const store::FeedMark& mark : marks)
      touched.insert(mark.record);
    position = head.position;
  }
  std::uint64_t purges = purges_;
  for (;;) {
    LX_TRY(const auto rows, reader.purges(purges, kPurgesAtOnce));
    if (rows.empty()) break;
    for (const store::PurgeRow& row : rows)
      touched.insert(row.record);
    purges = rows.back().sequence;
  }
  LX_DO(judge(reader, touched));
  read_to_ = std::move(read_to);
  purges_ = purges;
  return {};
}

Status Disputes::judge(store::Reader& reader, const std::set<Id>& touched) {
  for (const Id& id : touched) {
    records_.erase(id);
    LX_TRY(const auto row, reader.record(id));
    if (!row) continue;
    LX_TRY(const merge::RecordState state, state_for(reader, *row, Id{}));
    const auto found = merge::conflicts(state, catalogue_);
    if (found.empty()) continue;
    DisputedRecord& record = records_[id];
    record.kind = row->kind;
    record.scopes = row->scopes;
    for (const merge::Conflict& conflict : found)
      record.disputes.push_back({conflict.key.field, conflict.privacy, youngest(state, conflict)});
  }
  return {};
}

}  // namespace lianxin::sync::server
