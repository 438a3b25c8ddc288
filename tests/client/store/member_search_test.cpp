// Which members a search finds, and in which order (Records::find_members).
#include <algorithm>
#include <doctest/doctest.h>
#include <random>

#include "client/store/search_index.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

using Ids = std::vector<Id>;

/// The same by the list of all who are found, each sorted by its own name.
Ids by_list(Desk& desk, const std::string& typed) {
  cs::ListQuery query;
  query.kind = "member";
  query.search = typed;
  const auto rows = desk.records.list(query);
  REQUIRE(rows.ok());
  std::vector<std::tuple<int, std::string, Id>> hits;
  for (const cs::ListRow& row : *rows) {
    const auto found = row.values.find("name");
    const std::string name = found == row.values.end() ? "" : found->second;
    hits.emplace_back(name == typed ? 0 : name.starts_with(typed) ? 1 : 2, name, row.id);
  }
  std::sort(hits.begin(), hits.end());
  Ids out;
  for (const auto& [rank, name, id] : hits)
    out.push_back(id);
  return out;
}

cs::FoundMembers found(Desk& desk, const std::string& typed, std::size_t from = 0, std::size_t limit = 1000) {
  auto members = desk.records.find_members(typed, from, limit);
  REQUIRE(members.ok());
  return *std::move(members);
}

TEST_CASE("a search finds members only: by name and number, the name itself first, nobody for nothing") {
  Desk desk;
  const Id other = desk.member("周张伟");
  const Id begins = desk.member("张伟民");
  const Id same = desk.member("张伟");
  (void)desk.put("worker", Id{}, {{"name", "张伟"}, {"org_id", desk.village.text()}});
  CHECK(found(desk, "张伟").members == Ids{same, begins, other});
  CHECK(found(desk, "张 伟").members == Ids{same, begins, other});
  CHECK(found(desk, "zw").matching == 3);
  CHECK(found(desk, "张伟", 1, 1).members == Ids{begins});
  CHECK(found(desk, "张伟", 1, 1).matching == 3);
  CHECK(found(desk, "张伟", 9, 1).members.empty());
  CHECK(found(desk, " ").members.empty());
  CHECK(found(desk, "不在这里").matching == 0);
  desk.put("contact_point", Id{},
           {{"member_id", other.text()}, {"kind", "mobile"}, {"value", "13800001234"}});
  CHECK(found(desk, "1234").members == Ids{other});
  REQUIRE(desk.records.void_record(same, "记错了").ok());
  CHECK(found(desk, "张伟").members == Ids{begins, other});
}

TEST_CASE("of a person's records the one that stands for all is found, by the name of any") {
  Desk desk;
  const Id stands = desk.member("赵连心");
  const Id alias = desk.member("赵莲馨");
  REQUIRE(desk.records.say_twins(stands, alias, cs::TwinWord::kSame).ok());
  CHECK(found(desk, "莲馨").members == Ids{std::min(stands, alias)});
  CHECK(found(desk, "赵").members == Ids{std::min(stands, alias)});
  REQUIRE(desk.records.say_twins(stands, alias, cs::TwinWord::kDifferent).ok());
  CHECK(found(desk, "赵").matching == 2);
}

TEST_CASE(
    "whoever is found is who the list of all finds, in order, on any page, while texts are loaded too") {
  Desk desk;
  std::mt19937 random(5);
  const char* const syllables[] = {"张", "赵", "志", "伟", "丽", "远", "单"};
  Ids members;
  const auto any = [&] { return members[random() % members.size()]; };
  for (int round = 0; round < 6; ++round) {
    for (int i = 0; i < 15; ++i)
      members.push_back(desk.member(std::string(syllables[random() % 3]) + syllables[random() % 7]));
    for (int i = 0; i < 8; ++i)
      desk.put("contact_point", Id{},
               {{"member_id", any().text()},
                {"kind", "mobile"},
                {"value", "1380000" + std::to_string(1000 + random() % 9000)}});
    if (round == 3) REQUIRE(desk.impl->rebuild().ok());
    for (int i = 0; i < 3; ++i)
      (void)desk.records.say_twins(any(), any(), cs::TwinWord::kSame);
    (void)desk.records.void_record(any(), "记错了");
    for (const char* typed : {"z", "张", "伟", "1", "张伟", "zhang", "38"}) {
      INFO(typed << " in round " << round);
      (void)desk.records.read_texts(3);
      (void)desk.records.load_texts(7);
      const Ids wanted = by_list(desk, typed);
      CHECK(found(desk, typed).members == wanted);
      Ids paged;
      for (std::size_t from = 0; from < wanted.size(); from += 4) {
        const cs::FoundMembers page = found(desk, typed, from, 4);
        CHECK(page.matching == wanted.size());
        paged.insert(paged.end(), page.members.begin(), page.members.end());
      }
      CHECK(paged == wanted);
    }
  }
}

TEST_CASE("texts are loaded in slices before anybody searches, and only once") {
  Desk desk;
  for (const char* name : {"赵连心", "钱守信", "孙知远"})
    (void)desk.member(name);
  while (*desk.records.read_texts(100)) {
  }
  CHECK(*desk.records.load_texts(0));  // only asks
  CHECK(*desk.records.load_texts(2));
  const Id late = desk.member("李知远");
  while (*desk.records.load_texts(2)) {
  }
  CHECK_FALSE(*desk.records.load_texts(0));
  CHECK(found(desk, "知远").matching == 2);
  CHECK(found(desk, "李").members == Ids{late});
}

}  // namespace
