// Records: counts for the status line.
#include "client/store/action.hpp"
#include "client/store/clock_offset.hpp"
#include "client/store/erasure.hpp"
#include "client/store/journal_tail.hpp"
#include "client/store/pictures.hpp"
#include "client/store/purging.hpp"
#include "shared/base/file.hpp"
#include "shared/base/text.hpp"
#include "shared/store/each_row.hpp"
#include "sync/merge/dump_line.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;

namespace {

Result<std::uint64_t> count(RecordsImpl& records, std::string_view sql) {
  auto select = records.database().prepare(sql);
  LX_TRY(const bool found, select.step());
  return found ? select.natural(0) : std::uint64_t{0};
}

Result<std::string> text_of(RecordsImpl& records, std::string_view name) {
  LX_TRY(const auto text, records.meta().bytes(name));
  return text.value_or("");
}

/// Reading makes entries of the audit: they wait as well, and are told apart, so that looking is not work.
Status add_unsent(RecordsImpl& records, StoreStatus& status) {
  const domain::Kind* audit = records.catalogue().kind("audit_entry");
  const std::int64_t audit_number = audit == nullptr ? -1 : audit->wire;
  {
    auto select = records.database().prepare(
        "SELECT count(*), coalesce(sum(length(body) + coalesce(length(vals), 0)), 0), "
        "coalesce(sum(kind = ?), 0) FROM unsent");
    LX_TRY(const bool found, select.bind(1, audit_number).step());
    if (found) {
      status.unsent_audit = select.natural(2);
      status.unsent = select.natural(0) - status.unsent_audit;
      status.unsent_bytes = select.natural(1);
    }
  }
  auto kinds = records.database().prepare(
      "SELECT kind, count(*) FROM unsent WHERE counter = action AND kind <> ? GROUP BY kind");
  kinds.bind(1, audit_number);
  return each_row(kinds, [&] {
    const auto kind = static_cast<std::uint16_t>(kinds.integer(0));
    status.unsent_kinds[merge::dump_kind(records.catalogue(), kind)] = kinds.natural(1);
  });
}

}  // namespace

Result<std::vector<HeldScope>> Records::scopes() { return impl_.held(); }

Result<std::map<std::string, std::uint64_t>> Records::counts() {
  std::map<std::string, std::uint64_t> out;
  auto kinds =
      impl_.database().prepare("SELECT kind, count(*) FROM record WHERE flags & 2 = 0 GROUP BY kind");
  LX_DO(each_row(kinds, [&] {
    const auto kind = static_cast<std::uint16_t>(kinds.integer(0));
    out[merge::dump_kind(impl_.catalogue(), kind)] = kinds.natural(1);
  }));
  return out;
}

Result<StoreStatus> Records::status() {
  StoreStatus status;
  LX_TRY(const OwnState own, impl_.own());
  status.replica = own.end.replica;
  status.worker = own.worker;
  LX_TRY(status.clock_offset_ms, clock_offset_now(impl_.database(), impl_.clock().now_ms()));
  LX_TRY(status.worker_name, text_of(impl_, kMetaWorkerName));
  LX_TRY(status.server_name, text_of(impl_, kMetaServerName));
  LX_TRY(const auto held, impl_.held());
  for (const HeldScope& scope : held) {
    if (!scope.scope.is_nil()) status.scopes.push_back(scope);
  }
  LX_DO(add_unsent(impl_, status));
  LX_TRY(status.waiting,
         count(impl_, "SELECT count(*) FROM record WHERE flags & 60 != 0 AND flags & 8 != 0"));
  LX_TRY(status.conflicts, count(impl_, "SELECT count(*) FROM conflict"));
  LX_TRY(status.quarantined, count(impl_,
                                   "SELECT count(*) FROM change INDEXED BY change_not_applied WHERE status "
                                   "<> 0 AND status = 1 AND hash IS NOT NULL"));
  LX_TRY(status.from_peers, count(impl_, "SELECT count(*) FROM peer_change"));
  LX_TRY(status.leaving,
         count(impl_, "SELECT count(*) FROM record WHERE flags & 60 != 0 AND flags & 32 != 0"));
  LX_TRY(status.drafts, count(impl_, "SELECT count(*) FROM draft"));
  LX_TRY(const auto pictures, count_unsent_pictures(impl_.database()));
  status.unsent_pictures = pictures.pictures;
  status.unsent_picture_bytes = pictures.bytes;
  LX_TRY(status.sealed, Erasure(impl_.database()).kept());
  LX_TRY(const auto last, impl_.meta().integer(kMetaLastSync));
  LX_TRY(const auto complete, impl_.meta().integer(kMetaLastSyncComplete));
  status.last_sync_ms = last.value_or(0);
  status.last_sync_complete = complete.value_or(0) != 0;
  status.copies = impl_.tail().copies();
  LX_TRY(const auto unasked, impl_.meta().integer(kMetaPurgesUnasked));
  status.purges_unasked = unasked.value_or(0) != 0;
  LX_TRY(const auto aside, impl_.meta().bytes(kMetaJournalsAside));
  if (aside && !aside->empty()) {
    status.journals_aside = split(*aside, '\n');
    std::erase_if(status.journals_aside, [](const std::string& file) { return !is_there(file); });
  }
  return status;
}

}  // namespace lianxin::client::store
