// get, list, dump: what is on this laptop.
#include <set>

#include "client/cli/call.hpp"
#include "client/cli/record_shape.hpp"
#include "client/cli/reveal.hpp"
#include "client/cli/words.hpp"
#include "client/store/approval.hpp"
#include "client/view/figures_view_builder.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::cli {
namespace {

/// A value in words. Screens are seen by whoever stands behind the chair: numbers are masked for people
/// unless they ask, whole for programs.
std::string seen_text(const Call& call, std::string_view kind, const domain::Field* field,
                      const std::string& value, Names& names) {
  if (field != nullptr && !shows_whole(call)) {
    if (std::string mask = masked(kind, field->name, value); !mask.empty()) return mask;
  }
  return value_text(call.terminal, field, value, names);
}

std::string shown_text(const Call& call, std::string_view kind, const domain::Field* field,
                       const store::FieldShown& shown, Names& names) {
  if (shown.purged && shown.value.empty() && shown.elements.empty()) return call.terminal.words("cli.purged");
  return seen_text(call, kind, field, shown.elements.empty() ? shown.value : join(shown.elements, ","),
                   names);
}

/// What hangs on a record, a line each: the day, whose, what; the number last, for `get`.
Status say_children(Call& call, store::LaptopStore& store, const store::RecordShown& record) {
  Terminal& terminal = call.terminal;
  const view::Wording wording(std::make_shared<const Messages>(terminal.messages()),
                              terminal.language() == "en" ? "en" : "zh-CN");
  for (const auto& [child, ids] : record.children) {
    terminal.say("cli.children",
                 {{"kind", kind_text(terminal, child)}, {"count", std::to_string(ids.size())}});
    std::vector<std::vector<std::string>> table;
    for (const Id& id : ids) {
      LX_TRY(const auto line, view::ledger_row({store, wording}, {id.text(), 1}));
      table.push_back({"    " + line.day, line.who, line.what, id.text()});
    }
    terminal.table(table);
  }
  return {};
}

/// Records that are one with this one, and what they say that it does not: forms print it as well.
Status say_cluster(Call& call, store::Records& records, const store::RecordShown& record, Names& names) {
  if (record.cluster.empty()) return {};
  Terminal& terminal = call.terminal;
  std::vector<std::string> ids;
  std::vector<std::string> voided;  // none of them stands for the others
  std::vector<std::vector<std::string>> rows;
  std::set<std::string> told;
  for (const Id& id : record.cluster) {
    LX_TRY(const auto other, records.get(id));
    (other && other->voided ? voided : ids).push_back(id.text());
    if (id == record.id || !other || other->voided) continue;
    for (const auto& [name, shown] : other->fields) {
      const domain::Field* field = field_of(terminal, record.kind, name);
      const bool is_new = record.fields.count(name) == 0 && field != nullptr &&
                          field->wire >= domain::kFirstKindField && told.insert(name).second;
      if (!is_new) continue;
      const std::string value = shown.elements.empty() ? shown.value : join(shown.elements, ",");
      std::string words = masked(record.kind, name, value);  // whole numbers by a `get` of its own
      if (words.empty()) words = value_text(terminal, field, value, names);
      rows.push_back({"  " + field_text(terminal, record.kind, name), std::move(words), id.text()});
    }
  }
  ids.insert(ids.end(), voided.begin(), voided.end());
  terminal.say("cli.record_cluster", {{"ids", join(ids, terminal.words("cli.comma"))}});
  if (rows.empty()) return {};
  terminal.say("cli.record_cluster_says");
  terminal.table(rows);
  return {};
}

Status say_record(Call& call, store::LaptopStore& store, const store::RecordShown& record, Names& names) {
  Terminal& terminal = call.terminal;
  terminal.say("cli.record", {{"kind", kind_text(terminal, record.kind)}, {"id", record.id.text()}});
  const domain::Kind* kind = terminal.catalogue().kind(record.kind);
  std::vector<std::vector<std::string>> rows;
  auto add = [&](const std::string& name, const domain::Field* field, const store::FieldShown& shown) {
    std::string how = cause_text(terminal, shown.cause);
    if (shown.dispute) how += " " + terminal.words("cli.in_dispute");
    if (shown.waiting) how += " " + terminal.words("cli.waiting");
    if (!shown.confirmed_on.empty())
      how += " " + terminal.words("cli.confirmed", {{"date", shown.confirmed_on}});
    rows.push_back({"  " + field_text(terminal, record.kind, name),
                    shown_text(call, record.kind, field, shown, names), how});
  };
  if (kind != nullptr) {  // in the order of the forms
    for (const domain::Field& field : kind->fields) {
      if (const auto shown = record.fields.find(field.name); shown != record.fields.end())
        add(field.name, &field, shown->second);
    }
  }
  for (const auto& [name, shown] : record.fields) {
    if (kind == nullptr || kind->field(name) == nullptr || kind->field(name)->wire < domain::kFirstKindField)
      add(name, field_of(terminal, record.kind, name), shown);
  }
  terminal.table(rows);
  LX_DO(say_children(call, store, record));
  LX_DO(say_cluster(call, store.records(), record, names));
  if (record.voided) terminal.say("cli.record_voided");
  if (record.deleted) terminal.say("cli.record_deleted");
  if (record.unsent) terminal.say("cli.record_unsent");
  if (record.quarantined) terminal.say("cli.record_quarantined");
  if (record.read_only) terminal.say("cli.record_leaving");
  return {};
}

void say_history(Call& call, const std::string& kind, const std::vector<store::HistoryEntry>& history,
                 Names& names) {
  Terminal& terminal = call.terminal;
  terminal.say("cli.history");
  std::vector<std::vector<std::string>> rows;
  for (const store::HistoryEntry& entry : history) {
    for (const store::HistoryWrite& write : entry.writes) {
      const domain::Field* field = field_of(terminal, kind, write.field);
      const std::string raw = write.element.empty() ? write.value.value_or("") : write.element;
      std::string value =
          write.purged ? terminal.words("cli.purged") : seen_text(call, kind, field, raw, names);
      if (value.empty() || (!write.element.empty() && !write.value)) value += terminal.words("cli.cleared");
      rows.push_back({"  " + time_text(entry.effective_ms), names.of(entry.author),
                      cause_text(terminal, entry.cause), field_text(terminal, kind, write.field), value,
                      entry.note});
    }
  }
  terminal.table(rows);
}

/// The first fields of a form that a person fills in, as many as a line holds.
std::vector<const domain::Field*> list_columns(const domain::Kind& kind) {
  constexpr std::size_t kColumns = 6;
  std::vector<const domain::Field*> columns;
  for (const domain::Field& field : kind.fields) {
    if (field.required != domain::Required::kNo && columns.size() < kColumns) columns.push_back(&field);
  }
  return columns;
}

void say_list(Call& call, const domain::Kind& kind, const std::vector<store::ListRow>& rows,
              const std::set<Id>& uncounted, Names& names) {
  Terminal& terminal = call.terminal;
  const std::vector<const domain::Field*> columns = list_columns(kind);
  std::vector<std::vector<std::string>> table(1);
  for (const domain::Field* field : columns)
    table.front().push_back(field_text(terminal, kind.name, field->name));
  table.front().push_back("id");
  for (const store::ListRow& row : rows) {
    std::vector<std::string> line;
    for (const domain::Field* field : columns) {
      const auto value = row.values.find(field->name);
      line.push_back(value == row.values.end() ? ""
                                               : seen_text(call, kind.name, field, value->second, names));
    }
    line.push_back(row.id.text());
    if (uncounted.count(row.id) > 0) line.push_back(terminal.words("points.own_approval"));
    table.push_back(std::move(line));
  }
  if (!rows.empty()) terminal.table(table);
  terminal.say("cli.list_count",
               {{"kind", kind_text(terminal, kind.name)}, {"count", std::to_string(rows.size())}});
}

Result<store::ListQuery> list_query(Call& call, store::Records& records, const domain::Kind& kind) {
  store::ListQuery query;
  query.kind = kind.name;
  query.search = call.options.search;
  query.limit = call.options.limit;
  for (const std::string& word : call.options.words) {
    const auto edit = parse_field_word(word);
    if (!edit.ok() || edit->op != store::FieldEdit::Op::kSet) {
      note_fields(call.terminal, kind);
      return fail("words.where", {{"text", word}});
    }
    const domain::Field* field = kind.field(edit->field);
    if (field == nullptr) {
      note_fields(call.terminal, kind);
      return fail("list.field", {{"kind", kind_text(call.terminal, kind.name)}, {"field", edit->field}});
    }
    std::string value = edit->value;
    if (field->target == "org_unit" && is_digits(value)) {
      LX_TRY(const Id unit, records.find_id(value));
      value = unit.text();
    } else if (const auto canonical = domain::canonical_value(*field, value); canonical.ok()) {
      value = *canonical;
    }
    query.where.emplace_back(edit->field, std::move(value));
  }
  return query;
}

}  // namespace

Exit get(Call& call) {
  LX_TRY(const auto store, open_store(call));
  store::Records& records = store->records();
  LX_TRY(const Id id, records.find_id(call.options.id));
  LX_TRY(const std::optional<store::RecordShown> record, records.get(id));
  if (!record) {
    Error missing = fail("record.unknown", {{"id", call.options.id}});
    missing.record = id.text();
    return missing;
  }
  std::vector<store::HistoryEntry> history;
  if (call.options.history) {
    LX_TRY(history, records.history(id));
  }
  if (shows_whole(call)) {
    const std::uint64_t count = numbers_in(*record) + numbers_in(record->kind, history);
    LX_DO(note_reveal(*store, record->scope, id, "get " + record->kind, count));
  }
  Names names(records);
  LX_TRY(const auto uncounted, store::own_approvals(store->database()));
  const bool is_uncounted = uncounted.count(id) > 0;
  if (call.terminal.json()) {
    Json json = record_json(call.terminal, *record);
    if (is_uncounted) json["own_approval"] = true;
    if (call.options.history) json["history"] = history_json(history, names);
    call.terminal.value(json);
  } else {
    LX_DO(say_record(call, *store, *record, names));
    if (is_uncounted) call.terminal.say("points.own_approval");
    if (call.options.history) say_history(call, record->kind, history, names);
  }
  return 0;
}

Exit list(Call& call) {
  const domain::Kind* kind = domain::Catalogue::base().kind(call.options.kind);
  if (kind == nullptr) {
    note_kinds(call.terminal);
    return fail("list.kind", {{"kind", call.options.kind}});
  }
  LX_TRY(const auto store, open_store(call));
  kind = call.terminal.catalogue().kind(call.options.kind);
  LX_TRY(const store::ListQuery query, list_query(call, store->records(), *kind));
  LX_TRY(const std::vector<store::ListRow> rows, store->records().list(query));
  if (shows_whole(call))
    LX_DO(note_reveal(*store, Id{}, rows.size() == 1 ? rows.front().id : Id{}, "list " + kind->name,
                      numbers_in(kind->name, rows)));
  LX_TRY(const auto uncounted, store::own_approvals(store->database()));
  if (call.terminal.json()) {
    for (const store::ListRow& row : rows) {
      Json json = row_json(*kind, row);
      if (uncounted.count(row.id) > 0) json["own_approval"] = true;
      call.terminal.value(json);
    }
  } else {
    Names names(store->records());
    say_list(call, *kind, rows, uncounted, names);
  }
  return 0;
}

Exit dump(Call& call) {
  LX_TRY(const auto store, open_store(call));
  std::uint64_t lines = 0;
  LX_DO(store->records().dump(call.options.scope, call.options.shelf, [&](std::string_view) { ++lines; }));
  Id unit;
  std::string unit_name;
  if (!call.options.scope.empty()) {
    LX_TRY(unit, store->records().find_id(call.options.scope));
    unit_name = Names(store->records()).of(unit);
  }
  LX_DO(note_export(call, *store, {"dump", unit, unit_name, Id{}, lines}));
  LX_DO(store->records().dump(call.options.scope, call.options.shelf,
                              [&](std::string_view line) { call.terminal.line(line); }));
  return 0;
}

}  // namespace lianxin::client::cli
