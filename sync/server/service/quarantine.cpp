// What is kept aside, and the office's word on it (sync.md 3.3).
#include "sync/server/service/administration.hpp"
#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/branches.hpp"
#include "sync/server/service/names.hpp"
#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::size_t kActionMax = 4096;

/// The changes of one action that are kept aside, in order.
Result<std::vector<store::LogRow>> kept_aside(store::Reader& reader, const ChangeId& change) {
  LX_TRY(const auto row, reader.change(change));
  if (!row || row->status != store::ChangeStatus::kQuarantined)
    return fail("quarantine.unknown", {{"change", change.text()}});
  if (row->early) return std::vector<store::LogRow>{*row};
  LX_TRY(auto rows, reader.changes_of(change.replica, row->action, kActionMax));
  std::vector<store::LogRow> kept;
  for (store::LogRow& one : rows) {
    if (one.action != row->action) break;
    if (one.status == store::ChangeStatus::kQuarantined) kept.push_back(std::move(one));
  }
  return kept;
}

Status merge_now(store::Writer& writer, Workspace& workspace, store::LogRow row) {
  LX_TRY(const Branch branch, branch_named(writer, row.id.replica));
  LX_TRY(const change::ChangeBody signed_body, change::decode_body(row.body));
  LX_TRY(const change::ChangeValues values, change::decode_values(row.values, signed_body));
  row.status = store::ChangeStatus::kApplied;
  LX_TRY(const change::ChangeBody body, renamed(writer, signed_body, branch, row.sequence));
  LX_TRY(const bool fits, workspace.has_room(row.record, row.privacy, row.body.size() + row.values.size()));
  if (!fits) return fail("quarantine.too_large", {{"change", row.id.text()}});
  LX_DO(workspace.merge(row, body, values));
  return {};
}

Result<QuarantineEntry> entry_of(store::Reader& reader, const domain::Catalogue& catalogue,
                                 const store::LogRow& row) {
  QuarantineEntry entry;
  entry.change = row.id;
  entry.action = row.action;
  entry.record = row.record;
  const domain::Kind* kind = catalogue.kind(row.kind);
  entry.kind = kind != nullptr ? kind->name : "#" + std::to_string(row.kind);
  LX_TRY(entry.scope, code_of(reader, row.head_scope));
  entry.author = row.author;
  LX_TRY(entry.author_name, worker_name(reader, catalogue, row.author));
  entry.device = row.device;
  entry.reason = row.reason;
  entry.owner = row.owner;
  entry.accepted_ms = row.accepted_ms;
  LX_TRY(const change::ChangeBody body, change::decode_body(row.body));
  for (const change::WriteHead& write : body.writes) {
    const domain::Field* field = kind == nullptr ? nullptr : kind->field(write.field);
    entry.fields.push_back(field != nullptr ? field->name : "#" + std::to_string(write.field));
  }
  return entry;
}

}  // namespace

Result<std::vector<QuarantineEntry>> Administration::quarantine() const {
  LX_TRY(const auto reader, store_->read());
  LX_TRY(const auto rows, reader->quarantined());
  std::vector<QuarantineEntry> entries;
  for (const store::LogRow& row : rows) {
    LX_TRY(QuarantineEntry entry, entry_of(*reader, *catalogue_, row));
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<std::uint64_t> Administration::accept(const ChangeId& change) {
  const WallMs now = clock_->now_ms();
  LX_TRY(const auto writer, store_->write());
  LX_TRY(const auto rows, kept_aside(*writer, change));
  Workspace workspace(*writer, *catalogue_);
  for (const store::LogRow& row : rows) {
    LX_DO(writer->set_change_status(row.id, store::ChangeStatus::kApplied, ""));
    LX_DO(merge_now(*writer, workspace, row));
    LX_DO(writer->append_audit(
        audit_row(now, kByAdministrator, "quarantine.accept", row.record, {{"change", row.id.text()}})));
  }
  LX_DO(workspace.flush());
  LX_DO(writer->commit());
  return static_cast<std::uint64_t>(rows.size());
}

Result<std::uint64_t> Administration::close(const ChangeId& change, std::string_view reason) {
  if (reason.empty()) return fail("quarantine.reason");
  const WallMs now = clock_->now_ms();
  LX_TRY(const auto writer, store_->write());
  LX_TRY(const auto rows, kept_aside(*writer, change));
  for (const store::LogRow& row : rows) {
    LX_DO(writer->set_change_status(row.id, store::ChangeStatus::kClosed, reason));
    LX_DO(writer->append_audit(
        audit_row(now, kByAdministrator, "quarantine.close", row.record, {{"change", row.id.text()}})));
  }
  LX_DO(writer->commit());
  return static_cast<std::uint64_t>(rows.size());
}

}  // namespace lianxin::sync::server
