#include "sync/server/admin/move_commands.hpp"

#include "shared/base/text.hpp"
#include "sync/server/service/moves.hpp"

namespace lianxin::sync::server::admin {
namespace {

Json json_of(const Moved& moved, bool preview) {
  Json kinds = Json::object();
  for (const auto& [kind, count] : moved.kinds)
    kinds[kind] = Json{{"moved", count.moved},
                       {"from", Json{{"before", count.from_before}, {"after", count.from_after}}},
                       {"into", Json{{"before", count.into_before}, {"after", count.into_after}}}};
  Json sides = Json::array();
  for (const MovedSide& side : moved.sides) {
    Json counts = Json::object();
    for (const auto& [kind, count] : side.kinds)
      counts[kind] = Json{{"before", count.before}, {"after", count.after}};
    sides.push_back(
        Json{{"id", side.code}, {"name", side.name}, {"left", side.is_left}, {"kinds", std::move(counts)}});
  }
  return Json{{"preview", preview},       {"from", moved.from},     {"into", moved.into},
              {"moved", moved.moved},     {"grants", moved.grants}, {"kinds", std::move(kinds)},
              {"sides", std::move(sides)}};
}

std::string kind_text(const Context& context, const std::string& kind) {
  const std::string key = kind == "grant" ? "server.move.grant" : "kind." + kind;
  return context.out.messages().has(key) ? context.out.messages().get(key) : kind;
}

/// Each side by its name: "A 2 → 1, B 0 → 1"; of those that are left only what had some of the kind.
std::string sides_text(const Context& context, const Moved& moved, const std::string& kind) {
  const Messages& messages = context.out.messages();
  std::vector<std::string> sides;
  for (std::size_t i = 0; i < moved.sides.size(); ++i) {
    const MovedSide& side = moved.sides[i];
    const auto count = side.kinds.find(kind);
    const bool is_into = i + 1 == moved.sides.size();
    if (count == side.kinds.end() && !is_into) continue;
    const MovedSide::Count shown = count == side.kinds.end() ? MovedSide::Count{} : count->second;
    sides.push_back(messages.get("server.move.side", {{"name", side.name.empty() ? side.code : side.name},
                                                      {"before", std::to_string(shown.before)},
                                                      {"after", std::to_string(shown.after)}}));
  }
  return join(sides, messages.get("server.move.between_sides"));
}

int tell(const Context& context, const Moved& moved) {
  const bool preview = context.options.preview;
  context.out.value(json_of(moved, preview));
  context.out.say(preview ? "server.move.would" : "server.move.done",
                  {{"count", std::to_string(moved.moved)}});
  for (const auto& [kind, count] : moved.kinds) {
    context.out.say("server.move.line", {{"kind", kind_text(context, kind)},
                                         {"moved", std::to_string(count.moved)},
                                         {"sides", sides_text(context, moved, kind)}});
  }
  if (moved.grants > 0) context.out.say("server.move.grants", {{"count", std::to_string(moved.grants)}});
  return 0;
}

Result<Date> typed_day(const std::string& text) {
  auto day = Date::parse(text);
  if (!day.ok()) return about(day.error(), text);
  return day;
}

}  // namespace

Result<int> handover_command(const Context& context) {
  const Options& options = context.options;
  LX_TRY(const Id record, typed_id(options.id));
  LX_TRY(const OpenCounty county, open_county(context));
  Moves moves(*county.store, domain::Catalogue::base(), context.clock, county.office.county());
  auto moved = moves.hand_over(record, options.scope, options.preview);
  if (!moved.ok()) return about(moved.error(), options.id);
  (void)tell(context, *moved);
  for (std::size_t i = 0; i + 1 < moved->sides.size(); ++i) {
    const MovedSide& side = moved->sides[i];
    if (!side.is_left) context.out.say("server.move.kept", {{"name", side.name}, {"scope", side.code}});
  }
  return 0;
}

Result<int> division_merge(const Context& context) {
  const Options& options = context.options;
  LX_TRY(const Date on, typed_day(options.day));
  LX_TRY(const OpenCounty county, open_county(context));
  Moves moves(*county.store, domain::Catalogue::base(), context.clock, county.office.county());
  LX_TRY(const Moved moved, moves.merge_divisions(options.codes, options.scope, on, options.preview));
  return tell(context, moved);
}

Result<int> worker_replace(const Context& context) {
  const Options& options = context.options;
  LX_TRY(const Id old_worker, typed_id(options.id));
  LX_TRY(const Id next, typed_id(options.worker));
  LX_TRY(const Date on, typed_day(options.day));
  LX_TRY(const OpenCounty county, open_county(context));
  Moves moves(*county.store, domain::Catalogue::base(), context.clock, county.office.county());
  auto moved = moves.replace_worker(old_worker, next, on, options.preview);
  if (!moved.ok()) return about(moved.error(), options.id);
  return tell(context, *moved);
}

}  // namespace lianxin::sync::server::admin
