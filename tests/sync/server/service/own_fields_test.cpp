// The county's own fields: given out once, never with another meaning, and like every record from then on.
#include "sync/server/service/own_fields.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "sync/server/service/disputes.hpp"
#include "sync/server/service/retention.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
using server::FieldStep;

std::string extension_of(int version, const std::string& fields, const std::string& kind = "member") {
  return "version\t" + std::to_string(version) +
         "\ncodes\tride\ncode\tbus\t班车\tBus\ncode\tcar\t自家车\tCar\n" + "kind\t" + kind + "\n" + fields;
}
std::string own_row(const std::string& number, const std::string& name, const std::string& words,
                    const std::string& zh = "来镇方式") {
  return "field\t" + number + "\t" + name + "\t" + words + "\nlabel\t" + name + "\t" + zh +
         "\tRide\npurpose\t" + name + "\t安排接送车辆\n";
}
const std::string kOwnRide = "code\treview\tgeneral\t-\t-\town:ride\t-\t1";
const std::string kOwnNote = "text\tlatest\tnotes\t-\t-\t-\t-\t1";

struct FieldDesk {
  explicit FieldDesk(const domain::Catalogue& catalogue = domain::Catalogue::base()) : office(catalogue) {}
  Office office;

  Result<server::ExtensionPlan> extend(const std::string& text, bool preview = false) {
    auto file = domain::read_extension(text);
    if (!file.ok()) return file.error();
    return server::extend_catalogue(office.store(), office.clock, office.admin().county(), *file, preview);
  }
  std::string code_of(const std::string& text) {
    const auto plan = extend(text);
    return plan.ok() ? "" : plan.error().code;
  }
  domain::Extension held() { return must(server::own_fields(*office.reader())); }
};

TEST_CASE("a preview writes nothing; given out, a field is in the catalogue, the audit and the proof") {
  FieldDesk desk;
  const std::string text = extension_of(3, own_row("10001", "own_ride", kOwnRide));
  const auto before = must(desk.extend(text, true));
  CHECK(before.version_before == 0);
  CHECK(before.version == 3);
  CHECK(before.count(FieldStep::kNew) == 1);
  CHECK(desk.held().rows.empty());
  CHECK(must(desk.extend(text)).count(FieldStep::kNew) == 1);
  const domain::Extension held = desk.held();
  CHECK(held.version == 3);
  REQUIRE(held.rows.size() == 1);
  CHECK(held.rows.front().choices == "bus|班车|Bus\ncar|自家车|Car");
  const domain::Catalogue catalogue = must(server::county_catalogue(*desk.office.reader()));
  CHECK(catalogue.kind("member")->field("own_ride")->own->purpose == "安排接送车辆");
  const auto audit = must(desk.office.admin().audit({}));
  CHECK(std::count_if(audit.begin(), audit.end(),
                      [](const auto& row) { return row.action == "catalogue.extend"; }) == 1);
  // The same once more changes nothing, and says nothing in the audit.
  CHECK(must(desk.extend(extension_of(9, own_row("10001", "own_ride", kOwnRide)))).version == 3);
  CHECK(must(desk.office.admin().audit({})).size() == audit.size());
  desk.office.prove();
}

TEST_CASE("what was given out never means something else") {
  FieldDesk desk;
  must(desk.extend(extension_of(1, own_row("10001", "own_ride", kOwnRide))));
  CHECK(desk.code_of(extension_of(2, own_row("10001", "own_way", kOwnRide))) == "extension.meaning");
  CHECK(desk.code_of(extension_of(2, own_row("10001", "own_ride", kOwnNote))) == "extension.meaning");
  CHECK(desk.code_of(
            extension_of(2, own_row("10001", "own_ride", "code\tlatest\tgeneral\t-\t-\town:ride\t-\t1"))) ==
        "extension.meaning");
  CHECK(desk.code_of(
            extension_of(2, own_row("10001", "own_ride", "code\treview\tnotes\t-\t-\town:ride\t-\t1"))) ==
        "extension.meaning");
  CHECK(desk.code_of(
            extension_of(2, own_row("10001", "own_ride", "code\treview\tgeneral\t-\t-\tgender\t-\t1"))) ==
        "extension.meaning");
  CHECK(desk.code_of(extension_of(2, own_row("10002", "own_ride", kOwnRide))) == "extension.twice");
  CHECK(desk.code_of("version\t2\ncodes\tride\ncode\tbus\t班车\tBus\nkind\tmember\n" +
                     own_row("10001", "own_ride", kOwnRide)) == "extension.choice_gone");
  CHECK(desk.held().rows.front().zh == "来镇方式");
}

TEST_CASE("a name, a purpose and more choices may come with a newer file, an older one is refused") {
  FieldDesk desk;
  must(desk.extend(
      extension_of(2, own_row("10001", "own_ride", kOwnRide) + own_row("10002", "own_note", kOwnNote))));
  const std::string renamed = own_row("10001", "own_ride", kOwnRide, "怎么来");
  CHECK(desk.code_of(extension_of(2, renamed)) == "extension.older");
  CHECK(desk.code_of(extension_of(1, renamed)) == "extension.older");
  // The name of a list is the file's own; what it holds is what counts.
  const std::string more =
      "codes\tmore\ncode\tbus\t班车\tBus\ncode\tcar\t小车\tCar\ncode\tfoot\t步行\tOn foot\n";
  const auto plan = must(desk.extend(extension_of(
      3, more + own_row("10001", "own_ride", "code\treview\tgeneral\t-\t-\town:more\t-\t1", "怎么来"))));
  CHECK(plan.count(FieldStep::kChanged) == 1);
  const domain::Catalogue catalogue = must(server::county_catalogue(*desk.office.reader()));
  const domain::Field& ride = *catalogue.kind("member")->field("own_ride");
  CHECK(ride.own->zh == "怎么来");
  CHECK(domain::code_name(ride.target, "car", "zh") == "小车");
  CHECK(domain::is_code(ride.target, "foot"));
  CHECK(desk.held().version == 3);
}

TEST_CASE("a field is retired and comes back; one that a file does not name stays") {
  FieldDesk desk;
  const std::string both = own_row("10001", "own_ride", kOwnRide) + own_row("10002", "own_note", kOwnNote);
  must(desk.extend(extension_of(1, both)));
  const auto retired =
      must(desk.extend(extension_of(2, own_row("10001", "own_ride", kOwnRide) + "retired\town_ride\n")));
  CHECK(retired.count(FieldStep::kRetired) == 1);
  REQUIRE(retired.kept.size() == 1);
  CHECK(retired.kept.front().name == "own_note");
  const domain::Catalogue catalogue = must(server::county_catalogue(*desk.office.reader()));
  CHECK(catalogue.kind("member")->field("own_ride")->own->retired);
  CHECK_FALSE(catalogue.kind("member")->field("own_note")->own->retired);
  CHECK(must(desk.extend(extension_of(3, own_row("10001", "own_ride", kOwnRide)))).count(FieldStep::kBack) ==
        1);
  CHECK_FALSE(desk.held().rows.front().retired);
}

TEST_CASE("nobody but the server gives fields out") {
  FieldDesk desk;
  FakeLaptop laptop(desk.office, desk.office.worker("王", "county_officer", kCounty));
  const std::uint16_t member = desk.office.catalogue().kind("member")->wire;
  laptop.put("custom_field", domain::custom_field_id(member, 10001), Id{},
             {{"of_kind", "member"}, {"number", "10001"}, {"name", "own_ride"}});
  (void)laptop.sync();
  const auto kept = must(desk.office.admin().quarantine());
  REQUIRE(kept.size() == 1);
  CHECK(kept.front().reason == "own_field");
  CHECK(desk.held().rows.empty());
}

TEST_CASE("what two people wrote of an own field waits for a decision as its policy says") {
  const std::string text =
      extension_of(1, own_row("10001", "own_ride", kOwnRide) +
                          own_row("10003", "own_seat", "text\tlatest\tgeneral\t-\t-\t-\t-\t1"));
  const domain::Catalogue extended =
      domain::extend(domain::Catalogue::base(), must(domain::read_extension(text)).rows).catalogue;
  FieldDesk desk(extended);
  must(desk.extend(text));
  FakeLaptop a(desk.office, desk.office.worker("甲", "worker", kSanhe));
  FakeLaptop b(desk.office, desk.office.worker("乙", "worker", kSanhe));
  const Id sanhe = desk.office.unit(kSanhe);
  const Id member = a.member("赵连心", kSanhe);
  server::Disputes disputes(domain::Catalogue::base());
  (void)a.sync();
  (void)b.sync();
  must(disputes.refresh(*desk.office.reader()));
  CHECK(disputes.records().empty());
  for (const char* field : {"own_ride", "own_seat"}) {
    a.put("member", member, sanhe, {{field, "bus"}});
    b.put("member", member, sanhe, {{field, "car"}});
  }
  (void)a.sync();
  (void)b.sync();
  must(disputes.refresh(*desk.office.reader()));
  REQUIRE(disputes.records().size() == 1);
  REQUIRE(disputes.records().begin()->second.disputes.size() == 1);
  CHECK(disputes.records().begin()->second.disputes.front().field == 10001);
  CHECK(disputes.catalogue().kind("member")->field("own_ride") != nullptr);
  desk.office.prove();
}

TEST_CASE("retention takes what own fields say of a person with the first rule of their kind") {
  FieldDesk desk;
  must(desk.extend(extension_of(1, own_row("10001", "own_note", kOwnNote), "visit")));
  const auto reader = desk.office.reader();
  const domain::Catalogue catalogue = must(server::county_catalogue(*reader));
  for (const server::Overdue& found : must(server::overdue(*reader, catalogue, {2026, 11, 28}))) {
    const bool has = std::count(found.fields.begin(), found.fields.end(), "own_note") == 1;
    CHECK_MESSAGE(has == (found.rule->name == "visits"), found.rule->name);
  }
}

}  // namespace
