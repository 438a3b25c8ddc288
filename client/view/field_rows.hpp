#pragma once
// One field of one record as a screen shows it, with its age (member_file_view.hpp). Store thread.
#include <string>
#include <vector>

#include "client/view/member_file_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

/// The field of a record that is here.
[[nodiscard]] Result<FieldRow> field_row(const ViewSources& sources, const store::RecordShown& record,
                                         const domain::Field& field);
/// The field of a record that is not there yet: empty, `record` nil.
[[nodiscard]] Result<FieldRow> empty_field_row(const ViewSources& sources, const domain::Kind& kind,
                                               const domain::Field& field);
/// Leaves of the choices what the person of this laptop may say; a field another fills in becomes read-only,
/// with whose it is. `record` null = a new one.
[[nodiscard]] Status keep_to_roles(const ViewSources& sources, const domain::Kind& kind,
                                   const domain::Field& field, const store::RecordShown* record,
                                   FieldRow& row);
/// Switched off by the county, and nothing stands there: it is not shown.
[[nodiscard]] Result<bool> is_hidden(const ViewSources& sources, const domain::Kind& kind,
                                     const domain::Field& field, const FieldRow& row);
/// The county's own fields of a kind, without those it does without; `record` null = a new one.
[[nodiscard]] Result<std::vector<FieldRow>> own_field_rows(const ViewSources& sources, std::string_view kind,
                                                           const store::RecordShown* record);
/// What each of many choices is found by in pinyin; few are seen at once.
void add_letters(Choices& choices);
/// Units of this laptop, for a field that names one.
[[nodiscard]] Result<Choices> held_unit_choices(const ViewSources& sources);
/// The last day on which the value was said or confirmed; nullopt = there is none.
[[nodiscard]] std::optional<Date> known_on(const store::FieldShown& field);

/// A member with what says where he is.
struct MemberRecords {
  store::RecordShown member;
  std::vector<store::RecordShown> contact_points;  ///< not ended
  std::vector<store::RecordShown> episodes;        ///< open outflows and inflows
};
/// nullopt = not on this laptop.
[[nodiscard]] Result<std::optional<MemberRecords>> member_records(const ViewSources& sources,
                                                                  const Id& member);
/// Heads of all of them, as a token for saving (sync.md 2.3).
[[nodiscard]] Result<std::string> shown_token_of(const ViewSources& sources, const MemberRecords& records);

/// "9月30日 电话 · 未接通".
[[nodiscard]] std::string contact_in_words(const Wording& wording, const store::ContactLine& line,
                                           const Date& today);

}  // namespace lianxin::client::view
