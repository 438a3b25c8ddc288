#pragma once
// Forms not yet saved, as the text the store keeps (drafts.hpp). What a newer program added is passed over.
#include <string>

#include "client/view/delivery_view.hpp"
#include "client/view/member_file_view.hpp"
#include "client/view/records_view.hpp"
#include "client/view/visit_form_view.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::app {

[[nodiscard]] std::string draft_text(const view::VisitDraft& draft);
[[nodiscard]] std::string draft_text(const view::DeliveryDraft& draft);
[[nodiscard]] std::string draft_text(const view::MemberDraft& draft);
[[nodiscard]] std::string draft_text(const view::RecordDraft& draft);
[[nodiscard]] std::string draft_text(const view::WhereaboutsDraft& draft);
[[nodiscard]] std::string draft_text(const view::CallDraft& draft);

/// Error "draft.malformed".
[[nodiscard]] Result<view::VisitDraft> read_visit_draft(const std::string& text);
[[nodiscard]] Result<view::DeliveryDraft> read_delivery_draft(const std::string& text);
[[nodiscard]] Result<view::MemberDraft> read_member_draft(const std::string& text);
[[nodiscard]] Result<view::RecordDraft> read_record_draft(const std::string& text);
[[nodiscard]] Result<view::WhereaboutsDraft> read_whereabouts_draft(const std::string& text);
[[nodiscard]] Result<view::CallDraft> read_call_draft(const std::string& text);

}  // namespace lianxin::client::app
