#pragma once
// What the screens ask of the tables of shown values (kind_tables.hpp) in one statement each: lists of the
// work, and when each member was last reached. Rows are codes and dates as stored; wording is client/view's.
// One thread. Voided and deleted records are left out everywhere.
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// When a member was reached, and what says that he is due (domain.md 2.3, 2.4, ch. 3 rows 23-24).
struct MemberContact {
  Id member;
  std::string name;
  std::string born_on;
  std::string standing;
  bool needs_care = false;
  bool lost_marked = false;  ///< out_of_contact_since or link_status "lost" stands
  // the open outflow; empty when he is at home
  bool is_out = false;
  bool is_abroad = false;
  std::string left_on;
  std::string dest_division;
  std::string usual_place;
  // contact
  std::string last_reached;       ///< the member himself, by visit or call; "" = never
  std::string last_indirect;      ///< his family, by visit or call; "" = never
  std::string last_visit;         ///< visit at a door, venue or workplace, whatever came of it
  std::uint32_t failed_days = 0;  ///< days since he or his family was reached on which he was tried in vain
  std::string last_failed;
  /// Last day anybody knows of him: he or his family was reached, or he took part; where there is none, the
  /// first day he was tried in vain. "" = nobody has tried.
  std::string silent_since;
  std::string next_visit_on;       ///< the visit agreed at the last one; "" = none, or made since
  std::string last_care_festival;  ///< of the latest care visit: code of the festival
  std::string last_care_on;
};
/// All members, by id, as the records of the days up to `until` say it.
[[nodiscard]] Result<std::vector<MemberContact>> member_contacts(lianxin::store::Database& database,
                                                                 std::string_view until = "9999-12-31");

/// A row of the list of members.
struct MemberLine {
  Id member;
  std::string name;
  std::string gender;
  std::string village;  ///< name
  std::string standing;
  std::string care_flag;
  std::string link_status;
  std::string dest_division;
  std::string usual_place;
  std::string phone;
  std::string last_reached;
  bool is_out = false;
  bool in_dispute = false;
};
/// In the order of `members`; unknown ones are left out.
[[nodiscard]] Result<std::vector<MemberLine>> member_lines(lianxin::store::Database& database,
                                                           const std::vector<Id>& members);
/// By name; `first` = so many are passed over, as in the lists below.
[[nodiscard]] Result<std::vector<Id>> members_in_care(lianxin::store::Database& database, std::size_t limit,
                                                      std::size_t first = 0);
[[nodiscard]] Result<std::uint32_t> count_in_care(lianxin::store::Database& database);
/// Rows of a kind that count.
[[nodiscard]] Result<std::uint32_t> count_of(lianxin::store::Database& database, std::string_view kind);
/// The same with a date field from `from` to `to`; "" = open.
[[nodiscard]] Result<std::uint32_t> count_between(lianxin::store::Database& database, std::string_view kind,
                                                  std::string_view field, std::string_view from,
                                                  std::string_view to);
/// Conflicts that wait for a person.
[[nodiscard]] Result<std::uint32_t> count_conflicts(lianxin::store::Database& database);
/// Names of records that have one (members, workers, organisation units, materials); "" = not on this laptop.
[[nodiscard]] Result<std::string> name_of(lianxin::store::Database& database, std::string_view kind,
                                          const Id& record);

/// The member a record is, or hangs on: of a visit to several the first one; nil = none, or not here.
[[nodiscard]] Result<Id> member_behind(lianxin::store::Database& database, const Id& record);

/// Names of members that somebody has read already; "" = to be read. Not set = all are.
using KnownName = std::function<std::string(const Id& member)>;

/// A visit or a call.
struct ContactLine {
  Id record;
  bool is_visit = false;
  std::string occurred_on;
  std::string mode;      ///< visit_mode, or contact_channel of a call
  std::string outcome;   ///< visit_outcome, or contact_outcome of a call
  std::string purposes;  ///< codes with ',' between; only visits
  std::string festival;
  Id member;  ///< the first
  std::vector<std::string> names;
  Id worker;
};
/// Newest first; of one member, or of all (nil).
[[nodiscard]] Result<std::vector<ContactLine>> contact_lines(lianxin::store::Database& database,
                                                             const Id& member, std::size_t limit,
                                                             const KnownName& known = {},
                                                             std::size_t first = 0);
/// Visits per day from `from` on, by date.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::uint32_t>>> visits_by_day(
    lianxin::store::Database& database, std::string_view from);
/// Visits with a purpose from `from` on.
[[nodiscard]] Result<std::uint32_t> visits_with_purpose(lianxin::store::Database& database,
                                                        std::string_view purpose, std::string_view from);

/// Of a parcel that was entered twice: what either record says, what both list once.
struct DeliveryLine {
  Id delivery;
  Id member;
  std::string to;  ///< name of the member or of the organisation
  std::string mode;
  std::string on;                  ///< dispatched, else received
  std::vector<std::string> lines;  ///< "name ×1"
  std::string last_event;
  std::string received_on;
  std::string receipt_kind;
};
/// Newest first; of one member, or of all (nil).
[[nodiscard]] Result<std::vector<DeliveryLine>> delivery_lines(lianxin::store::Database& database,
                                                               const Id& member, std::size_t limit,
                                                               const KnownName& known = {},
                                                               std::size_t first = 0);

/// Addresses of this member from which a parcel came back, with the last day.
[[nodiscard]] Result<std::map<std::string, std::string>> returned_addresses(
    lianxin::store::Database& database, const Id& member);
/// The last day on which an outflow of his ended by a return; "" = none.
[[nodiscard]] Result<std::string> returned_home_on(lianxin::store::Database& database, const Id& member);
/// Number of the certificate he holds; "" = none.
[[nodiscard]] Result<std::string> held_certificate(lianxin::store::Database& database, const Id& member);

/// A question with its last event, or a consultation.
struct CaseLine {
  Id record;
  bool is_case = false;
  Id member;
  std::string name;
  std::string on;
  std::string topics;  ///< codes, ',' between: case_topic or consultation_topic
  std::string level;
  std::string due_on;
  std::string state;  ///< case_event_kind; "" = only opened. Consultations: "1" = solved on the spot
};
/// Open ones first, then newest first; of one member, or of all (nil).
[[nodiscard]] Result<std::vector<CaseLine>> case_lines(lianxin::store::Database& database, const Id& member,
                                                       std::size_t limit, const KnownName& known = {},
                                                       std::size_t first = 0);
[[nodiscard]] Result<std::uint32_t> open_cases(lianxin::store::Database& database);

struct StockSum {
  Id material;
  std::string name;
  std::int64_t in_bag = 0;
};
/// The store this worker keeps (its keeper); nil = none.
[[nodiscard]] Result<Id> bag_of(lianxin::store::Database& database, const Id& worker);
/// Every material that may be handed out on `today`, with the sum of its movements in that bag.
[[nodiscard]] Result<std::vector<StockSum>> stock_in_bag(lianxin::store::Database& database, const Id& bag,
                                                         std::string_view today);

/// Records of which something is not at the county yet.
[[nodiscard]] Result<std::unordered_set<Id>> unsent_records(lianxin::store::Database& database);

}  // namespace lianxin::client::store
