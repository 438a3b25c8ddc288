// Work done for a member who has been handed over to another township since (K4, K7, sync.md 6): the paper of
// a month that was handed in stands, and what the township cannot count any more is said beside the number.
#include "tests/flow/messy.hpp"

namespace {

using namespace lianxin::test;
using namespace lianxin::test::messy;

constexpr const char* kOtherTown = "220622102";
constexpr const char* kLongxi = "220622102200";
constexpr std::size_t kStudyVisits = 13;  ///< column of F7

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

/// One member goes to the other township, one stays; a visit to each in August.
struct Moved {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop town = county.laptop("镇", "township_officer", kTown);
  Laptop other = county.laptop("邻", "township_officer", kOtherTown);
  Laptop office = county.laptop("县", "county_officer", kCountyCode);
  std::string goes = mobile(a, "赵移交", kSanhe);
  std::string stays = mobile(a, "钱留下", kSanhe);
  std::string first = study_visit(a, goes, "2026-08-20");
  std::string second = study_visit(a, stays, "2026-08-21");

  void settle() { county.settle({&a, &town, &other, &office}); }
  void hand_over() {
    county.server({"handover", goes, "--to", kLongxi});
    settle();
  }
  Json month(const Laptop& laptop, const char* scope, const std::string& period, const Words& more = {}) {
    const std::string file = (county.folder() / (laptop.name() + period + ".json")).string();
    Words words{"report", "f7", "--scope", scope, "--period", period, "--out", file};
    words.insert(words.end(), more.begin(), more.end());
    const Json said = laptop.ctl(words);
    return {{"said", said}, {"sheet", Json::parse(text_of(file)).at(0)}};
  }
};

Json change_of(const Json& changes, int row, const std::string& part = "") {
  for (const Json& one : changes) {
    if (one.at("row") == row && one.at("part") == part) return one;
  }
  return nullptr;
}

int lines_with(const Json& sheet, const std::string& words) {
  int found = 0;
  for (const Json& row : sheet.at("rows"))
    found += row.dump().find(words) != std::string::npos ? 1 : 0;
  return found;
}

}  // namespace

TEST_CASE("a month that was handed in keeps counting the work for a member handed over since") {
  Moved m;
  m.settle();
  const Json august = m.month(m.town, kTown, "2026-08", {"--close"});
  m.settle();
  m.hand_over();
  CHECK(m.town.try_ctl({"get", m.first}).exit_code == 1);  // it is really gone

  const Json changes = m.town.ctl({"report", "compare", august.at("said").at("snapshot")});
  const Json visits = change_of(changes, 45);
  CHECK(visits.at("before") == 2);
  CHECK(visits.at("after") == 2);
  CHECK(visits.at("corrected") == 0);
  CHECK(visits.at("went") == 1);
  const std::string words = m.town.text({"report", "compare", august.at("said").at("snapshot")});
  CHECK(words.find("随人转走") != std::string::npos);

  const Json september = m.month(m.town, kTown, "2026-09").at("sheet");
  CHECK(lines_with(september, "2026-08") == 0);
  CHECK(september.at("rows").back().at(kStudyVisits) == "2");  // of the year
  // The county holds him still, and says the same of the township's paper.
  CHECK(lines_with(m.month(m.office, kTown, "2026-09").at("sheet"), "2026-08") == 0);
  const Json fields = change_of(m.office.ctl({"report", "compare", august.at("said").at("snapshot")}), 3);
  CHECK(fields.at("after") == fields.at("before"));
  CHECK(september.at("notes").dump().find("送学上门次 1") != std::string::npos);
  // Late work is late work all the same, and no more than that.
  study_visit(m.a, m.stays, "2026-08-25");
  m.settle();
  const Json again = m.month(m.town, kTown, "2026-09").at("sheet");
  REQUIRE(lines_with(again, "2026-08") == 1);
  for (const Json& row : again.at("rows")) {
    if (row.dump().find("2026-08") != std::string::npos) CHECK(row.at(kStudyVisits) == "1");
  }
  CHECK(again.at("rows").back().at(kStudyVisits) == "3");
}

TEST_CASE("who was handed over is no late arrival in the month that his new township handed in") {
  Moved m;
  m.settle();
  const Json august = m.month(m.other, kOtherTown, "2026-08", {"--close"});
  m.settle();
  m.hand_over();
  CHECK(figure(m.other, kOtherTown, 21).at("denominator") == 1);
  const Json fields = change_of(m.other.ctl({"report", "compare", august.at("said").at("snapshot")}), 3);
  CHECK(fields.at("after") == fields.at("before"));
  CHECK(fields.at("came") > 0);
  CHECK(fields.at("late") == 0);
  CHECK(lines_with(m.month(m.other, kOtherTown, "2026-09").at("sheet"), "2026-08") == 0);
}

TEST_CASE("a figure says beside it that work for members handed over since is counted at the county") {
  Moved m;
  m.settle();
  CHECK(figure(m.town, kTown, 45).at("value") == 2);
  CHECK(figure(m.town, kTown, 45).at("note") == "");
  m.hand_over();
  const Json here = figure(m.town, kTown, 45);
  CHECK(here.at("value") == 1);
  CHECK(here.at("note").get<std::string>().find("1 名党员") != std::string::npos);
  CHECK(figure(m.other, kOtherTown, 45).at("value") == 0);
  CHECK(figure(m.office, kCountyCode, 45).at("value") == 2);
  CHECK(figure(m.office, kTown, 45).at("value") == 2);
  CHECK(figure(m.office, kTown, 45).at("note") == "");
  // On the month's form, and not where the period begins after it.
  const Json september = m.month(m.town, kTown, "2026-09").at("sheet");
  CHECK(september.at("notes").dump().find("1 名党员") != std::string::npos);
  const auto report = [&](const Laptop& laptop) {
    return laptop
        .ctl({"report", "f9", "--scope", kTown, "--as-of", kAsOf, "--out",
              (m.county.folder() / "report.docx").string()})
        .at("warnings")
        .dump();
  };
  CHECK(report(m.town).find("1 名党员") != std::string::npos);
  CHECK(report(m.office).find("1 名党员") == std::string::npos);
  // Back again, with all that was done for him.
  m.county.server({"handover", m.goes, "--to", kSanhe});
  m.settle();
  CHECK(figure(m.town, kTown, 45).at("value") == 2);
  CHECK(figure(m.town, kTown, 45).at("note") == "");
}

TEST_CASE("a laptop that is set up after a hand-over, or anew, says the same as those that were there") {
  Moved m;
  m.settle();
  const Json august = m.month(m.town, kTown, "2026-08", {"--close"});
  m.settle();
  m.hand_over();
  Laptop late = m.county.laptop("后来", "township_officer", kTown);
  m.county.settle({&late, &m.town});
  CHECK(figure(late, kTown, 45).at("value") == 1);
  CHECK(figure(late, kTown, 45).at("note") == figure(m.town, kTown, 45).at("note"));
  CHECK(figure(late, kTown, 45).at("note").get<std::string>().find("1 名党员") != std::string::npos);
  const std::string snapshot = august.at("said").at("snapshot");
  CHECK(late.ctl({"report", "compare", snapshot}) == m.town.ctl({"report", "compare", snapshot}));
  CHECK(m.month(late, kTown, "2026-09").at("sheet") == m.month(m.town, kTown, "2026-09").at("sheet"));
  // Nothing of him came here.
  CHECK(late.try_ctl({"get", m.goes}).exit_code == 1);
}
