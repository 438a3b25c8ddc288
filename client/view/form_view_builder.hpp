#pragma once
// Builds the forms of a visit and of a delivery: choices, what may be stale, what is in the bag. Store
// thread.
#include "client/view/delivery_view.hpp"
#include "client/view/view_sources.hpp"
#include "client/view/visit_form_view.hpp"

namespace lianxin::client::view {

/// A form that starts today with its usual values; its id is new.
[[nodiscard]] Result<VisitDraft> new_visit_draft(const ViewSources& sources, const Id& member);
[[nodiscard]] Result<DeliveryDraft> new_delivery_draft(const ViewSources& sources, const Id& member);
/// The form around a draft. `token`: what was shown when the draft was begun; "" = begun now.
[[nodiscard]] Result<VisitFormView> build_visit_form(const ViewSources& sources, const VisitDraft& draft,
                                                     const std::string& token);
[[nodiscard]] Result<DeliveryFormView> build_delivery_form(const ViewSources& sources,
                                                           const DeliveryDraft& draft,
                                                           const std::string& token);

}  // namespace lianxin::client::view
