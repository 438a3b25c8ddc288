// Groups and what they do together: meetings, theme days, trainings, volunteer sessions, content pushes.
#include <algorithm>

#include "client/county/making.hpp"
#include "client/county/words.hpp"
#include "shared/domain/festival.hpp"

namespace lianxin::client::county {
namespace {

struct Session {
  std::string kind;
  Date on;
  Id org;
  std::string topic;
  std::string mode = "offline";
  Fields more;
};

std::string clock(int minutes) {
  const std::string minute = std::to_string(minutes % 60);
  const std::string hour = std::to_string(minutes / 60);
  return (hour.size() < 2 ? "0" : "") + hour + ":" + (minute.size() < 2 ? "0" : "") + minute;
}

Id hold(Making& making, Chance& chance, const Session& session, const Date& entered) {
  const int began = chance.between(16, 36) * 30;
  Fields fields{{"org_id", session.org.text()}, {"occurred_on", session.on.text()},
                {"kind", session.kind},         {"topic", session.topic},
                {"mode", session.mode},         {"began", clock(began)}};
  if (chance.percent(85)) fields.emplace_back("ended", clock(began + chance.between(2, 5) * 30));
  fields.insert(fields.end(), session.more.begin(), session.more.end());
  return making.diary.add("activity", entered, fields);
}

/// Where it is held, and the festival it is held for.
void add_place(Making& making, Chance& chance, std::size_t township, Session& session) {
  const std::size_t all = making.venues.size() / making.ground.townships.size();
  if (chance.percent(70))
    session.more.emplace_back("venue_id", making.venues[township * all + chance.below(all)].text());
  const auto festival = domain::FestivalCalendar::base().proposed(session.on);
  if (festival && chance.percent(80)) session.more.emplace_back("festival", *festival);
}

void attend(Making& making, const Session& session, const Id& activity, const Id& member, const Date& entered,
            const std::string& status) {
  making.diary.add("attendance", entered,
                   {{"activity_id", activity.text()},
                    {"member_id", member.text()},
                    {"occurred_on", session.on.text()},
                    {"activity_kind", session.kind},
                    {"status", status},
                    {"via", status != "present" && status != "late" ? ""
                            : session.mode == "online"              ? "online"
                                                                    : "in_person"}});
}

void help(Making& making, const Session& session, const Id& activity, const Worker& worker,
          const Date& entered) {
  making.diary.add("attendance", entered,
                   {{"activity_id", activity.text()},
                    {"worker_id", worker.id.text()},
                    {"occurred_on", session.on.text()},
                    {"activity_kind", session.kind},
                    {"status", "present"},
                    {"via", "in_person"}});
}

/// Once each in the sessions of a place: `percent` of those there are.
void attend_some(Making& making, Chance& chance, const Session& session, const Id& activity,
                 const std::vector<std::size_t>& members, int percent, const Date& entered) {
  static const std::vector<std::string> kAbsent{"sick", "official", "private", "private", "absent"};
  for (const std::size_t i : members) {
    const int drawn = chance.between(1, 100);
    if (drawn <= percent) {
      attend(making, session, activity, making.members[i].id, entered, drawn % 17 == 0 ? "late" : "present");
    } else if (drawn > 96) {
      attend(making, session, activity, making.members[i].id, entered, chance.of(kAbsent));
    }
  }
}

std::vector<std::size_t> mobile_of_village(const Making& making, std::size_t village) {
  std::vector<std::size_t> out;
  for (const std::size_t i : making.mobile)
    if (making.members[i].village == village) out.push_back(i);
  return out;
}

std::vector<std::size_t> some(Chance& chance, std::vector<std::size_t> all, std::size_t most) {
  chance.shuffle(all);
  // Not resize(): g++ 12 at -O3 wrongly sees it grow.
  all.erase(all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), most)), all.end());
  return all;
}

Session meeting(Making& making, Chance& chance, const Group& group, const Date& on) {
  const Row& what = chance.of(rows("meetings"));
  Session session{"topic_meeting",
                  on,
                  making.ground.townships[group.township].id,
                  what.at(0),
                  chance.percent(70) ? "online" : "mixed",
                  {}};
  session.more = {{"host", making.officers[group.township].name},
                  {"recorder", making.advisers[group.township].name},
                  {"minutes", what.at(1)}};
  return session;
}

/// One for each group, or one for two groups together; a postponed one is still within its month.
void meet_in(Making& making, Chance& chance, const Date& month) {
  const Date last = std::min(month.plus_months(1).plus_days(-1), making.as_of);
  for (std::size_t i = 0; i < making.groups.size(); ++i) {
    const Date on = chance.day(month, last);
    const Date entered = making.entered(chance, on);
    Session session = meeting(making, chance, making.groups[i], on);
    std::string groups = making.groups[i].id.text();
    std::vector<std::size_t> members = making.groups[i].members;
    if (chance.percent(8) && i + 1 < making.groups.size()) {
      const Group& joint = making.groups[++i];
      groups += "," + joint.id.text();
      members.insert(members.end(), joint.members.begin(), joint.members.end());
    }
    session.more.emplace_back("group_ids+", groups);
    session.more.emplace_back("expected", std::to_string(members.size()));
    const Id activity = hold(making, chance, session, entered);
    attend_some(making, chance, session, activity, members, 38, entered);
  }
}

void village_sessions(Making& making, Chance& chance, const std::string& kind, const std::string& list,
                      std::size_t times) {
  for (std::size_t n = 0; n < times; ++n) {
    const std::size_t village = chance.below(making.ground.villages.size());
    const Date on = making.day(chance);
    const Date entered = making.entered(chance, on);
    Session session{kind,      on, making.ground.villages[village].id, chance.of(rows(list)).front(),
                    "offline", {}};
    add_place(making, chance, making.ground.villages[village].township, session);
    const Id activity = hold(making, chance, session, entered);
    attend_some(making, chance, session, activity, mobile_of_village(making, village), 30, entered);
  }
}

Session training(Making& making, Chance& chance, const Date& on, const std::string& mode) {
  const Row& what = chance.of(rows("skills"));
  return {"skill",    on,   chance.of(making.ground.townships).id,
          what.at(1), mode, {{"subject_area", what.at(0)}}};
}

/// Those that count, and what does not: held on site, of last year, entered by mistake, entered twice.
void trainings(Making& making, Chance& chance) {
  const std::vector<std::size_t> all = making.mobile;
  const std::size_t counted = making.scaled(making.targets.skill_sessions);
  for (std::size_t n = 0; n < counted; ++n) {
    const Date on = making.day(chance);
    const Date entered = making.entered(chance, on);
    const Session session = training(making, chance, on, "online");
    const Id activity = hold(making, chance, session, entered);
    attend_some(making, chance, session, activity, some(chance, all, 40), 60, entered);
    if (n == 2) making.diary.duplicate("activity", hold(making, chance, session, entered), entered, activity);
    if (n == 3)
      making.diary.annul("activity", hold(making, chance, session, entered), entered,
                         chance.of(rows("void_reasons")).front());
  }
  for (std::size_t n = 0; n < making.scaled(6); ++n) {
    const Date on = making.day(chance);
    (void)hold(making, chance, training(making, chance, on, "offline"), making.entered(chance, on));
  }
  const Date last_year = making.begin.plus_days(-12);
  (void)hold(making, chance, training(making, chance, last_year, "online"), last_year);
}

/// With at least one mobile member there; then some where only workers and others came.
void volunteering(Making& making, Chance& chance) {
  const std::size_t counted = making.scaled(making.targets.volunteer_sessions);
  for (std::size_t n = 0; n < counted + making.scaled(4); ++n) {
    const Member& first = making.somebody(chance);
    const Date on = making.day(chance);
    const Date entered = making.entered(chance, on);
    Session session{
        "volunteer", on, making.ground.villages[first.village].id, chance.of(rows("volunteering")).front(),
        "offline",   {}};
    add_place(making, chance, making.ground.villages[first.village].township, session);
    const Id activity = hold(making, chance, session, entered);
    help(making, session, activity, making.secretaries[first.village], entered);
    if (n >= counted) {
      for (const std::size_t i : some(chance, mobile_of_village(making, first.village), 2))
        attend(making, session, activity, making.members[i].id, entered, "private");
      continue;
    }
    attend(making, session, activity, first.id, entered, "present");
    for (const std::size_t i : some(chance, mobile_of_village(making, first.village), 6))
      if (making.members[i].id != first.id)
        attend(making, session, activity, making.members[i].id, entered, "present");
  }
}

void services(Making& making, Chance& chance) {
  for (const Row& service : rows("services")) {
    const std::size_t times = making.scaled(static_cast<std::size_t>(std::stoi(service.at(2))));
    for (std::size_t n = 0; n < times; ++n) {
      const std::size_t village = chance.below(making.ground.villages.size());
      const Date on = making.day(chance);
      const Date entered = making.entered(chance, on);
      Session session{service.at(0), on, making.ground.villages[village].id, service.at(1), "offline", {}};
      add_place(making, chance, making.ground.villages[village].township, session);
      const std::vector<std::size_t> there = some(chance, mobile_of_village(making, village), 5);
      if (service.at(0) == "tutoring")
        session.more.emplace_back("subjects+", chance.percent(70) ? "homework" : "manners,counselling");
      if (service.at(0) == "tutoring" || service.at(0) == "escort")
        session.more.emplace_back("children_count", std::to_string(chance.between(4, 18)));
      if (service.at(0) == "returnee_talk" && !there.empty())
        session.more.emplace_back("speakers+", making.members[there.front()].id.text());
      const Id activity = hold(making, chance, session, entered);
      help(making, session, activity, making.secretaries[village], entered);
      help(making, session, activity, making.liaisons[village * kLiaisonsOfVillage], entered);
      for (const std::size_t i : there)
        attend(making, session, activity, making.members[i].id, entered, "present");
    }
  }
}

}  // namespace

void make_groups(Making& making) {
  Chance chance(making.seed, "groups");
  for (std::size_t i = 0; i < making.ground.townships.size(); ++i) {
    Group group;
    group.township = i;
    group.id = making.diary.add("contact_group", making.before(),
                                {{"org_id", making.ground.townships[i].id.text()},
                                 {"name", phrase("group", {{"place", making.ground.townships[i].name}})},
                                 {"owner_worker", making.officers[i].id.text()},
                                 {"from", making.begin.plus_months(-14).text()}});
    making.groups.push_back(std::move(group));
  }
  for (const std::size_t i : making.mobile) {
    if (chance.percent(7)) continue;
    Member& member = making.members[i];
    Group& group = making.groups[making.ground.villages[member.village].township];
    group.members.push_back(i);
    const Date from = std::max(making.before(), member.left_on.plus_days(10));
    making.diary.add("contact_group_member", std::max(from, member.left_on.plus_days(20)),
                     {{"member_id", member.id.text()}, {"group_id", group.id.text()}, {"from", from.text()}});
  }
}

void make_meetings(Making& making) {
  Chance chance(making.seed, "meetings");
  for (const Date& month : making.months())
    meet_in(making, chance, month);
}

void make_activities(Making& making) {
  Chance chance(making.seed, "activities");
  village_sessions(making, chance, "theme_day", "theme_days", making.scaled(90));
  village_sessions(making, chance, "lecture", "lectures", making.scaled(28));
  village_sessions(making, chance, "film", "films", making.scaled(16));
  village_sessions(making, chance, "school", "lectures", making.scaled(5));
  trainings(making, chance);
  volunteering(making, chance);
  services(making, chance);
}

void make_pushes(Making& making) {
  Chance chance(making.seed, "pushes");
  static const std::vector<std::string> kChannels{"study_app,group", "official_account,group", "group",
                                                  "official_account", "study_app,official_account,group"};
  const auto push = [&](const Date& on, std::size_t number, const Id& same, std::size_t group) {
    const std::string topic = chance.of(rows("push_topics")).front();
    const std::string form = chance.of(rows("push_forms")).front();
    const Group& to = making.groups[group % making.groups.size()];
    return making.diary.add(
        "content_push", making.entered(chance, on),
        {{"org_id", making.ground.townships[to.township].id.text()},
         {"pushed_on", on.text()},
         {"title", phrase("push", {{"topic", topic}, {"form", form}, {"no", std::to_string(number)}})},
         {"content_id", same.is_nil() ? std::string() : same.text()},
         {"channels+", chance.of(kChannels)},
         {"group_ids+", to.id.text()},
         {"worker_id", making.officers[to.township].id.text()}});
  };
  const std::size_t counted = making.scaled(making.targets.pushes);
  for (std::size_t n = 0; n < counted; ++n) {
    const Date on = making.day(chance);
    const Id item = push(on, n + 1, Id{}, n);
    // The same item in another group is one item still.
    if (n % 7 == 0) (void)push(std::min(on.plus_days(3), making.as_of), n + 1, item, n + 1);
  }
  for (std::size_t n = 0; n < making.scaled(9); ++n) {
    (void)push(making.begin.plus_days(-static_cast<int>(n % 20) - 3), n + 1, Id{}, n);
    making.diary.annul("content_push", push(making.day(chance), n + 1, Id{}, n), making.as_of,
                       chance.of(rows("void_reasons")).front());
  }
}

}  // namespace lianxin::client::county
