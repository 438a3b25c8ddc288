#include "client/app/receipt_words.hpp"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "client/store/clock_offset.hpp"
#include "client/view/conflict_desk_view_builder.hpp"
#include "client/view/kept_aside_view_builder.hpp"
#include "client/view/today_view_builder.hpp"
#include "shared/base/span.hpp"

namespace lianxin::client::app {
namespace {

using Json = nlohmann::json;
using view::Mark;
using view::Tone;
using view::Wording;

constexpr std::size_t kPastMax = 10;

Json verdict_json(const sync::laptop::ScopeVerdict& verdict) {
  Json json = {{"scope", verdict.code},
               {"records", verdict.records},
               {"digest", verdict.digest},
               {"equal", verdict.equal}};
  if (!verdict.equal) json["server_digest"] = verdict.server_digest;
  return json;
}

std::uint64_t number(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}
std::string text(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}
bool flag(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_boolean() && found->get<bool>();
}

Result<std::string> scope_name(const view::ViewSources& sources, const std::string& code) {
  if (code.empty()) return sources.wording.text("view.shelf");
  const auto unit = sources.store.records().find_id(code);
  if (!unit.ok()) return code;
  LX_TRY(const std::string name, store::name_of(sources.store.database(), "org_unit", *unit));
  return name.empty() ? code : name;
}

/// Nothing on either side, and so it compared: nothing to read in it.
bool is_empty_scope(const Json& json) {
  return json.is_object() && number(json, "records") == 0 && flag(json, "equal");
}

Status add_scope(const view::ViewSources& sources, const Json& json, view::SyncView& view) {
  if (!json.is_object()) return {};
  view::ScopeReceipt row;
  LX_TRY(row.scope, scope_name(sources, text(json, "scope")));
  row.records = Wording::number(number(json, "records"));
  row.equal = flag(json, "equal");
  row.whole_digest = text(json, "digest");
  row.laptop_digest = short_digest(row.whole_digest);
  const std::string server = text(json, "server_digest");
  row.server_digest = server.empty() && row.equal ? row.laptop_digest : short_digest(server);
  view.scopes.push_back(std::move(row));
  return {};
}

/// Those of a county with nobody in them yet are one row.
void add_empty_scopes(const view::Wording& wording, const Json& scopes, view::SyncView& view) {
  const auto empty = std::count_if(scopes.begin(), scopes.end(), is_empty_scope);
  if (empty == 0) return;
  view::ScopeReceipt row;
  row.scope = wording.text("view.receipt.empty_scopes", {{"count", std::to_string(empty)}});
  row.records = "0";
  row.equal = true;
  view.scopes.push_back(std::move(row));
}

void add_line(view::SyncView& view, const char* key, std::string label, Tone tone, std::string words) {
  view.happened.push_back({key, {std::move(label), tone, Mark::kNone}, std::move(words)});
}

void add_happened(const Wording& wording, const Json& json, view::SyncView& view) {
  const auto count = [&](const char* name) { return std::to_string(number(json, name)); };
  add_line(view, "sent", wording.text("view.receipt.sent", {{"count", count("sent")}}), Tone::kPlain,
           wording.text("view.receipt.sent_text"));
  add_line(view, "received", wording.text("view.receipt.received", {{"count", count("received")}}),
           Tone::kPlain, wording.text("view.receipt.received_text"));
  if (number(json, "conflicts") > 0)
    add_line(view, "conflicts", wording.text("view.receipt.conflicts", {{"count", count("conflicts")}}),
             Tone::kNeedsYou, wording.text("view.receipt.conflicts_text"));
  if (number(json, "quarantined") > 0)
    add_line(view, "quarantined", wording.text("view.receipt.quarantined", {{"count", count("quarantined")}}),
             Tone::kAgeing, wording.text("view.receipt.quarantined_text"));
  if (number(json, "evicted") > 0)
    add_line(view, "evicted", wording.text("view.receipt.evicted", {{"count", count("evicted")}}),
             Tone::kAgeing, wording.text("view.receipt.evicted_text"));
}

/// Said once it is put right: a person should know that this laptop's copy was not what it should be.
void add_repaired(const Wording& wording, const Json& json, view::SyncView& view) {
  if (number(json, "repaired") == 0) return;
  const std::string count = std::to_string(number(json, "repaired"));
  add_line(view, "repaired", wording.text("view.receipt.repaired", {{"count", count}}), Tone::kAgeing,
           wording.text("view.receipt.repaired_text"));
}

/// What colleagues' files brought, until it has come from the county.
void add_brought(const Wording& wording, const Json& json, view::SyncView& view) {
  if (number(json, "brought_unsent") == 0) return;
  const std::string count = std::to_string(number(json, "brought_unsent"));
  add_line(view, "brought_unsent", wording.text("view.receipt.brought_unsent", {{"count", count}}),
           Tone::kAgeing, wording.text("view.receipt.brought_text"));
}

/// Photos go after the records, and what is only here of them is no less only here.
void add_pictures(const Wording& wording, const Json& json, view::SyncView& view) {
  if (number(json, "pictures_sent") > 0)
    add_line(
        view, "pictures",
        wording.text("view.receipt.pictures", {{"count", std::to_string(number(json, "pictures_sent"))}}),
        Tone::kPlain, wording.text("view.receipt.pictures_text"));
  if (number(json, "pictures_unsent") > 0)
    add_line(view, "pictures_unsent",
             wording.text("view.receipt.pictures_unsent",
                          {{"count", std::to_string(number(json, "pictures_unsent"))}}),
             Tone::kAgeing,
             wording.text(text(json, "pictures_problem").empty() ? "cli.receipt.pictures_old_server"
                                                                 : "cli.receipt.pictures_later"));
}

Status add_receipt(const view::ViewSources& sources, const store::PastSync& past, const Date& today,
                   const store::StoreStatus& status, view::SyncView& view) {
  const Json json = Json::parse(past.summary, nullptr, false);
  const Wording& wording = sources.wording;
  view.receipt_when = wording.moment(county_time(past), today);
  view.receipt_cost =
      number(json, "round_trips") == 0
          ? wording.text("view.receipt.by_file")
          : wording.text("view.receipt.cost", {{"trips", std::to_string(number(json, "round_trips"))},
                                               {"up", Wording::size(number(json, "bytes_up"))},
                                               {"down", Wording::size(number(json, "bytes_down"))}});
  const auto scopes = json.find("scopes");
  if (scopes != json.end() && scopes->is_array()) {
    for (const Json& scope : *scopes) {
      if (!is_empty_scope(scope)) LX_DO(add_scope(sources, scope, view));
    }
  }
  if (json.contains("shelf")) LX_DO(add_scope(sources, json.at("shelf"), view));
  if (scopes != json.end() && scopes->is_array()) add_empty_scopes(wording, *scopes, view);
  add_happened(wording, json, view);
  add_repaired(wording, json, view);
  add_brought(wording, json, view);
  add_pictures(wording, json, view);
  // Green is what is true now: work kept since the receipt is only here, and of what was put back or copied
  // nobody has asked yet what should be gone.
  view.receipt_green =
      past.complete && view.unsent == 0 && view.unsent_pictures == 0 && !status.purges_unasked;
  view.receipt_sentence =
      wording.text(view.receipt_green         ? "view.receipt.green"
                   : view.unsent > 0          ? "view.receipt.since"
                   : view.unsent_pictures > 0 ? "cli.status.pictures"
                                              : "view.receipt.open",
                   {{"count", std::to_string(view.unsent > 0 ? view.unsent : view.unsent_pictures)},
                    {"kinds", view.unsent_kinds},
                    {"kilobytes", std::to_string((view.unsent_picture_bytes + 1023) / 1024)}});
  return {};
}

std::string span_in_words(const Wording& wording, std::int64_t ms) {
  const Span span = span_of(ms);
  return wording.text(span.key(), {{"count", std::to_string(span.count)}});
}

void add_this_laptop(const view::ViewSources& sources, const store::StoreStatus& status,
                     std::int64_t gone_back, view::SyncView& view) {
  const Wording& wording = sources.wording;
  const std::int64_t offset = status.clock_offset_ms;
  const bool off = std::abs(offset) > kClockToleranceMs;
  if (status.purges_unasked)
    view.this_laptop.push_back({wording.text("cli.status.purges_unasked"), Tone::kNeedsYou, Mark::kNeedsYou});
  for (const std::string& file : status.journals_aside)
    view.this_laptop.push_back(
        {wording.text("cli.status.journal_aside", {{"file", file}}), Tone::kNeedsYou, Mark::kNeedsYou});
  if (gone_back > 0) {
    view.this_laptop.push_back(
        {wording.text("view.clock.gone_back", {{"span", span_in_words(wording, gone_back)}}), Tone::kNeedsYou,
         Mark::kNeedsYou});
  } else if (status.last_sync_ms > 0) {
    const char* key = std::abs(offset) < 2000 ? "view.clock.equal"
                      : offset > 0            ? "view.clock.fast"
                                              : "view.clock.slow";
    view.this_laptop.push_back({wording.text(key, {{"span", span_in_words(wording, offset)}}),
                                off ? Tone::kNeedsYou : Tone::kPlain, off ? Mark::kNeedsYou : Mark::kNone});
  }
  const bool two = status.copies >= 2;
  view.this_laptop.push_back({wording.text(two ? "view.copies.two" : "view.copies.one"),
                              two ? Tone::kPlain : Tone::kAgeing, Mark::kNone});
  view.this_laptop.push_back(
      {wording.text("view.this_device", {{"replica", status.replica.text()}, {"person", status.worker_name}}),
       Tone::kPlain, Mark::kNone});
  view.this_laptop.push_back({hand_back_in_words(wording, status),
                              status.may_be_handed_on() ? Tone::kPlain : Tone::kAgeing, Mark::kNone});
}

}  // namespace

nlohmann::json receipt_json(const sync::laptop::Receipt& receipt) {
  Json scopes = Json::array();
  for (const auto& verdict : receipt.scopes)
    scopes.push_back(verdict_json(verdict));
  return {{"complete", receipt.complete},
          {"sent", receipt.sent},
          {"received", receipt.received},
          {"round_trips", receipt.round_trips},
          {"bytes_up", receipt.bytes_up},
          {"bytes_down", receipt.bytes_down},
          {"quarantined", receipt.quarantined},
          {"conflicts", receipt.conflicts},
          {"evicted", receipt.evicted},
          {"repaired", receipt.repaired},
          {"brought_unsent", receipt.brought_unsent},
          {"pictures_sent", receipt.pictures_sent},
          {"pictures_unsent", receipt.pictures_unsent},
          {"pictures_problem", receipt.pictures_problem},
          {"clock_offset_ms", receipt.clock_offset_ms},
          {"scopes", std::move(scopes)},
          {"shelf", verdict_json(receipt.shelf)}};
}

std::string receipt_text(const sync::laptop::Receipt& receipt) {
  return receipt_json(receipt).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Status remember_receipt_of_file(sync::laptop::Replica& replica, sync::laptop::Receipt receipt,
                                WallMs now_ms) {
  receipt.began_ms = now_ms;
  receipt.ended_ms = now_ms;
  return replica.remember_sync(receipt_text(receipt), receipt.complete);
}

std::string broken_text(const Error& error) { return Json{{"error", error.code}}.dump(); }

WallMs county_time(WallMs at_ms, std::int64_t clock_offset_ms) {
  return std::abs(clock_offset_ms) > kClockToleranceMs ? at_ms - clock_offset_ms : at_ms;
}

WallMs county_time(const store::PastSync& past, std::int64_t unmeasured_ms) {
  const Json json = Json::parse(past.summary, nullptr, false);
  const auto offset = json.is_object() ? json.find("clock_offset_ms") : json.end();
  const bool measured = offset != json.end() && offset->is_number_integer();
  return county_time(past.at_ms, measured ? offset->get<std::int64_t>() : unmeasured_ms);
}

Result<CountyTimes> county_times(const view::ViewSources& sources) {
  CountyTimes times;
  auto& database = sources.store.database();
  LX_TRY(times.clock_offset_ms, store::clock_offset_now(database, sources.now()));
  times.now_ms = county_time(sources.now(), times.clock_offset_ms);
  LX_TRY(const auto past, store::past_syncs(database, 1));
  if (!past.empty()) times.last_sync_ms = county_time(past.front(), times.clock_offset_ms);
  return times;
}

bool is_receipt(const store::PastSync& past) {
  const Json json = Json::parse(past.summary, nullptr, false);
  return json.is_object() && !json.contains("error");
}

std::string hand_back_in_words(const Wording& wording, const store::StoreStatus& status) {
  if (status.may_be_handed_on()) return wording.text("view.hand_back.yes");
  std::vector<std::string> why;
  const auto add = [&](const char* key, std::uint64_t count) {
    if (count > 0) why.push_back(wording.text(key, {{"count", std::to_string(count)}}));
  };
  if (status.last_sync_ms == 0)
    why.push_back(wording.text("view.hand_back.never"));
  else if (!status.last_sync_complete)
    why.push_back(wording.text("view.hand_back.open"));
  const std::string kinds = view::unsent_in_words(wording, status);
  if (!kinds.empty()) why.push_back(wording.text("view.hand_back.unsent", {{"kinds", kinds}}));
  add("view.hand_back.pictures", status.unsent_pictures);
  add("view.hand_back.leaving", status.leaving);
  const bool is_unsynced = !why.empty();
  add("view.hand_back.drafts", status.drafts);
  const char* todo = status.drafts == 0 ? "view.hand_back.do_sync"
                     : is_unsynced      ? "view.hand_back.do_both"
                                        : "view.hand_back.do_finish";
  return wording.text("view.hand_back.no", {{"why", wording.enumerate(why)}, {"todo", wording.text(todo)}});
}

std::string short_digest(const std::string& hex) {
  if (hex.size() <= 9) return hex;
  return hex.substr(0, 4) + "…" + hex.substr(hex.size() - 4);
}

Result<view::SyncView> build_sync(const view::ViewSources& sources, const view::SyncView& before) {
  const Wording& wording = sources.wording;
  view::SyncView view;
  view.panel = before.panel;
  view.problem = before.problem;
  view.may_have_moved = before.may_have_moved;
  view.address = before.address;
  view.address_problem = before.address_problem;
  view.bundle_notice = before.bundle_notice;
  view.bundle_working = before.bundle_working;
  view.bundle_path = before.bundle_path;
  view.bundle_holds = before.bundle_holds;
  view.folder = before.folder;
  LX_TRY(const store::StoreStatus status, sources.store.records().status());
  view.unsent = view::unsent_count(status);
  view.unsent_pictures = status.unsent_pictures;
  view.unsent_picture_bytes = status.unsent_picture_bytes;
  view.unsent_kinds = view::unsent_in_words(wording, status);
  view.cost = view::cost_in_words(wording, status);
  view.server = status.server_name;
  LX_TRY(const auto past, store::past_syncs(sources.store.database(), kPastMax));
  LX_TRY(const CountyTimes times, county_times(sources));
  const Date today = Date::of(times.now_ms);
  bool has_receipt = false;
  for (const store::PastSync& one : past) {
    view.past.push_back({wording.moment(county_time(one, times.clock_offset_ms), today),
                         one.complete
                             ? view::Words{wording.text("view.past.green"), Tone::kSettled, Mark::kSettled}
                             : view::Words{wording.text("view.past.open"), Tone::kAgeing, Mark::kNone}});
    if (has_receipt || !is_receipt(one)) continue;
    LX_DO(add_receipt(sources, one, today, status, view));
    has_receipt = true;
  }
  view.can_print_receipt = has_receipt;
  LX_TRY(const std::int64_t gone_back, store::clock_gone_back(sources.store.database(), sources.now()));
  add_this_laptop(sources, status, gone_back, view);
  LX_TRY(view.told, view::told_in_words(sources));
  LX_TRY(view.kept_aside, view::build_kept_aside(sources));
  view.state.readiness = view::Readiness::kReady;
  return view;
}

}  // namespace lianxin::client::app
