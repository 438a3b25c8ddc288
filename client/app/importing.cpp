// Rosters from the window: choosing a file, what was understood, writing it, taking it back.
#include <algorithm>

#include "client/app/audit.hpp"
#include "client/app/desk.hpp"
#include "client/app/import_screens.hpp"
#include "client/app/left_file.hpp"
#include "client/app/roster_file.hpp"
#include "client/app/roster_rejected.hpp"
#include "shared/base/log.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::app {
namespace {

namespace fs = std::filesystem;
using view::ImportStage;

constexpr std::size_t kEntriesMax = 2000;
constexpr WallMs kTellEveryMs = 200;

/// Where the desktop mounts sticks.
fs::path sticks() {
  std::error_code ignored;
  for (const char* root : {"/media", "/run/media"}) {
    for (fs::directory_iterator at(root, ignored), end; !ignored && at != end; at.increment(ignored))
      return at->path();
  }
  return "/media";
}

/// Endings of the files a page takes.
using Endings = std::vector<std::string_view>;
const Endings kRosters = {".xlsx", ".xls", ".csv", ".tsv", ".txt"};  // an old .xls is told how it can be read
const Endings kBundles = {".lxb"};
const Endings kPhotos = {".jpg", ".jpeg"};
const Endings kEditedReports = {".docx"};

bool ends_with_one(const fs::path& path, const Endings& endings) {
  const std::string extension = to_lower_ascii(path.extension().string());
  return std::find(endings.begin(), endings.end(), extension) != endings.end();
}

view::FileEntry entry_of(const fs::directory_entry& entry) {
  view::FileEntry out;
  std::error_code ignored;
  out.path = entry.path().string();
  out.name = entry.path().filename().string();
  out.folder = entry.is_directory(ignored);
  if (!out.folder) {
    const auto size = entry.file_size(ignored);
    if (!ignored) out.detail = view::Wording::size(size);
  }
  return out;
}

view::FolderView folder_view(const view::Wording& wording, const fs::path& path, const Endings& endings) {
  view::FolderView out;
  out.path = path.string();
  std::error_code error;
  fs::directory_iterator at(path, fs::directory_options::skip_permission_denied, error);
  if (error) {
    out.problem = wording.text("view.folder_unreadable");
    return out;
  }
  for (const fs::directory_iterator end; at != end && out.entries.size() < kEntriesMax; at.increment(error)) {
    if (error) break;
    if (at->path().filename().string().starts_with(".")) continue;
    std::error_code ignored;
    if (at->is_directory(ignored) || ends_with_one(at->path(), endings)) out.entries.push_back(entry_of(*at));
  }
  std::sort(out.entries.begin(), out.entries.end(), [](const view::FileEntry& a, const view::FileEntry& b) {
    return std::tuple(!a.folder, a.name) < std::tuple(!b.folder, b.name);
  });
  if (path.has_parent_path() && path != path.root_path())
    out.entries.insert(out.entries.begin(), {path.parent_path().string(), "..", "", true});
  return out;
}

void fail_import(Desk& desk, const Error& error) {
  log_error("import.failed", error);
  desk.screens.import.stage = ImportStage::kFailed;
  desk.screens.import.problem = desk.wording.sentence(error);
}

/// People but no headings: a person says which column is which.
void ask_for_columns(Desk& desk, BytesView bytes) {
  import::RosterOptions options;
  options.own = import::OwnColumns(desk.store->records().catalogue());
  const auto map = import::ColumnMap::parse(desk.import.choices.map_text, options.own);
  if (map.ok()) options.map = *map;
  auto sheet = import::sheet_by_letters(bytes, desk.import.path.filename().string(), options);
  if (!sheet.ok()) {
    fail_import(desk, sheet.error());
    return;
  }
  desk.import.plan.reset();
  desk.import.letters = std::move(*sheet);
  show_letters(desk.sources(), *desk.import.letters, desk.screens.import);
}

/// Reads and judges the chosen file anew.
void plan(Desk& desk) {
  const auto bytes = roster_bytes(desk.import.path);
  if (!bytes.ok()) {
    fail_import(desk, bytes.error());
    return;
  }
  auto planned = plan_roster(desk.store->records(), desk.store->settings(), desk.clock, *bytes,
                             desk.import.path.filename().string(), desk.import.choices);
  if (!planned.ok()) {
    const bool no_headings = planned.error().code == "import.no_header";
    return no_headings ? ask_for_columns(desk, *bytes) : fail_import(desk, planned.error());
  }
  desk.import.letters.reset();
  desk.import.plan = std::move(*planned);
  const Status shown = show_plan(desk.sources(), *desk.import.plan, desk.import.choices, desk.screens.import);
  if (!shown.ok()) fail_import(desk, shown.error());
}

/// Reads it again after another choice; nothing is chosen while no file is open.
void plan_again(Desk& desk) {
  if (desk.import.plan || desk.import.letters) plan(desk);
  desk.publish();
}

}  // namespace

Result<std::vector<view::PastBatch>> past_in_words(Desk& desk) {
  LX_TRY(const std::vector<PastRoster> past, past_rosters(desk.store->records()));
  const view::Wording& wording = desk.wording;
  const Date today = Date::of(desk.clock.now_ms());
  std::vector<view::PastBatch> out;
  for (const PastRoster& one : past) {
    view::PastBatch row;
    row.batch = one.batch.text();
    row.file = one.file_name;
    row.when = wording.day(one.imported_on, today);
    row.counts = wording.text("view.import.counts", {{"new", std::to_string(one.accepted)},
                                                     {"merged", std::to_string(one.merged)},
                                                     {"held", std::to_string(one.quarantined)}});
    row.can_undo = one.undone_on.empty();
    row.undone = wording.day(one.undone_on, today);
    out.push_back(std::move(row));
  }
  return out;
}

void handle(Desk& desk, const BrowseFolder& command) {
  const fs::path path = command.path.empty()       ? documents_folder()
                        : command.path == "sticks" ? sticks()
                                                   : fs::path(command.path);
  desk.screens.import.folder = folder_view(desk.wording, path, kRosters);
  desk.screens.sync.folder = folder_view(desk.wording, path, kBundles);
  desk.screens.member.photos.folder = folder_view(desk.wording, path, kPhotos);
  desk.screens.forms.folder = folder_view(desk.wording, path, kEditedReports);
  desk.publish();
}

void handle(Desk& desk, const PreviewImport& command) {
  desk.import = {};
  desk.import.path = command.path;
  desk.screens.import.stage = ImportStage::kReading;
  desk.screens.import.file = desk.import.path.filename().string();
  desk.publish();
  plan(desk);
  desk.publish();
}

void handle(Desk& desk, const AcceptWithoutNumber& command) {
  if (command.accept)
    desk.import.choices.accepted_rows.insert(command.row);
  else
    desk.import.choices.accepted_rows.erase(command.row);
  plan_again(desk);
}

void handle(Desk& desk, const MapColumn& command) {
  std::string lines;
  if (desk.import.plan) lines = chosen_columns(desk.import.plan->roster.sheets);
  if (desk.import.letters) lines = chosen_columns({*desk.import.letters});
  // The later line of two about one column holds.
  desk.import.choices.map_text =
      lines + command.column + "\t" +
      (command.target.empty() ? std::string(import::kTargetIgnored) : command.target) + "\n";
  plan_again(desk);
}

void handle(Desk& desk, const ChooseImportVillage& command) {
  desk.import.choices.village = command.village;
  plan_again(desk);
}

void handle(Desk& desk, const ReadHiddenSheets& command) {
  desk.import.choices.hidden_sheets = command.read;
  plan_again(desk);
}

void handle(Desk& desk, const SaveRejectedRows& /*command*/) {
  if (!desk.import.plan) return;
  const RosterPlan& planned = *desk.import.plan;
  const auto noted = write_audit(*desk.store, {Act::kExport,
                                               planned.org,
                                               {},
                                               export_words("import", "", desk.import.path.string()),
                                               desk.screens.import.rejected,
                                               {}});
  if (!noted.ok()) {
    desk.toast(noted.error());
    desk.publish();
    return;
  }
  const auto left =
      save_rejected(*desk.store, planned, desk.import.path, documents_folder(), desk.wording.messages());
  if (left.ok())
    desk.toast(with_kept(desk.wording.text("app.rejected_saved", {{"file", left->file.string()}}), left->kept,
                         desk.wording.messages()));
  else
    desk.toast(left.error());
  desk.publish();
}

void handle(Desk& desk, const ApplyImport& command) {
  view::ImportView& view = desk.screens.import;
  if (!desk.import.plan || desk.import.plan->batch.text() != command.preview_token) {
    desk.toast(fail("app.preview_changed"));
    desk.publish();
    return;
  }
  view.stage = ImportStage::kApplying;
  view.progress = 0;
  desk.publish();
  WallMs told_ms = 0;
  const auto tell = [&](std::size_t done, std::size_t total) {
    const WallMs now = desk.clock.now_ms();
    if (now - told_ms < kTellEveryMs || total == 0) return;
    told_ms = now;
    view.progress = static_cast<float>(done) / static_cast<float>(total);
    desk.publish();
  };
  const auto applied =
      apply_roster(desk.store->records(), desk.store->settings(), desk.clock, *desk.import.plan, tell);
  if (applied.ok()) {
    view.stage = ImportStage::kDone;
    view.summary =
        desk.wording.text("view.import.done", {{"rows", std::to_string(applied->rows_written)},
                                               {"noted", std::to_string(applied->rows_noted)},
                                               {"refused", std::to_string(applied->refused.size())}});
    if (!applied->left_out.empty())
      view.summary += " " + desk.wording.text("view.import.left_out",
                                              {{"count", std::to_string(applied->left_out.size())}});
    desk.toast(desk.wording.text("app.imported", {{"rows", std::to_string(applied->rows_written)}}));
    desk.import = {};
  } else {
    fail_import(desk, applied.error());
  }
  desk.build_page(view::Page::kImport);
  desk.build_page(view::Page::kMembers);
  desk.refresh();
  desk.publish();
}

void handle(Desk& desk, const CancelImport& /*command*/) {
  desk.import = {};
  view::ImportView fresh;
  fresh.folder = std::move(desk.screens.import.folder);
  fresh.past = std::move(desk.screens.import.past);
  desk.screens.import = std::move(fresh);
  desk.publish();
}

void handle(Desk& desk, const UndoImport& command) {
  const auto batch = Id::parse(command.batch);
  const auto undone = batch.ok() ? undo_roster(desk.store->records(), desk.clock, *batch)
                                 : Result<store::Records::BatchUndone>(batch.error());
  if (undone.ok()) {
    desk.toast(desk.wording.text("app.import_undone", {{"count", std::to_string(undone->undone)},
                                                       {"kept", std::to_string(undone->kept.size())}}));
  } else {
    desk.toast(undone.error());
  }
  desk.build_page(view::Page::kImport);
  desk.build_page(view::Page::kMembers);
  desk.refresh();
  desk.publish();
}

}  // namespace lianxin::client::app
