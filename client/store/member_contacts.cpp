// When each member was reached, and what says that he is due (duty_facts.hpp).
#include <algorithm>
#include <set>

#include "client/store/duty_facts.hpp"
#include "client/store/read_alike.hpp"
#include "shared/base/text.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

using lianxin::store::Database;

namespace {

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
Status read_members(Database& database, const Persons& persons, Contacts& contacts) {
  auto aliases = database.prepare("SELECT record, canonical FROM cluster WHERE record <> canonical");
  LX_DO(each_row(aliases, [&] { contacts.stands_for.emplace(aliases.id(0), aliases.id(1)); }));
  auto select = database.prepare(
      "SELECT r_id, name, born_on, standing, care_flag, out_of_contact_since FROM k_member WHERE r_flags & 3 "
      "= 0" +
      persons.themselves() + " ORDER BY r_flags & 64, +r_id");
  return each_row(select, [&] {
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

Status read_outflows(Database& database, const Persons& persons, Contacts& contacts, std::string_view until) {
  auto select = database.prepare("SELECT r_parent, left_on, dest_division, usual_place, link_status, " +
                                 is_abroad_sql("f", "?1") +
                                 ", dest_address FROM k_mobility_episode f WHERE r_flags & 3 = 0 AND "
                                 "direction = 'out' AND ifnull(left_on, '') <= ?1 AND "
                                 "ifnull(returned_on > ?1, ifnull(state, '') <> 'ended')" +
                                 persons.rows_of("mobility_episode") + " ORDER BY +r_id");
  select.bind_text(1, until);
  return each_row(select, [&] {
    MemberContact* const found = contacts.find(select.id(0));
    if (found == nullptr) return;
    MemberContact& one = *found;
    one.is_out = true;
    one.left_on = select.text(1);
    one.dest_division = select.text(2);
    one.usual_place = select.is_null(3) ? select.text(6) : select.text(3);
    one.lost_marked = one.lost_marked || select.text(4) == "lost";
    one.is_abroad = select.integer(5) != 0;
  });
}

void keep_later(std::string& latest, std::string_view day) {
  if (latest < day) latest = day;
}

/// '+': the day of all of them is no reason to go by the index of days.
Status read_visits(Database& database, const Persons& persons, Contacts& contacts, Failures& failures,
                   std::string_view until) {
  auto select = database.prepare(
      "SELECT members, occurred_on, mode, outcome, festival, next_on FROM k_visit WHERE r_flags & 3 = 0 AND "
      "members "
      "IS NOT "
      "NULL AND +occurred_on <= ?" +
      persons.visits() + " ORDER BY +r_id");
  select.bind_text(1, until);
  std::unordered_map<Id, std::string> decided_on;
  const auto take = [&](const Id& member) {
    MemberContact* const found = contacts.find(member);
    if (found == nullptr) return;
    MemberContact& one = *found;
    const std::string_view day = select.view(1);
    const std::string_view mode = select.view(2);
    const std::string_view outcome = select.view(3);
    if (outcome == "met") keep_later(one.last_reached, day);
    if (outcome == "met_family") keep_later(one.last_indirect, day);
    if (is_vain_visit(outcome)) failures[one.member].emplace(day);
    if (mode != "phone" && mode != "video") keep_later(one.last_visit, day);
    if (!select.is_null(4) && one.last_care_on < day) {
      one.last_care_on = day;
      one.last_care_festival = select.text(4);
    }
    // Agreed at the last visit that says so, unless somebody was met since.
    std::string& decided = decided_on[one.member];
    const bool decides = !is_vain_visit(outcome) || !select.is_null(5);
    if (!decides || day < decided || (day == decided && select.is_null(5))) return;
    decided = day;
    one.next_visit_on = select.text(5);
  };
  return each_row(select, [&] { for_each_reference(select.view(0), take); });
}

/// What an employer or another branch says is no contact (domain.md ch. 3 row 13).
Status read_calls(Database& database, const Persons& persons, Contacts& contacts, Failures& failures,
                  std::string_view until) {
  auto select = database.prepare(
      "SELECT r_parent, occurred_on, outcome FROM k_contact_attempt WHERE r_flags & 3 = 0 AND +occurred_on "
      "<= ? AND "
      "ifnull(channel, '') NOT IN ('dest_org', 'employer')" +
      persons.rows_of("contact_attempt"));
  select.bind_text(1, until);
  return each_row(select, [&] {
    MemberContact* const found = contacts.find(select.id(0));
    if (found == nullptr) return;
    const std::string_view outcome = select.view(2);
    if (outcome == "reached_self") keep_later(found->last_reached, select.view(1));
    if (outcome == "reached_family") keep_later(found->last_indirect, select.view(1));
    if (is_vain_call(outcome)) failures[found->member].emplace(select.view(1));
  });
}

/// Whoever takes part in something has not lost contact (domain.md 6.1).
Status read_attendance(Database& database, const Persons& persons, Contacts& contacts,
                       std::string_view until) {
  auto select = database.prepare(
      "SELECT r_parent, max(occurred_on) FROM k_attendance WHERE r_flags & 195 = 0 AND +occurred_on <= ? AND "
      "status IN ('present', 'late')" +
      persons.rows_of("attendance") + " GROUP BY r_parent");
  select.bind_text(1, until);
  return each_row(select, [&] {
    MemberContact* const found = contacts.find(select.id(0));
    if (found != nullptr) keep_later(found->silent_since, select.view(1));
  });
}

}  // namespace

Result<std::vector<MemberContact>> member_contacts(Database& database, std::string_view until,
                                                   const Persons& persons) {
  Contacts contacts;
  Failures failures;
  LX_DO(read_members(database, persons, contacts));
  LX_DO(read_outflows(database, persons, contacts, until));
  LX_DO(read_visits(database, persons, contacts, failures, until));
  LX_DO(read_calls(database, persons, contacts, failures, until));
  LX_DO(read_attendance(database, persons, contacts, until));
  std::vector<MemberContact> out;
  out.reserve(contacts.members.size());
  for (auto& [id, one] : contacts.members) {
    const auto failed = failures.find(id);
    keep_later(one.silent_since, std::max(one.last_reached, one.last_indirect));
    if (one.silent_since.empty() && failed != failures.end()) one.silent_since = *failed->second.begin();
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

Result<std::vector<MemberContact>> member_contacts(Database& database, std::string_view until) {
  return member_contacts(database, until, Persons());
}

}  // namespace lianxin::client::store
