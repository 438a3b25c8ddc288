// What changes with people in the course of the year: new numbers, and those who die far from home.
#include <algorithm>

#include "client/county/making.hpp"
#include "client/county/words.hpp"

namespace lianxin::client::county {
namespace {

/// The old number is ended and stays; calls of before stand with it.
void new_number(Making& making, Chance& chance, const Member& member, std::size_t number) {
  const Date first = std::max(making.begin, member.left_on).plus_days(10);
  if (first >= making.as_of.plus_days(-2)) return;
  const Date on = chance.day(first, making.as_of.plus_days(-2));
  const Date known = making.entered(chance, on);
  making.diary.change("contact_point", member.phone, known, {{"to", on.text()}, {"valid", "dead"}});
  making.diary.add("contact_point", known,
                   {{"member_id", member.id.text()},
                    {"kind", "mobile"},
                    {"owner", "self"},
                    {"value", telephone(50000001 + number * 3)},
                    {"valid", "ok"},
                    {"preferred", "1"},
                    {"from", on.text()}});
}

void die_away(Making& making, Chance& chance, const Member& member) {
  const Date left = chance.day(Date{making.begin.year - 5, 3, 1}, making.begin.plus_months(-9));
  const Row& place = chance.of(rows("destinations"));
  const Id episode = making.diary.add("mobility_episode", making.before(),
                                      {{"member_id", member.id.text()},
                                       {"direction", "out"},
                                       {"left_on", left.text()},
                                       {"kind", "family"},
                                       {"reason", "family"},
                                       {"dest_division", place.at(0)},
                                       {"usual_place", place.at(1)},
                                       {"state", "out"},
                                       {"verify_level", "committee"},
                                       {"link_status", "in_contact"}});
  const Date on = chance.day(making.begin.plus_days(12), making.as_of.plus_days(-6));
  const Date known = std::min(on.plus_days(4), making.as_of);
  making.diary.change("mobility_episode", episode, known,
                      {{"returned_on", on.text()}, {"end_kind", "died"}, {"state", "ended"}});
  making.diary.change("member", member.id, known, {{"standing", "deceased"}});
}

}  // namespace

void make_changes(Making& making) {
  Chance chance(making.seed, "changes");
  std::vector<std::size_t> chosen = making.mobile;
  chance.shuffle(chosen);
  std::size_t left = making.scaled(64);
  for (const std::size_t i : chosen) {
    if (left == 0) break;
    if (!making.members[i].has_own_phone) continue;
    new_number(making, chance, making.members[i], i);
    --left;
  }
  // Of those who have not been away yet: `make_episodes` leaves every twentieth from the thirteenth on alone.
  constexpr std::size_t kEvery = 20;
  constexpr std::size_t kAlone = 13;
  std::size_t dead = making.scaled(9);
  for (std::size_t i = kAlone - 1; i < making.members.size() && dead > 0; i += kEvery) {
    const Member& member = making.members[i];
    if (member.is_mobile || making.begin.year - member.born.year < 45) continue;
    die_away(making, chance, member);
    --dead;
  }
}

}  // namespace lianxin::client::county
