// A sync: started here, run on the net thread, told while it runs, remembered when it ends.
#include "client/app/county_address.hpp"
#include "client/app/desk.hpp"
#include "client/app/left_file.hpp"
#include "client/app/receipt_paper.hpp"
#include "client/app/receipt_words.hpp"
#include "client/app/replica_proxy.hpp"
#include "shared/base/log.hpp"
#include "shared/base/text.hpp"
#include "sync/laptop/bundle.hpp"

namespace lianxin::client::app {
namespace {

using sync::laptop::Receipt;
using sync::laptop::SyncProgress;
using view::SyncPanel;
using view::Wording;

constexpr WallMs kTellEveryMs = 100;

void show_progress(Desk& desk, std::uint64_t session, const SyncProgress& now) {
  if (desk.session != session || !desk.is_syncing) return;
  view::SyncView& view = desk.screens.sync;
  const bool sending = now.changes_sent < now.changes_to_send;
  switch (now.phase) {
    case SyncProgress::Phase::kConnecting:
      view.panel = SyncPanel::kConnecting;
      break;
    case SyncProgress::Phase::kExchanging:
      view.panel = sending ? SyncPanel::kSending : SyncPanel::kReceiving;
      break;
    case SyncProgress::Phase::kPictures:
      view.panel = SyncPanel::kSending;
      break;
    case SyncProgress::Phase::kComparing:
    case SyncProgress::Phase::kDone:
      view.panel = SyncPanel::kChecking;
      break;
  }
  const std::uint64_t all = now.changes_to_send;
  view.progress = view.panel == SyncPanel::kChecking ? 1.0F
                  : all == 0                         ? 0.5F
                             : static_cast<float>(now.changes_sent) / static_cast<float>(all);
  view.progress_text = desk.wording.text("view.progress", {{"sent", std::to_string(now.changes_sent)},
                                                           {"all", std::to_string(all)},
                                                           {"received", Wording::number(now.received)},
                                                           {"up", Wording::size(now.bytes_up)},
                                                           {"down", Wording::size(now.bytes_down)}});
  if (now.phase == SyncProgress::Phase::kPictures)
    view.progress_text =
        desk.wording.text("view.progress_pictures", {{"sent", std::to_string(now.pictures_sent)},
                                                     {"all", std::to_string(now.pictures_to_send)},
                                                     {"up", Wording::size(now.bytes_up)}});
  desk.publish();
}

/// A sync that came through: its server knows this laptop, and files that waited for what it brought have
/// their turn.
Status settle_files(Desk& desk) {
  LX_DO(desk.store->bundles().county_answered());
  sync::laptop::Taken taken;
  LX_DO(sync::laptop::take_parked(desk.store->replica(), desk.store->bundles(), taken));
  return {};
}

/// On the telephone a county says "10.1.9.9:8443".
std::string with_scheme(std::string typed) {
  typed = trim(typed);
  return typed.find("://") == std::string::npos ? "https://" + typed : typed;
}

/// The county was met where it was said to be: it is looked for there from now on.
void keep_address(Desk& desk, const std::string& moved_to) {
  if (moved_to.empty()) return;
  if (const Status kept = keep_county_address(*desk.store, moved_to); kept.ok())
    desk.toast(desk.wording.text("cli.sync.kept", {{"url", moved_to}}));
  else
    desk.toast(kept.error());
}

/// `moved_to`: the address that was typed, "" = none.
void finish(Desk& desk, std::uint64_t session, const Result<Receipt>& receipt, const std::string& moved_to) {
  if (desk.session != session || !desk.store) return;
  desk.is_syncing = false;
  desk.cancel.reset();
  view::SyncView& view = desk.screens.sync;
  const Status kept = receipt.ok()
                          ? desk.store->replica().remember_sync(receipt_text(*receipt), receipt->complete)
                          : desk.store->replica().remember_sync(broken_text(receipt.error()), false);
  if (!kept.ok()) desk.toast(kept.error());
  if (receipt.ok()) {
    view.panel = SyncPanel::kDone;
    view.problem.clear();
    view.may_have_moved = false;
    if (const Status settled = settle_files(desk); !settled.ok()) desk.toast(settled.error());
    log_event("sync.done",
              {{"sent", std::to_string(receipt->sent)}, {"received", std::to_string(receipt->received)}});
    desk.toast(desk.wording.text(receipt->complete ? "app.synced_green" : "app.synced_open"), {},
               receipt->complete ? view::Tone::kSettled : view::Tone::kAgeing);
    keep_address(desk, moved_to);
  } else {
    log_error("sync.failed", receipt.error());
    const bool wished = receipt.error().code == "sync.cancelled";
    view.panel = wished ? SyncPanel::kIdle : SyncPanel::kFailed;
    view.problem = wished ? "" : desk.wording.sentence(receipt.error());
    view.may_have_moved = may_have_moved(receipt.error());
    if (wished) desk.toast(desk.wording.text("app.sync_cancelled"), {}, view::Tone::kPlain);
  }
  desk.build_page(view::Page::kSync);
  desk.build_page(view::Page::kToday);
  desk.build_page(view::Page::kConflicts);
  desk.refresh();
  desk.publish();
}

}  // namespace

void handle(Desk& desk, const StartSync& command) {
  if (desk.is_syncing) return;
  std::string moved_to;
  desk.screens.sync.address_problem.clear();
  if (!command.address.empty()) {
    auto address = county_address(with_scheme(command.address));
    if (!address.ok()) {
      desk.screens.sync.address_problem = desk.wording.sentence(address.error());
      return desk.publish();
    }
    moved_to = *std::move(address);
  }
  desk.is_syncing = true;
  desk.cancel = std::make_shared<sync::laptop::CancelFlag>(false);
  view::SyncView& view = desk.screens.sync;
  view.panel = SyncPanel::kConnecting;
  view.progress = 0;
  view.progress_text.clear();
  view.problem.clear();
  desk.build_shell();
  desk.publish();
  const std::uint64_t session = desk.session;
  const auto self = desk.store->bundles().self();
  if (!self.ok()) return finish(desk, session, self.error(), {});
  const sync::laptop::ServerAddress county = county_at(*desk.store, moved_to);
  view.address = county.url;
  desk.net_thread.post([&desk, session, self = *self, county, moved_to, cancel = desk.cancel] {
    ReplicaProxy replica(desk, session);
    const auto transport = desk.transport(county);
    WallMs told_ms = 0;
    auto last = SyncProgress::Phase::kDone;
    const auto tell = [&](const SyncProgress& now) {
      const WallMs at = desk.clock.now_ms();
      if (now.phase == last && at - told_ms < kTellEveryMs) return;
      told_ms = at;
      last = now.phase;
      desk.store_thread.post([&desk, session, now] { show_progress(desk, session, now); });
    };
    const Status enrolled = sync::laptop::hand_in_enrolment(self.enrolment, self.device, *transport, *cancel);
    auto receipt = enrolled.ok() ? sync::laptop::run_sync(replica, *transport, desk.clock, tell, *cancel)
                                 : Result<Receipt>(enrolled.error());
    desk.store_thread.post([&desk, session, moved_to, receipt = std::move(receipt)] {
      finish(desk, session, receipt, moved_to);
    });
  });
}

void handle(Desk& desk, const CancelSync& /*command*/) {
  if (desk.cancel) desk.cancel->store(true);
}

void handle(Desk& desk, const PrintReceipt& /*command*/) {
  const auto print = [&]() -> Result<std::string> {
    LX_TRY(const Bytes pdf, receipt_paper(desk.sources()));
    LX_TRY(const std::string name, receipt_paper_name(desk.sources()));
    const std::filesystem::path file = documents_folder() / name;
    LX_TRY(const auto kept, leave_file(*desk.store, file, pdf, desk.wording.messages()));
    return with_kept(desk.wording.text("app.receipt_printed", {{"file", file.string()}}), kept,
                     desk.wording.messages());
  };
  if (!desk.store) return;
  const Result<std::string> said = print();
  if (said.ok())
    desk.toast(*said);
  else
    desk.toast(said.error());
  desk.publish();
}

}  // namespace lianxin::client::app
