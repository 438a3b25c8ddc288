#pragma once
// Records of kinds without a page of their own: kinds on the left, the list or the form of one on the right.
#include <map>
#include <string>

#include "client/app/command.hpp"
#include "client/ui/field_input.hpp"
#include "client/ui/stash_timer.hpp"
#include "client/ui/ui.hpp"
#include "client/view/records_view.hpp"

namespace lianxin::client::ui {

struct RecordsState {
  // the form (form_flow.hpp)
  Id form;
  view::RecordDraft draft;
  std::string shown_token;
  StashTimer stash;
  std::uint64_t answered = 0;
  bool saving = false;
  bool focus_wanted = false;
  std::map<std::string, FieldInputState> inputs;  ///< by field
  std::map<std::string, view::FieldRow> names;    ///< of members chosen here, by field
  std::string asked;                              ///< the member last searched for
  bool void_open = false;
  std::string void_reason;
};

void draw_records(Ui& ui, const view::RecordsView& view, RecordsState& state, std::string& query,
                  app::CommandQueue& commands);
/// Another page comes to the front: what is typed is put aside.
void leave_records(RecordsState& state, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
