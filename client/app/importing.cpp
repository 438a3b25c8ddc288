// Rosters from the window: choosing a file, what was understood, writing it, taking it back.
#include <algorithm>

#include "client/app/desk.hpp"
#include "shared/base/file.hpp"
#include "shared/base/log.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/id_number.hpp"
#include "shared/domain/phone.hpp"

namespace lianxin::client::app {
namespace {

namespace fs = std::filesystem;
using view::ImportStage;
using view::RowVerdict;

constexpr std::uint64_t kRosterBytesMax = 64ULL * 1024 * 1024;
constexpr std::size_t kRowsShownMax = 5000;
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

/// What this program reads: rosters, and files of a stick.
bool is_ours(const fs::path& path) {
  const std::string extension = to_lower_ascii(path.extension().string());
  return extension == ".lxb" || extension == ".xlsx" || extension == ".csv" || extension == ".tsv" ||
         extension == ".txt";
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

view::FolderView folder_view(const view::Wording& wording, const fs::path& path) {
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
    if (at->is_directory(ignored) || is_ours(at->path())) out.entries.push_back(entry_of(*at));
  }
  std::sort(out.entries.begin(), out.entries.end(), [](const view::FileEntry& a, const view::FileEntry& b) {
    return std::tuple(!a.folder, a.name) < std::tuple(!b.folder, b.name);
  });
  if (path.has_parent_path() && path != path.root_path())
    out.entries.insert(out.entries.begin(), {path.parent_path().string(), "..", "", true});
  return out;
}

RowVerdict verdict_of(RowFate fate) {
  switch (fate) {
    case RowFate::kNew:
      return RowVerdict::kAccepted;
    case RowFate::kMerged:
      return RowVerdict::kMerged;
    case RowFate::kDuplicate:
      return RowVerdict::kDuplicate;
    case RowFate::kQuarantined:
      return RowVerdict::kQuarantined;
    case RowFate::kOutside:
      break;
  }
  return RowVerdict::kSkipped;
}

view::Words reason_of(const view::Wording& wording, const RowPlan& plan) {
  using view::Mark;
  using view::Tone;
  switch (plan.fate) {
    case RowFate::kQuarantined:
      return {wording.text("import.reason." + plan.reason), Tone::kNeedsYou, Mark::kNeedsYou};
    case RowFate::kOutside:
      return {wording.text("import.outside." + plan.reason), Tone::kAgeing, Mark::kNone};
    case RowFate::kMerged:
    case RowFate::kDuplicate:
      return {wording.text("import.match." + plan.basis), Tone::kQuiet, Mark::kNone};
    case RowFate::kNew:
      break;
  }
  return {};
}

view::ImportRow row_of(const view::Wording& wording, const RosterPlan& plan, const RowPlan& row) {
  const import::RosterRow& read = plan.roster.rows[row.row_index];
  view::ImportRow out;
  out.row = row_name(plan.roster, read);
  out.where = wording.text("view.import.where", {{"sheet", plan.roster.sheets[read.sheet_index].name},
                                                 {"row", std::to_string(read.row)}});
  out.name = std::string(read.value("member.name"));
  out.village = row.village_name;
  out.id_masked = domain::mask_id_number(read.value("member.id_no"));
  if (!read.phones.empty()) out.phone_masked = domain::mask_phone(read.phones.front().value);
  out.verdict = verdict_of(row.fate);
  out.reason = reason_of(wording, row);
  out.can_accept_without_number = row.can_accept;
  out.accepted_by_hand = row.without_number;
  return out;
}

/// "" for a column that is left out.
std::string field_words(const view::Wording& wording, const std::string& target) {
  const std::string key = "import.target." + target;
  if (target.empty() || target == "-") return {};
  if (wording.messages().has(key)) return wording.text(key);
  const std::size_t point = target.find('.');
  return point == std::string::npos ? target
                                    : wording.label(target.substr(0, point), target.substr(point + 1));
}

view::ImportSheet sheet_of(const view::Wording& wording, const RosterPlan& plan, std::size_t index) {
  const import::RosterSheet& read = plan.roster.sheets[index];
  view::ImportSheet out;
  out.name = read.name;
  if (!read.no_table.empty()) out.no_roster = wording.text("import.no_table." + read.no_table);
  if (!read.tables.empty()) {
    const import::RosterTable& table = read.tables.front();
    for (const import::RosterColumn& column : table.columns)
      out.columns.push_back({column.heading, field_words(wording, column.target)});
  }
  const RosterCounts counts = plan.counts_of_sheet(index);
  out.accepted = counts.accepted;
  out.merged = counts.merged;
  out.duplicates = counts.duplicates;
  out.quarantined = counts.quarantined;
  out.skipped = counts.outside;
  return out;
}

void show_plan(Desk& desk) {
  const RosterPlan& plan = *desk.import.plan;
  view::ImportView& view = desk.screens.import;
  view.stage = ImportStage::kPreview;
  view.file = plan.file_name;
  view.problem.clear();
  view.sheets.clear();
  for (std::size_t i = 0; i < plan.roster.sheets.size(); ++i)
    view.sheets.push_back(sheet_of(desk.wording, plan, i));
  for (const RowPlan& row : plan.rows) {
    auto& rows = view.sheets[plan.roster.rows[row.row_index].sheet_index].rows;
    if (rows.size() < kRowsShownMax) rows.push_back(row_of(desk.wording, plan, row));
  }
  const RosterCounts counts = plan.counts();
  view.summary = desk.wording.text("view.import.summary", {{"all", std::to_string(plan.rows.size())},
                                                           {"new", std::to_string(counts.accepted)},
                                                           {"merged", std::to_string(counts.merged)},
                                                           {"duplicates", std::to_string(counts.duplicates)},
                                                           {"held", std::to_string(counts.quarantined)}});
  view.preview_token = plan.batch.text();
  view.will_write = static_cast<std::uint32_t>(plan.rows_to_write());
}

void fail_import(Desk& desk, const Error& error) {
  log_error("import.failed", error);
  desk.screens.import.stage = ImportStage::kFailed;
  desk.screens.import.problem = desk.wording.sentence(error);
}

/// Reads and judges the chosen file anew.
void plan(Desk& desk) {
  const auto bytes = read_file(desk.import.path, kRosterBytesMax);
  if (!bytes.ok()) {
    fail_import(desk, bytes.error());
    return;
  }
  auto planned = plan_roster(desk.store->records(), desk.store->settings(), desk.clock, *bytes,
                             desk.import.path.filename().string(), desk.import.choices);
  if (!planned.ok()) {
    fail_import(desk, planned.error());
    return;
  }
  desk.import.plan = std::move(*planned);
  show_plan(desk);
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
  desk.screens.import.folder = folder_view(desk.wording, path);
  desk.screens.sync.folder = desk.screens.import.folder;
  desk.screens.member.photos.folder = desk.screens.import.folder;
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
  if (!desk.import.plan) return;
  if (command.accept)
    desk.import.choices.accepted_rows.insert(command.row);
  else
    desk.import.choices.accepted_rows.erase(command.row);
  plan(desk);
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
                                               {"refused", std::to_string(applied->refused.size())}});
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
