// Lists, search, dump (records.hpp).
#include <doctest/doctest.h>
#include <random>
#include <set>

#include "client/store/search_index.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

std::vector<Id> found(Desk& desk, const std::string& typed, const std::string& kind = "member") {
  cs::ListQuery query;
  query.kind = kind;
  query.search = typed;
  const auto rows = desk.records.list(query);
  REQUIRE(rows.ok());
  std::vector<Id> out;
  for (const cs::ListRow& row : *rows)
    out.push_back(row.id);
  return out;
}

/// Whom a search finds, looked up one by one as the statement of records.hpp says it.
std::vector<Id> looked_up(Desk& desk, const std::string& typed, const std::string& kind) {
  const auto hits = desk.impl->search().find(typed);
  REQUIRE(hits.ok());
  REQUIRE(hits->has_value());
  std::set<Id> subjects;
  for (const Id& hit : **hits)
    subjects.insert((*desk.records.cluster(hit)).front());
  cs::ListQuery all;
  all.kind = kind;
  const auto rows = desk.records.list(all);
  REQUIRE(rows.ok());
  std::vector<Id> out;
  for (const cs::ListRow& row : *rows) {
    const bool hangs_on =
        !row.parent.is_nil() && subjects.count((*desk.records.cluster(row.parent)).front()) > 0;
    if (subjects.count(row.id) > 0 || hangs_on) out.push_back(row.id);
  }
  return out;
}

std::string line_of(const cs::ListRow& row) {
  std::string line = row.id.text() + row.scope.text() + row.scope_code + row.parent.text();
  for (const auto& [name, value] : row.values)
    line += " " + name + "=" + value;
  return line + (row.in_dispute ? " ?" : "") + (row.voided ? " -" : "");
}

TEST_CASE("the newest first: the last ones made are the ones a short list shows") {
  Desk desk;
  const Id first = desk.member("甲");
  const Id second = desk.member("乙");
  const Id third = desk.member("丙");
  cs::ListQuery query;
  query.kind = "member";
  query.limit = 2;
  query.newest_first = true;
  const auto rows = desk.records.list(query);
  REQUIRE(rows.ok());
  REQUIRE(rows->size() == 2);
  CHECK((*rows)[0].id == third);
  CHECK((*rows)[1].id == second);
  query.newest_first = false;
  CHECK((*desk.records.list(query))[0].id == first);
}

TEST_CASE("a person is found by characters, pinyin, initials, and the tail of phone or ID number") {
  Desk desk;
  const Id zhao = desk.member("赵连心");
  const Id lv = desk.member("吕不同");
  const Id ou = desk.member("欧阳建");
  desk.put("contact_point", Id{}, {{"member_id", zhao.text()}, {"kind", "mobile"}, {"value", "13800001234"}});
  desk.put("member", ou, {{"id_no", "220699198001010017"}});
  const std::vector<Id> only_zhao{zhao};
  for (const char* typed :
       {"赵连心", "连心", "心", "zhao", "zhaolian", "zhao lian xin", "lianx", "ZLX", "lx", "1234", "13800"}) {
    INFO(typed);
    CHECK(found(desk, typed) == only_zhao);
  }
  for (const char* typed : {"lv", "lü", "lu", "吕"}) {
    INFO(typed);
    CHECK(found(desk, typed) == std::vector<Id>{lv});
  }
  CHECK(found(desk, "ouyang") == std::vector<Id>{ou});
  CHECK(found(desk, "0017") == std::vector<Id>{ou});
  CHECK(found(desk, "hao").empty());
  CHECK(found(desk, "").size() == 3);
  desk.put("member", zhao, {{"name", "钱守信"}});
  CHECK(found(desk, "zlx").empty());
  CHECK(found(desk, "qsx") == only_zhao);
  CHECK(desk.problems().empty());
}

TEST_CASE("facts are found by the name of the person they are about") {
  Desk desk;
  const Id member = desk.member("赵连心");
  const Id visit = desk.put("visit", Id{},
                            {{"members+", member.text()}, {"occurred_on", "2026-09-20"}, {"outcome", "met"}})
                       .records.front();
  CHECK(found(desk, "zlx", "visit") == std::vector<Id>{visit});
}

TEST_CASE(
    "a list filters by shown values, elements of sets, parents and scopes, and leaves out what is voided") {
  Desk desk;
  const Id a =
      desk.put(
              "member", Id{},
              {{"name", "甲"}, {"gender", "1"}, {"home_village_id", kVillageCode}, {"talent_tags+", "craft"}})
          .records.front();
  const Id b = desk.put("member", Id{}, {{"name", "乙"}, {"gender", "2"}, {"home_village_id", kVillageCode}})
                   .records.front();
  const auto list = [&](std::vector<std::pair<std::string, std::string>> where, bool with_void = false) {
    const auto rows = desk.records.list({"member", std::move(where), "", 0, with_void, {}});
    REQUIRE(rows.ok());
    return rows->size();
  };
  CHECK(list({}) == 2);
  CHECK(list({{"gender", "1"}}) == 1);
  CHECK(list({{"talent_tags", "craft"}}) == 1);
  CHECK(list({{"home_village_id", kVillageCode}}) == 2);
  CHECK(list({{"scope", kVillageCode}, {"gender", "2"}}) == 1);
  CHECK(list({{"home_address", ""}}) == 2);
  REQUIRE(desk.records.void_record(b, "重复登记").ok());
  CHECK(list({}) == 1);
  CHECK(list({}, true) == 2);
  const auto rows = desk.records.list({"member", {}, "", 1, false, {}});
  CHECK(rows->front().id == a);
  CHECK(rows->front().values.at("talent_tags") == "craft");
  CHECK(rows->front().scope_code == kVillageCode);
  CHECK(desk.records.list({"nothing", {}, "", 0, false, {}}).error().code == "list.kind");
  CHECK(desk.records.list({"member", {{"nothing", "1"}}, "", 0, false, {}}).error().code == "list.field");
}

TEST_CASE("children are listed by their parent") {
  Desk desk;
  const Id a = desk.member("甲");
  const Id b = desk.member("乙");
  for (const Id& member : {a, b})
    desk.put("contact_point", Id{},
             {{"member_id", member.text()}, {"kind", "mobile"}, {"value", "13800001234"}});
  CHECK(desk.records.list({"contact_point", {}, "", 0, false, a})->size() == 1);
  CHECK(desk.records.list({"contact_point", {{"member_id", b.text()}}, "", 0, false, {}})->size() == 1);
}

TEST_CASE("a dump is sorted by kind and id and holds only the scopes asked for") {
  Desk desk;
  const Id a = desk.member("甲");
  desk.put("contact_point", Id{}, {{"member_id", a.text()}, {"kind", "mobile"}, {"value", "13800001234"}});
  std::vector<std::string> lines;
  REQUIRE(
      desk.records.dump(kVillageCode, false, [&](std::string_view line) { lines.emplace_back(line); }).ok());
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].find("contact_point") != std::string::npos);
  CHECK(lines[1].find(a.text()) != std::string::npos);
  lines.clear();
  REQUIRE(desk.records.dump("999999", false, [&](std::string_view line) { lines.emplace_back(line); }).ok());
  CHECK(lines.empty());
}

TEST_CASE("a search that finds hundreds lists what looking up each of them would, in any order and length") {
  Desk desk;
  std::mt19937 random(3);
  const char* const syllables[] = {"张", "赵", "志", "伟", "丽", "远", "单"};
  constexpr int kMembers = 620;
  std::vector<Id> members;
  while (static_cast<int>(members.size()) < kMembers) {
    std::vector<cs::Edit> edits;
    for (int i = 0; i < 62; ++i)
      edits.push_back(desk.edit("member", Id{},
                                {{"name", std::string(syllables[random() % 3]) + syllables[random() % 7]},
                                 {"home_village_id", desk.village.text()}}));
    const auto saved = desk.records.save(edits);
    REQUIRE(saved.ok());
    REQUIRE(saved->ok);
    members.insert(members.end(), saved->records.begin(), saved->records.end());
  }
  const auto any = [&] { return members[random() % members.size()]; };
  for (int i = 0; i < 120; ++i) {
    desk.put("contact_attempt", Id{},
             {{"member_id", any().text()},
              {"occurred_on", "2026-09-0" + std::to_string(1 + i % 9)},
              {"outcome", "reached_self"}});
    if (i % 4 == 0)
      desk.put(
          "contact_point", Id{},
          {{"member_id", any().text()}, {"kind", "mobile"}, {"value", "1380000" + std::to_string(1000 + i)}});
  }
  for (int i = 0; i < 20; ++i) {
    (void)desk.records.say_twins(any(), any(), cs::TwinWord::kSame);
    if (i % 2 == 0) REQUIRE(desk.records.void_record(any(), "记错了").ok());
  }
  REQUIRE(desk.impl->search().find("z")->value().size() > 500);
  for (const char* typed : {"z", "张", "zhang", "伟", "1", "w", "张伟", "不在这里"}) {
    for (const std::string kind : {"member", "contact_attempt"}) {
      INFO(typed << " " << kind);
      const std::vector<Id> wanted = looked_up(desk, typed, kind);
      CHECK(found(desk, typed, kind) == wanted);
      cs::ListQuery query;
      query.kind = kind;
      query.search = typed;
      query.fields = {kind == "member" ? "name" : "occurred_on"};
      const auto rows = desk.records.list(query);
      REQUIRE(rows.ok());
      cs::ListQuery all = query;
      all.search.clear();
      std::vector<std::string> every;
      const auto listed = desk.records.list(all);
      REQUIRE(listed.ok());
      for (const cs::ListRow& row : *listed)
        if (std::binary_search(wanted.begin(), wanted.end(), row.id)) every.push_back(line_of(row));
      std::vector<std::string> lines;
      for (const cs::ListRow& row : *rows)
        lines.push_back(line_of(row));
      CHECK(lines == every);
      query.newest_first = true;
      query.limit = 9;
      const auto newest = desk.records.list(query);
      REQUIRE(newest.ok());
      REQUIRE(newest->size() == std::min<std::size_t>(9, wanted.size()));
      for (std::size_t i = 0; i < newest->size(); ++i)
        CHECK((*newest)[i].id == wanted[wanted.size() - 1 - i]);
    }
  }
}

}  // namespace
