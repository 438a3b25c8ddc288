// Joining the county, unlocking, locking, another passphrase.
#include "client/app/desk.hpp"
#include "client/app/enrolled.hpp"
#include "client/app/replica_proxy.hpp"
#include "client/view/shell_view_builder.hpp"
#include "shared/base/file.hpp"
#include "shared/base/log.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::app {
namespace {

constexpr std::uint64_t kJoinFileMax = 64 * 1024;

/// Everything enrolment gathers before there is a store.
struct Joining {
  sync::laptop::JoinLine line;
  std::string passphrase;
  sync::laptop::DeviceKeys keys;
  ReplicaId replica;
  sync::laptop::ServerAddress address;
};

/// What was typed is a line, or the path of a file that holds one.
Result<std::string> join_text(const std::string& typed) {
  const std::string text = trim(typed);
  if (text.starts_with("https://")) return text;
  LX_TRY(const Bytes bytes, read_file(text, kJoinFileMax));
  return trim(bytes);
}

void fail_enrolment(Desk& desk, const Error& error, const std::string& field) {
  log_error("enrol.failed", error);
  view::EnrolView& view = desk.screens.enrol;
  view = {};
  view.problem = field.empty() ? desk.wording.sentence(error) : "";
  if (!field.empty()) view.problems.push_back({field, desk.wording.sentence(error), {}});
  desk.cancel.reset();
  desk.publish();
}

/// Who came in stands on the unlock screen from now on, in whatever language that one is.
void remember(Desk& desk, const std::filesystem::path& home) {
  PlaceWords places;
  for (const char* language : {"zh-CN", "en"}) {
    const view::Wording wording = wording_of(language);
    const auto words = view::place_and_role({*desk.store, wording});
    if (words.ok()) places[language] = *words;
  }
  const auto kept =
      desk.laptop.remember_owner(desk.laptop.name_of(home), desk.store->identity().worker_name, places);
  if (!kept.ok()) log_error("laptop.remember", kept.error());
}

void finish_enrolment(Desk& desk, const Joining& joining, Result<sync::wire::EnrolAnswer> answer) {
  if (!answer.ok()) {
    fail_enrolment(desk, answer.error(), "");
    return;
  }
  desk.screens.enrol.stage = view::EnrolStage::kMakingStore;
  desk.publish();
  const std::filesystem::path home = desk.laptop.next_folder();
  auto made = store::LaptopStore::create(
      new_store(home, joining.passphrase, joining.replica, joining.keys, joining.address, *answer),
      desk.clock);
  if (!made.ok()) {
    fail_enrolment(desk, made.error(), "");
    return;
  }
  desk.cancel.reset();
  desk.store = std::move(*made);
  desk.home = home;
  ++desk.session;
  desk.show_inside();
  remember(desk, home);
  // Names of villages and workers are wanted from the first hour on; without a network they come later.
  handle(desk, StartSync{});
}

/// What happened to the database and its newest changes; "" for nothing.
std::string database_in_words(const Desk& desk, const store::OpenReport& report) {
  if (report.missing > 0)
    return desk.wording.text("app.opened.missing", {{"count", std::to_string(report.missing)}});
  if (report.repaired) return desk.wording.text("app.opened.repaired");
  if (report.is_copy) return desk.wording.text("app.opened.copy");
  if (report.from_journal > 0)
    return desk.wording.text("app.opened.from_journal", {{"count", std::to_string(report.from_journal)}});
  return {};
}

std::string report_in_words(const Desk& desk, const store::OpenReport& report) {
  std::string said = database_in_words(desk, report);
  if (!report.journal_damaged) return said;
  const std::string more = desk.wording.text("app.opened.journal_damaged");
  return said.empty() ? more : desk.wording.text("app.opened.also", {{"said", said}, {"more", more}});
}

/// The person's own language and look.
void use_own_settings(Desk& desk) {
  const auto language = desk.store->settings().get("language");
  if (!language.ok() || !*language || **language == desk.laptop.look().language) return;
  ScreenLook look = desk.laptop.look();
  look.language = **language;
  if (auto kept = desk.laptop.set_look(look); !kept.ok()) log_error("laptop.look", kept.error());
  desk.use_language(look.language);
}

}  // namespace

void handle(Desk& desk, const Enrol& command) {
  if (desk.screens.enrol.stage != view::EnrolStage::kAsk || desk.store) return;
  Joining joining;
  joining.passphrase = command.passphrase;
  if (const Status fit = store::check_passphrase(command.passphrase); !fit.ok()) {
    fail_enrolment(desk, fit.error(), "passphrase");
    return;
  }
  const auto text = join_text(command.join_line);
  auto line = text.ok() ? sync::laptop::parse_join_line(*text) : Result<sync::laptop::JoinLine>(text.error());
  if (!line.ok()) {
    fail_enrolment(desk, line.error(), "join_line");
    return;
  }
  joining.line = std::move(*line);
  joining.keys = sync::laptop::make_device_keys();
  joining.replica = ReplicaId::random();
  joining.address.url = joining.line.url;
  joining.address.key_pins = joining.line.key_pins;
  desk.cancel = std::make_shared<sync::laptop::CancelFlag>(false);
  desk.screens.enrol.stage = view::EnrolStage::kConnecting;
  desk.screens.enrol.problem.clear();
  desk.screens.enrol.problems.clear();
  desk.publish();
  desk.net_thread.post([&desk, joining, cancel = desk.cancel] {
    const auto transport = desk.transport(joining.address);
    auto answer =
        sync::laptop::enrol(*transport, joining.line, joining.replica, joining.keys, desk.clock, *cancel);
    desk.store_thread.post([&desk, joining, answer = std::move(answer)]() mutable {
      finish_enrolment(desk, joining, std::move(answer));
    });
  });
}

void handle(Desk& desk, const Unlock& command) {
  if (desk.store) return;
  desk.screens.unlock.working = true;
  desk.screens.unlock.problem.clear();
  desk.publish();
  const std::filesystem::path home = desk.laptop.store_folder(command.store);
  store::OpenReport report;
  const std::string notice = desk.screens.unlock.notice;
  const store::OnUpgrade on_upgrade = [&, began_ms = desk.clock.steady_ms()](std::size_t step,
                                                                             std::size_t of) {
    const WallMs seconds = (desk.clock.steady_ms() - began_ms) / 1000;
    desk.screens.unlock.notice = desk.wording.text(
        "app.upgrading",
        {{"step", std::to_string(step)}, {"of", std::to_string(of)}, {"seconds", std::to_string(seconds)}});
    desk.publish();
  };
  auto opened = store::LaptopStore::open(home, command.passphrase, desk.clock, report,
                                         domain::Catalogue::base(), on_upgrade);
  desk.screens.unlock.notice = notice;
  desk.screens.unlock.working = false;
  ++desk.screens.unlock.attempt;
  if (!opened.ok()) {
    log_error("unlock.failed", opened.error());
    desk.screens.unlock.problem = desk.wording.sentence(opened.error());
    desk.publish();
    return;
  }
  desk.store = std::move(*opened);
  desk.home = home;
  ++desk.session;
  use_own_settings(desk);
  desk.show_inside();
  remember(desk, home);
  const std::string said = report_in_words(desk, report);
  if (!said.empty()) desk.toast(said, {}, view::Tone::kAgeing);
  desk.publish();
}

void handle(Desk& desk, const Lock& command) {
  const std::string minutes = std::to_string(desk.screens.settings.idle_lock_minutes);
  desk.close_store();
  desk.show_outside(command.idle ? desk.wording.text("app.locked_idle", {{"minutes", minutes}}) : "");
  desk.publish();
}

void handle(Desk& desk, const ChangePassphrase& command) {
  view::SettingsView& settings = desk.screens.settings;
  settings.passphrase_problems.clear();
  settings.changing_passphrase = true;
  desk.publish();
  const auto changed = desk.store->change_passphrase(command.old_passphrase, command.next_passphrase);
  settings.changing_passphrase = false;
  ++settings.passphrase_answered;
  if (changed.ok()) {
    desk.toast(desk.wording.text("app.passphrase_changed"));
  } else {
    const bool old = changed.error().code == "store.wrong_passphrase";
    settings.passphrase_problems.push_back(
        {old ? "old" : "next", desk.wording.sentence(changed.error()), {}});
  }
  desk.publish();
}

}  // namespace lianxin::client::app
