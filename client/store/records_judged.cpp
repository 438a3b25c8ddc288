// What an older program kept otherwise than this one would is made anew, once, at the first opening.
#include "client/store/records_impl.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

/// Once, of entries that an older program kept without looking at who approved them.
Status RecordsImpl::judge_approvals() {
  constexpr std::string_view kMetaJudged = "approvals_judged";
  LX_TRY(const auto judged, meta_.integer(kMetaJudged));
  const domain::Kind* kind = catalogue_->kind("points_entry");
  if (judged || kind == nullptr) return {};
  LX_DO(store_again("SELECT id FROM record WHERE kind = " + std::to_string(kind->wire)));
  return meta_.set(kMetaJudged, std::int64_t{1});
}

/// Once, of disputes over fields of a group that an older program kept although all rivals were purged.
Status RecordsImpl::judge_purged_groups() {
  constexpr std::string_view kMetaJudged = "purged_groups_judged";
  LX_TRY(const auto judged, meta_.integer(kMetaJudged));
  if (judged) return {};
  LX_DO(store_again("SELECT DISTINCT record FROM conflict"));
  return meta_.set(kMetaJudged, std::int64_t{1});
}

/// Once, of records of which an older program listed nothing but that they are there.
Status RecordsImpl::judge_unapplied() {
  constexpr std::string_view kMetaJudged = "unapplied_judged";
  LX_TRY(const auto judged, meta_.integer(kMetaJudged));
  if (judged) return {};
  LX_DO(store_again(
      "SELECT id FROM record WHERE flags & 24 <> 0 UNION SELECT r.id FROM change c JOIN record r ON r.id = "
      "c.record WHERE c.status <> 0"));
  static_assert((kWaiting | kQuarantined) == 24);
  return meta_.set(kMetaJudged, std::int64_t{1});
}

/// Flags, conflicts and rows of these anew.
Status RecordsImpl::store_again(std::string_view ids_sql) {
  std::vector<Id> ids;
  {
    auto select = database_.prepare(ids_sql);
    LX_DO(each_row(select, [&] { ids.push_back(select.id(0)); }));
  }
  for (const Id& id : ids) {
    LX_TRY(RecordBox box, load(id));
    LX_DO(store(box));
  }
  return {};
}

/// Once, of parcels that an older program kept without looking at their numbers.
Status RecordsImpl::look_for_tracking() {
  constexpr std::string_view kMetaTracked = "tracking_read";
  LX_TRY(const auto read, meta_.integer(kMetaTracked));
  const domain::Kind* kind = catalogue_->kind("delivery");
  if (read || kind == nullptr) return {};
  auto todo = database_.prepare("INSERT OR IGNORE INTO twin_todo SELECT id FROM record WHERE kind = ?");
  LX_DO(todo.bind(1, int{kind->wire}).run());
  return meta_.set(kMetaTracked, std::int64_t{1});
}

}  // namespace lianxin::client::store
