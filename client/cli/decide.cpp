// void, confirm, conflict: a person's word on what stands there.
#include "client/app/audit.hpp"
#include "client/cli/call.hpp"
#include "client/cli/record_shape.hpp"
#include "client/cli/warnings.hpp"
#include "client/cli/words.hpp"
#include "client/view/conflict_desk_view_builder.hpp"

namespace lianxin::client::cli {
namespace {

int say_change(Call& call, const store::Saved& saved, const char* key) {
  const bool changed = !saved.changes.empty();
  if (call.terminal.json()) {
    call.terminal.value(
        with_copies(call, {{"change", changed ? Json(saved.changes.front().text()) : Json()}}));
  } else {
    call.terminal.say(changed ? key : "cli.nothing_changed");
  }
  return 0;
}

Result<std::string> kind_of(store::Records& records, const Id& id) {
  LX_TRY(const std::optional<store::RecordShown> record, records.get(id));
  if (!record) return fail("record.unknown", {{"id", id.text()}});
  return record->kind;
}

/// Something was added to a record that another removes; the element is what.
bool is_beside_removal(const store::ConflictItem& conflict) {
  return conflict.what == sync::merge::ConflictKind::kDelete && !conflict.element.empty();
}

void say_conflict(Call& call, const store::ConflictItem& conflict, const view::PurgedWrites& purged,
                  Names& names) {
  Terminal& terminal = call.terminal;
  const domain::Field* field = field_of(terminal, conflict.kind, conflict.field);
  const bool hangs_on_it = is_beside_removal(conflict);
  terminal.say(hangs_on_it ? "cli.conflict.delete_below" : "cli.conflict." + conflict_word(conflict.what),
               {{"id", conflict.id},
                {"record", names.of(conflict.record)},
                {"kind", kind_text(terminal, conflict.kind)},
                {"field", field_text(terminal, conflict.kind, conflict.field)}});
  std::vector<std::vector<std::string>> rows;
  if (conflict.before)
    rows.push_back(
        {"  " + terminal.words("cli.conflict_before"), value_text(terminal, field, *conflict.before, names)});
  for (const store::RivalValue& head : conflict.heads) {
    const domain::Field* its = head.field.empty() ? field : field_of(terminal, conflict.kind, head.field);
    const bool is_purged = purged.count({head.change, head.field.empty() ? conflict.field : head.field}) > 0;
    std::string value = head.value ? value_text(terminal, its, *head.value, names)
                                   : terminal.words(is_purged ? "cli.purged" : "cli.cleared");
    const bool is_other = !head.field.empty() && head.field != conflict.field;
    if (is_other && hangs_on_it)
      value = terminal.words("view.conflict.added", {{"what", kind_text(terminal, head.field)}});
    else if (is_other)
      value = field_text(terminal, conflict.kind, head.field) + ": " + value;
    rows.push_back({conflict.is_shown(head) ? "  *" : "  ", value, names.of(head.author),
                    time_text(head.effective_ms), cause_text(terminal, head.cause), head.change.text()});
  }
  terminal.table(rows);
}

Result<store::ResolveHow> how_of(const Options& options) {
  const int ways = (options.take.empty() ? 0 : 1) + (options.value ? 1 : 0) + (options.both ? 1 : 0);
  if (ways != 1) return fail("words.resolve");
  store::ResolveHow how;
  how.note = options.text;
  if (!options.take.empty()) {
    const auto change = ChangeId::parse(options.take);
    if (!change.ok()) return fail("words.change", {{"text", options.take}});
    how.take = *change;
  } else if (options.value) {
    how.kind = store::ResolveHow::Kind::kValue;
    how.value = *options.value;
  } else {
    how.kind = store::ResolveHow::Kind::kBoth;
  }
  return how;
}

}  // namespace

Exit void_record(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Id id, store->records().find_id(call.options.id));
  LX_TRY(const std::string kind, kind_of(store->records(), id));
  LX_DO(app::may_be_typed(*store, kind, id, {}));
  LX_TRY(const store::Saved saved, store->records().void_record(id, call.options.text));
  if (!saved.ok) return refuse(call, kind, saved.problems);
  return say_change(call, saved, "cli.voided");
}

Exit confirm(Call& call) {
  LX_TRY(const sync::change::Cause cause, parse_cause(call.options.cause));
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Id id, store->records().find_id(call.options.id));
  LX_TRY(const std::string kind, kind_of(store->records(), id));
  for (const std::string& field : call.options.words) {
    if (field_of(call.terminal, kind, field) == nullptr)
      return fail("record.field", {{"kind", kind_text(call.terminal, kind)}, {"field", field}});
  }
  LX_TRY(const store::Saved saved,
         store->records().confirm(id, call.options.words, cause, Date::of(call.clock.now_ms())));
  if (!saved.ok) return refuse(call, kind, saved.problems);
  return say_change(call, saved, "cli.confirmed_now");
}

Exit conflict_list(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const std::vector<store::ConflictItem> conflicts, store->records().conflicts());
  Names names(store->records());
  Json all = Json::array();
  for (const store::ConflictItem& conflict : conflicts) {
    LX_TRY(const view::PurgedWrites purged, view::purged_in(store->records(), conflict));
    if (call.terminal.json())
      all.push_back(conflict_json(conflict, purged, names));
    else
      say_conflict(call, conflict, purged, names);
  }
  if (call.terminal.json()) {
    call.terminal.value(all);
    return 0;
  }
  call.terminal.say(conflicts.empty() ? "cli.no_conflicts" : "cli.conflict_count",
                    {{"count", std::to_string(conflicts.size())}});
  return 0;
}

Exit conflict_resolve(Call& call) {
  LX_TRY(const store::ResolveHow how, how_of(call.options));
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const auto conflict, store->records().conflict(call.options.id));
  LX_TRY(const store::Saved saved, store->records().resolve(call.options.id, how));
  if (saved.ok) return say_change(call, saved, "cli.resolved");
  if (conflict) return refuse(call, conflict->kind, saved.problems);
  return fail("conflict.unknown", {{"id", call.options.id}});
}

}  // namespace lianxin::client::cli
