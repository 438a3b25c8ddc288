#pragma once
// The office's forms: made as files, handed in, looked at again.
#include <string>

#include "client/app/command.hpp"
#include "client/ui/file_chooser.hpp"
#include "client/ui/question.hpp"
#include "client/ui/ui.hpp"
#include "client/view/forms_view.hpp"

namespace lianxin::client::ui {

struct FormsState {
  QuestionState question;
  std::string form;  ///< chosen; "" = none yet
  std::string reason;
  std::string hand_in_kind = ".pdf";
  bool hand_in_open = false;
  bool close_month = false;
  std::uint64_t checked = 0;  ///< WarnedFormView::checked when the question was asked
  std::string edited;         ///< path of the document whose words the report takes; "" = the program's own
  FileChooserState chooser;
  Id snapshot;  ///< chosen among what was handed in
};

void draw_forms(Ui& ui, const view::FormsView& view, FormsState& state, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
