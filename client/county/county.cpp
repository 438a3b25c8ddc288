#include "client/county/county.hpp"

#include <algorithm>
#include <set>

#include "client/county/making.hpp"

namespace lianxin::client::county {
namespace {

constexpr std::size_t kCountyDigits = 6;
constexpr std::size_t kTownshipDigits = 9;
constexpr std::size_t kVillageDigits = 12;
/// So many villages to one that has no mobile members: it hands in a table all the same.
constexpr std::size_t kNilEvery = 50;

std::string word_of(const store::ListRow& row, const std::string& field) {
  const auto found = row.values.find(field);
  return found == row.values.end() ? std::string() : found->second;
}

/// Every n-th village, so that a small share still has several townships.
bool is_in_share(std::size_t number, int share) {
  const auto part = static_cast<std::size_t>(share);
  return number * part / 100 != (number + 1) * part / 100;
}

struct Units {
  std::vector<store::ListRow> rows;  ///< by code
  [[nodiscard]] std::vector<const store::ListRow*> with_digits(std::size_t digits) const {
    std::vector<const store::ListRow*> out;
    for (const store::ListRow& row : rows)
      if (word_of(row, "code").size() == digits) out.push_back(&row);
    return out;
  }
};

Result<Units> held_units(store::Records& records) {
  LX_TRY(const auto held, records.scopes());
  std::set<Id> scopes;
  for (const store::HeldScope& scope : held)
    scopes.insert(scope.scope);
  store::ListQuery query;
  query.kind = "org_unit";
  LX_TRY(auto rows, records.list(query));
  std::erase_if(rows, [&](const store::ListRow& row) {
    return scopes.count(row.id) == 0 || word_of(row, "code").empty() || !word_of(row, "to").empty();
  });
  std::sort(rows.begin(), rows.end(), [](const store::ListRow& one, const store::ListRow& other) {
    return word_of(one, "code") < word_of(other, "code");
  });
  return Units{std::move(rows)};
}

Result<Ground> ground_of(const Units& units, const CountyOptions& options, CountyMade& made) {
  Ground ground;
  const auto counties = units.with_digits(kCountyDigits);
  if (counties.size() != 1) return fail("demo.no_county");
  ground.county = counties.front()->id;
  const auto villages = units.with_digits(kVillageDigits);
  for (const store::ListRow* row : units.with_digits(kTownshipDigits)) {
    const std::string code = word_of(*row, "code");
    Township township{row->id, word_of(*row, "name"), {}, 0};
    for (std::size_t i = 0; i < villages.size(); ++i) {
      const std::string own = word_of(*villages[i], "code");
      if (!own.starts_with(code)) continue;
      if (!is_in_share(i, options.share)) {
        ground.quiet_villages.push_back(villages[i]->id);
        ++township.quiet;
        continue;
      }
      township.villages.push_back(ground.villages.size());
      const bool has_mobile = ground.villages.size() % kNilEvery != kNilEvery - 1;
      ground.villages.push_back(
          {villages[i]->id, word_of(*villages[i], "name"), own, ground.townships.size(), has_mobile});
    }
    if (!township.villages.empty()) {
      ground.townships.push_back(std::move(township));
    } else if (township.quiet > 0) {
      ground.quiet_townships.push_back(std::move(township));
    } else {
      made.missing.push_back(code);
    }
  }
  if (ground.villages.empty()) return fail("demo.no_villages");
  return ground;
}

Status check(store::Records& records, const CountyOptions& options) {
  if (options.share < 1 || options.share > 100) return fail("demo.share");
  constexpr int kFirstMonth = 3;  // before, there is no room for a quarter's work
  if (options.as_of.month < kFirstMonth)
    return fail("demo.as_of", {{"first", Date{options.as_of.year, kFirstMonth, 1}.text()}});
  store::ListQuery members;
  members.kind = "member";
  members.limit = 1;
  members.with_void = true;
  LX_TRY(const auto found, records.list(members));
  if (!found.empty()) return fail("demo.not_empty");
  return {};
}

void make_all(Making& making) {
  make_workers(making);
  make_members(making);
  make_episodes(making);
  make_groups(making);
  make_teams(making);
  make_materials(making);
  make_meetings(making);
  make_activities(making);
  make_pushes(making);
  make_visits(making);
  make_contacts(making);
  make_packs(making);
  make_red_packages(making);
  make_questions(making);
  make_hardship(making);
  make_points(making);
  make_rest(making);
  make_changes(making);
  make_tables(making);
}

}  // namespace

Result<CountyMade> make_county(store::Records& records, const CountyOptions& options,
                               const std::function<void(std::size_t, std::size_t)>& progress) {
  LX_DO(check(records, options));
  CountyMade made;
  LX_TRY(const Units units, held_units(records));
  LX_TRY(const Ground ground, ground_of(units, options, made));
  Diary diary(options.seed);
  Making making{ground, options.seed, options.share, Date{options.as_of.year, 1, 1}, options.as_of, diary};
  make_all(making);
  made.villages = ground.villages.size();
  made.townships = ground.townships.size();
  made.entries = diary.size();
  LX_DO(diary.save(records, progress));
  for (const auto& [one, other] : making.twins) {
    LX_TRY(const store::Saved said, records.say_twins(one, other, store::TwinWord::kSame));
    if (!said.ok) return fail("demo.refused", {{"kind", "member"}, {"field", "alias_of"}, {"code", "twins"}});
  }
  return made;
}

}  // namespace lianxin::client::county
