#pragma once
// Builds TodayView (today_view.hpp). Store thread.
#include "client/view/today_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

class DutyBook;

/// At most 500 due rows of each group, what presses first. `duties` is remembered from one look to the next;
/// null = everything is read.
[[nodiscard]] Result<TodayView> build_today(const ViewSources& sources, DutyBook* duties = nullptr);
/// What waits to be sent, counted as the person did it: a visit with its corrections and parcels is one.
[[nodiscard]] std::uint32_t unsent_count(const store::StoreStatus& status);
/// The same by kinds, adding up to it: "走访 5 · 送达 4 · 变更 3".
[[nodiscard]] std::string unsent_in_words(const Wording& wording, const store::StoreStatus& status);
/// "约 6 KB，1 次往返。"; "" when nothing waits.
[[nodiscard]] std::string cost_in_words(const Wording& wording, const store::StoreStatus& status);
/// "走访 · 赵志远" of a stashed form.
[[nodiscard]] std::string draft_in_words(const Wording& wording, const store::Draft& draft);

}  // namespace lianxin::client::view
