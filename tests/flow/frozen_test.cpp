// What was handed in stays as it was, wherever it is looked at; what came later is explained (K7, K9).
#include <doctest/doctest.h>

#include "shared/base/file.hpp"
#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;

constexpr const char* kTown = "220622101";
constexpr const char* kLinhe = "220622101201";

std::string put(const Laptop& laptop, std::vector<std::string> words) {
  words.insert(words.begin(), "put");
  return laptop.ctl(words).at("id");
}

std::string study(const Laptop& laptop, const std::string& member, const std::string& day) {
  return put(laptop, {"visit", "members+=" + member, "occurred_on=" + day, "mode=door", "outcome=met",
                      "purposes+=study", "content=学习党章"});
}

std::string mobile_member(const Laptop& laptop, const std::string& name, const std::string& village) {
  const std::string member = put(laptop, {"member", "name=" + name, "home_village_id=" + village});
  put(laptop, {"mobility_episode", "member_id=" + member, "direction=out", "left_on=2025-03", "state=out"});
  return member;
}

std::string content(const std::filesystem::path& file) { return *lianxin::read_file(file, 1 << 24); }

/// The comparison's line of a figure.
Json row(const Json& changes, int number) {
  for (const Json& one : changes) {
    if (one.at("row") == number && one.at("part") == "") return one;
  }
  return nullptr;
}

/// The first total of a month summary, and its late lines.
std::vector<std::string> late_lines(const Json& sheets) {
  std::vector<std::string> out;
  for (const Json& line : sheets.at(0).at("rows")) {
    const std::string name = line.at(0);
    if (name.find("2026-08") != std::string::npos) out.push_back(line.dump());
  }
  return out;
}

}  // namespace

TEST_CASE(
    "messy 12: a number is questioned: the old paper to the byte, and why the new one differs, by record") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kLinhe);
  Laptop office = county.laptop("丙", "township_officer", kTown);
  Laptop other = county.laptop("丁", "township_officer", kTown);
  const std::string one = mobile_member(a, "赵志远", kSanhe);
  const std::string two = mobile_member(b, "钱守信", kLinhe);
  const std::string first = study(a, one, "2026-08-03");
  const std::string second = study(b, two, "2026-08-04");
  const std::string third = study(b, two, "2026-08-05");
  county.settle({&a, &b, &office, &other});

  const std::string file = (county.folder() / "august.xlsx").string();
  const Json frozen =
      office.ctl({"report", "f7", "--scope", kTown, "--period", "2026-08", "--out", file, "--close"});
  const std::string snapshot = frozen.at("snapshot");
  CHECK(frozen.at("revision") == 1);
  CHECK(office.try_ctl({"report", "f7", "--scope", kTown, "--period", "2026-08", "--out", file, "--close"})
            .exit_code == 1);

  // Two laptops bring late work, one corrects, one voids.
  study(a, one, "2026-08-20");
  study(b, two, "2026-08-21");
  study(b, two, "2026-08-22");
  a.ctl({"put", "visit", "--id", first, "outcome=nobody"});
  b.ctl({"void", third, "--reason", "重复登记"});
  county.settle({&a, &b, &office, &other});

  const std::string again = (county.folder() / "again.xlsx").string();
  CHECK(other.ctl({"report", "reprint", snapshot, "--out", again}).at("same_bytes") == true);
  CHECK(content(again) == content(file));
  const Json why = row(other.ctl({"report", "compare", snapshot}), 45);
  CHECK(why.at("before") == 3);
  CHECK(why.at("after") == 4);
  CHECK(why.at("late") == 3);
  CHECK(why.at("corrected") == -1);
  CHECK(why.at("voided") == -1);
  std::map<std::string, int> late_by;
  for (const Json& record : why.at("records")) {
    if (record.at("why") == "late") ++late_by[record.at("author")];
  }
  CHECK(late_by == std::map<std::string, int>{{"甲", 1}, {"乙", 2}});

  // They stand in the next month as a line of their own, once.
  const std::string september = (county.folder() / "september.json").string();
  office.ctl({"report", "f7", "--scope", kTown, "--period", "2026-09", "--out", september, "--close"});
  CHECK(late_lines(Json::parse(content(september))).size() == 1);
  const std::string october = (county.folder() / "october.json").string();
  office.ctl({"report", "f7", "--scope", kTown, "--period", "2026-10", "--out", october});
  CHECK(late_lines(Json::parse(content(october))).empty());

  // Again, with a reason: a second number; the first stays.
  CHECK(office
            .ctl({"report", "f7", "--scope", kTown, "--period", "2026-08", "--out", file, "--close",
                  "--reason", "县里要求重报"})
            .at("revision") == 2);
  county.settle({&a, &b, &office, &other});
  CHECK(other.ctl({"report", "reprint", snapshot, "--out", again}).at("same_bytes") == true);
  CHECK(row(other.ctl({"report", "compare", snapshot}), 45).at("after") == 4);
}

TEST_CASE(
    "a number is questioned after its member was handed over: the village, and the township above both") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop village = county.laptop("书记", "secretary", kSanhe);
  Laptop office = county.laptop("丙", "township_officer", kTown);
  const std::string goes = mobile_member(a, "赵志远", kSanhe);
  const std::string stays = mobile_member(a, "钱守信", kSanhe);
  const std::string only = study(a, goes, "2026-08-20");
  const std::string other = study(a, stays, "2026-08-20");
  county.settle({&a, &village, &office});
  const auto hand_in = [&](const Laptop& laptop, const char* scope) {
    const std::string file = (county.folder() / (laptop.name() + ".json")).string();
    return laptop.ctl({"report", "f7", "--scope", scope, "--period", "2026-08", "--out", file, "--freeze"})
        .at("snapshot")
        .get<std::string>();
  };
  const std::string of_village = hand_in(village, kSanhe);
  const std::string of_township = hand_in(office, kTown);
  county.settle({&a, &village, &office});

  county.server({"handover", goes, "--to", kLinhe});
  county.settle({&a, &village, &office});
  office.ctl({"void", only, "--reason", "重复登记"});
  office.ctl({"void", other, "--reason", "重复登记"});
  county.settle({&a, &village, &office});

  // What went with the one stays counted; what became of the other stands beside it.
  const Json here = village.ctl({"report", "compare", of_village});
  CHECK(row(here, 20).at("went") == 1);
  CHECK(row(here, 20).at("voided") == -1);
  CHECK(row(here, 45).at("after") == 1);
  // The township has both: the visits are gone, not the members.
  const Json above = office.ctl({"report", "compare", of_township});
  for (const int number : {20, 45}) {
    CAPTURE(number);
    CHECK(row(above, number).at("before") == 2);
    CHECK(row(above, number).at("after") == 0);
    CHECK(row(above, number).at("voided") == -2);
    for (const Json& record : row(above, number).at("records"))
      CHECK(record.at("author") == "丙");
  }
  CHECK(row(above, 21).is_null());  // nobody is less known than before
  // The paper of the village on the township's laptop: who went stays counted there as well.
  const Json fields = row(office.ctl({"report", "compare", of_village}), 3);
  REQUIRE(fields.at("records").size() == 2);
  for (const Json& record : fields.at("records"))
    CHECK(record.at("why") == "went");
  CHECK(fields.at("after") == fields.at("before"));
}

TEST_CASE(
    "a table of records that are not on the laptop is not made; of a part of them it is not handed in") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  mobile_member(a, "赵志远", kSanhe);
  county.settle({&a});
  const std::string file = (county.folder() / "table.xlsx").string();
  const auto code = [](const Said& said) { return said.json.at("error").at("code").get<std::string>(); };
  const auto report = [&](const char* scope, bool is_handed_in) {
    std::vector<std::string> words{"report", "f1", "--scope", scope, "--out", file};
    if (is_handed_in) words.push_back("--freeze");
    return a.try_ctl(words);
  };
  CHECK(code(report(kLinhe, false)) == "figures.not_held");
  CHECK(code(report(kLinhe, true)) == "figures.not_held");
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK(code(a.try_ctl({"figures", "--scope", kLinhe})) == "figures.not_held");
  CHECK(code(report(kTown, true)) == "figures.partly_held");
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK(report(kTown, false).exit_code == 0);
  CHECK(report(kSanhe, true).exit_code == 0);
  CHECK(a.ctl({"report", "list"}).size() == 1);
}

TEST_CASE("what the report in words is warned of stands beside its answer, made or handed in") {
  County county;
  Laptop office = county.laptop("丙", "township_officer", kTown);
  mobile_member(office, "赵志远", kSanhe);
  const std::string file = (county.folder() / "report.docx").string();
  const Json warnings = office.ctl({"report", "f9", "--out", file}).at("warnings");
  REQUIRE_FALSE(warnings.empty());
  const Said handed_in = office.try_ctl({"report", "f9", "--out", file, "--freeze"});
  CHECK(handed_in.exit_code == 0);
  CHECK(handed_in.json.at("warnings") == warnings);
  CHECK(handed_in.err.find(warnings.front().get<std::string>()) != std::string::npos);
  CHECK(office.ctl({"report", "list"}).size() == 1);
}

TEST_CASE("a form of a period that was handed in says so when it is made again") {
  County county;
  Laptop office = county.laptop("丙", "township_officer", kTown);
  const std::string file = (county.folder() / "month.json").string();
  const auto warnings = [&](const char* period) {
    return office.ctl({"report", "f7", "--scope", kTown, "--period", period, "--out", file})
        .at("warnings")
        .size();
  };
  const std::size_t before = warnings("2026-08");
  office.ctl({"report", "f7", "--scope", kTown, "--period", "2026-08", "--out", file, "--freeze"});
  CHECK(warnings("2026-08") == before + 1);
  CHECK(warnings("2026-07") == before);
}
