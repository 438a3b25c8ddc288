#include "client/store/work_queries.hpp"

#include <algorithm>
#include <set>

#include "client/store/clusters.hpp"
#include "client/store/duty_queries.hpp"
#include "client/store/meta.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

using lianxin::store::Database;
using lianxin::store::Statement;

static_assert(kNotCounted == 195);

namespace {

/// Number of a kind and of one of its fields, for table `element`.
struct SetField {
  int kind = 0;
  int field = 0;
};
SetField set_field(std::string_view kind, std::string_view field) {
  const domain::Kind* found = domain::Catalogue::base().kind(kind);
  LX_CHECK(found != nullptr && found->field(field) != nullptr, "no such field");
  return {found->wire, found->field(field)->wire};
}

/// A member whose list line is made. Nearly all are one record, and then the line is read in half the time.
struct Person {
  Id member;
  bool is_joined = false;  ///< one of several records of a person (sync.md 3.8)
};

/// What hangs on a person (parameter ?N) and is of one kind, as `FROM` and `WHERE`.
std::string children_sql(std::string_view kind, int parameter, bool is_joined) {
  const domain::Kind* found = domain::Catalogue::base().kind(kind);
  LX_CHECK(found != nullptr, "no such kind");
  return " FROM record r JOIN k_" + found->name +
         " k ON k.r_id = r.id WHERE r.kind = " + std::to_string(found->wire) +
         " AND r.parent != x'00000000000000000000000000000000' AND r.parent " +
         (is_joined ? "IN " + cluster_sql(parameter) : "= ?" + std::to_string(parameter)) + " ";
}

/// A statement of its own for each of the two.
struct PersonSql {
  std::string alone;
  std::string joined;
  [[nodiscard]] const std::string& of(const Person& person) const {
    return person.is_joined ? joined : alone;
  }
};

/// The last day on which a visit met a member or a call reached him.
Result<std::string> last_reached(Database& database, const Person& person) {
  const SetField members = set_field("visit", "members");
  const auto sql = [](bool is_joined) {
    return "SELECT max(day) FROM (SELECT v.occurred_on AS day FROM element e JOIN k_visit v ON v.r_id = "
           "e.record "
           "WHERE e.kind = ?1 AND e.field = ?2 AND e.element " +
           (is_joined ? "IN " + cluster_texts_sql(3) : std::string("= ?4")) +
           " AND v.outcome = 'met' AND v.r_flags & 3 = 0 UNION ALL SELECT k.occurred_on" +
           children_sql("contact_attempt", 3, is_joined) +
           "AND k.outcome = 'reached_self' AND k.r_flags & 3 = 0)";
  };
  static const PersonSql kSelect{sql(false), sql(true)};
  auto select = database.prepare(kSelect.of(person));
  select.bind(1, members.kind).bind(2, members.field).bind(3, person.member);
  if (!person.is_joined) select.bind_text(4, person.member.text());
  LX_TRY(const bool found, select.step());
  return found ? select.text(0) : std::string();
}

Status add_outflow(Database& database, const Person& person, MemberLine& line) {
  const auto sql = [](bool is_joined) {
    return "SELECT k.dest_division, k.usual_place, k.link_status, k.dest_address" +
           children_sql("mobility_episode", 1, is_joined) +
           "AND k.r_flags & 3 = 0 AND k.direction = 'out' AND k.returned_on IS NULL AND ifnull(k.state, '') "
           "<> "
           "'ended' ORDER BY k.left_on DESC LIMIT 1";
  };
  static const PersonSql kSelect{sql(false), sql(true)};
  auto select = database.prepare(kSelect.of(person));
  select.bind(1, person.member);
  LX_TRY(const bool found, select.step());
  if (!found) return {};
  line.is_out = true;
  line.dest_division = select.text(0);
  line.usual_place = select.is_null(1) ? select.text(3) : select.text(1);
  line.link_status = select.text(2);
  return {};
}

/// What another record of the person says of care and contact.
Status add_other_records(Database& database, MemberLine& line, bool& lost) {
  auto select = database.prepare(
      "SELECT o.care_flag, o.out_of_contact_since, o.standing FROM cluster a JOIN cluster b ON b.canonical = "
      "a.canonical JOIN k_member o ON o.r_id = b.record WHERE a.record = ?1 AND b.record <> ?1 AND o.r_flags "
      "& 3 = 0");
  select.bind(1, line.member);
  return each_row(select, [&] {
    if (line.care_flag.empty()) line.care_flag = select.text(0);
    lost = lost || !select.is_null(1);
    if (line.standing.empty()) line.standing = select.text(2);
  });
}

Status add_phone(Database& database, const Person& person, MemberLine& line) {
  const auto sql = [](bool is_joined) {
    return "SELECT k.value" + children_sql("contact_point", 1, is_joined) +
           "AND k.r_flags & 3 = 0 AND k.value IS NOT NULL AND k.kind <> 'wechat' "
           "ORDER BY ifnull(k.valid, 'ok') IN ('wrong', 'dead'), ifnull(k.preferred, 0) DESC, "
           "ifnull(k.owner, 'self') <> 'self', k.r_id DESC LIMIT 1";
  };
  static const PersonSql kSelect{sql(false), sql(true)};
  auto select = database.prepare(kSelect.of(person));
  select.bind(1, person.member);
  LX_TRY(const bool found, select.step());
  if (found) line.phone = select.text(0);
  return {};
}

Result<std::vector<Id>> ids(Statement& select) {
  std::vector<Id> out;
  LX_DO(each_row(select, [&] { out.push_back(select.id(0)); }));
  return out;
}

Result<std::uint32_t> one_count(Statement& select) {
  LX_TRY(const bool found, select.step());
  return found ? static_cast<std::uint32_t>(select.integer(0)) : 0U;
}

}  // namespace

namespace {

/// nullptr = not among those who are looked after.
const DutyMember* find_in(const DutyFacts* facts, const Id& member) {
  return facts == nullptr ? nullptr : facts->members.find(member);
}

Result<std::vector<MemberLine>> lines_of(Database& database, const std::vector<Id>& members,
                                         const DutyFacts* facts, LineWith with) {
  std::unordered_set<Id> joined;
  auto clusters = database.prepare("SELECT record FROM cluster");
  LX_DO(each_row(clusters, [&] { joined.insert(clusters.id(0)); }));
  std::vector<MemberLine> out;
  out.reserve(members.size());
  for (const Id& member : members) {
    auto select = database.prepare(
        "SELECT m.name, m.gender, o.name, m.standing, m.care_flag, m.r_flags, m.out_of_contact_since "
        "FROM k_member m LEFT JOIN k_org_unit o ON o.r_id = m.r_scope WHERE m.r_id = ?");
    select.bind(1, member);
    LX_TRY(const bool found, select.step());
    if (!found) continue;
    MemberLine line;
    line.member = member;
    line.name = select.text(0);
    line.gender = select.text(1);
    line.village = select.text(2);
    line.standing = select.text(3);
    line.care_flag = select.text(4);
    line.in_dispute = (select.integer(5) & 4) != 0;
    bool lost = !select.is_null(6);
    const Person person{member, joined.count(member) > 0};
    if (person.is_joined) LX_DO(add_other_records(database, line, lost));
    if (with == LineWith::kAll) LX_DO(add_outflow(database, person, line));
    if (lost) line.link_status = "lost";
    if (with == LineWith::kAll) LX_DO(add_phone(database, person, line));
    if (const DutyMember* known = find_in(facts, member)) {
      line.last_reached = known->contact.last_reached;
    } else {
      LX_TRY(line.last_reached, last_reached(database, person));
    }
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace

Result<std::vector<MemberLine>> member_lines(Database& database, const std::vector<Id>& members) {
  return lines_of(database, members, nullptr, LineWith::kAll);
}

Result<std::vector<MemberLine>> member_lines(Database& database, const std::vector<Id>& members,
                                             const DutyFacts& facts, LineWith with) {
  return lines_of(database, members, &facts, with);
}

namespace {

/// He himself, out of an index that has all that is asked of him, or one of his other records. (No UNION: it
/// is made by walking all members in the order of their ids.)
std::string in_care_sql() {
  return "FROM (SELECT r_id, name FROM k_member WHERE care_flag IS NOT NULL AND r_flags & 67 = 0 UNION ALL "
         "SELECT m.r_id, m.name FROM k_member m WHERE m.r_flags & 67 = 0 AND m.care_flag IS NULL AND m.r_id "
         "IN "
         "(SELECT c.canonical FROM cluster c CROSS JOIN k_member o ON o.r_id = c.record WHERE o.care_flag IS "
         "NOT "
         "NULL AND o.r_flags & 3 = 0))";
}

}  // namespace

Result<std::vector<Id>> members_in_care(Database& database, std::size_t limit, std::size_t first) {
  auto select = database.prepare("SELECT r_id " + in_care_sql() +
                                 " ORDER BY name COLLATE pinyin, r_id LIMIT ? OFFSET ?");
  select.bind(1, static_cast<std::int64_t>(limit)).bind(2, static_cast<std::int64_t>(first));
  return ids(select);
}

Result<std::uint32_t> count_in_care(Database& database) {
  auto select = database.prepare("SELECT count(*) " + in_care_sql());
  return one_count(select);
}

Result<std::uint32_t> count_of(Database& database, std::string_view kind) {
  const domain::Kind* found = domain::Catalogue::base().kind(kind);
  LX_CHECK(found != nullptr, "no such kind");
  auto select = database.prepare("SELECT counted FROM kind_count WHERE kind = ?");
  select.bind(1, int{found->wire});
  return one_count(select);
}

Result<std::uint32_t> count_conflicts(Database& database) {
  auto select = database.prepare("SELECT count(*) FROM conflict");
  return one_count(select);
}

Result<std::uint32_t> count_between(Database& database, std::string_view kind, std::string_view field,
                                    std::string_view from, std::string_view to) {
  const std::string name(field);
  auto select =
      database.prepare("SELECT count(*) FROM k_" + std::string(kind) + " WHERE r_flags & 195 = 0 AND \"" +
                       name + "\" >= ?1 AND (?2 = '' OR \"" + name + "\" <= ?2)");
  select.bind_text(1, from).bind_text(2, to);
  return one_count(select);
}

Result<std::string> name_of(Database& database, std::string_view kind, const Id& record) {
  auto select = database.prepare("SELECT name FROM k_" + std::string(kind) + " WHERE r_id = ?");
  select.bind(1, record);
  LX_TRY(const bool found, select.step());
  return found ? select.text(0) : std::string();
}

Result<Id> member_behind(Database& database, const Id& record) {
  constexpr int kDeepest = 4;
  const SetField members = set_field("visit", "members");
  const domain::Kind* member = domain::Catalogue::base().kind("member");
  Id at = record;
  for (int depth = 0; depth < kDeepest && !at.is_nil(); ++depth) {
    auto select = database.prepare("SELECT kind, parent FROM record WHERE id = ?");
    LX_TRY(const bool found, select.bind(1, at).step());
    if (!found) return Id{};
    if (select.integer(0) == member->wire) return at;
    if (select.integer(0) == members.kind) {
      auto first = database.prepare("SELECT min(element) FROM element WHERE record = ? AND field = ?");
      LX_TRY(const bool any, first.bind(1, at).bind(2, members.field).step());
      if (any && !first.is_null(0)) return Id::parse(first.text(0));
    }
    at = select.id(1);
  }
  return Id{};
}

Result<std::vector<std::pair<std::string, std::uint32_t>>> visits_by_day(Database& database,
                                                                         std::string_view from) {
  auto select = database.prepare(
      "SELECT occurred_on, count(*) FROM k_visit WHERE r_flags & 195 = 0 AND occurred_on >= ? "
      "AND ifnull(mode, '') NOT IN ('phone', 'video') GROUP BY occurred_on ORDER BY occurred_on");
  select.bind_text(1, from);
  std::vector<std::pair<std::string, std::uint32_t>> out;
  LX_DO(each_row(select,
                 [&] { out.emplace_back(select.text(0), static_cast<std::uint32_t>(select.integer(1))); }));
  return out;
}

Result<std::uint32_t> visits_with_purpose(Database& database, std::string_view purpose,
                                          std::string_view from) {
  auto select = database.prepare(
      "SELECT count(*) FROM k_visit WHERE r_flags & 195 = 0 AND occurred_on >= ? AND instr(',' || purposes "
      "|| "
      "',', ?) > 0");
  select.bind_text(1, from).bind_text(2, "," + std::string(purpose) + ",");
  return one_count(select);
}

Result<Id> bag_of(Database& database, const Id& worker) {
  auto select = database.prepare(
      "SELECT r_id FROM k_org_unit WHERE r_flags & 3 = 0 AND kind = 'store' AND keeper_id = ? "
      "AND \"to\" IS NULL ORDER BY r_id LIMIT 1");
  select.bind_text(1, worker.text());
  LX_TRY(const bool found, select.step());
  return found ? select.id(0) : Id{};
}

Result<std::vector<StockSum>> stock_in_bag(Database& database, const Id& bag, std::string_view today) {
  auto select = database.prepare(
      "SELECT m.r_id, m.name FROM k_material m "
      "WHERE m.r_flags & 3 = 0 AND (m.\"to\" IS NULL OR m.\"to\" >= ?1) "
      "AND (m.\"from\" IS NULL OR m.\"from\" <= ?1) ORDER BY m.kind, m.name");
  select.bind_text(1, today);
  std::vector<StockSum> out;
  LX_DO(each_row(select, [&] { out.push_back({select.id(0), select.text(1), 0}); }));
  if (bag.is_nil()) return out;
  auto sums = database.prepare(
      "SELECT material_id, sum(delta) FROM k_stock_movement WHERE r_flags & 3 = 0 AND store_id = ? "
      "GROUP BY material_id");
  sums.bind_text(1, bag.text());
  LX_DO(each_row(sums, [&] {
    const std::string material = sums.text(0);
    for (StockSum& line : out) {
      if (line.material.text() == material) line.in_bag = sums.integer(1);
    }
  }));
  return out;
}

Result<std::unordered_set<Id>> unsent_records(Database& database) {
  LX_TRY(const OwnState own, read_own(database));
  auto select = database.prepare("SELECT DISTINCT record FROM change WHERE replica = ? AND counter > ?");
  select.bind(1, own.end.replica.number).bind(2, own.acknowledged);
  std::unordered_set<Id> out;
  LX_DO(each_row(select, [&] { out.insert(select.id(0)); }));
  return out;
}

}  // namespace lianxin::client::store
