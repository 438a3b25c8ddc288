// Files on a stick from the window: what waits is sealed into one, what one holds is shown before it is
// taken.
#include "client/app/desk.hpp"
#include "client/app/receipt_words.hpp"
#include "shared/base/file.hpp"
#include "shared/base/log.hpp"
#include "sync/laptop/bundle.hpp"

namespace lianxin::client::app {
namespace {

namespace fs = std::filesystem;
using sync::laptop::BundleImported;
using sync::wire::BundleHeader;
using sync::wire::BundleKind;

std::string who(const Desk& desk, const Id& device) {
  if (device.is_nil()) return desk.wording.text("bundle.server");
  return desk.wording.text(device == desk.store->identity().device ? "bundle.me" : "bundle.other_laptop");
}

/// What the clear header says: from whom, for whom, when, how much.
std::vector<std::string> holds(const Desk& desk, const BundleHeader& header) {
  const view::Wording& wording = desk.wording;
  std::vector<std::string> lines = {
      wording.text("bundle.kind." + std::string(sync::wire::word_of(header.kind))),
      wording.text("bundle.from", {{"who", who(desk, header.from_device)}}),
      wording.text("bundle.to", {{"who", who(desk, header.to_device)}}),
      wording.text("bundle.made", {{"when", wording.moment(header.made_ms, Date::of(desk.clock.now_ms()))}}),
      wording.text("bundle.holds", {{"changes", view::Wording::number(header.changes)},
                                    {"entries", view::Wording::number(header.entries)}})};
  if (header.more) lines.push_back(wording.text("bundle.more"));
  return lines;
}

std::string outcome_of(const Desk& desk, const BundleImported& done) {
  const view::Wording& wording = desk.wording;
  if (done.revoked) return wording.sentence(fail("sync.revoked"));
  if (done.what == BundleImported::What::kParked)
    return wording.text("bundle.took.parked", {{"missing", done.missing}});
  if (done.what == BundleImported::What::kOld) return wording.text("bundle.took.old");
  if (done.header.kind == BundleKind::kToPeer)
    return wording.text("bundle.took.peer", {{"fresh", view::Wording::number(done.peer.fresh)}});
  return wording.text("bundle.took.answer",
                      {{"received", view::Wording::number(done.taken.received)},
                       {"acknowledged", view::Wording::number(done.taken.acknowledged)}});
}

Result<std::string> save(Desk& desk, const std::string& folder) {
  sync::laptop::MadeBundle made;
  LX_DO(desk.store->taking_away([&]() -> Status {
    LX_TRY(made, sync::laptop::bundle_for_server(desk.store->replica(), desk.store->bundles(), desk.clock));
    return {};
  }));
  const std::string name = "lianxin-" + Date::of(made.header.made_ms).text() + "-" +
                           made.header.bundle.text().substr(24, 6) + ".lxb";
  const fs::path file = fs::path(folder) / name;
  LX_DO(replace_file(file, made.file));
  std::string said = desk.wording.text("bundle.written", {{"file", file.string()}});
  LX_TRY(const auto pictures, desk.store->replica().pictures()->unsent_pictures());
  if (pictures.pictures > 0)
    said += " " + desk.wording.text("bundle.pictures_wait", {{"count", std::to_string(pictures.pictures)}});
  return said;
}

Result<std::vector<std::string>> look(Desk& desk, const std::string& path) {
  LX_TRY(const Bytes file, read_file(path, sync::wire::kBundleBytesMax + 1));
  LX_TRY(const sync::wire::Bundle bundle, sync::wire::decode_bundle(file));
  return holds(desk, bundle.header);
}

Result<std::string> read(Desk& desk, const std::string& path) {
  LX_TRY(const Bytes file, read_file(path, sync::wire::kBundleBytesMax + 1));
  LX_TRY(const BundleImported done,
         sync::laptop::import_bundle(desk.store->replica(), desk.store->bundles(), file));
  if (done.receipt)
    LX_DO(remember_receipt_of_file(desk.store->replica(), *done.receipt, desk.clock.now_ms()));
  log_event("bundle.imported", {{"bundle", done.header.bundle.text()}});
  return outcome_of(desk, done);
}

void tell(Desk& desk, Result<std::string> said) {
  view::SyncView& view = desk.screens.sync;
  view.bundle_working = false;
  view.bundle_notice = said.ok() ? std::move(*said) : std::string();
  if (!said.ok()) desk.toast(said.error());
  desk.build_page(view::Page::kSync);
  desk.build_page(view::Page::kToday);
  desk.build_page(view::Page::kConflicts);
  desk.refresh();
  desk.publish();
}

/// False, and said so, while a sync is under way; else nothing is said of the last file any more.
bool begin_file(Desk& desk) {
  if (!desk.store) return false;
  if (desk.is_syncing) {
    desk.toast(fail("sync.under_way"));
    desk.publish();
    return false;
  }
  view::SyncView& view = desk.screens.sync;
  view.bundle_notice.clear();
  view.bundle_path.clear();
  view.bundle_holds.clear();
  return true;
}

}  // namespace

void handle(Desk& desk, const ExportBundle& command) {
  if (!begin_file(desk)) return;
  desk.screens.sync.bundle_working = true;
  desk.publish();
  tell(desk, save(desk, command.folder));
}

void handle(Desk& desk, const ImportBundle& command) {
  if (!begin_file(desk)) return;
  view::SyncView& view = desk.screens.sync;
  if (command.path.empty()) return desk.publish();  // left alone
  if (command.look) {
    auto lines = look(desk, command.path);
    if (lines.ok()) {
      view.bundle_path = command.path;
      view.bundle_holds = std::move(*lines);
    } else {
      desk.toast(lines.error());
    }
    return desk.publish();
  }
  view.bundle_working = true;
  desk.publish();
  tell(desk, read(desk, command.path));
}

}  // namespace lianxin::client::app
