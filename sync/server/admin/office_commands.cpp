#include "sync/server/admin/office_commands.hpp"

#include <algorithm>

#include "sync/server/admin/list_check.hpp"
#include "sync/server/admin/naming.hpp"
#include "sync/server/service/inspection.hpp"
#include "sync/server/service/own_fields.hpp"
#include "sync/server/service/pictures.hpp"

namespace lianxin::sync::server::admin {
namespace {

Json json_of(const QuarantineEntry& entry, std::int64_t age_days) {
  return Json{{"change", entry.change.text()},
              {"record", entry.record.text()},
              {"kind", entry.kind},
              {"scope", entry.scope},
              {"fields", entry.fields},
              {"author", entry.author.text()},
              {"author_name", entry.author_name},
              {"device", entry.device.text()},
              {"reason", entry.reason},
              {"owner", entry.owner},
              {"accepted", moment_text(entry.accepted_ms)},
              {"age_days", age_days}};
}

std::string age_text(const Context& context, std::int64_t days) {
  return context.out.messages().get(days == 0 ? "server.quarantine.today" : "server.quarantine.days",
                                    {{"count", std::to_string(days)}});
}

Result<ChangeId> typed_change(const std::string& text) {
  const auto change = ChangeId::parse(text);
  if (!change.ok()) return about(fail("quarantine.change", {{"change", text}}), text);
  return *change;
}

}  // namespace

Result<int> quarantine_list(const Context& context) {
  LX_TRY(const OpenCounty county, open_county(context));
  LX_TRY(const auto entries, county.office.quarantine());
  LX_TRY(const auto reader, county.store->read());
  const Naming naming(*reader, context.out.messages());
  for (const QuarantineEntry& entry : entries) {
    const std::int64_t age = std::max<std::int64_t>(0, context.clock.now_ms() - entry.accepted_ms) / kDayMs;
    context.out.item(json_of(entry, age));
    LX_TRY(const std::string record, naming.record(entry.record, entry.kind));
    LX_TRY(const std::string place, naming.place(entry.scope));
    LX_TRY(const std::string owner, naming.place(entry.owner));
    context.out.say("server.quarantine.line",
                    {{"change", entry.change.text()},
                     {"record", record},
                     {"fields", naming.fields(entry.kind, entry.fields)},
                     {"scope", entry.scope.empty() ? "-" : place},
                     {"author", entry.author_name},
                     {"reason", context.out.messages().get("quarantine." + entry.reason)}});
    context.out.say(
        "server.quarantine.owner",
        {{"owner", entry.owner.empty() ? context.out.messages().get("server.quarantine.county") : owner},
         {"age", age_text(context, age)}});
  }
  context.out.end_items();
  if (entries.empty()) context.out.say("server.quarantine.none");
  return 0;
}

Result<int> quarantine_accept(const Context& context) {
  LX_TRY(OpenCounty county, open_county(context));
  LX_TRY(const ChangeId change, typed_change(context.options.id));
  auto accepted = county.office.accept(change);
  if (!accepted.ok()) return about(accepted.error(), context.options.id);
  context.out.value(Json{{"accepted", *accepted}});
  context.out.say("server.quarantine.accepted", {{"count", std::to_string(*accepted)}});
  return 0;
}

Result<int> quarantine_close(const Context& context) {
  LX_TRY(OpenCounty county, open_county(context));
  LX_TRY(const ChangeId change, typed_change(context.options.id));
  auto closed = county.office.close(change, context.options.reason);
  if (!closed.ok()) return about(closed.error(), context.options.id);
  context.out.value(Json{{"closed", *closed}});
  context.out.say("server.quarantine.closed", {{"count", std::to_string(*closed)}});
  return 0;
}

Result<int> dump_command(const Context& context) {
  LX_TRY(const auto store, context.folder().open_store());
  DumpWanted wanted;
  wanted.scope = context.options.scope;
  wanted.shelf = context.options.shelf;
  wanted.today = Date::of(context.clock.now_ms());
  if (!context.options.worker.empty()) {
    LX_TRY(wanted.viewer, typed_id(context.options.worker));
  }
  LX_TRY(const auto reader, store->read());
  LX_TRY(const domain::Catalogue catalogue, county_catalogue(*reader));
  LX_DO(dump(*store, catalogue, wanted, [&](const std::string& line) -> Status {
    context.out.raw(line);
    return {};
  }));
  return 0;
}

namespace {

/// How much the lists beside the store lack.
Result<std::size_t> verify_lists(const Context& context, Verification& found) {
  LX_TRY(const OpenCounty county, open_county(context));
  const store::Lists lists(context.folder().root());
  LX_TRY(const auto missing, missing_in_lists(county, lists));
  for (const store::ListLine& line : missing) {
    const std::filesystem::path file = line.is_purge ? lists.purges() : lists.grants();
    found.problems.push_back({"list", line.about, "not in " + file.filename().string()});
  }
  return missing.size();
}

}  // namespace

Result<int> verify_command(const Context& context) {
  LX_TRY(const auto store, context.folder().open_store());
  LX_TRY(Verification found, verify(*store));
  LX_TRY(const auto pictures, context.folder().open_pictures());
  LX_DO(verify_pictures(*store, domain::Catalogue::base(), *pictures, found));
  LX_TRY(const std::size_t unlisted, verify_lists(context, found));
  Json problems = Json::array();
  for (const Problem& problem : found.problems) {
    problems.push_back(
        Json{{"invariant", problem.invariant}, {"record", problem.record}, {"what", problem.what}});
    context.out.say("server.verify.problem",
                    {{"invariant", problem.invariant}, {"record", problem.record}, {"what", problem.what}});
  }
  context.out.value(Json{{"ok", found.ok()}, {"checked", found.checked}, {"problems", std::move(problems)}});
  if (unlisted > 0)
    context.out.aside("server.verify.lists",
                      {{"count", std::to_string(unlisted)}, {"path", context.options.data}});
  if (found.ok()) {
    context.out.say("server.verify.ok");
  } else if (unlisted < found.problems.size()) {
    context.out.aside("server.verify.bad", {{"count", std::to_string(found.problems.size())}});
  }
  return found.ok() ? 0 : 1;
}

Result<int> stats_command(const Context& context) {
  LX_TRY(const OpenCounty county, open_county(context));
  LX_TRY(const store::Counts counts, county.office.stats());
  LX_TRY(const auto files, context.folder().open_pictures());
  std::uint64_t pictures = 0;
  std::uint64_t coming = 0;
  std::uint64_t picture_bytes = 0;
  for (const store::PictureFiles::Entry& file : files->list()) {
    ++(file.whole ? pictures : coming);
    picture_bytes += file.bytes;
  }
  const Json answer = {{"name", county.office.county().name},
                       {"epoch", county.office.county().epoch},
                       {"changes", counts.changes},
                       {"records", counts.records},
                       {"quarantined", counts.quarantined},
                       {"waiting", counts.waiting},
                       {"devices", counts.devices},
                       {"workers", counts.workers},
                       {"divisions", counts.units},
                       {"feeds", counts.feeds},
                       {"early", counts.early},
                       {"purges", counts.purges},
                       {"repairs", counts.repairs},
                       {"pictures", pictures},
                       {"pictures_coming", coming},
                       {"picture_bytes", picture_bytes},
                       {"serving", context.folder().serving_url().value_or("")}};
  context.out.value(answer);
  const std::string serving = answer.at("serving").get<std::string>();
  context.out.say(serving.empty() ? "server.stats.stopped" : "server.stats.serving",
                  {{"name", county.office.county().name}, {"url", serving}});
  for (const char* name : {"changes", "records", "quarantined", "waiting", "devices", "workers", "divisions",
                           "early", "purges", "repairs", "pictures", "pictures_coming"}) {
    context.out.say(std::string("server.stats.") + name,
                    {{"count", std::to_string(answer.at(name).get<std::uint64_t>())}});
  }
  return 0;
}

}  // namespace lianxin::sync::server::admin
