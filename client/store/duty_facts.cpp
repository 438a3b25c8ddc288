#include "client/store/duty_facts.hpp"

#include <algorithm>
#include <functional>
#include <unordered_set>

#include "client/store/gone_members.hpp"
#include "client/store/read_alike.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

using lianxin::store::Database;
using lianxin::store::Statement;

namespace {

Date quarter_first(const Date& day) { return {day.year, (day.month - 1) / 3 * 3 + 1, 1}; }

/// The members, found by any record of the person.
class People {
 public:
  People(const DutyScope& scope, std::vector<DutyMember>& members) : scope_(scope), members_(members) {
    for (std::size_t i = 0; i < members.size(); ++i)
      places_.emplace(members[i].contact.member, i);
  }
  DutyMember* find(const Id& record) {
    const auto found = places_.find(scope_.person(record));
    return found == places_.end() ? nullptr : &members_[found->second];
  }
  std::vector<DutyMember>& all() { return members_; }

 private:
  const DutyScope& scope_;
  std::vector<DutyMember>& members_;
  std::unordered_map<Id, std::size_t> places_;
};

/// Rows of one statement, each given to the member its first column names.
struct Reader {
  Database& database;
  People& people;
  const Persons& persons;
  std::string today;

  /// `sql` has the day as ?1. In the order of making: of several open ones the first or the last speaks, on
  /// every laptop the same.
  Status read(const std::string& sql, const std::function<void(DutyMember&, Statement&)>& take,
              bool with_day = true) const {
    auto select = database.prepare(sql + " ORDER BY +r_id");
    if (with_day) select.bind_text(1, today);
    return each_row(select, [&] {
      DutyMember* const found = people.find(select.id(0));
      if (found != nullptr) take(*found, select);
    });
  }
};

/// An outflow that ended because he moved on.
struct Leg {
  std::string left_on;
  std::string returned_on;
  bool is_verified = false;
};
using Legs = std::unordered_map<const DutyMember*, std::vector<Leg>>;

constexpr const char* kIsVerified =
    "(ifnull(state, 'reported') <> 'reported' OR ifnull(verify_level, 'none') <> 'none')";

/// Whether an outflow that began on `left_on`, maybe partial, goes on where the leg ended.
bool goes_on(const Leg& leg, const std::string& left_on) {
  const auto end = Date::parse(leg.returned_on);
  return end.ok() && left_on >= leg.returned_on.substr(0, left_on.size()) &&
         left_on <= end->plus_days(1).text();
}

/// Months run on from the first of outflows that adjoin (assets/figures/fill.sql).
void begin_at_first(DutyMember& member, std::vector<Leg> legs) {
  while (true) {
    const auto found = std::find_if(legs.begin(), legs.end(),
                                    [&](const Leg& leg) { return goes_on(leg, member.away_since); });
    if (found == legs.end()) return;
    member.away_since = std::min(member.away_since, found->left_on);
    member.is_verified = member.is_verified || found->is_verified;
    legs.erase(found);
  }
}

Status read_open_episodes(const Reader& reader) {
  return reader.read(
      std::string(
          "SELECT r_parent, r_id, expected_back_on, home_from, home_to, left_on, national_entry_on <= "
          "?1, ") +
          kIsVerified +
          " FROM k_mobility_episode WHERE r_flags & 3 = 0 AND direction = "
          "'out' AND ifnull(left_on, '') <= ?1 AND ifnull(returned_on > ?1, ifnull(state, '') <> 'ended')" +
          reader.persons.rows_of("mobility_episode"),
      [](DutyMember& member, Statement& row) {
        member.episode = row.id(1);
        member.expected_back_on = row.text(2);
        member.home_from = row.text(3);
        member.home_to = row.text(4);
        member.away_since = row.text(5);
        member.is_entered = row.integer(6) != 0;
        member.is_verified = row.integer(7) != 0;
        ++member.outflows;
      });
}

Status read_legs(const Reader& reader) {
  Legs legs;
  LX_DO(reader.read(std::string("SELECT r_parent, left_on, returned_on, ") + kIsVerified +
                        " FROM k_mobility_episode WHERE r_flags & 3 = 0 AND direction = 'out' AND end_kind = "
                        "'moved_on' AND left_on IS NOT NULL AND returned_on <= ?1" +
                        reader.persons.rows_of("mobility_episode"),
                    [&](DutyMember& member, Statement& row) {
                      if (member.episode.is_nil()) return;
                      legs[&member].push_back({row.text(1), row.text(2), row.integer(3) != 0});
                    }));
  for (DutyMember& member : reader.people.all()) {
    const auto found = legs.find(&member);
    if (found != legs.end()) begin_at_first(member, std::move(found->second));
  }
  return {};
}

Status read_episodes(const Reader& reader) {
  LX_DO(read_open_episodes(reader));
  LX_DO(read_legs(reader));
  LX_DO(
      reader.read("SELECT r_parent, end_kind = 'died' FROM k_mobility_episode WHERE r_flags & 3 = 0 AND "
                  "direction = 'out' AND returned_on <= ?1 AND ifnull(end_kind, 'returned') IN ('returned', "
                  "'died')" +
                      reader.persons.rows_of("mobility_episode"),
                  [](DutyMember& member, Statement& row) {
                    (row.integer(1) != 0 ? member.has_died : member.was_away) = true;
                  }));
  return reader.read(
      "SELECT r_parent, ifnull(done_on, asked_on) FROM k_transfer_request t WHERE r_flags & 3 = 0 AND state "
      "= "
      "'done' AND ifnull(done_on, ifnull(asked_on, '')) <= ?1 AND " +
          is_outward_sql("t", "SELECT id_text(r_id) FROM k_org_unit WHERE r_flags & 3 = 0") +
          reader.persons.rows_of("transfer_request"),
      [](DutyMember& member, Statement& row) {
        if (row.text(1) >= member.away_since) member.is_transferred = true;
      });
}

/// A liaison who has left the work is none.
Status read_liaisons(const Reader& reader) {
  std::unordered_set<Id> gone;
  auto workers = reader.database.prepare("SELECT r_id FROM k_worker WHERE \"to\" <= ?");
  workers.bind_text(1, reader.today);
  LX_DO(each_row(workers, [&] { gone.insert(workers.id(0)); }));
  return reader.read(
      "SELECT r_parent, worker_id FROM k_liaison_assignment WHERE r_flags & 195 = 0 AND ifnull(\"from\", '') "
      "<= "
      "?1 AND (\"to\" IS NULL OR \"to\" > ?1)" +
          reader.persons.rows_of("liaison_assignment"),
      [&](DutyMember& member, Statement& row) {
        const Id worker = reference_in(row.text(1));
        if (gone.count(worker) > 0) return;
        ++member.liaisons;
        if (member.liaison.is_nil()) member.liaison = worker;
      });
}

Status read_quarter(const Reader& reader, const Date& today) {
  const std::string first = quarter_first(today).text();
  LX_DO(
      reader.read("SELECT r_parent FROM k_quarter_refresh WHERE r_flags & 195 = 0 AND occurred_on <= ?1 AND "
                  "quarter = '" +
                      quarter_text(today) + "'" + reader.persons.rows_of("quarter_refresh"),
                  [](DutyMember& member, Statement&) { member.said_this_quarter = true; }));
  LX_DO(
      reader.read("SELECT r_parent FROM k_contact_attempt WHERE r_flags & 195 = 0 AND outcome = "
                  "'reached_self' AND ifnull(channel, '') NOT IN ('dest_org', 'employer') AND occurred_on "
                  "BETWEEN '" +
                      first + "' AND ?1" + reader.persons.rows_of("contact_attempt"),
                  [](DutyMember& member, Statement&) { ++member.reached_this_quarter; }));
  auto select = reader.database.prepare(
      "SELECT members FROM k_visit WHERE r_flags & 195 = 0 AND outcome = 'met' AND members IS NOT NULL AND "
      "occurred_on BETWEEN ? AND ?" +
      reader.persons.visits());
  select.bind_text(1, first).bind_text(2, reader.today);
  const auto count = [&](const Id& member) {
    DutyMember* const found = reader.people.find(member);
    if (found != nullptr) ++found->reached_this_quarter;
  };
  return each_row(select, [&] { for_each_reference(select.view(0), count); });
}

Status read_certificates(const Reader& reader) {
  std::unordered_map<Id, int> checked;
  auto select = reader.database.prepare(
      "SELECT r_parent, max(year) FROM k_certificate_check WHERE r_flags & 195 = 0 AND occurred_on <= ? AND "
      "outcome <> 'not_seen'" +
      reader.persons.rows_of("certificate_check", "certificate") + " GROUP BY r_parent");
  select.bind_text(1, reader.today);
  LX_DO(each_row(select, [&] { checked[select.id(0)] = static_cast<int>(select.integer(1)); }));
  return reader.read(
      "SELECT r_parent, r_id, issued_on, state FROM k_certificate WHERE r_flags & 195 = 0 AND "
      "ifnull(issued_on, '') <= ?1 AND (returned_on IS NULL OR returned_on > ?1) AND "
      "ifnull(state, 'applied') NOT IN ('returned', 'lost', 'replaced', 'void')" +
          reader.persons.rows_of("certificate"),
      [&](DutyMember& member, Statement& row) {
        const std::string state = row.text(3);
        if (state.empty() || state == "applied") {
          member.certificate_asked = true;
          return;
        }
        ++member.certificates;
        member.certificate = row.id(1);
        member.certificate_on = row.text(2);
        const auto found = checked.find(member.certificate);
        member.certificate_year = found == checked.end() ? 0 : found->second;
      });
}

/// Care for a festival is a visit, or aid that names it.
Status read_care(const Reader& reader) {
  LX_DO(
      reader.read("SELECT r_parent, r_id, CASE WHEN recognised_on IS NULL THEN notice_to END FROM "
                  "k_hardship_record WHERE r_flags & 195 = 0 AND active = 1 AND ifnull(relieved_on > ?1, 1)" +
                      reader.persons.rows_of("hardship_record"),
                  [](DutyMember& member, Statement& row) {
                    member.hardship = row.id(1);
                    member.hardship_notice_to = row.text(2);
                    ++member.hardship_files;
                  }));
  return reader.read(
      "SELECT r_parent, occurred_on, festival FROM k_aid WHERE r_flags & 195 = 0 AND festival IS NOT "
      "NULL AND occurred_on <= ?1" +
          reader.persons.rows_of("aid"),
      [](DutyMember& member, Statement& row) {
        if (member.contact.last_care_on >= row.text(1)) return;
        member.contact.last_care_on = row.text(1);
        member.contact.last_care_festival = row.text(2);
      });
}

}  // namespace

Result<DutyScope> DutyScope::read(Database& database, const DutyAsked& asked) {
  DutyScope scope;
  scope.asked_ = asked.scope;
  auto units = database.prepare("SELECT r_id, parent_id, kind, name FROM k_org_unit WHERE r_flags & 3 = 0");
  LX_DO(each_row(units, [&] {
    scope.units_[units.id(0)] = {reference_in(units.text(1)), units.text(2), units.text(3)};
  }));
  auto aliases = database.prepare("SELECT record, canonical FROM cluster WHERE record <> canonical");
  LX_DO(each_row(aliases, [&] { scope.stands_for_.emplace(aliases.id(0), aliases.id(1)); }));
  return scope;
}

namespace {
constexpr int kDeepest = 16;  // a ring in wrong data ends here
}

bool DutyScope::is_below(const Id& unit, const Id& above) const {
  Id at = unit;
  for (int depth = 0; depth < kDeepest && !at.is_nil(); ++depth) {
    if (at == above) return true;
    const auto found = units_.find(at);
    if (found == units_.end()) return false;
    at = found->second.parent;
  }
  return false;
}

Id DutyScope::above(const Id& unit, const std::set<std::string>& kinds) const {
  auto found = units_.find(unit);
  for (int depth = 0; depth < kDeepest && found != units_.end(); ++depth) {
    if (kinds.count(found->second.kind) > 0) return found->first;
    found = units_.find(found->second.parent);
  }
  return {};
}

std::string DutyScope::name(const Id& unit) const {
  const auto found = units_.find(unit);
  return found == units_.end() ? "" : found->second.name;
}

Result<std::vector<DutyMember>> read_duty_members(Database& database, const DutyAsked& asked,
                                                  DutyScope& scope, const Persons& persons) {
  const std::string today = asked.today.text();
  std::unordered_map<Id, Id> homes;
  auto select =
      database.prepare("SELECT r_id, r_scope FROM k_member WHERE r_flags & 3 = 0" + persons.themselves());
  LX_DO(each_row(select, [&] { homes[select.id(0)] = select.id(1); }));
  LX_TRY(std::vector<MemberContact> contacts, member_contacts(database, today, persons));
  std::vector<DutyMember> members;
  members.reserve(contacts.size());
  for (MemberContact& contact : contacts) {
    const Id home = homes[contact.member];
    if (!is_looked_after(contact.standing) || !scope.holds(home)) continue;
    DutyMember member;
    member.home = home;
    member.contact = std::move(contact);
    members.push_back(std::move(member));
  }
  People people(scope, members);
  const Reader reader{database, people, persons, today};
  LX_DO(read_episodes(reader));
  LX_DO(read_liaisons(reader));
  LX_DO(read_quarter(reader, asked.today));
  LX_DO(read_certificates(reader));
  LX_DO(read_care(reader));
  std::erase_if(members, [](const DutyMember& member) { return member.has_died; });
  return members;
}

}  // namespace lianxin::client::store
