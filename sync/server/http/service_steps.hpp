#pragma once
// The real thing behind the paths: exchange and enrolment of sync/server/service.
#include "sync/server/http/api.hpp"
#include "sync/server/service/pictures.hpp"

namespace lianxin::sync::server::http {

/// All must outlive what is returned.
[[nodiscard]] ApiSteps steps_of(store::Store& store, Exchange& exchange, const Clock& clock);
/// Pictures too.
void add_pictures(ApiSteps& steps, Pictures& pictures);

}  // namespace lianxin::sync::server::http
