// The demonstration county through the command line: made once, synced, the same on another laptop.
#include "tests/support/county.hpp"

#include <doctest/doctest.h>

#include "shared/base/file.hpp"

namespace {

using namespace lianxin::test;

std::string refusal(const Laptop& laptop, const std::vector<std::string>& words) {
  const Said said = laptop.try_ctl(words);
  REQUIRE(said.exit_code != 0);
  return said.json.at("error").at("code");
}

TEST_CASE("a small demonstration county is made, synced without a quarrel, and whole on another laptop") {
  County county;
  Laptop office = county.laptop("县办", "county_officer", "220622");
  const Json made = office.ctl({"demo", "county", "--seed", "7", "--share", "3"});
  CHECK(made.at("seed") == 7);
  CHECK(made.at("as_of") == "2026-09-30");
  CHECK(made.at("villages") == 3);
  CHECK(made.at("missing").empty());
  const Json status = office.ctl({"status"});
  CHECK(status.at("records") == made.at("records"));
  CHECK(status.at("unsent") > 1000);
  CHECK(status.at("conflicts") == 0);
  CHECK(office.ctl({"sync"}).at("quarantined") == 0);
  Laptop other = county.laptop("县办二", "county_officer", "220622");
  county.settle({&office, &other});
  Json expected = made.at("records");
  expected["worker"] = expected.at("worker").get<int>() + 1;  // who holds the other laptop
  Json there = other.ctl({"status"}).at("records");
  there.erase("audit_entry");  // dumps are in the audit of the laptop that made them
  CHECK(there == expected);
  // Nothing in it stands twice, and what a member is told can be printed.
  for (const Json& duty : office.ctl({"due", "--as-of", "2026-09-30"}))
    CHECK(duty.at("kind") != "twice");
  const std::string sheet = (office.home() / "notice.pdf").string();
  CHECK(office.ctl({"notice", "--out", sheet}).at("version").get<std::string>().size() == 8);
  const auto written = lianxin::read_file(sheet, 1'000'000);
  REQUIRE(written.ok());
  CHECK(written->starts_with("%PDF"));
  for (const char* kind : {"assessment", "incident"})
    CHECK(office.ctl({"notice", "--kind", kind, "--out", sheet}).at("bytes") > 1000);
  CHECK(refusal(office, {"notice", "--kind", "other", "--out", sheet}) == "notice.kind");
  CHECK(refusal(office, {"notice", "--out", sheet + ".docx"}) == "report.kind");
  CHECK(refusal(office, {"demo", "county", "--seed", "8"}) == "demo.not_empty");
  CHECK(refusal(other, {"demo", "county"}) == "demo.not_empty");
}

TEST_CASE("a demonstration county that cannot be made is refused, and nothing changes") {
  County county;
  Laptop office = county.laptop("县办", "county_officer", "220622");
  CHECK(refusal(office, {"demo", "county", "--share", "0"}) == "demo.share");
  CHECK(refusal(office, {"demo", "county", "--as-of", "2026-02-28"}) == "demo.as_of");
  CHECK(refusal(office, {"demo", "county", "--as-of", "2199-12-31"}) == "demo.future");
  CHECK(office.try_ctl({"demo", "county", "--as-of", "2026-13-01"}).exit_code == 2);
  CHECK(office.try_ctl({"demo", "county", "--seed", "many"}).exit_code == 2);
  CHECK(office.try_ctl({"demo"}).exit_code == 2);
  Laptop village = county.laptop("甲", "worker", kSanhe);
  CHECK(refusal(village, {"demo", "county"}) == "demo.no_county");
  CHECK(office.ctl({"status"}).at("unsent") == 0);
  CHECK(village.ctl({"status"}).at("unsent") == 0);
}

}  // namespace
