#include "client/view/shell_view_builder.hpp"

#include <algorithm>

#include "client/store/clock_offset.hpp"
#include "client/view/today_view_builder.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::view {
namespace {

constexpr std::size_t kPlacesMax = 2;

Result<std::string> place_of(const ViewSources& sources, const store::StoreStatus& status) {
  std::vector<std::string> names;
  for (const store::HeldScope& scope : status.scopes) {
    if (names.size() == kPlacesMax) break;
    LX_TRY(const std::string name, store::name_of(sources.store.database(), "org_unit", scope.scope));
    names.push_back(!name.empty() ? name : !scope.name.empty() ? scope.name : scope.code);
  }
  std::string place = sources.wording.enumerate(names);
  if (status.scopes.size() > kPlacesMax)
    place = sources.wording.text("view.places",
                                 {{"first", place}, {"count", std::to_string(status.scopes.size())}});
  return place;
}

/// Who answers for a unit is called so, whatever else is on the card.
std::string foremost(const std::vector<std::string>& roles) {
  for (const char* role : {"admin", "officer", "secretary"}) {
    if (std::find(roles.begin(), roles.end(), role) != roles.end()) return role;
  }
  return roles.front();
}

Result<std::string> role_of(const ViewSources& sources) {
  LX_TRY(const auto worker, sources.store.records().get(sources.store.identity().worker));
  if (!worker) return std::string();
  const auto roles = worker->fields.find("roles");
  if (roles == worker->fields.end() || roles->second.elements.empty()) return std::string();
  return sources.wording.code("worker_role", foremost(roles->second.elements));
}

Result<std::string> person_of(const ViewSources& sources) {
  const std::string& name = sources.store.identity().worker_name;
  LX_TRY(const std::string role, role_of(sources));
  return role.empty() ? name : role + " " + name;
}

void add_status(const ViewSources& sources, const store::StoreStatus& status, const ShellFacts& facts,
                std::int64_t gone_back, ShellView& shell) {
  const Wording& wording = sources.wording;
  const auto add = [&](std::string text, Tone tone) {
    shell.status.push_back({std::move(text), tone, Mark::kNone});
  };
  if (facts.is_disk_full) {
    shell.status.push_back({wording.text("view.status_line.disk_full"), Tone::kNeedsYou, Mark::kNeedsYou});
    shell.notice = {wording.text("view.disk_full"), Tone::kNeedsYou, Mark::kNeedsYou};
  }
  if (facts.is_syncing) add(wording.text("view.status_line.syncing"), Tone::kPlain);
  add(wording.text(status.copies >= 2 ? "view.status_line.copies" : "view.status_line.one_copy"),
      status.copies >= 2 ? Tone::kQuiet : Tone::kAgeing);
  if (unsent_count(status) == 0) {
    add(wording.text("view.status_line.none_unsent"), Tone::kQuiet);
  } else {
    add(wording.text("view.status_line.unsent", {{"count", std::to_string(unsent_count(status))},
                                                 {"kinds", unsent_in_words(wording, status)}}),
        Tone::kPlain);
  }
  if (std::abs(status.clock_offset_ms) > kClockToleranceMs)
    add(wording.text("view.status_line.clock"), Tone::kNeedsYou);
  if (gone_back > 0) add(wording.text("view.status_line.clock_gone_back"), Tone::kNeedsYou);
}

/// How the last sync ended.
Words receipt_words(const Wording& wording, const store::StoreStatus& status, const ShellFacts& facts) {
  if (facts.last_sync_ms == 0)
    return {wording.text("view.status_line.never_synced"), Tone::kAgeing, Mark::kNone};
  const bool is_green = status.last_sync_complete && !status.purges_unasked;
  return {wording.text(is_green ? "view.status_line.synced_green" : "view.status_line.synced_open",
                       {{"when", wording.moment(facts.last_sync_ms, Date::of(facts.now_ms))}}),
          is_green ? Tone::kQuiet : Tone::kAgeing, Mark::kNone};
}

}  // namespace

Result<std::string> place_and_role(const ViewSources& sources) {
  LX_TRY(const store::StoreStatus status, sources.store.records().status());
  LX_TRY(const std::string place, place_of(sources, status));
  LX_TRY(const std::string role, role_of(sources));
  return Wording::dotted({place, role});
}

Result<ShellView> build_shell(const ViewSources& sources, const ShellFacts& facts) {
  LX_TRY(const store::StoreStatus status, sources.store.records().status());
  LX_TRY(const std::uint32_t cases, store::open_cases(sources.store.database()));
  ShellView shell;
  shell.access = Access::kOpen;
  LX_TRY(shell.place, place_of(sources, status));
  LX_TRY(shell.person, person_of(sources));
  const auto unsent = unsent_count(status);
  const auto conflicts = static_cast<std::uint32_t>(status.conflicts);
  shell.nav = {{Page::kToday, facts.due, false},
               {Page::kMembers, 0, false},
               {Page::kVisits, 0, false},
               {Page::kDeliveries, 0, false},
               {Page::kCases, cases, false},
               {Page::kHardship, 0, false},
               {Page::kRecords, 0, false},
               {Page::kConflicts, conflicts, conflicts > 0},
               {Page::kDuplicates, facts.duplicates, false},
               {Page::kReports, 0, false},
               {Page::kForms, 0, false},
               {Page::kSync, unsent, false},
               {Page::kImport, 0, false},
               {Page::kSettings, 0, false}};
  LX_TRY(const std::int64_t gone_back, store::clock_gone_back(sources.store.database(), sources.now()));
  add_status(sources, status, facts, gone_back, shell);
  shell.receipt = receipt_words(sources.wording, status, facts);
  return shell;
}

}  // namespace lianxin::client::view
