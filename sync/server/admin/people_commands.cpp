#include "sync/server/admin/people_commands.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "shared/base/date.hpp"
#include "shared/base/span.hpp"
#include "sync/server/http/certificate.hpp"
#include "sync/server/service/bundles.hpp"
#include "sync/server/service/names.hpp"

namespace lianxin::sync::server::admin {
namespace {

Json json_of(const WorkerEntry& entry) {
  Json grants = Json::array();
  for (std::size_t i = 0; i < entry.grants.size(); ++i) {
    const store::GrantRow& grant = entry.grants[i];
    grants.push_back(Json{{"id", grant.id.text()},
                          {"role", grant.role},
                          {"scope", entry.codes.at(i)},
                          {"scope_name", entry.places.at(i)},
                          {"from", grant.from},
                          {"to", grant.to}});
  }
  return Json{{"worker", entry.worker.text()}, {"name", entry.name}, {"grants", std::move(grants)}};
}

Json json_of(const store::DeviceRow& device, const DeviceGaps& gaps, WallMs now_ms) {
  return Json{{"device", device.id.text()},
              {"worker", device.worker.text()},
              {"replica", device.replica.number == 0 ? "" : device.replica.text()},
              {"state", state_of(device, now_ms)},
              {"added", moment_text(device.added_ms)},
              {"enrolled", moment_text(device.enrolled_ms)},
              {"revoked", moment_text(device.revoked_ms)},
              {"last_sync", moment_text(device.last_seen_ms)},
              {"equal", device.verdict_equal},
              {"clock_offset_ms", device.clock_offset_ms},
              {"missing", gaps.awaited()},
              {"closed_missing", gaps.closed_missing()},
              {"arrived_late", gaps.arrived_late()}};
}

/// What of a device's work has not come, in words; "" = all has.
std::string gaps_text(const Context& context, const DeviceGaps& gaps) {
  std::string text;
  const auto add = [&](std::string_view key, std::uint64_t count) {
    if (count > 0) text += "  " + context.out.messages().get(key, {{"count", std::to_string(count)}});
  };
  add("server.device.missing", gaps.awaited());
  add("server.device.closed_missing", gaps.closed_missing());
  add("server.device.arrived_late", gaps.arrived_late());
  return text;
}

/// How far a laptop's clock was from this machine's at its last sync; "" = they agree.
std::string clock_text(const Context& context, const store::DeviceRow& device) {
  const std::int64_t offset = device.last_seen_ms == 0 ? 0 : device.clock_offset_ms;
  if (std::abs(offset) <= kClockToleranceMs) return {};
  const Span span = span_of(offset);
  const Messages& messages = context.out.messages();
  return "  " + messages.get(offset > 0 ? "server.device.clock_fast" : "server.device.clock_slow",
                             {{"span", messages.get(span.key(), {{"count", std::to_string(span.count)}})}});
}

/// The administrator in words, as in the audit.
std::string whose_closing(const Context& context, const std::string& who) {
  const std::string key = "server.audit.by." + who;
  return context.out.messages().has(key) ? context.out.messages().get(key) : who;
}

/// Run by run, and who closed which when and why.
void tell_gaps(const Context& context, const DeviceGaps& gaps, Json& answer) {
  answer["gaps"] = Json::array();
  answer["closed_gaps"] = Json::array();
  for (const wire::IdRun& run : gaps.open) {
    answer["gaps"].push_back(Json{{"replica", run.replica.text()}, {"first", run.first}, {"last", run.last}});
    context.out.say("server.device.gap", {{"replica", run.replica.text()},
                                          {"first", std::to_string(run.first)},
                                          {"last", std::to_string(run.last)}});
  }
  for (const DeviceGaps::Closed& one : gaps.closed) {
    const store::GapClosingRow& closing = one.closing;
    answer["closed_gaps"].push_back(Json{{"replica", closing.replica.text()},
                                         {"first", closing.first},
                                         {"last", closing.last},
                                         {"missing", one.missing()},
                                         {"arrived", one.arrived},
                                         {"at", moment_text(closing.at_ms)},
                                         {"who", closing.who},
                                         {"reason", closing.reason}});
    context.out.say("server.device.closed_gap", {{"replica", closing.replica.text()},
                                                 {"first", std::to_string(closing.first)},
                                                 {"last", std::to_string(closing.last)},
                                                 {"missing", std::to_string(one.missing())},
                                                 {"arrived", std::to_string(one.arrived)},
                                                 {"when", moment_text(closing.at_ms)},
                                                 {"who", whose_closing(context, closing.who)},
                                                 {"reason", closing.reason}});
  }
}

/// Address and pin as a laptop needs them.
Result<std::string> line_for(const Context& context, const County& county, const std::string& code) {
  LX_TRY(const auto tls, context.folder().read_tls());
  LX_TRY(const std::string pin, http::key_pin(tls.certificate));
  return join_line(context.folder().serving_url().value_or(county.url), code, pin);
}

/// All that a laptop without a network needs to begin.
Status write_offer(const Context& context, store::Store& store, const AddedDevice& added) {
  LX_TRY(Bundles bundles, Bundles::open(store, domain::Catalogue::base(), context.clock));
  LX_TRY(const auto tls, context.folder().read_tls());
  LX_TRY(const std::string pin, http::key_pin(tls.certificate));
  LX_TRY(const auto reader, store.read());
  LX_TRY(const County county, load_county(*reader));
  LX_TRY(const Bytes offer,
         bundles.offer(added.device, added.code, context.folder().serving_url().value_or(county.url), pin));
  return replace_file(context.options.file, offer);
}

/// The moment for people, "never" when it has not come.
std::string when_text(const Context& context, WallMs moment) {
  return moment == 0 ? context.out.messages().get("server.never") : moment_text(moment);
}

std::string role_text(const Context& context, const std::string& role) {
  return context.out.messages().get("server.role." + role);
}

std::string end_text(const Context& context, const std::string& day) {
  return day.empty() ? context.out.messages().get("server.open_end") : day;
}

}  // namespace

bool is_own_clock_doubtful(const std::vector<store::DeviceRow>& devices) {
  std::size_t fast = 0;
  std::size_t slow = 0;
  std::size_t right = 0;
  for (const store::DeviceRow& device : devices) {
    if (device.last_seen_ms == 0) continue;
    const std::int64_t offset = device.clock_offset_ms;
    ++(offset > kClockToleranceMs ? fast : offset < -kClockToleranceMs ? slow : right);
  }
  return right == 0 && std::max(fast, slow) >= 2 && std::min(fast, slow) == 0;
}

std::string_view state_of(const store::DeviceRow& device, WallMs now_ms) {
  if (device.revoked_ms != 0) return "revoked";
  if (!device.sign_key.empty()) return "enrolled";
  return now_ms > device.join_expires_ms ? "expired" : "waiting";
}

Result<int> worker_add(const Context& context) {
  LX_TRY(OpenCounty county, open_county(context));
  const Options& options = context.options;
  LX_TRY(const Id worker, county.office.add_worker(options.name, options.role, options.scope));
  context.out.value(Json{{"worker", worker.text()}});
  context.out.say("server.worker.added", {{"name", options.name}, {"worker", worker.text()}});
  context.out.say("server.worker.next", {{"worker", worker.text()}, {"data", options.data}});
  return 0;
}

Result<int> worker_list(const Context& context) {
  LX_TRY(const OpenCounty county, open_county(context));
  LX_TRY(const auto workers, county.office.workers());
  for (const WorkerEntry& entry : workers) {
    context.out.item(json_of(entry));
    context.out.line(entry.worker.text() + "  " + entry.name);
    if (entry.grants.empty()) context.out.say("server.worker.no_grants");
    for (std::size_t i = 0; i < entry.grants.size(); ++i) {
      const store::GrantRow& grant = entry.grants[i];
      const bool one_day = !grant.to.empty() && grant.to < grant.from;  // given and taken back on one day
      context.out.say(one_day ? "server.worker.grant_void" : "server.worker.grant_line",
                      {{"grant", grant.id.text()},
                       {"role", role_text(context, grant.role)},
                       {"scope", entry.codes.at(i)},
                       {"place", entry.places.at(i)},
                       {"from", grant.from},
                       {"to", end_text(context, grant.to)}});
    }
  }
  context.out.end_items();
  return 0;
}

Result<int> worker_grant(const Context& context) {
  LX_TRY(OpenCounty county, open_county(context));
  const Options& options = context.options;
  LX_TRY(const Id worker, typed_id(options.id));
  auto grant = county.office.grant(worker, options.role, options.scope, {options.day, options.last_day});
  if (!grant.ok()) return about(grant.error(), options.id);
  context.out.value(Json{{"grant", grant->text()}});
  context.out.say("server.worker.granted",
                  {{"role", role_text(context, options.role)},
                   {"scope", options.scope},
                   {"from", options.day.empty() ? Date::of(context.clock.now_ms()).text() : options.day},
                   {"to", end_text(context, options.last_day)}});
  return 0;
}

Result<int> worker_end(const Context& context) {
  LX_TRY(OpenCounty county, open_county(context));
  LX_TRY(const Id id, typed_id(context.options.id));
  auto ended = county.office.end_grant(id, context.options.day);
  if (!ended.ok()) return about(ended.error(), context.options.id);
  context.out.value(Json{{"ended", *ended}});
  context.out.say("server.worker.ended", {{"count", std::to_string(*ended)}});
  return 0;
}

Result<int> device_add(const Context& context) {
  LX_TRY(OpenCounty county, open_county(context));
  const Options& options = context.options;
  LX_TRY(const Id worker, typed_id(options.worker));
  const bool on_stick = !options.file.empty();
  if (on_stick && is_there(options.file)) return fail("device.offer_exists", {{"file", options.file}});
  auto added = county.office.add_device(worker, on_stick ? kOfferLifeMs : kJoinLifeMs);
  if (!added.ok()) return about(added.error(), options.worker);
  Json answer = {{"device", added->device.text()}, {"expires", moment_text(added->expires_ms)}};
  if (!on_stick) {
    LX_TRY(const std::string join, line_for(context, county.office.county(), added->code));
    answer["join"] = join;
    context.out.line(join);
  } else {
    LX_DO(write_offer(context, *county.store, *added));
    answer["file"] = options.file;
    context.out.say("server.device.written", {{"file", options.file}});
  }
  context.out.value(answer);
  context.out.say("server.device.expires", {{"when", moment_text(added->expires_ms)}});
  return 0;
}

Result<int> device_list(const Context& context) {
  LX_TRY(const OpenCounty county, open_county(context));
  LX_TRY(const auto devices, county.office.devices());
  LX_TRY(auto gaps, county.office.device_gaps());
  LX_TRY(const auto workers, county.office.workers());
  for (const store::DeviceRow& device : devices) {
    const auto worker = std::find_if(workers.begin(), workers.end(),
                                     [&](const WorkerEntry& one) { return one.worker == device.worker; });
    const std::string name = worker == workers.end() ? device.worker.text() : worker->name;
    Json row = json_of(device, gaps[device.id], context.clock.now_ms());
    row["worker_name"] = name;
    context.out.item(row);
    const std::string state = "server.device.state." + std::string(state_of(device, context.clock.now_ms()));
    context.out.line(context.out.messages().get("server.device.line",
                                                {{"device", device.id.text()},
                                                 {"name", name},
                                                 {"state", context.out.messages().get(state)},
                                                 {"when", when_text(context, device.last_seen_ms)}}) +
                     gaps_text(context, gaps[device.id]) + clock_text(context, device));
  }
  context.out.end_items();
  if (devices.empty()) context.out.say("server.device.none");
  if (is_own_clock_doubtful(devices)) context.out.aside("server.device.clock_here");
  return 0;
}

Result<int> device_revoke(const Context& context) {
  LX_TRY(OpenCounty county, open_county(context));
  LX_TRY(const Id device, typed_id(context.options.id));
  if (const Status done = county.office.revoke_device(device); !done.ok())
    return about(done.error(), context.options.id);
  context.out.value(Json{{"device", device.text()}, {"revoked", true}});
  context.out.say("server.device.revoked", {{"device", device.text()}});
  return 0;
}

namespace {

/// Whom the office has to tell: by name and division, which is how it knows them.
Status tell_people(const Context& context, store::Store& store, const std::vector<Id>& members,
                   Json& answer) {
  LX_TRY(const auto reader, store.read());
  answer["members"] = Json::array();
  answer["people"] = Json::array();
  for (const Id& member : members) {
    answer["members"].push_back(member.text());
    LX_TRY(const auto row, reader->record(member));
    if (!row) continue;
    LX_TRY(const std::string name, record_name(*reader, domain::Catalogue::base(), *row));
    std::string places;
    for (const Id& scope : row->scopes) {
      LX_TRY(const std::string code, code_of(*reader, scope));
      places += (places.empty() ? "" : " ") + code;
    }
    answer["people"].push_back(Json{{"member", member.text()}, {"name", name}, {"scopes", places}});
    context.out.line(member.text() + "  " + places + "  " + name);
  }
  return {};
}

}  // namespace

Result<int> device_report(const Context& context) {
  LX_TRY(const OpenCounty county, open_county(context));
  LX_TRY(const Id device, typed_id(context.options.id));
  auto report = county.office.report_device(device);
  if (!report.ok()) return about(report.error(), context.options.id);
  Json answer = json_of(report->device, report->gaps, context.clock.now_ms());
  answer["worker_name"] = report->worker_name;
  answer["scopes"] = Json::array();
  context.out.say("server.device.report", {{"name", report->worker_name},
                                           {"when", when_text(context, report->device.last_seen_ms)},
                                           {"members", std::to_string(report->members.size())}});
  for (const DeviceReport::Scope& scope : report->scopes) {
    answer["scopes"].push_back(Json{{"scope", scope.code},
                                    {"records", scope.records},
                                    {"up_to_date", scope.up_to_date},
                                    {"ended", scope.ended},
                                    {"erased", moment_text(scope.erased_ms)}});
    const std::string place = scope.code.empty() ? context.out.messages().get("server.shelf") : scope.code;
    const std::string_view line = scope.erased_ms != 0 ? "server.device.report_erased"
                                  : scope.ended        ? "server.device.report_ended"
                                                       : "server.device.report_scope";
    context.out.say(line, {{"scope", place},
                           {"records", std::to_string(scope.records)},
                           {"when", when_text(context, scope.erased_ms)}});
  }
  tell_gaps(context, report->gaps, answer);
  LX_DO(tell_people(context, *county.store, report->members, answer));
  context.out.value(answer);
  return 0;
}

Result<int> device_close_gap(const Context& context) {
  LX_TRY(OpenCounty county, open_county(context));
  LX_TRY(const Id device, typed_id(context.options.id));
  const auto gaps = county.office.close_gap(device, context.options.reason);
  if (!gaps.ok()) return about(gaps.error(), context.options.id);
  Json answer = {{"device", device.text()}, {"closed_missing", gaps->closed_missing()}};
  context.out.say("server.device.gap_closed",
                  {{"device", device.text()}, {"count", std::to_string(gaps->closed_missing())}});
  tell_gaps(context, *gaps, answer);
  context.out.value(answer);
  return 0;
}

}  // namespace lianxin::sync::server::admin
