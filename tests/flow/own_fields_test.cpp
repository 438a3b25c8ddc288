// A county's own fields between real programs: given out while laptops work, by line and by stick, in two
// versions at once, and over a restored server.
#include "tests/flow/messy.hpp"

namespace {

using namespace lianxin::test;
using namespace lianxin::test::messy;
namespace fs = std::filesystem;

std::string example() {
  const char* root = std::getenv("LX_SOURCE_DIR");
  REQUIRE(root != nullptr);
  return std::string(root) + "/tests/data/extension.tsv";
}

/// The example as version 2: one field more, one retired.
std::string second_version(const County& county) {
  std::ifstream in(example());
  std::stringstream text;
  text << in.rdbuf();
  std::string file = text.str();
  file.replace(file.find("version\t1"), 9, "version\t2");
  const std::size_t visits = file.find("\nkind\tvisit");
  REQUIRE(visits != std::string::npos);
  file.insert(visits,
              "field\t10004\town_seats\tinteger\tmax\tgeneral\t-\t-\t-\trange:0..60\t2\n"
              "label\town_seats\t可带人数\tSeats in his car\npurpose\town_seats\t安排返乡活动的车辆\n"
              "retired\town_home_broadband\n");
  const fs::path path = county.folder() / "second.tsv";
  std::ofstream(path) << file;
  return path.string();
}

Json own(const Laptop& laptop, const std::string& member, const std::string& field) {
  const Json fields = laptop.ctl({"get", member}).at("fields");
  return fields.contains(field) ? fields.at(field).at("value") : Json();
}

std::string refused_field(const Laptop& laptop, Words words) {
  words.insert(words.begin(), "put");
  const Said said = laptop.try_ctl(words);
  REQUIRE(said.exit_code == 1);
  return said.json.at("error").at("code");
}

/// Both get the list of laptops with the other one on it: who looked for one in vain asks for it anew.
void know_each_other(const County& county, const Laptop& a, const Laptop& b, const std::string& member) {
  for (const auto& [one, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    const std::string replica = other->ctl({"status"}).at("replica");
    put(*one, {"member", "--id", member, (one == &a ? "remark=" : "name_note=") + one->name()});
    (void)one->try_ctl(
        {"bundle", "export", "--to", replica, "--out", (county.folder() / (one->name() + ".lxb")).string()});
    one->ctl({"sync"});
  }
}

}  // namespace

TEST_CASE(
    "fields given out between two syncs are there after the next, by line and by stick, for all alike") {
  County county;
  Laptop a = county.laptop("甲", "secretary", kSanhe);
  Laptop b = county.laptop("乙", "secretary", kSanhe);
  Laptop stick = county.laptop("丙", "secretary", kSanhe);
  const std::string member = mobile(a, "赵连心", kSanhe, {"gender=1"});
  county.settle({&a, &b, &stick});
  CHECK(refused_field(a, {"member", "--id", member, "own_ride=班车"}) == "record.field");
  know_each_other(county, a, b, member);

  CHECK(county.server({"catalogue", "extend", example(), "--preview"}).at("new") == 4);
  CHECK(county.server({"catalogue", "extend", example()}).at("version") == 1);
  a.ctl({"sync"});
  put(a, {"member", "--id", member, "own_ride=班车", "own_skills_wanted=电焊"});
  put(a, {"visit", "members+=" + member, "occurred_on=" + today(county), "mode=door", "outcome=met",
          "purposes+=study", "own_stove_checked=是"});
  a.ctl({"sync"});
  put(a, {"member", "--id", member, "own_ride=自家车"});
  // A colleague without the fields is given the work by stick before any line: it waits unseen, unharmed.
  const std::string to_b = (county.folder() / "to_b.lxb").string();
  const std::string replica = b.ctl({"status"}).at("replica");
  a.ctl({"bundle", "export", "--to", replica, "--out", to_b});
  b.ctl({"bundle", "import", to_b});
  CHECK(own(b, member, "own_ride") == Json());
  a.ctl({"sync"});
  b.ctl({"sync"});
  CHECK(own(b, member, "own_ride") == "own_car");
  CHECK(own(b, member, "own_skills_wanted") == "电焊");

  // A laptop without a line gets fields and values in the answer to its file.
  const std::string ask = (county.folder() / "ask.lxb").string();
  const std::string answer = (county.folder() / "answer.lxb").string();
  stick.ctl({"bundle", "export", "--to", "server", "--out", ask});
  county.server({"bundle", "import", ask, "--answer", answer});
  stick.ctl({"bundle", "import", answer});
  CHECK(own(stick, member, "own_ride") == "own_car");

  // Two say otherwise at once: a person decides.
  put(a, {"member", "--id", member, "own_ride=班车"});
  put(b, {"member", "--id", member, "own_ride=不便出行"});
  county.settle({&a, &b, &stick});
  const Json open = b.ctl({"conflict", "list"});
  REQUIRE(open.size() == 1);
  CHECK(open.at(0).at("field") == "own_ride");
  b.ctl({"conflict", "resolve", open.at(0).at("id"), "--take", open.at(0).at("heads").at(0).at("change")});
  county.settle({&a, &b, &stick});
  CHECK(a.ctl({"conflict", "list"}).empty());
  CHECK(b.text({"get", member}).find("来镇方式") != std::string::npos);
  CHECK(b.ctl({"list", "member", "--where", "own_skills_wanted=电焊"}).size() == 1);
  CHECK(county.server({"verify"}).at("ok") == true);
}

TEST_CASE("two versions at once, a retired field, and a server put back from before both: nothing is lost") {
  County county;
  Laptop a = county.laptop("甲", "secretary", kSanhe);
  Laptop b = county.laptop("乙", "secretary", kSanhe);
  const std::string member = mobile(a, "赵连心", kSanhe, {"gender=1"});
  county.settle({&a, &b});
  const auto backup = county.folder() / "server.backup";
  county.server({"backup", backup.string()});
  county.server({"catalogue", "extend", example()});
  county.settle({&a, &b});
  CHECK(county.try_server({"catalogue", "extend", second_version(county)}).exit_code == 0);
  a.ctl({"sync"});
  put(a, {"member", "--id", member, "own_seats=4", "own_ride=自家车"});
  CHECK(refused_field(a, {"member", "--id", member, "own_home_broadband=是"}) != "");
  put(b, {"member", "--id", member, "own_home_broadband=是"});  // has not heard that it is retired
  county.settle({&a, &b});
  CHECK(own(b, member, "own_seats") == "4");
  CHECK(own(a, member, "own_home_broadband") == "1");

  // The backup knows no own fields. The laptops bring the server's own words back to it.
  county.put_back(backup, true);
  county.settle({&a, &b});
  CHECK(county.server({"catalogue", "show"}).at("version") == 2);
  CHECK(county.server({"catalogue", "show"}).at("fields").size() == 5);
  CHECK(own(a, member, "own_seats") == "4");
  CHECK(county.try_server({"catalogue", "extend", example()}).exit_code == 1);  // older, and it differs
  Laptop late = county.laptop("丁", "secretary", kSanhe);
  county.settle({&a, &b, &late});
  CHECK(own(late, member, "own_ride") == "own_car");
  CHECK(county.server({"verify"}).at("ok") == true);
}

TEST_CASE("a roster with a column for what the county asks fills it, until the county asks it no more") {
  County county;
  Laptop a = county.laptop("甲", "secretary", kSanhe);
  county.settle({&a});
  const fs::path roster = county.folder() / "roster.csv";
  std::ofstream(roster) << "姓名,性别,出生日期,来镇方式,家中有无宽带\n"
                           "赵连心,男,1979-03-08,班车,有\n"
                           "单立新,女,1985-06-01,骑马,无\n";
  const Words import = {"import", "roster", roster.string(), "--village", kSanhe};
  CHECK(a.ctl(import).at("sheets").at(0).at("columns").at("来镇方式") == Json());
  county.server({"catalogue", "extend", example()});
  a.ctl({"sync"});
  const Json columns = a.ctl(import).at("sheets").at(0).at("columns");
  CHECK(columns.at("来镇方式") == "member.own_ride");
  CHECK(columns.at("家中有无宽带") == "member.own_home_broadband");
  CHECK(a.text(import).find("-> 家中有无宽带") != std::string::npos);
  Words apply = import;
  apply.emplace_back("--apply");
  a.ctl(apply);
  const std::string zhao = a.ctl({"list", "member", "--where", "name=赵连心"}).at(0).at("id");
  const std::string shan = a.ctl({"list", "member", "--where", "name=单立新"}).at(0).at("id");
  CHECK(own(a, zhao, "own_ride") == "bus");
  CHECK(own(a, zhao, "own_home_broadband") == "1");
  CHECK(own(a, shan, "own_home_broadband") == "0");
  CHECK(own(a, shan, "own_ride") == Json());  // nobody offers a horse: it stands in the remark
  CHECK(a.ctl({"get", shan}).at("fields").at("remark").at("value").get<std::string>().find("骑马") !=
        std::string::npos);

  county.server({"catalogue", "extend", second_version(county)});
  a.ctl({"sync"});
  CHECK(a.ctl(import).at("sheets").at(0).at("columns").at("家中有无宽带") == Json());
  a.ctl({"sync"});
  CHECK(county.server({"verify"}).at("ok") == true);
}
