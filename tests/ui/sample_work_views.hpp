#pragma once
// Believable views of the work screens, with invented people.
#include <string>
#include <string_view>

#include "client/view/screens_view.hpp"

namespace lianxin::test::ui {

[[nodiscard]] client::view::VisitFormView sample_visit(std::string_view language);
[[nodiscard]] client::view::DeliveryFormView sample_delivery(std::string_view language);
[[nodiscard]] client::view::MemberFileView sample_member_file(std::string_view language);
[[nodiscard]] client::view::ConflictDeskView sample_conflicts(std::string_view language);
/// The list of the audit.
[[nodiscard]] client::view::RecordsView sample_audit(std::string_view language);
[[nodiscard]] client::view::DuplicatesView sample_duplicates(std::string_view language);
/// The same with two visits of one day in front.
[[nodiscard]] client::view::DuplicatesView sample_twin_visits(std::string_view language);
[[nodiscard]] client::view::RecordsView sample_records(std::string_view language);
[[nodiscard]] client::view::RecordFormView sample_record_form(std::string_view language);
/// Help given, with its amount in yuan.
[[nodiscard]] client::view::RecordFormView sample_aid_form(std::string_view language);
[[nodiscard]] client::view::FiguresView sample_figures(std::string_view language);
[[nodiscard]] client::view::FormsView sample_form_page(std::string_view language);
/// What the report was warned of.
[[nodiscard]] client::view::WarnedFormView sample_warned(std::string_view language);
[[nodiscard]] client::view::SyncView sample_sync(std::string_view language);
[[nodiscard]] client::view::ImportView sample_import(std::string_view language);
[[nodiscard]] client::view::SettingsView sample_settings(std::string_view language);
[[nodiscard]] client::view::RegisterView sample_register(client::view::Page page, std::string_view language);
/// A question of the county's own that is answered yes or no.
[[nodiscard]] client::view::FieldRow own_question(std::string kind, std::string field, std::string label);
/// All of them.
void add_work(client::view::ScreensView& screens, std::string_view language);

}  // namespace lianxin::test::ui
