#pragma once
// A roster's plan as the page that is looked at before anything is written. Store thread.
#include "client/app/roster_import.hpp"
#include "client/view/import_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::app {

/// `view` at the stage of preview. Errors of Records.
[[nodiscard]] Status show_plan(const view::ViewSources& sources, const RosterPlan& plan,
                               const RosterChoices& choices, view::ImportView& view);

/// People without headings: the columns by their letters, until a person has said which one is the name.
void show_letters(const view::ViewSources& sources, const import::RosterSheet& sheet, view::ImportView& view);

/// The column map of what a person has said up to now about the columns of these sheets.
[[nodiscard]] std::string chosen_columns(const std::vector<import::RosterSheet>& sheets);

}  // namespace lianxin::client::app
