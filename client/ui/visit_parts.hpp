#pragma once
// Parts of the visit's page: the questions found, and what stands beside the form.
#include "client/ui/visit_screen.hpp"

namespace lianxin::client::ui {

/// The questions found as options, "another" first. True when the draft changed.
[[nodiscard]] bool visit_questions(Ui& ui, const view::VisitFormView& view, VisitState& state);
/// The editor of one question over the page. True when the draft changed.
[[nodiscard]] bool visit_question_editor(Ui& ui, const view::VisitFormView& view, VisitState& state);
/// What may be stale, the last visits, what is handed over. True when the draft changed.
[[nodiscard]] bool visit_beside(Ui& ui, const view::VisitFormView& view, VisitState& state, float width);

}  // namespace lianxin::client::ui
