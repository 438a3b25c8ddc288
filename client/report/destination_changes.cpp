#include "client/report/destination_changes.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace lianxin::client::report {
namespace {

struct OutflowOf {
  Id episode;
  std::string member;
};
struct Move {
  std::string before;
  std::string after;
  Id worker;
};

/// As the form says a place: the words, else the division.
std::string place_of(const std::map<std::string, std::string>& values) {
  const auto value = [&](const char* field) {
    const auto found = values.find(field);
    return found == values.end() ? std::string() : found->second;
  };
  for (const char* field : {"usual_place", "dest_address"}) {
    if (!value(field).empty()) return value(field);
  }
  const std::string division = value("dest_division");
  return division.empty() ? division : "place:" + division;
}

/// Changes of the destination by day, the last of a day for all of it.
std::map<Date, Move> moves_in(const std::vector<store::HistoryEntry>& history) {
  std::map<std::string, std::string> values;
  std::map<Date, Move> out;
  std::optional<Date> entered;
  for (const store::HistoryEntry& entry : history) {
    if (!entry.quarantine.empty()) continue;
    const Date day = Date::of(entry.effective_ms > 0 ? entry.effective_ms : entry.wall_ms);
    const std::string before = place_of(values);
    bool is_entry = false;
    for (const store::HistoryWrite& write : entry.writes) {
      is_entry = is_entry || write.field == "member_id";
      if (write.element.empty()) values[write.field] = write.value.value_or("");
    }
    if (is_entry) entered = day;
    const std::string after = place_of(values);
    if (before == after || (entered && *entered == day)) continue;
    const auto [place, is_first] = out.try_emplace(day, Move{before, after, entry.author});
    place->second.after = after;
    place->second.worker = entry.author;
    if (place->second.before == after) out.erase(place);  // put back the same day
  }
  return out;
}

Result<std::vector<OutflowOf>> outflows(figures::Ledger& ledger) {
  auto select = ledger.prepare(
      "SELECT e.id, e.member FROM episode e WHERE e.member IN (SELECT id FROM mobile UNION SELECT id FROM "
      "mobile_before) ORDER BY e.id");
  std::vector<OutflowOf> out;
  while (true) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    LX_TRY(const Id id, Id::parse(select.text(0)));
    out.push_back({id, select.text(1)});
  }
}

}  // namespace

Status fill_destination_changes(store::Records& records, figures::Ledger& ledger) {
  LX_TRY(const std::vector<OutflowOf> all, outflows(ledger));
  for (const OutflowOf& one : all) {
    LX_TRY(const std::vector<store::HistoryEntry> history, records.history(one.episode));
    for (const auto& [day, moved] : moves_in(history)) {
      auto insert = ledger.prepare("INSERT INTO destination_change VALUES(?, ?, ?, ?, ?, ?)");
      insert.bind_text(1, one.member).bind_text(2, one.episode.text());
      insert.bind_text(3, moved.before).bind_text(4, moved.after);
      insert.bind_text(5, day.text()).bind_text(6, moved.worker.text());
      LX_DO(insert.run());
    }
  }
  return {};
}

}  // namespace lianxin::client::report
