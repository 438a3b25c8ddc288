// What hangs on a record that is removed, and was not there before the eyes of who removed it (sync.md 3.5).
#include "client/store/records_impl.hpp"
#include "sync/merge/children.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;

Result<std::vector<merge::Conflict>> RecordsImpl::conflicts_of(const merge::RecordState& shown,
                                                               std::uint32_t flags) {
  std::vector<merge::Conflict> out = merge::conflicts(shown, *catalogue_);
  if ((flags & (kVoided | kDeleted)) == 0) return out;
  LX_TRY(const std::vector<Id> children, children_of(shown.record));
  for (const Id& child : children) {
    LX_TRY(const RecordBox below, load(child));
    if ((below.flags & (kVoided | kDeleted)) != 0) continue;
    for (const std::uint16_t field : {domain::kFieldDeleted, domain::kFieldVoided}) {
      auto conflict = merge::beside_removal(shown, field, below.shown);
      if (conflict) out.push_back(std::move(*conflict));
    }
  }
  return out;
}

Result<Seen> RecordsImpl::heads_below(const Id& record) {
  Seen out;
  LX_TRY(const std::vector<Id> children, children_of(record));
  for (const Id& child : children) {
    LX_TRY(const RecordBox below, load(child));
    const Seen heads = merge::all_heads_of(below.shown);
    out.insert(out.end(), heads.begin(), heads.end());
  }
  return out;
}

/// What hangs on it has changed: a removed record may stand in conflict now, or no longer.
Status RecordsImpl::look_again(const Id& record) {
  if (record.is_nil()) return {};
  {
    auto removed = database_.prepare("SELECT 1 FROM record WHERE id = ? AND flags & 3 != 0");
    LX_TRY(const bool found, removed.bind(1, record).step());
    if (!found) return {};
  }
  LX_TRY(RecordBox box, load(record));
  const bool was_in_dispute = (box.flags & kInDispute) != 0;
  LX_TRY(box.flags, flags_of(box));
  if (!was_in_dispute && (box.flags & kInDispute) == 0) return {};
  LX_DO(write_record_row(box));
  LX_TRY(const RowChange change, tables_.write({box.row.number, box.shown, box.scope, box.flags}, true));
  (void)change;
  return write_conflicts(box, was_in_dispute);
}

}  // namespace lianxin::client::store
