#pragma once
// The real thing behind the paths: exchange and enrolment of sync/server/service.
#include "sync/server/http/api.hpp"
#include "sync/server/service/pictures.hpp"
#include "sync/server/service/server_clock.hpp"

namespace lianxin::sync::server::http {

/// All must outlive what is returned.
[[nodiscard]] ApiSteps steps_of(store::Store& store, Exchange& exchange, const Clock& clock);
/// Pictures too.
void add_pictures(ApiSteps& steps, Pictures& pictures);

/// Nothing is taken or answered while the clock is not what it was: laptops come again later. `passed` = as
/// `passed_ms`.
void add_clock_watch(ApiSteps& steps, const Clock& clock, std::function<WallMs()> passed);

}  // namespace lianxin::sync::server::http
