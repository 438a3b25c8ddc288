#pragma once
// The real thing behind the paths: exchange and enrolment of sync/server/service.
#include "sync/server/http/api.hpp"

namespace lianxin::sync::server::http {

/// All must outlive what is returned.
[[nodiscard]] ApiSteps steps_of(store::Store& store, Exchange& exchange, const Clock& clock);

}  // namespace lianxin::sync::server::http
