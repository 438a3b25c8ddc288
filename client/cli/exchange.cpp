// sync: one sync over the network, told while it runs, remembered when it ends.
#include <csignal>
#include <map>
#include <optional>

#include "client/app/county_address.hpp"
#include "client/app/receipt_words.hpp"
#include "client/cli/call.hpp"
#include "shared/base/text.hpp"
#include "sync/laptop/bundle.hpp"
#include "sync/laptop/session.hpp"

namespace lianxin::client::cli {
namespace {

using sync::laptop::Receipt;
using sync::laptop::SyncProgress;

/// Ctrl-C ends the sync, not the program: nothing is lost, and what was done is remembered.
sync::laptop::CancelFlag& cancelled() {
  static sync::laptop::CancelFlag flag{false};
  return flag;
}
extern "C" void on_interrupt(int /*signal*/) { cancelled().store(true); }

class Interruptible {
 public:
  Interruptible() {
    cancelled().store(false);
    struct sigaction action {};
    action.sa_handler = on_interrupt;
    sigaction(SIGINT, &action, &before_);
  }
  ~Interruptible() { sigaction(SIGINT, &before_, nullptr); }
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;

 private:
  struct sigaction before_ {};
};

/// One line for each step that moves, not for each packet.
class ProgressLines {
 public:
  explicit ProgressLines(Terminal& terminal) : terminal_(terminal) {}
  void tell(const SyncProgress& now) {
    const bool moved = now.round_trips != said_.round_trips || now.pictures_sent != said_.pictures_sent;
    if (now.phase == said_.phase && !moved && started_) return;
    started_ = true;
    said_ = now;
    switch (now.phase) {
      case SyncProgress::Phase::kConnecting:
        return terminal_.note("cli.sync.connecting", {{"count", std::to_string(now.changes_to_send)}});
      case SyncProgress::Phase::kExchanging:
        return terminal_.note("cli.sync.exchanging", {{"sent", std::to_string(now.changes_sent)},
                                                      {"total", std::to_string(now.changes_to_send)},
                                                      {"received", std::to_string(now.received)}});
      case SyncProgress::Phase::kPictures:
        return terminal_.note("cli.sync.pictures", {{"sent", std::to_string(now.pictures_sent)},
                                                    {"total", std::to_string(now.pictures_to_send)}});
      case SyncProgress::Phase::kComparing:
        return terminal_.note("cli.sync.comparing");
      case SyncProgress::Phase::kDone:
        return terminal_.note("cli.sync.done", {{"trips", std::to_string(now.round_trips)},
                                                {"sent", std::to_string(now.changes_sent)},
                                                {"received", std::to_string(now.received)}});
    }
  }

 private:
  Terminal& terminal_;
  SyncProgress said_;
  bool started_ = false;
};

/// Names of the units of this laptop by their codes.
Result<std::map<std::string, std::string>> unit_names(store::LaptopStore& store) {
  LX_TRY(const std::vector<store::HeldScope> scopes, store.records().scopes());
  std::map<std::string, std::string> names;
  for (const store::HeldScope& scope : scopes)
    names[scope.code] = scope.name;
  return names;
}

void say_receipt(Call& call, const Json& receipt, std::map<std::string, std::string> names) {
  auto number = [&](const char* name) { return std::to_string(receipt.at(name).get<std::uint64_t>()); };
  const bool complete = receipt.at("complete").get<bool>();
  call.terminal.say(complete ? "cli.receipt.complete" : "cli.receipt.open");
  call.terminal.say("cli.receipt.moved",
                    {{"sent", number("sent")},
                     {"received", number("received")},
                     {"trips", number("round_trips")},
                     {"kilobytes", std::to_string((receipt.at("bytes_up").get<std::uint64_t>() +
                                                   receipt.at("bytes_down").get<std::uint64_t>() + 1023) /
                                                  1024)}});
  if (number("conflicts") != "0")
    call.terminal.say("cli.receipt.conflicts", {{"count", number("conflicts")}});
  if (number("quarantined") != "0")
    call.terminal.say("cli.receipt.quarantined", {{"count", number("quarantined")}});
  if (number("evicted") != "0") call.terminal.say("cli.receipt.evicted", {{"count", number("evicted")}});
  if (number("brought_unsent") != "0")
    call.terminal.say("cli.receipt.brought_unsent", {{"count", number("brought_unsent")}});
  if (number("pictures_sent") != "0")
    call.terminal.say("cli.receipt.pictures", {{"count", number("pictures_sent")}});
  if (number("pictures_unsent") != "0")
    call.terminal.say("cli.receipt.pictures_unsent",
                      {{"count", number("pictures_unsent")},
                       {"why", call.terminal.words(receipt.at("pictures_problem").get<std::string>().empty()
                                                       ? "cli.receipt.pictures_old_server"
                                                       : "cli.receipt.pictures_later")}});
  if (number("repaired") != "0") call.terminal.say("cli.receipt.repaired", {{"count", number("repaired")}});
  std::vector<std::vector<std::string>> rows;
  for (const Json& scope : receipt.at("scopes")) {
    const bool equal = scope.at("equal").get<bool>();
    if (scope.at("records").get<std::uint64_t>() == 0 && equal) continue;
    const auto code = scope.at("scope").get<std::string>();
    rows.push_back({"  " + code, names[code], std::to_string(scope.at("records").get<std::uint64_t>()),
                    call.terminal.words(equal ? "cli.receipt.equal" : "cli.receipt.unequal")});
  }
  call.terminal.table(rows);
}

}  // namespace

sync::laptop::ServerAddress address_of(const Call& call, const store::LaptopStore& store) {
  std::string url = call.options.server_url;
  while (url.ends_with('/'))
    url.pop_back();
  return app::county_at(store, url);
}

Result<Json> run_one_sync(Call& call, store::LaptopStore& store) {
  const auto transport = sync::laptop::make_curl_transport(address_of(call, store));
  ProgressLines lines(call.terminal);
  const Interruptible interruptible;
  const auto remember = [&](const std::string& what, bool complete) {
    return store.taking_away([&] { return store.replica().remember_sync(what, complete); });
  };
  LX_DO(sync::laptop::finish_enrolment(store.bundles(), *transport, cancelled()));
  std::optional<Receipt> receipt;
  const Status done = store.taking_away([&]() -> Status {
    LX_TRY(receipt, sync::laptop::run_sync(
                        store.replica(), *transport, call.clock,
                        [&](const SyncProgress& now) { lines.tell(now); }, cancelled()));
    return {};
  });
  if (!done.ok()) {
    LX_DO(remember(Json{{"error", done.error().code}}.dump(), false));
    return done.error();
  }
  sync::laptop::Taken from_files;
  LX_TRY(const std::uint64_t waiting,
         sync::laptop::take_parked(store.replica(), store.bundles(), from_files));
  Json json = app::receipt_json(*receipt);
  json["began"] = iso_time(app::county_time(receipt->began_ms, receipt->clock_offset_ms));
  json["ended"] = iso_time(app::county_time(receipt->ended_ms, receipt->clock_offset_ms));
  json["parked"] = waiting;
  LX_DO(remember(json.dump(), receipt->complete));
  return json;
}

Exit sync(Call& call) {
  std::string url;
  if (!call.options.server_url.empty()) {
    LX_TRY(url, app::county_address(call.options.server_url));
  }
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Json receipt, run_one_sync(call, *store));
  if (call.options.keep) {
    LX_DO(app::keep_county_address(*store, url));
    call.terminal.note("cli.sync.kept", {{"url", url}});
  }
  if (call.terminal.json()) {
    call.terminal.value(receipt);
  } else {
    LX_TRY(auto names, unit_names(*store));
    say_receipt(call, receipt, std::move(names));
  }
  return 0;
}

}  // namespace lianxin::client::cli
