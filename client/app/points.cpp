#include "client/app/points.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "client/app/audit.hpp"
#include "client/store/approval.hpp"
#include "client/store/list_value.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::app {
namespace {

using Row = store::ListRow;

constexpr std::int64_t kTenthsOfPoint = 10;

Result<std::optional<Row>> row_of(store::LaptopStore& store, const char* kind, const Id& id) {
  LX_TRY(const auto record, store.records().get(id));
  if (!record || record->kind != kind || record->voided || record->deleted) return std::optional<Row>();
  Row row;
  row.id = id;
  for (const domain::Field& field : domain::Catalogue::base().kind(kind)->fields) {
    const auto shown = record->fields.find(field.name);
    if (shown == record->fields.end()) continue;
    row.values[field.name] = field.is_set() ? join(shown->second.elements, ",") : shown->second.value;
  }
  return std::optional(std::move(row));
}

Status must_be_on(store::LaptopStore& store, const Date& day) {
  LX_TRY(const std::string on, parameter_on(store, "points_on", day));
  if (on != "1") return fail("points.off", {{"on", day.text()}});
  return {};
}

/// Whether two days lie in the same day, month, quarter or year.
bool same_period(std::string_view period, const std::string& a, const std::string& b) {
  if (period == "day") return a == b;
  if (period == "month") return a.substr(0, 7) == b.substr(0, 7);
  if (a.substr(0, 4) != b.substr(0, 4)) return false;
  if (period != "quarter") return true;
  const auto quarter = [](const std::string& day) {
    return day.size() < 7 ? -1 : (read_integer(day.substr(5, 2)).value_or(0) - 1) / 3;
  };
  return quarter(a) == quarter(b);
}

/// A member nobody has put in a class is an ordinary one.
bool is_open_to(const Row& rule, const std::string& said) {
  const std::string points_class = said.empty() ? "ordinary" : said;
  const std::vector<std::string> classes = split(value_of(rule, "applies_to"), ',');
  const bool names = std::find(classes.begin(), classes.end(), points_class) != classes.end();
  const bool names_any =
      std::any_of(classes.begin(), classes.end(), [](const auto& one) { return !one.empty(); });
  return names || (!names_any && points_class != "special");
}

/// What stands against the caps of one member.
class Caps {
 public:
  /// `only_approved`: what is proposed does not count yet.
  static Result<Caps> of(store::LaptopStore& store, const Id& member, const Id& without, bool only_approved) {
    Caps caps;
    LX_TRY(std::vector<Row> entries,
           store.records().list({.kind = "points_entry", .where = {{"member_id", member.text()}}}));
    std::set<std::string> taken_back;
    for (const Row& row : entries) {
      if (value_of(row, "state") == "approved") taken_back.insert(value_of(row, "reverses"));
    }
    std::erase_if(entries, [&](const Row& row) {
      const std::string state = value_of(row, "state");
      if (!value_of(row, "reverses").empty() || taken_back.count(row.id.text()) > 0) return true;
      return row.id == without || state == "rejected" || (only_approved && state != "approved");
    });
    caps.entries_ = std::move(entries);
    LX_TRY(const auto rules, store.records().list({.kind = "points_rule", .with_void = true}));
    for (const Row& rule : rules) {
      caps.classes_[rule.id.text()] = value_of(rule, "class");
      caps.codes_[rule.id.text()] = code_of(rule);
    }
    return caps;
  }

  /// How many tenths of what the rule gives still fit on the day; deductions have no cap but the rule's own.
  Result<std::int64_t> left(store::LaptopStore& store, const Row& rule, const Date& on, std::int64_t wanted) {
    const std::string day = on.text();
    const std::string cap = value_of(rule, "cap_tenths");
    const std::string period = value_of(rule, "cap_period");
    std::int64_t fits = wanted;
    if (!cap.empty()) {
      const std::int64_t used = sum([&](const Row& entry) {
        return codes_[value_of(entry, "rule_id")] == code_of(rule) &&
               same_period(period, value_of(entry, "occurred_on"), day);
      });
      fits = within(fits, number_of(rule, "cap_tenths"), used);
    }
    if (wanted < 0) return fits;
    LX_TRY(const std::int64_t of_class, yearly(store, "points_class_cap", on));
    const auto in_year = [&](const Row& entry) {
      return same_period("year", value_of(entry, "occurred_on"), day);
    };
    if (of_class >= 0) {
      const std::int64_t used = sum([&](const Row& entry) {
        return in_year(entry) && classes_[value_of(entry, "rule_id")] == value_of(rule, "class");
      });
      fits = within(fits, of_class, used);
    }
    LX_TRY(const std::int64_t of_member, yearly(store, "points_year_cap", on));
    if (of_member >= 0) fits = within(fits, of_member, sum(in_year));
    return fits;
  }

  [[nodiscard]] bool has(const Id& rule, const std::string& evidence) const {
    return std::any_of(entries_.begin(), entries_.end(), [&](const Row& entry) {
      return value_of(entry, "rule_id") == rule.text() && value_of(entry, "evidence_id") == evidence &&
             value_of(entry, "reverses").empty();
    });
  }

 private:
  /// A changed rule keeps its code, and so its cap.
  static std::string code_of(const Row& rule) {
    const std::string code = value_of(rule, "code");
    return code.empty() ? rule.id.text() : code;
  }

  template <class Wanted>
  std::int64_t sum(const Wanted& wanted) {
    std::int64_t all = 0;
    for (const Row& entry : entries_)
      all += wanted(entry) ? number_of(entry, "points_tenths") : 0;
    return all;
  }

  /// A cap bounds what is added and what is taken away alike.
  static std::int64_t within(std::int64_t wanted, std::int64_t cap, std::int64_t used) {
    if (wanted < 0) return std::min<std::int64_t>(0, std::max(wanted, -cap - used));
    return std::max<std::int64_t>(0, std::min(wanted, cap - used));
  }

  static Result<std::int64_t> yearly(store::LaptopStore& store, std::string_view name, const Date& on) {
    LX_TRY(const std::string value, parameter_on(store, name, on));
    if (!is_digits(value)) return -1;
    return std::strtoll(value.c_str(), nullptr, 10) * kTenthsOfPoint;
  }

  std::vector<Row> entries_;
  std::map<std::string, std::string> classes_;
  std::map<std::string, std::string> codes_;
};

Result<Row> entry_of(store::LaptopStore& store, const Id& id) {
  LX_TRY(auto entry, row_of(store, "points_entry", id));
  if (!entry) return fail("points.entry", {{"id", id.text()}});
  return std::move(*entry);
}

Result<Row> rule_of(store::LaptopStore& store, const Id& id) {
  LX_TRY(auto rule, row_of(store, "points_rule", id));
  if (!rule) return fail("points.rule", {{"id", id.text()}});
  return std::move(*rule);
}

Result<Row> rule_named(store::LaptopStore& store, const Row& entry) {
  const auto id = Id::parse(value_of(entry, "rule_id"));
  return rule_of(store, id.ok() ? *id : Id());
}

Result<Id> save_new(store::LaptopStore& store,
                    const std::vector<std::pair<std::string, std::string>>& values) {
  store::Edit edit;
  edit.kind = "points_entry";
  for (const auto& [field, value] : values) {
    if (!value.empty()) edit.fields.push_back({field, store::FieldEdit::Op::kSet, value});
  }
  LX_TRY(const store::Saved saved, store.records().save({edit}));
  if (!saved.ok) return fail("points.not_saved", {{"field", saved.problems.front().field}});
  return saved.records.front();
}

/// Who may decide: the role the rule names, else whoever answers for a unit.
Status may_decide(store::LaptopStore& store, const Row& entry) {
  LX_TRY(const Row rule, rule_named(store, entry));
  LX_TRY(const auto history, store.records().history(entry.id));
  const Id self = store.identity().worker;
  if (!history.empty() && history.front().author == self) return fail("points.own");
  LX_TRY(const bool may, has_role(store, value_of(rule, "approve_by")));
  if (may) return {};
  return fail("points.role", {{"who", store.identity().worker_name}});
}

}  // namespace

Result<std::string> parameter_on(store::LaptopStore& store, std::string_view name, const Date& day) {
  LX_TRY(const auto rows,
         store.records().list({.kind = "parameter", .where = {{"name", std::string(name)}}}));
  std::string latest;
  std::string value;
  for (const Row& row : rows) {
    const std::string from = value_of(row, "from");
    if (from > day.text() || from < latest) continue;
    latest = from;
    value = value_of(row, "value");
  }
  return value;
}

Result<PointsMade> propose_points(store::LaptopStore& store, const PointsProposal& proposal) {
  const std::string day = proposal.on.text();
  LX_DO(must_be_on(store, proposal.on));
  LX_TRY(const Row rule, rule_of(store, proposal.rule));
  const std::string name = value_of(rule, "name");
  if (value_of(rule, "from") > day || (!value_of(rule, "to").empty() && value_of(rule, "to") < day))
    return fail("points.rule_days", {{"rule", name}, {"on", day}});
  LX_TRY(const auto member, store.records().get(proposal.member));
  if (!member || member->kind != "member") return fail("record.unknown", {{"id", proposal.member.text()}});
  if (!is_open_to(rule, member->value("points_class"))) return fail("points.not_for", {{"rule", name}});
  if (proposal.evidence.empty() && proposal.reason.empty()) return fail("points.reason");
  LX_TRY(Caps caps, Caps::of(store, proposal.member, Id{}, false));
  if (!proposal.evidence.empty() && caps.has(rule.id, proposal.evidence)) return fail("points.again");
  const std::int64_t wanted = number_of(rule, "points_tenths");
  LX_TRY(const std::int64_t fits, caps.left(store, rule, proposal.on, wanted));
  if (fits == 0) return fail("points.cap", {{"rule", name}});
  LX_TRY(const Id entry, save_new(store, {{"member_id", proposal.member.text()},
                                          {"rule_id", rule.id.text()},
                                          {"rule_version", value_of(rule, "version")},
                                          {"occurred_on", day},
                                          {"points_tenths", std::to_string(fits)},
                                          {"evidence_id", proposal.evidence},
                                          {"state", "proposed"},
                                          {"reason", proposal.reason}}));
  return PointsMade{entry, fits, fits != wanted};
}

Status decide_points(store::LaptopStore& store, const Id& id, bool approve) {
  LX_TRY(const Row entry, entry_of(store, id));
  LX_TRY(const Date on, Date::parse(value_of(entry, "occurred_on")));
  LX_DO(must_be_on(store, on));
  if (value_of(entry, "state") != "proposed") return fail("points.decided");
  LX_DO(may_decide(store, entry));
  const auto member = Id::parse(value_of(entry, "member_id"));
  if (approve && member.ok() && value_of(entry, "reverses").empty()) {
    LX_TRY(const Row rule, rule_named(store, entry));
    LX_TRY(Caps caps, Caps::of(store, *member, id, true));
    const std::int64_t wanted = number_of(entry, "points_tenths");
    LX_TRY(const std::int64_t fits, caps.left(store, rule, on, wanted));
    if (fits != wanted) return fail("points.cap", {{"rule", value_of(rule, "name")}});
  }
  store::Edit edit;
  edit.kind = "points_entry";
  edit.record = id;
  edit.fields = {{"state", store::FieldEdit::Op::kSet, approve ? "approved" : "rejected"},
                 {"approved_by", store::FieldEdit::Op::kSet, store.identity().worker.text()},
                 {"approved_on", store::FieldEdit::Op::kSet, Date::of(store.clock().now_ms()).text()}};
  LX_TRY(const store::Saved saved, store.records().save({edit}));
  if (!saved.ok) return fail("points.not_saved", {{"field", saved.problems.front().field}});
  return {};
}

Result<PointsMade> reverse_points(store::LaptopStore& store, const Id& id, const std::string& reason) {
  LX_TRY(const Row entry, entry_of(store, id));
  if (reason.empty()) return fail("points.reason");
  if (value_of(entry, "state") != "approved" || !value_of(entry, "reverses").empty())
    return fail("points.not_approved");
  LX_TRY(const auto counters,
         store.records().list({.kind = "points_entry", .where = {{"reverses", id.text()}}}));
  const bool is_reversed = std::any_of(counters.begin(), counters.end(),
                                       [](const Row& row) { return value_of(row, "state") != "rejected"; });
  if (is_reversed) return fail("points.reversed");
  const std::int64_t tenths = -number_of(entry, "points_tenths");
  LX_TRY(const Id made, save_new(store, {{"member_id", value_of(entry, "member_id")},
                                         {"rule_id", value_of(entry, "rule_id")},
                                         {"rule_version", value_of(entry, "rule_version")},
                                         {"occurred_on", Date::of(store.clock().now_ms()).text()},
                                         {"points_tenths", std::to_string(tenths)},
                                         {"state", "proposed"},
                                         {"reason", reason},
                                         {"reverses", id.text()}}));
  return PointsMade{made, tenths, false};
}

Result<Id> change_points_rule(store::LaptopStore& store, const Id& id, const Date& from,
                              std::vector<store::FieldEdit> changes) {
  LX_TRY(const Row rule, rule_of(store, id));
  if (value_of(rule, "from") >= from.text() ||
      (!value_of(rule, "to").empty() && value_of(rule, "to") < from.text()))
    return fail("points.rule_days", {{"rule", value_of(rule, "name")}, {"on", from.text()}});
  store::Edit old;
  old.kind = "points_rule";
  old.record = id;
  old.fields = {{"to", store::FieldEdit::Op::kSet, from.plus_days(-1).text()}};
  store::Edit next;
  next.kind = "points_rule";
  const auto is_typed = [&](const std::string& field) {
    return std::any_of(changes.begin(), changes.end(), [&](const auto& one) { return one.field == field; });
  };
  for (const auto& [field, value] : rule.values) {
    const bool is_own = field == "from" || field == "version";
    if (value.empty() || is_own || is_typed(field)) continue;
    if (field != "applies_to") {
      next.fields.push_back({field, store::FieldEdit::Op::kSet, value});
      continue;
    }
    for (const std::string& one : split(value, ','))
      next.fields.push_back({field, store::FieldEdit::Op::kAdd, one});
  }
  next.fields.push_back({"from", store::FieldEdit::Op::kSet, from.text()});
  next.fields.push_back(
      {"version", store::FieldEdit::Op::kSet, std::to_string(number_of(rule, "version") + 1)});
  next.fields.insert(next.fields.end(), changes.begin(), changes.end());
  LX_TRY(const store::Saved saved, store.records().save({old, next}));
  if (!saved.ok) return fail("points.not_saved", {{"field", saved.problems.front().field}});
  return saved.records.back();
}

Result<std::vector<PointsSum>> points_sums(store::LaptopStore& store, const Date& from, const Date& as_of) {
  LX_TRY(const auto entries,
         store.records().list({.kind = "points_entry", .where = {{"state", "approved"}}}));
  LX_TRY(const auto by_themselves, store::own_approvals(store.database()));
  std::map<std::string, PointsSum> sums;
  for (const Row& entry : entries) {
    if (by_themselves.count(entry.id) > 0) continue;
    const std::string day = value_of(entry, "occurred_on");
    if (day < from.text() || day > as_of.text()) continue;
    PointsSum& one = sums[value_of(entry, "member_id")];
    one.tenths += number_of(entry, "points_tenths");
    ++one.entries;
  }
  std::vector<PointsSum> out;
  for (auto& [text, sum] : sums) {
    const auto id = Id::parse(text);
    if (!id.ok()) continue;
    LX_TRY(const auto member, store.records().get(*id));
    if (!member) continue;
    sum.member = *id;
    sum.name = member->value("name");
    sum.village = member->scope_code;
    out.push_back(std::move(sum));
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.tenths > b.tenths; });
  return out;
}

std::string points_text(std::int64_t tenths) {
  const std::int64_t size = tenths < 0 ? -tenths : tenths;
  return (tenths < 0 ? "-" : "") + std::to_string(size / kTenthsOfPoint) +
         (size % kTenthsOfPoint == 0 ? "" : "." + std::to_string(size % kTenthsOfPoint));
}

}  // namespace lianxin::client::app
