#include "tests/client/county/made_county.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

namespace lianxin::test {
namespace {

std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

/// The same in every store, so that the records of two can be compared.
Id division(std::size_t number) {
  Id id = *Id::parse("0199dddd-0000-7000-8000-000000000000");
  id.octets[15] = static_cast<std::uint8_t>(number + 1);
  return id;
}

}  // namespace

std::string Live::at(const std::string& field) const {
  const auto found = values.find(field);
  return found == values.end() ? std::string() : found->second;
}

bool Live::holds(const std::string& set, const std::string& element) const {
  const auto elements = split(at(set), ',');
  return std::find(elements.begin(), elements.end(), element) != elements.end();
}

bool Live::in_span(const std::string& field) const {
  return at(field) >= kBegin.text() && at(field) <= kAsOf.text();
}

void give_divisions(Desk& desk) {
  std::vector<cs::Edit> edits;
  std::vector<cs::HeldScope> held{{Id{}, "", "", {0, 1}}};
  const auto unit = [&](const std::string& code, const std::string& kind, const std::string& name) {
    cs::Edit edit = desk.edit("org_unit", division(edits.size()),
                              {{"kind", kind}, {"name", name}, {"code", code}, {"from", "2000-01-01"}});
    edit.create = true;
    held.push_back({edit.record, code, "", {0, 1, 2, 3, 4}});
    edits.push_back(std::move(edit));
  };
  unit("220622", "county", "县");
  for (int township = 0; township < static_cast<int>(kTownshipsOfCounty); ++township) {
    const std::string code = "2206221" + two(township);
    unit(code, "township", "镇" + std::to_string(township));
    for (int village = 0; village < static_cast<int>(kVillagesOfCounty / kTownshipsOfCounty); ++village)
      unit(code + "2" + two(village), "village", "村" + std::to_string(village));
  }
  const auto saved = desk.records.save(edits);
  REQUIRE(saved.ok());
  REQUIRE(saved->ok);
  REQUIRE(desk.impl->set_held(held).ok());
}

MadeCounty::MadeCounty(std::uint64_t seed, int share, const Date& as_of) {
  give_divisions(desk);
  desk.clock.set(1'796'000'000'000);  // 2026-11-30
  const auto made = county::make_county(desk.records, {seed, as_of, share}, [](std::size_t, std::size_t) {});
  if (!made.ok()) {
    std::string words = made.error().code;
    for (const ErrorArg& arg : made.error().args)
      words += " " + arg.name + "=" + arg.value;
    FAIL(words);
  }
  made_ = *made;
}

std::vector<Live> MadeCounty::live(const std::string& kind) {
  std::vector<Live> out;
  cs::ListQuery query;
  query.kind = kind;
  const auto rows = desk.records.list(query);
  REQUIRE(rows.ok());
  for (const cs::ListRow& row : *rows) {
    const auto record = desk.records.get(row.id);
    REQUIRE(record.ok());
    if ((*record)->value("duplicate_of").empty()) out.push_back({row.id, row.values});
  }
  return out;
}

std::size_t MadeCounty::all(const std::string& kind) {
  cs::ListQuery query;
  query.kind = kind;
  query.with_void = true;
  return desk.records.list(query)->size();
}

MadeCounty& shared_county() {
  static MadeCounty county;
  return county;
}

std::size_t scaled(std::size_t whole) { return std::max<std::size_t>(1, (whole * kShare + 50) / 100); }

}  // namespace lianxin::test
