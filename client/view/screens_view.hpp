#pragma once
// Everything the window shows, built together and published whole: a frame never shows two times.
#include <cstdint>
#include <vector>

#include "client/view/conflict_desk_view.hpp"
#include "client/view/delivery_view.hpp"
#include "client/view/duplicates_view.hpp"
#include "client/view/figures_view.hpp"
#include "client/view/forms_view.hpp"
#include "client/view/import_view.hpp"
#include "client/view/member_file_view.hpp"
#include "client/view/members_view.hpp"
#include "client/view/records_view.hpp"
#include "client/view/register_view.hpp"
#include "client/view/settings_view.hpp"
#include "client/view/shell_view.hpp"
#include "client/view/sync_view.hpp"
#include "client/view/today_view.hpp"
#include "client/view/unlock_view.hpp"
#include "client/view/visit_form_view.hpp"

namespace lianxin::client::view {

struct ScreensView {
  ShellView shell;
  UnlockView unlock;
  EnrolView enrol;
  TodayView today;
  MembersView members;
  MemberFileView member;
  VisitFormView visit;
  DeliveryFormView delivery;
  std::vector<RegisterView> registers;  ///< at most one per page
  ConflictDeskView conflicts;
  DuplicatesView duplicates;
  RecordsView records;
  FiguresView figures;
  FormsView forms;
  SyncView sync;
  ImportView import;
  SettingsView settings;
};

}  // namespace lianxin::client::view
