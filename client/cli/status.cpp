#include "client/app/receipt_words.hpp"
#include "client/cli/call.hpp"
#include "client/cli/record_shape.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::cli {
namespace {

/// What the server keeps aside, what it has closed, and what was decided since somebody looked.
struct Aside {
  std::vector<store::KeptAside> kept;
  std::vector<store::Decided> decided;
};

Json aside_json(const store::KeptAside& one) {
  return {{"change", one.change.text()},
          {"record", one.record.text()},
          {"kind", one.kind},
          {"fields", one.fields},
          {"values", one.values},
          {"state", one.is_closed ? "closed" : "waiting"},
          {"reason", one.reason},
          {"owner", one.owner},
          {"own", one.is_own},
          {"written", iso_time(one.wall_ms)}};
}

void add_aside(Json& json, const Aside& aside) {
  json["kept_aside"] = Json::array();
  for (const store::KeptAside& one : aside.kept)
    json["kept_aside"].push_back(aside_json(one));
  json["decided"] = Json::array();
  for (const store::Decided& one : aside.decided) {
    json["decided"].push_back({{"change", one.change.text()},
                               {"record", one.record.text()},
                               {"accepted", one.accepted},
                               {"reason", one.reason},
                               {"told", iso_time(one.at_ms)}});
  }
}

/// A record that has left this laptop has no name here any more.
std::string record_text(const Terminal& terminal, const store::KeptAside& one, Names& names) {
  std::string name = names.of(one.record);
  if (name != one.record.text()) return name;
  return terminal.words("cli.status.nameless", {{"kind", kind_text(terminal, one.kind)}, {"id", name}});
}

/// Name and code of the office that decides.
std::string owner_text(const Terminal& terminal, store::Records& records, const std::string& code,
                       Names& names) {
  if (code.empty()) return terminal.words("cli.status.county");
  const auto unit = records.find_id(code);
  return unit.ok() ? names.of(*unit) : code;
}

void say_aside(Call& call, store::Records& records, const Aside& aside, Names& names) {
  Terminal& terminal = call.terminal;
  for (const store::KeptAside& one : aside.kept) {
    std::vector<std::string> fields;
    for (const std::string& field : one.fields)
      fields.push_back(field_text(terminal, one.kind, field));
    // Another's is told with its fields first, with its reason and its office at the sync after.
    const bool is_untold = !one.is_closed && one.reason.empty();
    const std::string reason = one.reason.empty() ? terminal.words("cli.status.no_reason")
                               : one.is_closed    ? one.reason
                                                  : terminal.words("quarantine." + one.reason);
    terminal.say(one.is_closed ? "cli.status.closed"
                 : is_untold   ? "cli.status.aside_untold"
                               : "cli.status.aside",
                 {{"record", record_text(terminal, one, names)},
                  {"fields", join(fields, terminal.words("cli.comma"))},
                  {"owner", owner_text(terminal, records, one.owner, names)},
                  {"reason", reason}});
  }
  for (const store::Decided& one : aside.decided) {
    if (!one.accepted) continue;
    const std::string name = names.of(one.record);
    const bool is_here = name != one.record.text();
    terminal.say("cli.status.accepted", {{"record", is_here ? name : terminal.words("view.aside.left")}});
  }
}

using Counts = std::map<std::string, std::uint64_t>;

Json status_json(const store::StoreStatus& now, const Counts& counts, const std::vector<store::Told>& told,
                 Names& names) {
  Json scopes = Json::array();
  for (const store::HeldScope& scope : now.scopes)
    scopes.push_back(scope.code);
  Json records = Json::object();
  for (const auto& [kind, count] : counts)
    records[kind] = count;
  Json losses = Json::array();
  for (const store::Told& one : told)
    losses.push_back(told_json(one, names));
  return {{"replica", now.replica.text()},
          {"worker", now.worker.text()},
          {"worker_name", now.worker_name},
          {"server_name", now.server_name},
          {"scopes", std::move(scopes)},
          {"records", std::move(records)},
          {"unsent", now.unsent},
          {"unsent_audit", now.unsent_audit},
          {"unsent_bytes", now.unsent_bytes},
          {"waiting", now.waiting},
          {"conflicts", now.conflicts},
          {"quarantined", now.quarantined},
          {"from_peers", now.from_peers},
          {"leaving", now.leaving},
          {"sealed", now.sealed},
          {"drafts", now.drafts},
          {"unsent_pictures", now.unsent_pictures},
          {"unsent_picture_bytes", now.unsent_picture_bytes},
          {"may_be_handed_on", now.may_be_handed_on()},
          {"last_sync", now.last_sync_ms == 0 ? Json() : Json(iso_time(now.last_sync_ms))},
          {"last_sync_complete", now.last_sync_complete},
          {"clock_offset_ms", now.clock_offset_ms},
          {"copies", now.copies},
          {"purges_unasked", now.purges_unasked},
          {"journals_aside", now.journals_aside},
          {"told", std::move(losses)}};
}

void say_status(Call& call, const store::StoreStatus& now, const Counts& by_kind,
                const std::vector<store::Told>& told, Names& names) {
  Terminal& terminal = call.terminal;
  terminal.say("cli.status.who", {{"worker", now.worker_name}, {"server", now.server_name}});
  terminal.say(now.scopes.empty() ? "cli.status.no_scopes" : "cli.status.scopes",
               {{"scopes", scopes_text(terminal, now.scopes)}});
  std::vector<std::vector<std::string>> counts;
  for (const auto& [kind, count] : by_kind) {
    if (count > 0) counts.push_back({"  " + kind_text(terminal, kind), std::to_string(count)});
  }
  terminal.table(counts);
  terminal.say("cli.status.unsent", {{"count", std::to_string(now.unsent + now.unsent_audit)},
                                     {"kilobytes", std::to_string((now.unsent_bytes + 1023) / 1024)}});
  if (now.unsent_audit > 0)
    terminal.say("cli.status.unsent_audit", {{"count", std::to_string(now.unsent_audit)}});
  if (now.unsent_pictures > 0)
    terminal.say("cli.status.pictures",
                 {{"count", std::to_string(now.unsent_pictures)},
                  {"kilobytes", std::to_string((now.unsent_picture_bytes + 1023) / 1024)}});
  if (now.conflicts > 0) terminal.say("cli.status.conflicts", {{"count", std::to_string(now.conflicts)}});
  if (now.waiting > 0) terminal.say("cli.status.waiting", {{"count", std::to_string(now.waiting)}});
  if (now.from_peers > 0) terminal.say("bundle.from_peers", {{"count", std::to_string(now.from_peers)}});
  if (now.quarantined > 0)
    terminal.say("cli.status.quarantined", {{"count", std::to_string(now.quarantined)}});
  if (now.last_sync_ms == 0) {
    terminal.say("cli.status.never_synced");
  } else {
    terminal.say(now.last_sync_complete ? "cli.status.synced" : "cli.status.synced_open",
                 {{"time", time_text(now.last_sync_ms)}});
  }
  if (now.leaving > 0) terminal.say("cli.status.leaving", {{"count", std::to_string(now.leaving)}});
  terminal.say(now.may_be_handed_on() ? "cli.status.may_be_handed_on" : "cli.status.not_yet_handed_on");
  if (now.copies < 2) terminal.say("cli.status.one_copy");
  if (now.purges_unasked) terminal.say("cli.status.purges_unasked");
  for (const std::string& file : now.journals_aside)
    terminal.say("cli.status.journal_aside", {{"file", file}});
  for (const store::Told& one : told) {
    const domain::Field* field = field_of(terminal, one.kind, one.field);
    terminal.say("cli.status.told", {{"record", names.of(one.record)},
                                     {"field", field_text(terminal, one.kind, one.field)},
                                     {"mine", value_text(terminal, field, one.mine.value_or(""), names)},
                                     {"now", value_text(terminal, field, one.now.value_or(""), names)},
                                     {"author", names.of(one.by_author)}});
  }
}

}  // namespace

Exit status(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(store::StoreStatus now, store->records().status());
  LX_TRY(const std::vector<store::PastSync> past, store::past_syncs(store->database(), 1));
  if (!past.empty()) now.last_sync_ms = app::county_time(past.front());
  LX_TRY(const Counts counts, store->records().counts());
  LX_TRY(const std::vector<store::Told> told, store->records().told());
  Aside aside;
  LX_TRY(aside.kept, store->records().kept_aside());
  LX_TRY(aside.decided, store->records().decided());
  Names names(store->records());
  if (call.terminal.json()) {
    Json json = status_json(now, counts, told, names);
    add_aside(json, aside);
    call.terminal.value(json);
  } else {
    say_status(call, now, counts, told, names);
    say_aside(call, store->records(), aside, names);
  }
  return 0;
}

}  // namespace lianxin::client::cli
