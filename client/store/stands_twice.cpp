#include "client/store/stands_twice.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {
namespace {

using lianxin::store::Database;

constexpr int kTwiceMax = 100;  // of one kind: more is a mistake that one line says as well

/// A record (a) and another one of its kind (b) that cannot both stand.
struct Once {
  std::string_view kind;
  std::string_view field;  ///< that the warning names
  std::string_view code;
  bool of_parent;           ///< only what hangs on the same member (or certificate) is looked at
  std::string_view open;    ///< when a record counts; $ stands for it
  std::string_view alike;   ///< what both have the same
  std::string_view needed;  ///< fields beside `field`, by blanks: the catalogue of the benchmarks has others
};

constexpr std::string_view kHasDays =
    "(b.\"to\" IS NULL OR ifnull(a.\"from\", '') < b.\"to\") AND (a.\"to\" IS NULL OR ifnull(b.\"from\", '') "
    "< "
    "a.\"to\")";

std::string overlapping(std::string_view alike) {
  return std::string(alike) + " AND " + std::string(kHasDays);
}

const std::vector<Once>& rules() {
  static const std::string kGrid = overlapping("b.village_id = a.village_id AND b.no = a.no");
  static const std::string kUnit = overlapping("b.code = a.code");
  static const std::string kLogin = overlapping("b.login = a.login");
  static const std::string kRule =
      overlapping("b.code = a.code AND ifnull(b.version, 0) = ifnull(a.version, 0)");
  static const std::string kGroup = overlapping("b.group_id = a.group_id");
  static const std::string kPair = overlapping(
      "ifnull(b.helper_member_id, '') = ifnull(a.helper_member_id, '') AND ifnull(b.helper_worker_id, '') = "
      "ifnull(a.helper_worker_id, '')");
  static const std::vector<Once> kRules = {
      {"mobility_episode", "left_on", "second_outflow", true,
       "$.direction = 'out' AND $.returned_on IS NULL AND ifnull($.state, '') <> 'ended'", "1",
       "direction returned_on state"},
      {"hardship_record", "active", "second_hardship", true, "$.active = 1 AND $.relieved_on IS NULL", "1",
       "relieved_on"},
      {"certificate", "state", "second_certificate", true,
       "$.state IN ('issued', 'checked_in', 'valid') AND $.returned_on IS NULL", "1", "returned_on"},
      {"certificate", "cert_no", "second_with", false, "ifnull($.state, '') <> 'void'",
       "b.cert_no = a.cert_no", "state"},
      {"certificate_check", "year", "second_with", true, "1", "b.year = a.year", ""},
      {"liaison_assignment", "from", "second_liaison", true, "1", kHasDays, "to"},
      {"transfer_request", "state", "second_transfer", true,
       "ifnull($.state, 'asked') IN ('asked', 'under_way')", "1", ""},
      {"delivery", "tracking_no", "second_with", false, "1",
       "b.tracking_no = a.tracking_no AND (a.carrier IS NULL OR b.carrier IS NULL OR b.carrier = a.carrier)",
       "carrier"},
      {"material", "code", "second_with", false, "1", kUnit, "from to"},
      {"material_component", "part_id", "second_alike", false, "1",
       "b.material_id = a.material_id AND b.part_id = a.part_id", "material_id"},
      {"grid", "no", "second_with", false, "1", kGrid, "village_id from to"},
      {"org_unit", "code", "second_with", false, "1", kUnit, "from to"},
      {"worker", "login", "second_with", false, "1", kLogin, "from to"},
      {"points_rule", "code", "second_with", false, "1", kRule, "version from to"},
      {"points_entry", "evidence_id", "second_alike", true,
       "ifnull($.state, '') NOT IN ('rejected', 'reversed') AND $.reverses IS NULL",
       "b.evidence_id = a.evidence_id AND b.rule_id = a.rule_id", "rule_id state reverses"},
      {"contact_group_member", "group_id", "second_alike", true, "1", kGroup, "from to"},
      {"attendance", "activity_id", "second_alike", true, "1", "b.activity_id = a.activity_id", ""},
      {"support_pair", "helper_member_id", "second_alike", true, "1", kPair, "helper_worker_id from to"},
      {"village_table", "quarter", "second_with", false, "1",
       "b.village_id = a.village_id AND b.quarter = a.quarter", "village_id"},
      {"township_register", "quarter", "second_with", false, "1",
       "b.township_id = a.township_id AND b.quarter = a.quarter", "township_id"},
      {"month_close", "month", "second_with", false, "1", "b.org_id = a.org_id AND b.month = a.month",
       "org_id"},
      {"festival_day", "on", "second_alike", false, "1",
       "b.festival = a.festival AND substr(b.\"on\", 1, 4) = substr(a.\"on\", 1, 4)", "festival"},
      {"parameter", "name", "second_alike", false, "1",
       "b.name = a.name AND (a.name <> 'field_off' OR b.value = a.value) AND ifnull(b.org_id, '') = "
       "ifnull(a.org_id, '') AND ifnull(b.\"from\", '') = "
       "ifnull(a.\"from\", '')",
       "org_id from"},
  };
  return kRules;
}

bool knows(const domain::Kind& kind, const Once& rule) {
  if (kind.field(rule.field) == nullptr) return false;
  const std::vector<std::string> needed = split(std::string(rule.needed), ' ');
  return std::all_of(needed.begin(), needed.end(),
                     [&](const std::string& name) { return name.empty() || kind.field(name) != nullptr; });
}

std::string of(std::string_view condition, char alias) {
  std::string out;
  for (const char one : condition)
    out += one == '$' ? alias : one;
  return out;
}

/// ?1 = the record, ?2 = the member it hangs on.
std::string sql_of(const domain::Kind& kind, const Once& rule) {
  const std::string table = KindTables::table_of(kind);
  std::string sql = "SELECT CAST(a.\"" + std::string(rule.field) + "\" AS TEXT) FROM " + table +
                    " a CROSS JOIN " + table + " b ON b.r_id <> a.r_id AND " + std::string(rule.alike) +
                    " WHERE a.r_id = ?1 AND a.r_flags & 195 = 0 AND b.r_flags & 195 = 0 AND " +
                    of(rule.open, 'a') + " AND " + of(rule.open, 'b');
  if (rule.of_parent)
    sql +=
        " AND ?2 <> x'00000000000000000000000000000000' AND b.r_id IN (SELECT id FROM record WHERE kind = " +
        std::to_string(kind.wire) + " AND parent != x'00000000000000000000000000000000' AND parent IN " +
        cluster_sql(2) + ")";
  return sql + " LIMIT 1";
}

void warn(std::vector<domain::Problem>& problems, std::string_view field, std::string_view code,
          std::vector<ErrorArg> args = {}) {
  args.insert(args.begin(), {"field", std::string(field)});
  problems.push_back({std::string(field), std::string(code), std::move(args), false});
}

/// What of the same version's titles is not in a red package, nor beside it in the parcel.
Status warn_of_books(Database& database, const Id& line, std::vector<domain::Problem>& problems) {
  auto select = database.prepare(
      "WITH pack AS (SELECT l.r_parent AS delivery, l.title_version, p.* FROM k_delivery_line l JOIN "
      "k_material "
      "p ON id_text(p.r_id) = l.material_id AND p.kind = 'red_package' WHERE l.r_id = ?1 AND l.r_flags & 3 = "
      "0), inside AS (SELECT c.part_id AS title FROM pack JOIN k_material_component c ON c.material_id = "
      "id_text(pack.r_id) AND c.r_flags & 3 = 0 UNION SELECT l.material_id FROM pack JOIN record r ON "
      "r.parent "
      "= pack.delivery JOIN k_delivery_line l ON l.r_id = r.id AND l.r_flags & 3 = 0) "
      "SELECT (SELECT count(*) FROM k_material b JOIN inside ON inside.title = id_text(b.r_id) WHERE b.kind "
      "= "
      "'book'), (SELECT group_concat(b.name, '/') FROM k_material b WHERE b.kind = 'book' AND b.r_flags & 3 "
      "= 0 "
      "AND b.required_set_version = pack.required_set_version AND id_text(b.r_id) NOT IN (SELECT title FROM "
      "inside)), ifnull(pack.title_version <> pack.required_set_version, 0), pack.required_set_version FROM "
      "pack");
  LX_TRY(const bool is_package, select.bind(1, line).step());
  if (!is_package) return {};
  if (select.integer(0) == 0) {
    warn(problems, "material_id", "books_none");
  } else if (!select.is_null(1)) {
    warn(problems, "material_id", "books_missing", {{"text", select.text(1)}});
  }
  if (select.integer(2) != 0) warn(problems, "title_version", "books_version", {{"count", select.text(3)}});
  return {};
}

/// Handed over is handed over, the paper must follow (domain.md 2.6): a balance below nothing is only said.
Status warn_of_stock(Database& database, const Id& movement, std::vector<domain::Problem>& problems) {
  auto select = database.prepare(
      "SELECT sum(b.delta), (SELECT name FROM k_material WHERE id_text(r_id) = a.material_id) FROM "
      "k_stock_movement a JOIN k_stock_movement b ON b.store_id = a.store_id AND b.material_id = "
      "a.material_id "
      "AND b.r_flags & 195 = 0 WHERE a.r_id = ?1 AND a.r_flags & 195 = 0 AND a.delta < 0 GROUP BY a.r_id");
  LX_TRY(const bool found, select.bind(1, movement).step());
  if (found && select.integer(0) < 0)
    warn(problems, "delta", "stock_below", {{"text", select.text(1)}, {"count", select.text(0)}});
  return {};
}

Status warn_of_expected(Database& database, const Id& activity, std::vector<domain::Problem>& problems) {
  auto select = database.prepare(
      "SELECT count(DISTINCT ifnull(t.member_id, ifnull(t.worker_id, t.r_id))), a.expected FROM k_activity a "
      "JOIN k_attendance t ON t.activity_id = id_text(a.r_id) AND t.r_flags & 195 = 0 AND t.status IN "
      "('present', 'late') WHERE a.r_id = ?1 AND a.expected IS NOT NULL GROUP BY a.r_id");
  LX_TRY(const bool found, select.bind(1, activity).step());
  if (found && select.integer(0) > select.integer(1))
    warn(problems, "expected", "more_than_expected", {{"count", select.text(0)}});
  return {};
}

/// Nobody is out of contact since before he was last reached (domain.md 2.1, item 15).
Status warn_of_contact(RecordsImpl& records, const Id& member, std::vector<domain::Problem>& problems) {
  const domain::Kind* visit = records.catalogue().kind("visit");
  const domain::Kind* call = records.catalogue().kind("contact_attempt");
  const domain::Field* members = visit == nullptr ? nullptr : visit->field("members");
  if (members == nullptr || call == nullptr) return {};
  auto since_when = records.database().prepare(
      "SELECT 1 FROM k_member WHERE r_id = ? AND out_of_contact_since IS NOT NULL");
  LX_TRY(const bool is_lost, since_when.bind(1, member).step());
  if (!is_lost) return {};
  auto select = records.database().prepare(
      "SELECT max(day), m.out_of_contact_since FROM k_member m JOIN (SELECT c.occurred_on AS day FROM record "
      "r "
      "JOIN k_contact_attempt c ON c.r_id = r.id WHERE r.kind = ?2 AND r.parent != "
      "x'00000000000000000000000000000000' AND r.parent IN " +
      cluster_sql(1) +
      " AND c.r_flags & 195 = 0 AND c.outcome = 'reached_self' AND ifnull(c.channel, '') NOT IN ('dest_org', "
      "'employer') UNION ALL SELECT v.occurred_on FROM element e JOIN k_visit v ON v.r_id = e.record WHERE "
      "e.kind = ?3 AND e.field = ?4 AND e.element IN " +
      cluster_texts_sql(1) +
      " AND v.r_flags & 195 = 0 AND v.outcome = 'met') WHERE m.r_id = ?1 AND m.out_of_contact_since IS NOT "
      "NULL");
  select.bind(1, member).bind(2, int{call->wire}).bind(3, int{visit->wire}).bind(4, int{members->wire});
  LX_TRY(const bool found, select.step());
  if (!found || select.is_null(0)) return {};
  const std::string last = select.text(0);
  const std::string since = select.text(1);
  if (last.substr(0, since.size()) > since)
    warn(problems, "out_of_contact_since", "reached_since", {{"day", last}});
  return {};
}

Status warn_of_rules(Database& database, const domain::Kind& kind, const Id& record, const Id& parent,
                     std::vector<domain::Problem>& problems) {
  for (const Once& rule : rules()) {
    if (rule.kind != kind.name || !knows(kind, rule)) continue;
    auto select = database.prepare(sql_of(kind, rule));
    select.bind(1, record);
    if (rule.of_parent) select.bind(2, parent);
    LX_TRY(const bool found, select.step());
    if (found) warn(problems, rule.field, rule.code, {{"text", select.text(0)}});
  }
  return {};
}

/// Whose number it is too: another member's ID number or own telephone.
Status warn_of_number(RecordsImpl& records, const Id& record, const Id& member, std::string_view field,
                      std::vector<domain::Problem>& problems) {
  LX_TRY(const auto other, records.twins().other_with_number(record, member));
  if (!other) return {};
  auto select = records.database().prepare("SELECT name FROM k_member WHERE r_id = ?");
  LX_TRY(const bool found, select.bind(1, *other).step());
  if (found) warn(problems, field, "number_of_other", {{"text", select.text(0)}});
  return {};
}

}  // namespace

Status warn_of_twice(RecordsImpl& records, const std::vector<Id>& written,
                     std::vector<domain::Problem>& problems) {
  for (const Id& record : written) {
    auto select = records.database().prepare("SELECT kind, parent FROM record WHERE id = ?");
    LX_TRY(const bool found, select.bind(1, record).step());
    const domain::Kind* kind =
        found ? records.catalogue().kind(static_cast<std::uint16_t>(select.integer(0))) : nullptr;
    if (kind == nullptr) continue;
    const Id parent = select.id(1);
    LX_DO(warn_of_rules(records.database(), *kind, record, parent, problems));
    if (kind->name == "member") LX_DO(warn_of_number(records, record, record, "id_no", problems));
    if (kind->name == "member" && kind->field("out_of_contact_since") != nullptr)
      LX_DO(warn_of_contact(records, record, problems));
    if (kind->name == "contact_point") LX_DO(warn_of_number(records, record, parent, "value", problems));
    if (kind->name == "delivery_line" && kind->field("title_version") != nullptr)
      LX_DO(warn_of_books(records.database(), record, problems));
    if (kind->name == "stock_movement" && kind->field("store_id") != nullptr)
      LX_DO(warn_of_stock(records.database(), record, problems));
    if (kind->name == "activity" && kind->field("expected") != nullptr)
      LX_DO(warn_of_expected(records.database(), record, problems));
  }
  return {};
}

Result<std::vector<StandsTwice>> stands_twice(Database& database, const domain::Catalogue& catalogue) {
  std::vector<StandsTwice> out;
  for (const Once& rule : rules()) {
    const domain::Kind* kind = catalogue.kind(rule.kind);
    if (kind == nullptr || rule.of_parent || rule.code != "second_with" || kind->name == "delivery") continue;
    if (!knows(*kind, rule)) continue;
    const std::string table = KindTables::table_of(*kind);
    auto select = database.prepare(
        "SELECT DISTINCT a.r_id, a.r_scope, CAST(a.\"" + std::string(rule.field) + "\" AS TEXT) FROM " +
        table + " a JOIN " + table + " b ON b.r_id < a.r_id AND " + std::string(rule.alike) +
        " WHERE a.r_flags & 195 = 0 AND b.r_flags & 195 = 0 AND " + of(rule.open, 'a') + " AND " +
        of(rule.open, 'b') + " LIMIT " + std::to_string(kTwiceMax));
    LX_DO(each_row(select, [&] { out.push_back({select.id(0), select.id(1), kind->name, select.text(2)}); }));
  }
  return out;
}

Status check_circle(Database& database, const domain::Kind& kind, EditPlan& plan) {
  if (kind.name != "org_unit" || !plan.box.is_known) return {};
  const domain::Field* field = kind.field("parent_id");
  const auto write = std::find_if(plan.writes.begin(), plan.writes.end(), [&](const NewWrite& one) {
    return field != nullptr && one.field == field->wire;
  });
  if (write == plan.writes.end() || !write->value) return {};
  auto select = database.prepare(
      "WITH RECURSIVE above(id, steps) AS (SELECT ?1, 0 UNION SELECT u.parent_id, steps + 1 FROM above JOIN "
      "k_org_unit u ON id_text(u.r_id) = above.id WHERE u.parent_id IS NOT NULL AND steps < 16) SELECT 1 "
      "FROM "
      "above WHERE id = ?2");
  select.bind_text(1, *write->value).bind_text(2, plan.box.base.record.text());
  LX_TRY(const bool found, select.step());
  if (found)
    plan.problems.insert(plan.problems.begin(), {"parent_id", "unit_circle", {{"field", "parent_id"}}, true});
  return {};
}

}  // namespace lianxin::client::store
