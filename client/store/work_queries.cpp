#include "client/store/work_queries.hpp"

#include <algorithm>
#include <set>

#include "client/store/clusters.hpp"
#include "client/store/meta.hpp"
#include "shared/domain/catalogue.hpp"

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

/// Runs `row` for every row of the statement.
template <class F>
Status each(Statement& statement, F row) {
  while (true) {
    LX_TRY(const bool found, statement.step());
    if (!found) return {};
    row();
  }
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

constexpr std::string_view kOpenOut =
    "SELECT r_parent, left_on, dest_division, usual_place, link_status, abroad_on, dest_address "
    "FROM k_mobility_episode WHERE r_flags & 3 = 0 AND direction = 'out' AND ifnull(left_on, '') <= ?1 "
    "AND ifnull(returned_on > ?1, ifnull(state, '') <> 'ended')";

/// A door where nobody was met who knows him. The family is no failure (domain.md ch. 3 row 20).
bool is_vain_visit(std::string_view outcome) { return outcome != "met" && outcome != "met_family"; }
bool is_vain_call(std::string_view outcome) {
  return outcome != "reached_self" && outcome != "reached_family" && outcome != "message_left";
}

/// Members by the record that stands for them (sync.md 3.8).
struct Contacts {
  std::unordered_map<Id, MemberContact> members;
  std::unordered_map<Id, Id> stands_for;  ///< of records another one stands for
  MemberContact* find(const Id& member) {
    const auto alias = stands_for.find(member);
    const auto found = members.find(alias == stands_for.end() ? member : alias->second);
    return found == members.end() ? nullptr : &found->second;
  }
};
using Failures = std::unordered_map<Id, std::set<std::string>>;

/// What any record of a person says of care and contact holds for the person.
Status read_members(Database& database, Contacts& contacts) {
  auto aliases = database.prepare("SELECT record, canonical FROM cluster WHERE record <> canonical");
  LX_DO(each(aliases, [&] { contacts.stands_for.emplace(aliases.id(0), aliases.id(1)); }));
  auto select = database.prepare(
      "SELECT r_id, name, born_on, standing, care_flag, out_of_contact_since FROM k_member WHERE r_flags & 3 "
      "= 0 ORDER BY r_flags & 64");
  return each(select, [&] {
    const auto alias = contacts.stands_for.find(select.id(0));
    const bool stands = alias == contacts.stands_for.end();
    MemberContact& one = contacts.members[stands ? select.id(0) : alias->second];
    one.member = stands ? select.id(0) : alias->second;
    if (one.name.empty()) one.name = select.text(1);
    if (one.born_on.empty()) one.born_on = select.text(2);
    if (one.standing.empty()) one.standing = select.text(3);
    one.needs_care = one.needs_care || !select.is_null(4);
    one.lost_marked = one.lost_marked || !select.is_null(5);
  });
}

Status read_outflows(Database& database, Contacts& contacts, std::string_view until) {
  auto select = database.prepare(kOpenOut);
  select.bind_text(1, until);
  return each(select, [&] {
    MemberContact* const found = contacts.find(select.id(0));
    if (found == nullptr) return;
    MemberContact& one = *found;
    one.is_out = true;
    one.left_on = select.text(1);
    one.dest_division = select.text(2);
    one.usual_place = select.is_null(3) ? select.text(6) : select.text(3);
    one.lost_marked = one.lost_marked || select.text(4) == "lost";
    one.is_abroad = !select.is_null(5);
  });
}

void keep_later(std::string& latest, const std::string& day) {
  if (latest < day) latest = day;
}

Status read_visits(Database& database, Contacts& contacts, Failures& failures, std::string_view until) {
  const SetField members = set_field("visit", "members");
  auto select = database.prepare(
      "SELECT e.element, v.occurred_on, v.mode, v.outcome, v.festival FROM element e JOIN k_visit v "
      "ON v.r_id = e.record WHERE e.kind = ? AND e.field = ? AND v.r_flags & 3 = 0 AND v.occurred_on <= ?");
  select.bind(1, members.kind).bind(2, members.field).bind_text(3, until);
  return each(select, [&] {
    const auto id = Id::parse(select.text(0));
    MemberContact* const found = id.ok() ? contacts.find(*id) : nullptr;
    if (found == nullptr) return;
    MemberContact& one = *found;
    const std::string day = select.text(1);
    const std::string mode = select.text(2);
    const std::string outcome = select.text(3);
    if (outcome == "met") keep_later(one.last_reached, day);
    if (outcome == "met_family") keep_later(one.last_indirect, day);
    if (is_vain_visit(outcome)) failures[one.member].insert(day);
    if (mode != "phone" && mode != "video") keep_later(one.last_visit, day);
    if (!select.is_null(4) && one.last_care_on < day) {
      one.last_care_on = day;
      one.last_care_festival = select.text(4);
    }
  });
}

/// What an employer or another branch says is no contact (domain.md ch. 3 row 13).
Status read_calls(Database& database, Contacts& contacts, Failures& failures, std::string_view until) {
  auto select = database.prepare(
      "SELECT r_parent, occurred_on, outcome FROM k_contact_attempt WHERE r_flags & 3 = 0 "
      "AND occurred_on <= ? AND ifnull(channel, '') NOT IN ('dest_org', 'employer')");
  select.bind_text(1, until);
  return each(select, [&] {
    MemberContact* const found = contacts.find(select.id(0));
    if (found == nullptr) return;
    const std::string outcome = select.text(2);
    if (outcome == "reached_self") keep_later(found->last_reached, select.text(1));
    if (outcome == "reached_family") keep_later(found->last_indirect, select.text(1));
    if (is_vain_call(outcome)) failures[found->member].insert(select.text(1));
  });
}

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
  return each(select, [&] {
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
  LX_DO(each(select, [&] { out.push_back(select.id(0)); }));
  return out;
}

Result<std::uint32_t> one_count(Statement& select) {
  LX_TRY(const bool found, select.step());
  return found ? static_cast<std::uint32_t>(select.integer(0)) : 0U;
}

}  // namespace

Result<std::vector<MemberContact>> member_contacts(Database& database, std::string_view until) {
  Contacts contacts;
  Failures failures;
  LX_DO(read_members(database, contacts));
  LX_DO(read_outflows(database, contacts, until));
  LX_DO(read_visits(database, contacts, failures, until));
  LX_DO(read_calls(database, contacts, failures, until));
  std::vector<MemberContact> out;
  out.reserve(contacts.members.size());
  for (auto& [id, one] : contacts.members) {
    const auto failed = failures.find(id);
    if (failed != failures.end()) {
      const auto since = failed->second.upper_bound(std::max(one.last_reached, one.last_indirect));
      one.failed_days = static_cast<std::uint32_t>(std::distance(since, failed->second.end()));
      one.last_failed = *failed->second.rbegin();
    }
    out.push_back(std::move(one));
  }
  std::sort(out.begin(), out.end(),
            [](const MemberContact& a, const MemberContact& b) { return a.member < b.member; });
  return out;
}

Result<std::vector<MemberLine>> member_lines(Database& database, const std::vector<Id>& members) {
  std::unordered_set<Id> joined;
  auto clusters = database.prepare("SELECT record FROM cluster");
  LX_DO(each(clusters, [&] { joined.insert(clusters.id(0)); }));
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
    LX_DO(add_outflow(database, person, line));
    if (lost) line.link_status = "lost";
    LX_DO(add_phone(database, person, line));
    LX_TRY(line.last_reached, last_reached(database, person));
    out.push_back(std::move(line));
  }
  return out;
}

namespace {

/// Scopes in which members are shown, by the code of their unit; found by leaps through the index.
Result<std::vector<Id>> scopes_of_members(Database& database) {
  std::vector<std::pair<std::string, Id>> by_code;
  auto next = database.prepare("SELECT r_scope FROM k_member WHERE r_scope > ? ORDER BY r_scope LIMIT 1");
  Bytes at;
  while (true) {
    LX_TRY(const bool found, next.bind_blob(1, at).step());
    if (!found) break;
    const Id scope = next.id(0);
    next.reset();
    at = Bytes(scope.bytes());
    auto unit = database.prepare("SELECT code FROM k_org_unit WHERE r_id = ?");
    LX_TRY(const bool is_known, unit.bind(1, scope).step());
    by_code.emplace_back(is_known ? unit.text(0) : std::string(), scope);
  }
  std::sort(by_code.begin(), by_code.end());
  std::vector<Id> out;
  out.reserve(by_code.size());
  for (const auto& [code, scope] : by_code)
    out.push_back(scope);
  return out;
}

}  // namespace

Result<std::vector<Id>> first_members(Database& database, std::size_t limit) {
  LX_TRY(const std::vector<Id> scopes, scopes_of_members(database));
  std::vector<Id> out;
  for (const Id& scope : scopes) {
    if (out.size() == limit) break;
    auto select = database.prepare(
        "SELECT r_id FROM k_member WHERE r_scope = ? AND r_flags & 67 = 0 ORDER BY name, r_id LIMIT ?");
    select.bind(1, scope).bind(2, static_cast<std::int64_t>(limit - out.size()));
    LX_DO(each(select, [&] { out.push_back(select.id(0)); }));
  }
  return out;
}

Result<std::vector<Id>> members_in_care(Database& database, std::size_t limit) {
  auto select = database.prepare(
      "SELECT m.r_id FROM k_member m WHERE m.r_flags & 67 = 0 AND (m.care_flag IS NOT NULL OR m.r_id IN "
      "(SELECT "
      "c.canonical FROM cluster c JOIN k_member o ON o.r_id = c.record WHERE o.care_flag IS NOT NULL AND "
      "o.r_flags & 3 "
      "= 0)) ORDER BY m.name, m.r_id LIMIT ?");
  select.bind(1, static_cast<std::int64_t>(limit));
  return ids(select);
}

Result<std::uint32_t> count_of(Database& database, std::string_view kind) {
  const domain::Kind* found = domain::Catalogue::base().kind(kind);
  LX_CHECK(found != nullptr, "no such kind");
  auto select = database.prepare("SELECT count(*) FROM record WHERE kind = ? AND flags & 195 = 0");
  select.bind(1, int{found->wire});
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

Result<std::vector<std::pair<std::string, std::uint32_t>>> visits_by_day(Database& database,
                                                                         std::string_view from) {
  auto select = database.prepare(
      "SELECT occurred_on, count(*) FROM k_visit WHERE r_flags & 3 = 0 AND occurred_on >= ? "
      "AND ifnull(mode, '') NOT IN ('phone', 'video') GROUP BY occurred_on ORDER BY occurred_on");
  select.bind_text(1, from);
  std::vector<std::pair<std::string, std::uint32_t>> out;
  LX_DO(
      each(select, [&] { out.emplace_back(select.text(0), static_cast<std::uint32_t>(select.integer(1))); }));
  return out;
}

Result<std::uint32_t> visits_with_purpose(Database& database, std::string_view purpose,
                                          std::string_view from) {
  const SetField purposes = set_field("visit", "purposes");
  auto select = database.prepare(
      "SELECT count(*) FROM element e JOIN k_visit v ON v.r_id = e.record WHERE e.kind = ? AND e.field = ? "
      "AND e.element = ? AND v.r_flags & 3 = 0 AND v.occurred_on >= ?");
  select.bind(1, purposes.kind).bind(2, purposes.field).bind_text(3, purpose).bind_text(4, from);
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
  LX_DO(each(select, [&] { out.push_back({select.id(0), select.text(1), 0}); }));
  if (bag.is_nil()) return out;
  auto sums = database.prepare(
      "SELECT material_id, sum(delta) FROM k_stock_movement WHERE r_flags & 3 = 0 AND store_id = ? "
      "GROUP BY material_id");
  sums.bind_text(1, bag.text());
  LX_DO(each(sums, [&] {
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
  LX_DO(each(select, [&] { out.insert(select.id(0)); }));
  return out;
}

Result<std::unordered_set<Id>> members_touched_since(Database& database, WallMs since) {
  auto select = database.prepare(
      "SELECT DISTINCT CASE r.kind WHEN ?1 THEN r.id ELSE r.parent END FROM change c JOIN record r "
      "ON r.id = c.record WHERE c.effective_ms >= ?2 AND r.kind IN (?1, ?3, ?4)");
  const domain::Catalogue& catalogue = domain::Catalogue::base();
  select.bind(1, int{catalogue.kind("member")->wire})
      .bind(2, since)
      .bind(3, int{catalogue.kind("contact_point")->wire})
      .bind(4, int{catalogue.kind("mobility_episode")->wire});
  std::unordered_set<Id> out;
  LX_DO(each(select, [&] { out.insert(select.id(0)); }));
  return out;
}

}  // namespace lianxin::client::store
