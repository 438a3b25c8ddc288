#pragma once
// Builds the page of records and the form of one, from the catalogue.
#include "client/view/records_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

/// Kinds that are entered on this page, in its order.
[[nodiscard]] const std::vector<std::string_view>& record_kinds();

/// The list of a kind ("" = the first); the form is left empty.
[[nodiscard]] Result<RecordsView> build_records(const ViewSources& sources, std::string_view kind,
                                                const std::string& query);
/// A form with what was stashed, or empty: `draft.record` nil = a new record. Errors "record.unknown",
/// "list.kind".
[[nodiscard]] Result<RecordFormView> build_record_form(const ViewSources& sources, const RecordDraft& draft,
                                                       const std::string& shown_token);
/// At most nine members whose name, pinyin or number fits.
[[nodiscard]] Result<Choices> find_members(const ViewSources& sources, const std::string& query);

}  // namespace lianxin::client::view
