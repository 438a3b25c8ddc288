// The registers' rows (work_queries.hpp): visits and calls, deliveries, questions and consultations.
#include <algorithm>

#include "client/store/clusters.hpp"
#include "client/store/duty_facts.hpp"
#include "client/store/work_queries.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

using lianxin::store::Database;
using lianxin::store::Statement;

namespace {

Id id_or_nil(const std::string& text) {
  const auto id = Id::parse(text);
  return id.ok() ? *id : Id{};
}

int wire_of(std::string_view kind) { return domain::Catalogue::base().kind(kind)->wire; }
int wire_of(std::string_view kind, std::string_view field) {
  return domain::Catalogue::base().kind(kind)->field(field)->wire;
}

Result<std::string> name_of_member(Database& database, const Id& member, const KnownName& known) {
  std::string name = known ? known(member) : std::string();
  if (!name.empty()) return name;
  return name_of(database, "member", member);
}

constexpr std::string_view kVisitColumns =
    "SELECT v.r_id, 1, v.occurred_on, v.mode, v.outcome, v.purposes, v.festival, v.workers, NULL, v.began, "
    "v.members ";
constexpr std::string_view kCallColumns =
    "SELECT c.r_id, 0, c.occurred_on, c.channel, c.outcome, NULL, NULL, c.worker_id, c.r_parent, c.at_time, "
    "NULL ";

/// In their order out of the indexes of both; only what is on the page is looked up.
std::string all_contacts() {
  return "SELECT p.r_id, p.is_visit, p.day, coalesce(v.mode, c.channel), coalesce(v.outcome, c.outcome), "
         "v.purposes, v.festival, coalesce(v.workers, c.worker_id), c.r_parent, p.hour, v.members FROM "
         "(SELECT "
         "r_id, 1 AS is_visit, occurred_on AS day, began AS hour FROM k_visit WHERE r_flags & 3 = 0 UNION "
         "ALL "
         "SELECT r_id, 0, occurred_on, at_time FROM k_contact_attempt WHERE r_flags & 3 = 0 ORDER BY 3 DESC, "
         "4 "
         "DESC, 1 DESC LIMIT ?1 OFFSET ?6) p LEFT JOIN k_visit v ON p.is_visit AND v.r_id = p.r_id LEFT JOIN "
         "k_contact_attempt c ON NOT p.is_visit AND c.r_id = p.r_id ORDER BY 3 DESC, 10 DESC, 1 DESC";
}

std::string contacts_of_member() {
  return std::string(kVisitColumns) +
         "FROM element e JOIN k_visit v ON v.r_id = e.record WHERE e.kind = ?2 AND e.field = ?3 AND "
         "e.element IN " +
         cluster_texts_sql(4) + " AND v.r_flags & 3 = 0 UNION ALL " + std::string(kCallColumns) +
         "FROM record r JOIN k_contact_attempt c ON c.r_id = r.id WHERE r.kind = ?5 AND r.parent != "
         "x'00000000000000000000000000000000' AND r.parent IN " +
         cluster_sql(4) +
         " AND c.r_flags & 3 = 0 "
         "ORDER BY 3 DESC, 10 DESC, 1 DESC LIMIT ?1 OFFSET ?6";
}

/// `members` = of the visit.
ContactLine contact_of(const Statement& select, std::vector<Id>& members) {
  ContactLine line;
  line.record = select.id(0);
  line.is_visit = select.integer(1) == 1;
  line.occurred_on = select.text(2);
  line.mode = select.text(3);
  line.outcome = select.text(4);
  line.purposes = select.text(5);
  line.festival = select.text(6);
  line.worker = id_or_nil(select.text(7).substr(0, 36));
  if (!select.is_null(8)) members.push_back(select.id(8));
  for_each_reference(select.view(10), [&](const Id& member) { members.push_back(member); });
  if (!members.empty()) line.member = members.front();
  return line;
}

/// A parcel (parameter ?1) and, when it was entered twice, the records it stands for (clusters.hpp).
constexpr std::string_view kParcelSql =
    "(SELECT ?1 UNION SELECT c.record FROM cluster c JOIN k_delivery o ON o.r_id = c.record WHERE "
    "c.canonical = "
    "?1 AND o.r_flags & 3 = 0)";

/// Where the record that stands says nothing, the next one does: as forms print it (figures/ledger.cpp).
Status add_twins_words(Database& database, DeliveryLine& line, Id& organisation) {
  auto select = database.prepare(
      "SELECT o.member_id, o.to_org_id, o.mode, ifnull(o.dispatched_on, o.received_on), o.received_on, "
      "o.receipt_kind FROM cluster c JOIN k_delivery o ON o.r_id = c.record WHERE c.canonical = ?1 AND "
      "c.record <> ?1 AND o.r_flags & 3 = 0 ORDER BY o.r_id");
  return each_row(select.bind(1, line.delivery), [&] {
    const auto fill = [&](std::string& what, int column) {
      if (what.empty()) what = select.text(column);
    };
    if (line.member.is_nil() && organisation.is_nil()) {
      line.member = id_or_nil(select.text(0));
      organisation = id_or_nil(select.text(1));
    }
    fill(line.mode, 2);
    fill(line.on, 3);
    fill(line.received_on, 4);
    fill(line.receipt_kind, 5);
  });
}

/// What both records of a parcel list was in it once: the smaller id's lines of it are.
Status add_delivery_lines(Database& database, DeliveryLine& line) {
  struct Piece {
    std::string words;
    std::string material;
    Id record;
  };
  std::vector<Piece> pieces;
  auto select = database.prepare(
      "SELECT m.name, k.qty, ifnull(k.material_id, ''), r.parent FROM record r JOIN k_delivery_line k ON "
      "k.r_id = r.id LEFT JOIN k_material m ON m.r_id = unhex(replace(k.material_id, '-', '')) WHERE "
      "r.parent "
      "IN " +
      std::string(kParcelSql) +
      " AND r.parent != x'00000000000000000000000000000000' AND r.kind = ?2 AND k.r_flags & 3 = 0 ORDER BY "
      "r.id");
  select.bind(1, line.delivery).bind(2, wire_of("delivery_line"));
  LX_DO(each_row(select, [&] {
    pieces.push_back(
        {select.text(0) + " ×" + std::to_string(select.integer(1)), select.text(2), select.id(3)});
  }));
  for (const Piece& one : pieces) {
    const bool is_listed = std::any_of(pieces.begin(), pieces.end(), [&](const Piece& other) {
      return !one.material.empty() && other.material == one.material && other.record < one.record;
    });
    if (!is_listed) line.lines.push_back(one.words);
  }
  return {};
}

/// `parents`: of ?1.
Result<std::string> last_event(Database& database, const std::string& kind, const Id& parent,
                               std::string_view parents) {
  auto select = database.prepare("SELECT k.kind FROM record r JOIN k_" + kind +
                                 " k ON k.r_id = r.id WHERE r.parent IN " + std::string(parents) +
                                 " AND r.parent != x'00000000000000000000000000000000' AND r.kind = ?2 AND "
                                 "k.r_flags & 3 = 0 ORDER BY k.occurred_on DESC, k.r_id DESC LIMIT 1");
  select.bind(1, parent).bind(2, wire_of(kind));
  LX_TRY(const bool found, select.step());
  return found ? select.text(0) : std::string();
}

/// What hangs on a person (parameter ?N) and is of one kind; what names a member hangs on him.
std::string hanging_sql(std::string_view kind, int parameter) {
  return "(SELECT id FROM record WHERE kind = " + std::to_string(wire_of(kind)) +
         " AND parent != x'00000000000000000000000000000000' AND parent IN " + cluster_sql(parameter) + ")";
}

/// As of contacts; ?1 = of whom.
std::string case_rows(bool of_member) {
  const auto whose = [&](std::string_view kind) {
    return of_member ? " AND r_id IN " + hanging_sql(kind, 1) : std::string();
  };
  return "SELECT p.r_id, p.is_case, coalesce(k.member_id, n.member_id), p.day, coalesce(k.topic, n.topics), "
         "k.level, k.due_on, CASE WHEN NOT p.is_case THEN n.solved_on_spot WHEN p.done THEN 'closed' ELSE '' "
         "END FROM (SELECT r_id, 1 AS is_case, closed_on IS NOT NULL AS done, opened_on AS day FROM "
         "k_case_item WHERE r_flags & 3 = 0" +
         whose("case_item") +
         " UNION ALL SELECT * FROM (SELECT r_id, 0, 1, occurred_on FROM k_consultation WHERE r_flags & 3 = "
         "0" +
         whose("consultation") +
         " ORDER BY occurred_on DESC, r_id DESC LIMIT ?2 + ?3) ORDER BY done, 4 DESC, 1 DESC LIMIT ?2 OFFSET "
         "?3) p LEFT JOIN k_case_item k ON p.is_case AND k.r_id = p.r_id LEFT JOIN k_consultation n ON NOT "
         "p.is_case AND n.r_id = p.r_id ORDER BY p.done, p.day DESC, p.r_id DESC";
}

}  // namespace

Result<std::vector<ContactLine>> contact_lines(Database& database, const Id& member, std::size_t limit,
                                               const KnownName& known, std::size_t first) {
  std::vector<ContactLine> out;
  std::vector<std::vector<Id>> members;
  {
    auto select = database.prepare(member.is_nil() ? all_contacts() : contacts_of_member());
    select.bind(1, static_cast<std::int64_t>(limit)).bind(6, static_cast<std::int64_t>(first));
    if (!member.is_nil()) {
      select.bind(2, wire_of("visit")).bind(3, wire_of("visit", "members"));
      select.bind(4, member).bind(5, wire_of("contact_attempt"));
    }
    LX_DO(each_row(select, [&] { out.push_back(contact_of(select, members.emplace_back())); }));
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const Id& one : members[i]) {
      LX_TRY(std::string name, name_of_member(database, one, known));
      if (!name.empty() || !out[i].is_visit) out[i].names.push_back(std::move(name));
    }
  }
  return out;
}

Result<std::vector<DeliveryLine>> delivery_lines(Database& database, const Id& member, std::size_t limit,
                                                 const KnownName& known, std::size_t first) {
  std::vector<DeliveryLine> out;
  std::vector<Id> organisations;
  {
    auto select = database.prepare(
        "SELECT d.r_id, d.member_id, d.to_org_id, d.mode, p.day, d.received_on, d.receipt_kind FROM (SELECT "
        "r_id, ifnull(dispatched_on, received_on) AS day FROM k_delivery WHERE r_flags & 67 = 0" +
        (member.is_nil() ? std::string() : " AND r_id IN " + hanging_sql("delivery", 1)) +
        " ORDER BY 2 DESC, 1 DESC LIMIT ?2 OFFSET ?3) p CROSS JOIN k_delivery d ON d.r_id = p.r_id ORDER BY "
        "p.day DESC, p.r_id DESC");
    select.bind(2, static_cast<std::int64_t>(limit)).bind(3, static_cast<std::int64_t>(first));
    if (!member.is_nil()) select.bind(1, member);
    LX_DO(each_row(select, [&] {
      out.push_back({select.id(0),
                     id_or_nil(select.text(1)),
                     "",
                     select.text(3),
                     select.text(4),
                     {},
                     "",
                     select.text(5),
                     select.text(6)});
      organisations.push_back(id_or_nil(select.text(2)));
    }));
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    DeliveryLine& line = out[i];
    LX_DO(add_twins_words(database, line, organisations[i]));
    LX_TRY(line.to, line.member.is_nil() ? name_of(database, "org_unit", organisations[i])
                                         : name_of_member(database, line.member, known));
    LX_DO(add_delivery_lines(database, line));
    LX_TRY(line.last_event, last_event(database, "delivery_event", line.delivery, kParcelSql));
  }
  return out;
}

Result<std::vector<CaseLine>> case_lines(Database& database, const Id& member, std::size_t limit,
                                         const KnownName& known, std::size_t first) {
  std::vector<CaseLine> out;
  {
    auto select = database.prepare(case_rows(!member.is_nil()));
    select.bind(2, static_cast<std::int64_t>(limit)).bind(3, static_cast<std::int64_t>(first));
    if (!member.is_nil()) select.bind(1, member);
    LX_DO(each_row(select, [&] {
      out.push_back({select.id(0), select.integer(1) == 1, id_or_nil(select.text(2)), "", select.text(3),
                     select.text(4), select.text(5), select.text(6), select.text(7)});
    }));
  }
  for (CaseLine& line : out) {
    LX_TRY(line.name, name_of_member(database, line.member, known));
    if (!line.is_case || line.state == "closed") continue;
    LX_TRY(line.state, last_event(database, "case_event", line.record, "(?1)"));
  }
  return out;
}

Result<std::uint32_t> open_cases(Database& database) {
  auto select = database.prepare(
      "SELECT count(*) FROM k_case_item WHERE r_flags & 3 = 0 AND closed_on IS NULL "
      "AND ifnull(level, '') <> 'on_spot'");
  LX_TRY(const bool found, select.step());
  return found ? static_cast<std::uint32_t>(select.integer(0)) : 0U;
}

namespace {

/// Rows of a kind that hang on the person (?1).
std::string of_person(std::string_view kind) {
  return " FROM record r JOIN k_" + std::string(kind) +
         " k ON k.r_id = r.id WHERE r.parent != x'00000000000000000000000000000000' AND r.parent IN " +
         cluster_sql(1) + " AND k.r_flags & 195 = 0 ";
}

Result<std::string> first_text(Database& database, const std::string& sql, const Id& member) {
  auto select = database.prepare(sql);
  LX_TRY(const bool found, select.bind(1, member).step());
  return found ? select.text(0) : std::string();
}

}  // namespace

Result<std::map<std::string, std::string>> returned_addresses(Database& database, const Id& member) {
  auto select = database.prepare(
      "SELECT k.to_address, (SELECT max(e.occurred_on) FROM record x JOIN k_delivery_event e ON e.r_id = "
      "x.id "
      "WHERE x.parent = k.r_id AND x.parent != x'00000000000000000000000000000000' AND e.r_flags & 195 = 0 "
      "AND e.kind = 'returned') AS back" +
      of_person("delivery") + "AND k.to_address IS NOT NULL AND back IS NOT NULL ORDER BY back");
  std::map<std::string, std::string> out;
  LX_DO(each_row(select.bind(1, member), [&] { out[select.text(0)] = select.text(1); }));
  return out;
}

Result<std::string> returned_home_on(Database& database, const Id& member) {
  return first_text(database,
                    "SELECT max(k.returned_on)" + of_person("mobility_episode") +
                        "AND k.direction = 'out' AND ifnull(k.end_kind, 'returned') = 'returned'",
                    member);
}

Result<std::string> held_certificate(Database& database, const Id& member) {
  return first_text(database,
                    "SELECT k.cert_no" + of_person("certificate") +
                        "AND k.state IN ('issued', 'checked_in', 'valid') ORDER BY k.r_id LIMIT 1",
                    member);
}

}  // namespace lianxin::client::store
