#include "client/report/snapshots.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "client/figures/period.hpp"
#include "client/store/list_value.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::report {
namespace {

Id id_or_nil(const std::string& text) {
  const auto id = Id::parse(text);
  return id.ok() ? *id : Id{};
}

/// "20260930": both days of a period that is none of the office's fit the field.
std::string short_day(const Date& day) {
  std::string text = day.text();
  std::erase(text, '-');
  return text;
}

/// Of what the least private class of it says: offices and field workers hold that alike.
Result<std::uint32_t> version_of(lianxin::store::Statement& states, const Id& record) {
  states.reset();
  LX_TRY(const bool found, states.bind(1, record).step());
  if (!found) return 0U;
  const Hash256 hash = hash256(states.blob(0));
  std::uint32_t version = 0;
  std::memcpy(&version, hash.octets.data(), sizeof version);
  return version;
}

void add_number(Counting& out, int row, const std::string& part, std::optional<std::int64_t> value,
                const std::vector<figures::Counted>& counted,
                const std::map<std::string, std::uint32_t>& indexes) {
  FrozenNumber number{row, part, value, {}};
  for (const figures::Counted& one : counted) {
    if (const auto at = indexes.find(one.record); at != indexes.end())
      number.shares.push_back({at->second, one.amount});
  }
  std::sort(number.shares.begin(), number.shares.end(),
            [](const auto& a, const auto& b) { return a.record < b.record; });
  out.numbers.push_back(std::move(number));
}

void add_records(std::map<std::string, std::uint32_t>& indexes,
                 const std::vector<figures::Counted>& counted) {
  for (const figures::Counted& one : counted)
    indexes.emplace(one.record, 0);
}

Result<std::vector<figures::Counted>> days_counted(figures::Ledger& ledger) {
  std::vector<figures::Counted> out;
  auto select = ledger.prepare("SELECT id, CAST(replace(on_day, '-', '') AS INTEGER) FROM service_day");
  LX_DO(lianxin::store::each_row(select, [&] { out.push_back({select.text(0), select.integer(1)}); }));
  return out;
}

store::FieldEdit set(const char* field, std::string value) {
  return {field, store::FieldEdit::Op::kSet, std::move(value)};
}

/// A save of ours that the checks refuse is a bug of this folder; the words say which field.
Status must_save(store::Records& records, const store::Edit& edit) {
  LX_TRY(const store::Saved saved, records.save({edit}));
  if (saved.ok) return {};
  return fail("report.snapshot_refused",
              {{"field", saved.problems.empty() ? edit.kind : saved.problems.front().field}});
}

}  // namespace

Result<Counting> count_all(figures::Ledger& ledger, lianxin::store::Database& database,
                           const std::map<std::string, std::vector<figures::Counted>>& columns) {
  LX_TRY(const std::vector<figures::Figure> all, figures::all_figures(ledger));
  std::map<std::string, std::uint32_t> indexes;
  for (const figures::Figure& figure : all) {
    add_records(indexes, figure.counted);
    for (const figures::Part& part : figure.parts)
      add_records(indexes, part.counted);
  }
  for (const auto& [column, counted] : columns)
    add_records(indexes, counted);
  Counting out;
  out.database = &database;
  auto states = database.prepare(
      "SELECT coalesce(shown, base) FROM class_state WHERE record = ? ORDER BY privacy LIMIT 1");
  for (auto& [text, index] : indexes) {
    index = static_cast<std::uint32_t>(out.records.size());
    FrozenRecord record{id_or_nil(text), 0};
    LX_TRY(record.version, version_of(states, record.id));
    out.records.push_back(record);
  }
  for (const auto& [column, counted] : columns)
    add_number(out, kColumnRow, column, std::nullopt, counted, indexes);
  LX_TRY(const std::vector<figures::Counted> days, days_counted(ledger));
  add_number(out, kColumnRow, std::string(kDayPart), std::nullopt, days, indexes);
  for (const figures::Figure& figure : all) {
    add_number(out, figure.row, "", figure.value, figure.counted, indexes);
    for (const figures::Part& part : figure.parts)
      add_number(out, figure.row, part.name, part.value, part.counted, indexes);
  }
  return out;
}

Result<std::vector<FrozenForm>> frozen_forms(store::Records& records, const Id& unit, std::size_t limit) {
  store::ListQuery query;
  query.kind = "report_snapshot";
  query.newest_first = true;
  query.limit = limit;
  if (!unit.is_nil()) query.where.emplace_back("org_id", unit.text());
  LX_TRY(const std::vector<store::ListRow> rows, records.list(query));
  std::vector<FrozenForm> out;
  out.reserve(rows.size());
  for (const store::ListRow& row : rows) {
    if (value_of(row, "form").empty()) continue;  // kept aside at the county: what it holds is not here
    out.push_back({row.id, id_or_nil(value_of(row, "org_id")), value_of(row, "form"), value_of(row, "period"),
                   value_of(row, "as_of"), value_of(row, "occurred_on"), number_of(row, "revision"),
                   value_of(row, "digest"), number_of(row, "record_count"),
                   id_or_nil(value_of(row, "worker_id")), value_of(row, "reason")});
  }
  return out;
}

std::string period_text(const Date& from, const Date& as_of) {
  using figures::PeriodKind;
  const auto is_whole = [&](PeriodKind kind) {
    const figures::Period period = figures::period_of(kind, as_of);
    return period.first == from && period.last == as_of;
  };
  if (is_whole(PeriodKind::kYear)) return std::to_string(as_of.year);
  if (is_whole(PeriodKind::kQuarter))
    return std::to_string(as_of.year) + "Q" + std::to_string((as_of.month + 2) / 3);
  if (is_whole(PeriodKind::kMonth)) return as_of.text().substr(0, 7);
  return short_day(from) + "-" + short_day(as_of);
}

Result<FreezeMark> next_mark(store::Records& records, const Clock& clock, const std::string& form,
                             const Id& unit, const std::string& period, const std::string& reason) {
  if (unit.is_nil()) return fail("report.snapshot_unit");
  LX_TRY(const std::vector<FrozenForm> all, frozen_forms(records, unit));
  FreezeMark mark{Id::make(clock.now_ms()), 1, {}};
  for (const FrozenForm& one : all) {
    if (one.form != form || one.period != period || one.revision < mark.revision) continue;
    mark.revision = one.revision + 1;
    mark.supersedes = one.id;
  }
  if (!mark.supersedes.is_nil() && reason.empty())
    return fail("report.snapshot_reason", {{"revision", std::to_string(mark.revision - 1)}});
  return mark;
}

std::string mark_words(const FreezeMark& mark, const Messages& messages) {
  return messages.get("report.mark", {{"id", mark.id.text()}, {"revision", std::to_string(mark.revision)}});
}

Status keep_snapshot(store::Records& records, const Clock& clock, const ToFreeze& what,
                     const Snapshot& snapshot) {
  LX_TRY(const std::vector<std::string> parts, parts_of(snapshot));
  store::Edit head;
  head.kind = "report_snapshot";
  head.record = what.mark.id;
  head.create = true;
  head.fields = {set("org_id", what.unit.text()),
                 set("form", snapshot.form),
                 set("period", what.period),
                 set("as_of", snapshot.as_of.text()),
                 set("occurred_on", Date::of(clock.now_ms()).text()),
                 set("revision", std::to_string(what.mark.revision)),
                 set("digest", digest_of(snapshot)),
                 set("record_count", std::to_string(snapshot.records.size()))};
  if (!what.worker.is_nil()) head.fields.push_back(set("worker_id", what.worker.text()));
  if (!what.mark.supersedes.is_nil()) head.fields.push_back(set("supersedes", what.mark.supersedes.text()));
  if (!what.reason.empty()) head.fields.push_back(set("reason", what.reason));
  LX_DO(must_save(records, head));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    store::Edit part;
    part.kind = "report_part";
    part.fields = {set("snapshot_id", what.mark.id.text()), set("part_no", std::to_string(i + 1)),
                   set("content", parts[i])};
    LX_DO(must_save(records, part));
  }
  return {};
}

Status must_be_month(const std::string& period) {
  const auto read = figures::parse_period(period);
  if (read.ok() && read->kind == figures::PeriodKind::kMonth) return {};
  return fail("report.close_month", {{"period", period}});
}

Status close_month(store::Records& records, const Clock& clock, const ToFreeze& what) {
  LX_DO(must_be_month(what.period));
  store::ListQuery query;
  query.kind = "month_close";
  query.where = {{"org_id", what.unit.text()}, {"month", what.period}};
  LX_TRY(const std::vector<store::ListRow> closed, records.list(query));
  store::Edit edit;
  edit.kind = "month_close";
  if (closed.empty())
    edit.fields = {set("org_id", what.unit.text()), set("month", what.period)};
  else
    edit.record = closed.front().id;
  for (store::FieldEdit& one : std::vector<store::FieldEdit>{
           set("state", "closed"), set("closed_on", Date::of(clock.now_ms()).text()),
           set("closed_by", what.worker.is_nil() ? "" : what.worker.text()), set("reason", what.reason),
           set("late_count", std::to_string(what.late)), set("unsynced_devices", join(what.not_heard, "\n")),
           set("snapshot_id", what.mark.id.text())}) {
    edit.fields.push_back(std::move(one));
  }
  return must_save(records, edit);
}

Result<Snapshot> read_snapshot(store::Records& records, const Id& id) {
  LX_TRY(const std::optional<store::RecordShown> head, records.get(id));
  if (!head || head->kind != "report_snapshot") return fail("report.no_snapshot", {{"id", id.text()}});
  store::ListQuery query;
  query.kind = "report_part";
  query.parent = id;
  LX_TRY(const std::vector<store::ListRow> rows, records.list(query));
  std::map<std::int64_t, std::string> by_number;
  for (const store::ListRow& row : rows)
    by_number.emplace(number_of(row, "part_no"), value_of(row, "content"));
  std::vector<std::string> parts;
  for (const auto& [number, content] : by_number) {
    // A part without its words (of a class that did not reach this laptop) is one that is missing.
    if (number != static_cast<std::int64_t>(parts.size()) + 1 || content.empty()) break;
    parts.push_back(content);
  }
  LX_TRY(Snapshot snapshot, snapshot_of(parts));
  if (digest_of(snapshot) != head->value("digest")) return fail("report.snapshot_damaged");
  return snapshot;
}

}  // namespace lianxin::client::report
