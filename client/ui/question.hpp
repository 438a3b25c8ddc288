#pragma once
// The rows above a page of numbers or forms that say for which period and which unit.
#include <optional>
#include <string>
#include <string_view>

#include "client/app/command.hpp"
#include "client/ui/ui.hpp"
#include "client/view/question_view.hpp"

namespace lianxin::client::ui {

/// In a low window the choices fold away behind a button beside the heading.
struct QuestionState {
  bool is_open = false;
  bool just_folded = false;  ///< the button takes the focus
};

/// The page's heading: unit and period, or `title` where there is no unit.
void question_heading(Ui& ui, std::string_view id, const std::string& title, const view::QuestionView& view,
                      QuestionState& state);

struct AskedQuestion {
  Id unit;
  std::string period;
};
/// What the person chose instead, in this frame.
[[nodiscard]] std::optional<AskedQuestion> draw_question(Ui& ui, std::string_view id,
                                                         const view::QuestionView& view,
                                                         QuestionState& state);

/// Numbers that do not agree, to be put right before anything is handed in; nothing when all do.
void draw_checks(Ui& ui, const view::QuestionView& view);
/// That something may be counted twice, with the way to where it is decided; nothing where nothing waits.
void draw_undecided(Ui& ui, std::string_view id, const view::QuestionView& view, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
