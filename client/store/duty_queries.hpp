#pragma once
// What the rules of the rhythm (client/view/due.hpp) look at, read in one go: who was reached, who looks
// after whom, what was said this quarter, certificates, hardship files, questions, parcels, meetings,
// surveys. One thread. Only records that count; nothing that happened after the day asked for.
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "client/store/duty_member_list.hpp"
#include "client/store/work_queries.hpp"
#include "shared/base/date.hpp"
#include "shared/domain/festival.hpp"

namespace lianxin::client::store {

struct DutyAsked {
  Id scope;  ///< an organisation unit with all below it; nil = everything this laptop holds
  Date today;
};

struct DutyMember {
  MemberContact contact;
  Id home;  ///< the unit whose list he is on
  // the open outflow
  Id episode;
  std::string away_since;    ///< first day away: of the first outflow that adjoins, when he only moved on
  bool is_verified = false;  ///< this outflow, or one it adjoins
  std::string expected_back_on;
  std::string home_from;  ///< at home for a while, the outflow goes on
  std::string home_to;
  // who looks after him on the day
  std::uint32_t liaisons = 0;
  Id liaison;
  std::uint32_t reached_this_quarter = 0;  ///< times he himself was reached
  bool said_this_quarter = false;          ///< a quarter refresh stands
  bool is_transferred = false;             ///< to a branch of others, since he is away
  // the certificate he holds
  Id certificate;
  std::string certificate_on;  ///< issued
  int certificate_year = 0;    ///< last yearly check; 0 = none
  bool certificate_asked = false;
  bool was_away = false;  ///< an outflow of his has ended
  bool has_died = false;  ///< in an outflow; whose standing says it is no member here at all
  // the hardship file
  Id hardship;
  std::string hardship_notice_to;  ///< of one not recognised yet
  bool is_entered = false;         ///< the outflow, in the national register
  // of what there is once
  std::uint32_t outflows = 0;
  std::uint32_t hardship_files = 0;
  std::uint32_t certificates = 0;
};

struct DutyCase {
  Id record;
  Id member;  ///< nil = anonymous
  std::string topic;
  std::string due_on;  ///< "" = none
  bool is_answered = false;
};
/// Not solved, and nothing made of it since.
struct DutyConsultation {
  Id record;
  Id member;  ///< nil = somebody else asked
  std::string on;
};
struct DutyCorrection {
  Id record;
  Id member;  ///< nil = of no member
  std::string due_on;
};
/// A village, or a township with its register, and the quarters whose table it has confirmed ("2026Q3").
struct DutyTable {
  Id unit;
  std::string name;
  bool is_register = false;
  std::set<std::string> confirmed;
};
/// A record that stands beside another one of the same number.
struct DutyTwice {
  Id record;
  std::string kind;
  std::string text;  ///< the number
};
struct DutyParcel {
  Id record;
  Id member;
  std::string dispatched_on;  ///< "" = packed, not sent: only of whom nobody looks after any more
  bool is_to_gone = false;    ///< its member has died or is on the register no more
  bool has_died = false;
  std::string name;          ///< of such a member, who is not among the members
  bool has_problem = false;  ///< the last that was heard: something is wrong, it may be lost
};
/// Who owes this month's topic meeting: a contact group, or the unit that the county says (meeting_unit).
struct DutyGroup {
  Id record;  ///< nil = the unit itself
  Id unit;
  std::string name;
  bool has_met = false;
};
/// A campaign that runs, or ended within 30 days.
struct DutySurvey {
  Id record;
  std::string name;
  std::string to;
  std::uint32_t covered = 0;
  std::uint32_t all = 0;
};
/// A township with members here, and the months it has closed ("2026-08").
struct DutyClose {
  Id unit;
  std::string name;
  std::set<std::string> closed;
};

/// What is counted over all members; kept by whoever puts members in or takes them out.
struct DutyHeadcount {
  std::map<Id, std::uint32_t> homes;  ///< members of each home; none of a home without members
  std::uint32_t verified_out = 0;     ///< away, and verified to be
  std::uint32_t entered = 0;          ///< of them, in the national register
  void add(const DutyMember& member);
  void remove(const DutyMember& member);
};

struct DutyFacts {
  DutyMemberList members;       ///< who is looked after (not died, expelled, left), by id
  DutyHeadcount headcount;      ///< of them
  std::vector<DutyCase> cases;  ///< open
  std::vector<DutyConsultation> consultations;
  std::vector<DutyCorrection> corrections;  ///< not decided
  std::vector<DutyTable> tables;            ///< of the units that are here, by name
  std::vector<DutyTwice> twice;
  /// Sent, nothing heard, by id; after them those of whom nobody looks after, also what is only packed.
  std::vector<DutyParcel> parcels;
  std::vector<DutyGroup> groups;
  std::vector<DutySurvey> surveys;
  std::vector<domain::CountyFestival> festivals;
  std::map<std::string, int> parameters;  ///< those that hold on the day for all that is asked about
  std::string meeting_unit;               ///< "" = group, township, county: whose the monthly meeting is
  std::vector<DutyClose> closes;          ///< by name
};

/// The county's own days of festivals, the last of each to hold.
[[nodiscard]] Result<std::vector<domain::CountyFestival>> county_festivals(
    lianxin::store::Database& database);
/// "2026Q4".
[[nodiscard]] std::string quarter_text(const Date& day);
[[nodiscard]] Result<DutyFacts> duty_facts(lianxin::store::Database& database, const DutyAsked& asked);
/// Records of persons, by id: at most `limit` of those after this one. Some may not be looked after, or stand
/// behind another record.
[[nodiscard]] Result<std::vector<Id>> duty_persons(lianxin::store::Database& database, const Id& after,
                                                   std::size_t limit);
struct DutyMembers {
  std::vector<Id> records;          ///< of the persons asked for, sorted
  std::vector<DutyMember> members;  ///< those of them who are looked after, by id
};
/// The members of the facts again, but only those whom these records are or hang on; read by index.
[[nodiscard]] Result<DutyMembers> duty_members(lianxin::store::Database& database, const DutyAsked& asked,
                                               const std::vector<Id>& records);
/// Lines of the list of members (work_queries.hpp); when somebody was last reached stands in the facts
/// already. kName: without telephone and outflow.
enum class LineWith : std::uint8_t { kAll, kName };
[[nodiscard]] Result<std::vector<MemberLine>> member_lines(lianxin::store::Database& database,
                                                           const std::vector<Id>& members,
                                                           const DutyFacts& facts,
                                                           LineWith with = LineWith::kAll);
/// Everything in the facts but the members, in parts of which each is read by itself: all of a county of
/// 100,000 together take too long for one who waits.
enum class OtherFacts : std::uint8_t {
  kRules,  ///< parameters and festivals
  kCases,
  kConsultations,
  kCorrections,
  kTables,
  kTwice,
  kParcels,
  kMeetings,
  kSurveys,
  kCloses,
};
inline constexpr std::size_t kOtherFacts = 10;
/// One part anew; `facts.members` stays as it is, and its headcount is counted for the surveys.
[[nodiscard]] Status read_other_facts(lianxin::store::Database& database, const DutyAsked& asked,
                                      OtherFacts part, DutyFacts& facts);
/// Of the parcels those of these persons, named by all their records, sorted; read by index.
[[nodiscard]] Status read_parcels_of(lianxin::store::Database& database, const DutyAsked& asked,
                                     const std::vector<Id>& persons, DutyFacts& facts);

}  // namespace lianxin::client::store
