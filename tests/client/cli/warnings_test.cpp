// What a save says beside its answer.
#include "client/cli/warnings.hpp"

#include "tests/client/cli/laptop_home.hpp"

namespace lianxin::client::cli {

TEST_CASE("a save that the journal does not take says that there is one copy only") {
  const Home home;
  const auto stick = home.folder() / "stick";
  std::filesystem::create_directory(stick);
  (void)home.must({"journal", "set", stick.string()});
  const std::vector<std::string> words = {"put", "member", "name=冯未传",
                                          "home_village_id=" + std::string(kVillage)};
  const std::string said = "只有一份";
  CHECK_FALSE(home.must(words).contains("copies"));
  std::filesystem::rename(stick, home.folder() / "away");
  CHECK(home.must(words).at("copies") == 1);
  const std::string id =
      home.must({"put", "member", "name=冯有误", "home_village_id=" + std::string(kVillage)}).at("id");
  CHECK(home.must({"confirm", id, "name"}).at("copies") == 1);
  CHECK(home.must({"refresh", id}).at("copies") == 1);
  CHECK(home.must({"points", "sample"}).at("copies") == 1);
  CHECK(home.must({"void", id, "--reason", "录错"}).at("copies") == 1);
  CHECK_FALSE(home.must({"get", id}).contains("copies"));
  CHECK(home.text(words).err.find(said) != std::string::npos);
  CHECK(home.text({"list", "member"}).err.find(said) == std::string::npos);  // nothing was saved
  std::filesystem::rename(home.folder() / "away", stick);
  CHECK_FALSE(home.must(words).contains("copies"));
}

TEST_CASE("work on a member of another village is saved, and the village is named, whatever the command") {
  const Home home;
  (void)home.must({"put", "org_unit", "kind=village", "code=220622101201", "name=大井村"});
  const auto said = [&](const std::vector<std::string>& words) {
    const json answer = home.must(words);
    return answer.contains("warnings") ? answer.at("warnings").dump() : std::string();
  };
  const std::string mine = put_member(home, "赵连心");
  CHECK(said({"refresh", mine}).empty());
  const json member = home.must({"put", "member", "name=钱一", "home_village_id=220622101201"});
  CHECK(member.at("warnings").dump().find("同步后归“大井村”") != std::string::npos);
  const std::string id = member.at("id");
  const std::string counts = "“大井村”不是您负责的地方";
  CHECK(said({"refresh", id}).find(counts) != std::string::npos);
  CHECK(
      said({"call", id, mine, "channel=phone", "outcome=no_answer", "occurred_on=2026-09-20"}).find(counts) !=
      std::string::npos);
  CHECK(said({"put", "contact_point", "member_id=" + id, "kind=mobile", "value=13800001234"}).find(counts) !=
        std::string::npos);
  CHECK(home.text({"refresh", id, "--quarter", "2026Q1"}).out.find(counts) != std::string::npos);
}

TEST_CASE("a member whose number is typed twice was called once") {
  const Home home;
  const std::string member = put_member(home, "赵连心");
  const json called =
      home.must({"call", member, member, "channel=phone", "outcome=no_answer", "occurred_on=2026-09-20"});
  CHECK(called.at("records").size() == 1);
}

TEST_CASE("who writes of a voided member is told so, and reads in words what is to be decided") {
  const Home home;
  const std::string member = put_member(home, "赵连心");
  (void)home.must({"void", member, "--reason", "登记错误"});
  const Ran visit = home.text(
      {"put", "visit", "members=" + member, "occurred_on=2026-09-20", "mode=door", "outcome=nobody"});
  CHECK(visit.out.find("写的“赵连心”已作废") != std::string::npos);
  const Ran desk = home.text({"conflict", "list"});
  CHECK(desk.out.find("又添加了记录") != std::string::npos);
  CHECK(desk.out.find("走访") != std::string::npos);
  CHECK(desk.out.find("field.") == std::string::npos);
}

TEST_CASE("what the office took over of a record that has left is told in words, not by its number") {
  const Home home;
  const Id record = Id::make(1'700'000'000'000);
  {
    store::OpenReport report;
    auto opened = store::LaptopStore::open(home.home(), kPassphrase, SystemClock(), report);
    REQUIRE(opened.ok());
    auto decided = (*opened)->database().prepare("INSERT INTO decided VALUES(1, 1, ?, 1, '', 0)");
    REQUIRE(decided.bind(1, record).run().ok());
  }
  const Ran status = home.text({"status"});
  CHECK(status.out.find("办公室已采用：一条已不在本机的记录") != std::string::npos);
  CHECK(status.out.find(record.text()) == std::string::npos);
}

}  // namespace lianxin::client::cli
