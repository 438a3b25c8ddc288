#include "sync/server/admin/retention_commands.hpp"

#include "sync/server/service/administration.hpp"
#include "sync/server/service/retention.hpp"

namespace lianxin::sync::server::admin {
namespace {

Json json_of(const Overdue& found) {
  Json ids = Json::array();
  for (const Id& id : found.records)
    ids.push_back(id.text());
  return Json{{"rule", found.rule->name},           {"kind", found.rule->kind},
              {"parameter", found.rule->parameter}, {"years", found.years},
              {"before", found.before.text()},      {"count", found.records.size()},
              {"records", std::move(ids)}};
}

std::size_t count_of(const std::vector<Overdue>& all) {
  std::size_t count = 0;
  for (const Overdue& found : all)
    count += found.records.size();
  return count;
}

Result<std::vector<Overdue>> found_in(const OpenCounty& county, const Date& as_of) {
  LX_TRY(const auto reader, county.store->read());
  return overdue(*reader, *county.catalogue, as_of);
}

Status may_apply(const Context& context, const Date& as_of, std::size_t count) {
  const Options& options = context.options;
  if (options.reason.empty()) return fail("purge.reason");
  if (as_of > Date::of(context.clock.now_ms())) return fail("retention.future", {{"on", as_of.text()}});
  if (options.count != std::to_string(count))
    return fail("retention.count", {{"shown", options.count}, {"now", std::to_string(count)}});
  return {};
}

/// Record by record, each whole: one broken off is gone on with by the next preview.
Result<std::uint64_t> apply(const Context& context, OpenCounty& county, const std::vector<Overdue>& all) {
  std::uint64_t changes = 0;
  LX_TRY(const auto files, context.folder().open_pictures());
  for (const Overdue& found : all) {
    for (const Id& id : found.records) {
      auto purged = county.office.purge(id, found.fields, context.options.reason);
      if (!purged.ok()) return about(purged.error(), id.text());
      changes += purged->changes;
      for (const Hash256& name : purged->pictures)
        LX_DO(files->remove(name));
    }
  }
  return changes;
}

/// For somebody to look at; no rule says that it goes.
Json say_came_since(const Context& context, const std::vector<CameSince>& all) {
  Json out = Json::array();
  if (!all.empty()) context.out.say("server.retention.came_since", {{"count", std::to_string(all.size())}});
  for (const CameSince& one : all) {
    out.push_back(Json{{"record", one.record.text()},
                       {"kind", one.kind},
                       {"about", one.about.text()},
                       {"came", one.came.text()}});
    context.out.say("server.retention.came_since_line",
                    {{"record", one.record.text()},
                     {"kind", context.out.messages().get("kind." + one.kind)},
                     {"day", one.came.text()}});
  }
  return out;
}

}  // namespace

Result<int> retention_command(const Context& context) {
  LX_TRY(OpenCounty county, open_county(context));
  Date as_of = Date::of(context.clock.now_ms());
  if (!context.options.day.empty()) {
    LX_TRY(as_of, Date::parse(context.options.day));
  }
  LX_TRY(const std::vector<Overdue> all, found_in(county, as_of));
  const std::size_t count = count_of(all);
  if (context.options.apply) LX_DO(may_apply(context, as_of, count));
  Json rules = Json::array();
  for (const Overdue& found : all) {
    rules.push_back(json_of(found));
    context.out.say(
        "server.retention.line",
        {{"what", context.out.messages().get("server.retention." + std::string(found.rule->name))},
         {"years", std::to_string(found.years)},
         {"before", found.before.text()},
         {"count", std::to_string(found.records.size())}});
    for (const Id& id : found.records)
      context.out.line("  " + id.text());
  }
  Json said = {{"as_of", as_of.text()}, {"count", count}, {"applied", context.options.apply}};
  if (context.options.apply) {
    LX_TRY(const std::uint64_t changes, apply(context, county, all));
    said["changes"] = changes;
    context.out.say("server.retention.applied",
                    {{"count", std::to_string(count)}, {"changes", std::to_string(changes)}});
  } else {
    context.out.say("server.retention.preview", {{"count", std::to_string(count)}});
  }
  said["rules"] = std::move(rules);
  {
    LX_TRY(const auto reader, county.store->read());
    LX_TRY(const auto late, came_since(*reader, *county.catalogue));
    said["came_since"] = say_came_since(context, late);
  }
  context.out.value(said);
  return 0;
}

}  // namespace lianxin::sync::server::admin
