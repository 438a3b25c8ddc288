#pragma once
// The pages on which work is written and looked at: which one is drawn, and what each remembers.
#include "client/app/command.hpp"
#include "client/ui/conflicts_screen.hpp"
#include "client/ui/delivery_screen.hpp"
#include "client/ui/duplicates_screen.hpp"
#include "client/ui/figures_screen.hpp"
#include "client/ui/forms_screen.hpp"
#include "client/ui/import_screen.hpp"
#include "client/ui/member_file_screen.hpp"
#include "client/ui/records_screen.hpp"
#include "client/ui/register_screen.hpp"
#include "client/ui/settings_screen.hpp"
#include "client/ui/sync_screen.hpp"
#include "client/ui/ui.hpp"
#include "client/ui/visit_screen.hpp"
#include "client/view/screens_view.hpp"

namespace lianxin::client::ui {

/// What lies over the page.
enum class Front : std::uint8_t { kPage, kMember, kVisit, kDelivery };

struct WorkState {
  VisitState visit;
  DeliveryState delivery;
  MemberFileState member;
  ConflictsState conflicts;
  DuplicatesState duplicates;
  RecordsState records;
  FiguresState figures;
  FormsState forms;
  std::string records_query;
  SyncState sync;
  ImportState import;
  SettingsState settings;
  RegisterState registers;
};

/// The form or file in front of the page.
void draw_front(Ui& ui, const view::ScreensView& view, Front front, WorkState& state,
                app::CommandQueue& commands);
/// Every page but today and members.
void draw_work_page(Ui& ui, const view::ScreensView& view, view::Page page, WorkState& state,
                    app::CommandQueue& commands);
/// Another thing comes to the front, or the window is locked: what is typed is put aside.
void leave_front(Front front, WorkState& state, app::CommandQueue& commands);
/// Before it is locked: a value that is typed and not accepted stands in the draft, to be put aside with it.
void take_open_editors(Front front, WorkState& state);
/// The store was closed under what was on its way to be saved: it is typed only, as far as anybody knows.
void forget_saving(WorkState& state);

}  // namespace lianxin::client::ui
