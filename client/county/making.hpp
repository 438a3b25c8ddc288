#pragma once
// What the parts of the demonstration county share while it is made: the ground it stands on, the span of its
// year, and the people that earlier parts have made.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "client/county/chance.hpp"
#include "client/county/diary.hpp"
#include "shared/base/date.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::county {

struct Village {
  Id id;
  std::string name;
  std::string code;
  std::size_t township = 0;
  bool has_mobile = true;  ///< false: a nil return
};
struct Township {
  Id id;
  std::string name;
  std::vector<std::size_t> villages;
  std::size_t quiet = 0;  ///< villages outside the share: nobody lives there, they say "none"
};
/// Units of the county that the laptop holds.
struct Ground {
  Id county;
  std::vector<Township> townships;
  std::vector<Village> villages;
  std::vector<Id> quiet_villages;
  std::vector<Township> quiet_townships;  ///< all of whose villages are outside
};

/// Liaisons of one village, each with a grid.
inline constexpr int kLiaisonsOfVillage = 2;

struct Worker {
  Id id;
  std::string name;
};
struct Member {
  Id id;
  std::string name;
  std::size_t village = 0;
  bool is_mobile = false;  ///< out for six months on the last day of the span, known and not ended
  bool is_old = false;
  Date born;
  Date joined;
  Date left_on;  ///< of those who are out, the first day it may have been
  Id episode;
  Id phone;
  bool has_own_phone = false;
  Id liaison;
  std::string home;
  std::string place;  ///< where he is
};
/// A visit at which somebody was there.
struct Seen {
  Id visit;
  const Member* member = nullptr;
  Date on;
};
struct Group {
  Id id;
  std::size_t township = 0;
  std::vector<std::size_t> members;
};
struct Materials {
  std::vector<Id> titles;
  Id red_package;
  Id study_pack;
};

/// What the counts of the year shall come to at a share of 100 (domain.md 3). Records are made so that
/// counting them gives these numbers; the numbers themselves are stored nowhere.
struct Targets {
  std::size_t mobile = 1348;
  std::size_t others = 1152;
  std::size_t consultations = 231;
  std::size_t answered = 53;
  std::size_t grid_teams = 14;
  std::size_t study_visits = 238;
  std::size_t skill_sessions = 34;
  std::size_t pushes = 432;
  std::size_t red_packages = 8;
  std::size_t study_packs = 725;
  std::size_t volunteer_sessions = 18;
};

struct Making {
  const Ground& ground;
  std::uint64_t seed = 0;
  int share = 100;
  Date begin;  ///< 1 January
  Date as_of;
  Diary& diary;
  Targets targets{};

  std::vector<Worker> liaisons{};     ///< in the order of the villages, `liaisons_of` of each
  std::vector<Worker> secretaries{};  ///< by village
  std::vector<Worker> officers{};     ///< by township
  std::vector<Worker> advisers{};
  std::vector<Member> members{};
  std::vector<std::size_t> mobile{};  ///< places in `members`
  std::vector<Group> groups{};
  std::vector<Id> venues{};  ///< three for each township
  Materials materials{};
  std::vector<Seen> seen{};
  std::vector<std::pair<Id, Id>> twins{};  ///< registered twice, and a person has said so

  /// A number of the whole county at this share, at least one.
  [[nodiscard]] std::size_t scaled(std::size_t whole) const;
  /// Before the year: when what it begins with was entered.
  [[nodiscard]] Date before() const { return begin.plus_days(-31); }
  /// A day of the span.
  [[nodiscard]] Date day(Chance& chance) const { return chance.day(begin, as_of); }
  /// When something that happened on a day was entered: mostly at once, now and then after the month's close.
  [[nodiscard]] Date entered(Chance& chance, const Date& on) const;
  /// One of the mobile members.
  [[nodiscard]] const Member& somebody(Chance& chance) const { return members[chance.of(mobile)]; }
  [[nodiscard]] const Worker& officer_of(const Member& member) const;
  /// Months of the span, each as its first day.
  [[nodiscard]] std::vector<Date> months() const;
};

// Each part adds its records to the diary, in this order (county.cpp).
void make_workers(Making& making);
void make_members(Making& making);
void make_episodes(Making& making);
void make_teams(Making& making);
void make_groups(Making& making);
void make_meetings(Making& making);
void make_activities(Making& making);
void make_pushes(Making& making);
void make_visits(Making& making);
void make_contacts(Making& making);
void make_materials(Making& making);
void make_packs(Making& making);
void make_red_packages(Making& making);
void make_questions(Making& making);
void make_hardship(Making& making);
void make_points(Making& making);
void make_rest(Making& making);
void make_changes(Making& making);
void make_tables(Making& making);

/// Numbers that are given to nobody twice.
[[nodiscard]] std::string telephone(std::size_t number);

}  // namespace lianxin::client::county
