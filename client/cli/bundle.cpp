// bundle: files that travel by stick (sync.md 8).
#include "sync/laptop/bundle.hpp"

#include <algorithm>

#include "client/app/receipt_words.hpp"
#include "client/cli/call.hpp"
#include "client/cli/record_shape.hpp"
#include "shared/base/file.hpp"
#include "shared/base/text.hpp"
#include "sync/wire/bundle_json.hpp"

namespace lianxin::client::cli {
namespace {

using sync::laptop::BundleImported;
using sync::wire::BundleHeader;
using sync::wire::BundleKind;

Json header_json(const BundleHeader& header) {
  return sync::wire::header_json<Json>(header, iso_time(header.made_ms));
}

/// Whose laptop a device is, as far as the store knows; its id where there is no store.
std::string who(const Terminal& terminal, store::LaptopStore* store, const Id& device) {
  if (device.is_nil()) return terminal.words("bundle.server");
  if (store == nullptr) return device.text();
  if (device == store->identity().device) return terminal.words("bundle.me");
  const auto devices = store->bundles().devices();
  if (!devices.ok()) return device.text();
  for (const sync::wire::DeviceEntry& entry : *devices) {
    if (entry.device == device)
      return terminal.words("bundle.whose", {{"name", Names(store->records()).of(entry.worker)}});
  }
  return device.text();
}

void say_header(Call& call, store::LaptopStore* store, const BundleHeader& header) {
  Terminal& terminal = call.terminal;
  terminal.say("bundle.kind." + std::string(word_of(header.kind)));
  terminal.say("bundle.made", {{"when", time_text(header.made_ms)}});
  terminal.say("bundle.from", {{"who", who(terminal, store, header.from_device)}});
  terminal.say("bundle.to", {{"who", who(terminal, store, header.to_device)}});
  terminal.say("bundle.holds",
               {{"changes", std::to_string(header.changes)}, {"entries", std::to_string(header.entries)}});
  if (header.more) terminal.say("bundle.more");
}

Result<Bytes> read_bundle(const std::string& file) {
  return read_file(file, sync::wire::kBundleBytesMax + 1);  // one more: the decoder says what is too large
}

std::string_view word_of(const BundleImported& done) {
  switch (done.what) {
    case BundleImported::What::kTaken:
      return "taken";
    case BundleImported::What::kParked:
      return "parked";
    case BundleImported::What::kOld:
      return "known";
  }
  return "taken";
}

Json imported_json(const BundleImported& done) {
  Json json = {{"outcome", word_of(done)},
               {"bundle", header_json(done.header)},
               {"received", done.taken.received},
               {"acknowledged", done.taken.acknowledged},
               {"quarantined", done.taken.quarantined},
               {"conflicts", done.conflicts},
               {"fresh", done.peer.fresh},
               {"known", done.peer.known},
               {"outside", done.peer.outside},
               {"parked", done.still_parked}};
  if (!done.missing.empty()) json["missing"] = done.missing;
  Json scopes = Json::array();
  for (const sync::laptop::ScopeVerdict& scope : done.scopes)
    scopes.push_back({{"scope", scope.code}, {"records", scope.records}, {"equal", scope.equal}});
  json["scopes"] = std::move(scopes);
  return json;
}

void say_imported(Call& call, const BundleImported& done) {
  Terminal& terminal = call.terminal;
  if (done.what == BundleImported::What::kParked) {
    terminal.say("bundle.took.parked", {{"missing", done.missing}});
  } else if (done.what == BundleImported::What::kOld) {
    terminal.say("bundle.took.old");
  } else if (done.header.kind == BundleKind::kToPeer) {
    terminal.say("bundle.took.peer", {{"fresh", std::to_string(done.peer.fresh)}});
  } else {
    terminal.say("bundle.took.answer", {{"received", std::to_string(done.taken.received)},
                                        {"acknowledged", std::to_string(done.taken.acknowledged)}});
  }
  if (!done.scopes.empty()) {
    const bool equal =
        std::all_of(done.scopes.begin(), done.scopes.end(), [](const auto& scope) { return scope.equal; });
    terminal.say(equal ? "bundle.took.equal" : "bundle.took.unequal");
  }
  if (done.still_parked > 0)
    terminal.say("bundle.took.still_parked", {{"count", std::to_string(done.still_parked)}});
}

}  // namespace

Exit bundle_export(Call& call) {
  LX_TRY(const auto store, open_store(call));
  const bool to_server = call.options.to == "server";
  sync::laptop::MadeBundle made;
  LX_DO(store->taking_away([&]() -> Status {
    LX_TRY(made, to_server ? sync::laptop::bundle_for_server(store->replica(), store->bundles(), call.clock)
                           : sync::laptop::bundle_for_peer(store->replica(), store->bundles(),
                                                           call.options.to, call.clock));
    return {};
  }));
  LX_DO(replace_file(call.options.out, made.file));
  LX_TRY(const auto pictures, store->replica().pictures()->unsent_pictures());
  if (call.terminal.json()) {
    Json json = header_json(made.header);
    json["file"] = call.options.out;
    json["bytes"] = made.file.size();
    json["pictures_unsent"] = pictures.pictures;
    call.terminal.value(json);
  } else {
    say_header(call, store.get(), made.header);
    call.terminal.say("bundle.written", {{"file", call.options.out}});
    if (pictures.pictures > 0)
      call.terminal.say("bundle.pictures_wait", {{"count", std::to_string(pictures.pictures)}});
  }
  return 0;
}

Exit bundle_inspect(Call& call) {
  LX_TRY(const Bytes file, read_bundle(call.options.file));
  LX_TRY(const sync::wire::Bundle bundle, sync::wire::decode_bundle(file));
  if (call.terminal.json()) {
    call.terminal.value(header_json(bundle.header));
  } else {
    say_header(call, nullptr, bundle.header);
  }
  return 0;
}

Exit bundle_import(Call& call) {
  LX_TRY(const Bytes file, read_bundle(call.options.file));
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const BundleImported done, sync::laptop::import_bundle(store->replica(), store->bundles(), file));
  if (done.receipt)
    LX_DO(app::remember_receipt_of_file(store->replica(), *done.receipt, call.clock.now_ms()));
  if (done.revoked) return fail("sync.revoked");
  if (call.terminal.json()) {
    call.terminal.value(imported_json(done));
  } else {
    say_header(call, store.get(), done.header);
    say_imported(call, done);
  }
  return 0;
}

Exit bundle_laptops(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const auto devices, store->bundles().devices());
  Json all = Json::array();
  std::vector<std::vector<std::string>> rows;
  Names names(store->records());
  for (const sync::wire::DeviceEntry& entry : devices) {
    Json scopes = Json::array();
    std::vector<std::string> codes;
    for (const sync::wire::SharedScope& shared : entry.shared) {
      LX_TRY(const std::string code, store->bundles().scope_code(shared.scope));
      scopes.push_back(code);
      codes.push_back(code);
    }
    all.push_back({{"replica", entry.replica.text()},
                   {"device", entry.device.text()},
                   {"worker", entry.worker.text()},
                   {"revoked", entry.revoked},
                   {"scopes", std::move(scopes)}});
    rows.push_back({entry.replica.text(), names.of(entry.worker), join(codes, ", ")});
  }
  if (call.terminal.json()) {
    call.terminal.value(all);
  } else {
    call.terminal.table(rows);
    if (rows.empty()) call.terminal.say("bundle.laptops.none");
  }
  return 0;
}

}  // namespace lianxin::client::cli
