// What is handed in: a table of each village and a register of each township every quarter, a close every
// month.
#include <algorithm>

#include "client/county/making.hpp"
#include "client/county/words.hpp"

namespace lianxin::client::county {
namespace {

struct Quarter {
  std::string name;
  Date last;  ///< its last day, or the last of the span
  bool is_present = false;
};

std::vector<Quarter> quarters(const Making& making) {
  std::vector<Quarter> out;
  for (Date first = making.begin; first <= making.as_of; first = first.plus_months(3)) {
    const Date last = std::min(first.plus_months(3).plus_days(-1), making.as_of);
    const bool is_present = first.plus_months(3) > making.as_of;
    out.push_back(
        {std::to_string(first.year) + "Q" + std::to_string((first.month - 1) / 3 + 1), last, is_present});
  }
  return out;
}

/// Members of a village who are out for six months on a day.
std::size_t rows_of(const Making& making, std::size_t village, const Date& on) {
  return static_cast<std::size_t>(
      std::count_if(making.mobile.begin(), making.mobile.end(), [&](std::size_t i) {
        const Member& member = making.members[i];
        return member.village == village && member.left_on.plus_months(6) <= on;
      }));
}

void village_table(Making& making, Chance& chance, std::size_t place, const Quarter& quarter) {
  const Village& village = making.ground.villages[place];
  const std::size_t count = rows_of(making, place, quarter.last);
  const Date confirmed = quarter.last.plus_days(-chance.between(4, 9));
  const Date checked = quarter.last.plus_days(-chance.between(1, 3));
  Fields fields{
      {"village_id", village.id.text()},           {"quarter", quarter.name},
      {"nil_return", count == 0 ? "1" : "0"},      {"confirmed_by", making.secretaries[place].id.text()},
      {"confirmed_on", confirmed.text()},          {"row_count", std::to_string(count)},
      {"changed_rows", std::to_string(count / 9)}, {"note", count == 0 ? phrase("nil_note") : std::string()}};
  const bool was_returned = chance.percent(3);
  Fields first = fields;
  first.emplace_back("state", was_returned ? "returned_with_notes" : "village_confirmed");
  if (was_returned && count > 0) first.emplace_back("note", phrase("table_returned"));
  const Id id = making.diary.add("village_table", confirmed, first);
  Fields after{{"checked_by", making.officers[village.township].id.text()},
               {"checked_on", checked.text()},
               {"state", quarter.is_present ? "township_checked" : "county_accepted"}};
  if (!quarter.is_present) after.emplace_back("accepted_on", quarter.last.text());
  if (was_returned) after.emplace_back("note", count == 0 ? phrase("nil_note") : phrase("table_corrected"));
  making.diary.change("village_table", id, checked, after);
  if (!quarter.is_present || place != 3) return;
  // Two people handed in the same table; one of them is taken out again.
  const Id twice = making.diary.add("village_table", confirmed, first);
  making.diary.annul("village_table", twice, checked, rows("void_reasons").front().front());
}

/// A village without members hands in a table as well: it says "none".
void nil_table(Making& making, const Id& village, const Quarter& quarter) {
  const std::string officer = making.officers.front().id.text();
  making.diary.add("village_table", quarter.last,
                   {{"village_id", village.text()},
                    {"quarter", quarter.name},
                    {"nil_return", "1"},
                    {"row_count", "0"},
                    {"changed_rows", "0"},
                    {"note", phrase("nil_note")},
                    {"state", quarter.is_present ? "township_checked" : "county_accepted"},
                    {"confirmed_by", officer},
                    {"confirmed_on", quarter.last.text()},
                    {"checked_by", officer},
                    {"checked_on", quarter.last.text()}});
}

void township_register(Making& making, const Township& township, const Worker& officer,
                       const Quarter& quarter) {
  Fields fields{{"township_id", township.id.text()},
                {"quarter", quarter.name},
                {"state", quarter.is_present ? "township_checked" : "county_accepted"},
                {"confirmed_by", officer.id.text()},
                {"confirmed_on", quarter.last.text()},
                {"checked_by", officer.id.text()},
                {"checked_on", quarter.last.text()},
                {"table_count", std::to_string(township.villages.size() + township.quiet)}};
  making.diary.add("township_register", quarter.last, fields);
}

/// Months whose close is due by the end of the span, the townships first, then the county.
void close_months(Making& making, Chance& chance) {
  constexpr int kCloseDay = 5;
  const auto months = making.months();
  for (std::size_t m = 0; m < months.size(); ++m) {
    const Date due = months[m].plus_months(1).plus_days(kCloseDay - 1);
    if (due > making.as_of) return;
    const auto close = [&](const Id& org, const Worker& worker, const Date& on) {
      return making.diary.add("month_close", on,
                              {{"org_id", org.text()},
                               {"month", months[m].text().substr(0, 7)},
                               {"state", "closed"},
                               {"closed_on", on.text()},
                               {"closed_by", worker.id.text()},
                               {"late_count", std::to_string(chance.between(0, 6))}});
    };
    for (std::size_t i = 0; i < making.ground.townships.size(); ++i) {
      const Id id = close(making.ground.townships[i].id, making.officers[i], due.plus_days(-1));
      if (m != 3 || i != 0 || due.plus_days(4) > making.as_of) continue;
      making.diary.change("month_close", id, due.plus_days(3),
                          {{"state", "reopened"}, {"reason", phrase("reopened")}});
      making.diary.change("month_close", id, due.plus_days(4),
                          {{"state", "closed"}, {"closed_on", due.plus_days(4).text()}});
    }
    for (const Township& quiet : making.ground.quiet_townships)
      (void)close(quiet.id, making.officers.front(), due.plus_days(-1));
    (void)close(making.ground.county, making.officers.front(), due);
  }
}

}  // namespace

void make_tables(Making& making) {
  Chance chance(making.seed, "tables");
  for (const Quarter& quarter : quarters(making)) {
    for (std::size_t place = 0; place < making.ground.villages.size(); ++place)
      village_table(making, chance, place, quarter);
    for (std::size_t place = 0; place < making.ground.townships.size(); ++place)
      township_register(making, making.ground.townships[place], making.officers[place], quarter);
    for (const Id& village : making.ground.quiet_villages)
      nil_table(making, village, quarter);
    for (const Township& quiet : making.ground.quiet_townships)
      township_register(making, quiet, making.officers.front(), quarter);
  }
  close_months(making, chance);
}

}  // namespace lianxin::client::county
