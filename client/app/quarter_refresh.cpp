#include "client/app/quarter_refresh.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "client/figures/period.hpp"
#include "client/store/duty_queries.hpp"

namespace lianxin::client::app {
namespace {

using Op = store::FieldEdit::Op;

/// What "unchanged" confirms, by kind.
const std::map<std::string, std::vector<std::string>>& confirmed_fields() {
  static const std::map<std::string, std::vector<std::string>> kFields = {
      {"member", {"home_address", "current_address", "occupation"}},
      {"contact_point", {"value"}},
      {"mobility_episode", {"dest_division", "dest_address", "usual_place", "employer", "employer_contact"}}};
  return kFields;
}

/// The values that stand, said again: nothing changes but the day they were confirmed.
void add_confirmation(const store::RecordShown& record, const Date& today, std::vector<store::Edit>& edits) {
  const auto fields = confirmed_fields().find(record.kind);
  if (fields == confirmed_fields().end() || record.voided || record.deleted || record.read_only) return;
  store::Edit edit;
  edit.kind = record.kind;
  edit.record = record.id;
  edit.as_of = today;
  for (const std::string& name : fields->second) {
    const auto field = record.fields.find(name);
    if (field == record.fields.end() || field->second.value.empty() || field->second.dispute) continue;
    edit.fields.push_back({name, Op::kSet, field->second.value});
  }
  if (!edit.fields.empty()) edits.push_back(std::move(edit));
}

Status add_children(store::LaptopStore& store, const store::RecordShown& member, const Date& today,
                    std::vector<store::Edit>& edits) {
  for (const char* kind : {"contact_point", "mobility_episode"}) {
    const auto children = member.children.find(kind);
    if (children == member.children.end()) continue;
    for (const Id& id : children->second) {
      LX_TRY(const auto child, store.records().get(id));
      if (!child || !child->value("returned_on").empty() || !child->value("to").empty()) continue;
      add_confirmation(*child, today, edits);
    }
  }
  return {};
}

store::Edit refresh_of(const store::LaptopStore& store, const Id& member, const RefreshAsked& asked,
                       const Date& today) {
  store::Edit edit;
  edit.kind = "quarter_refresh";
  edit.record = Id::make(store.clock().now_ms());
  edit.create = true;
  edit.fields = {{"member_id", Op::kSet, member.text()},
                 {"quarter", Op::kSet, asked.quarter},
                 {"occurred_on", Op::kSet, today.text()},
                 {"outcome", Op::kSet, "unchanged"},
                 {"how", Op::kSet, asked.how},
                 {"worker_id", Op::kSet, store.identity().worker.text()}};
  return edit;
}

Result<std::set<Id>> said_in(store::LaptopStore& store, const std::string& quarter) {
  auto select = store.database().prepare(
      "SELECT r_parent FROM k_quarter_refresh WHERE r_flags & 195 = 0 AND quarter = ?");
  select.bind_text(1, quarter);
  std::set<Id> said;
  while (true) {
    LX_TRY(const bool found, select.step());
    if (!found) return said;
    said.insert(select.id(0));
  }
}

/// "2026Q3", and begun.
bool is_quarter(const std::string& text, const Date& today) {
  const auto period = figures::parse_period(text);
  return period.ok() && period->kind == figures::PeriodKind::kQuarter && period->first <= today;
}

}  // namespace

Result<Refreshed> say_unchanged(store::LaptopStore& store, const RefreshAsked& given) {
  const Date today = Date::of(store.clock().now_ms());
  RefreshAsked asked = given;
  if (asked.quarter.empty()) asked.quarter = store::quarter_text(today);
  if (!is_quarter(asked.quarter, today)) return fail("refresh.quarter", {{"quarter", asked.quarter}});
  if (asked.members.size() > kUnchangedMax)
    return fail("refresh.many", {{"max", std::to_string(kUnchangedMax)}});
  LX_TRY(std::set<Id> said, said_in(store, asked.quarter));
  Refreshed out;
  std::vector<store::Edit> edits;
  for (const Id& id : asked.members) {
    LX_TRY(const auto member, store.records().get(id));
    if (!member) return fail("record.unknown", {{"id", id.text()}});
    if (member->kind != "member" || member->voided || member->deleted)
      return fail("refresh.not_member", {{"id", id.text()}});
    if (!said.insert(id).second) {
      out.already.push_back(id);
      continue;
    }
    edits.push_back(refresh_of(store, id, asked, today));
    out.members.push_back(id);
    out.records.push_back(edits.back().record);
    // What is confirmed today says nothing of a quarter that is over.
    if (asked.quarter != store::quarter_text(today)) continue;
    add_confirmation(*member, today, edits);
    LX_DO(add_children(store, *member, today, edits));
  }
  out.saved.ok = true;
  if (edits.empty()) return out;
  LX_TRY(out.saved, store.records().save(edits));
  if (!out.saved.ok) out.problem_kind = edits.at(out.saved.problem_edit).kind;
  return out;
}

}  // namespace lianxin::client::app
