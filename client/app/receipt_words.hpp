#pragma once
// A receipt as the store remembers it (JSON, the form of `lianxinctl sync --json`) and as the sync page says
// it.
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "client/view/sync_view.hpp"
#include "client/view/view_sources.hpp"
#include "sync/laptop/session.hpp"

namespace lianxin::client::app {

[[nodiscard]] nlohmann::json receipt_json(const sync::laptop::Receipt& receipt);
/// The same as the text that is remembered.
[[nodiscard]] std::string receipt_text(const sync::laptop::Receipt& receipt);
/// Remembers the receipt that a file gave (sync::laptop::import_bundle), as of now.
[[nodiscard]] Status remember_receipt_of_file(sync::laptop::Replica& replica, sync::laptop::Receipt receipt,
                                              WallMs now_ms);
/// The text remembered for a sync that broke off.
[[nodiscard]] std::string broken_text(const Error& error);
/// The sync page: what waits, the last receipt, this laptop. What `before` says of a sync that has just ended
/// stays.
[[nodiscard]] Result<view::SyncView> build_sync(const view::ViewSources& sources,
                                                const view::SyncView& before);
/// When it was by the county's clock, where this laptop's was off by more than `kClockToleranceMs`; a sync
/// that broke off has not measured that: it is taken to have been off by `unmeasured_ms`.
[[nodiscard]] WallMs county_time(const store::PastSync& past, std::int64_t unmeasured_ms = 0);
/// The same of a receipt's own times.
[[nodiscard]] WallMs county_time(WallMs at_ms, std::int64_t clock_offset_ms);
/// Now and the last sync by the county's clock, as far as it is known.
struct CountyTimes {
  WallMs now_ms = 0;
  WallMs last_sync_ms = 0;  ///< 0 = never
  std::int64_t clock_offset_ms = 0;
};
[[nodiscard]] Result<CountyTimes> county_times(const view::ViewSources& sources);
/// It ended with a comparison, green or not; else it broke off.
[[nodiscard]] bool is_receipt(const store::PastSync& past);
/// Whether the laptop may be handed back or wiped, and if not, what is missing and what to do.
[[nodiscard]] std::string hand_back_in_words(const view::Wording& wording, const store::StoreStatus& status);
/// "7f3a…c21e".
[[nodiscard]] std::string short_digest(const std::string& hex);

}  // namespace lianxin::client::app
