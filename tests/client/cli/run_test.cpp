// Commands from their words to their output, on a real store without a server.
#include "client/cli/run.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <set>
#include <stdexcept>
#include <streambuf>

#include "shared/base/file.hpp"
#include "shared/base/log.hpp"
#include "tests/client/cli/laptop_home.hpp"

namespace lianxin::client::cli {

TEST_CASE("a record is put, read, listed, edited and voided") {
  const Home home;
  const json made = home.must({"put", "member", "name=赵连心", "gender=1", "born_on=1979-03",
                               std::string("home_village_id=") + kVillage});
  const std::string id = made.at("id");
  CHECK(made.at("change").get<std::string>().ends_with(":1"));
  const json record = home.must({"get", id});
  CHECK(record.at("kind") == "member");
  CHECK(record.at("scope") == kVillage);
  CHECK(record.at("fields").at("name") ==
        json({{"value", "赵连心"}, {"dispute", false}, {"confirmed_on", nullptr}}));
  CHECK(home.must({"list", "member", "--search", "zhaolianxin"}).at("fields").at("gender").at("value") ==
        "1");
  CHECK(home.must({"put", "member", "--id", id, "name=赵连心"}).at("change") == nullptr);
  home.must({"put", "member", "--id", id, "--cause", "phone", "home_address=三合村1组3号"});
  const json history = home.must({"get", id, "--history"}).at("history");
  CHECK(history.front().at("author") == home.must({"status"}).at("worker"));  // not known by name here
  CHECK(history.back().at("cause") == "phone");
  CHECK(home.must({"void", id, "--reason", "重复登记"}).at("change").is_string());
  CHECK(home.ctl({"list", "member"}).out.empty());
  CHECK(home.must({"get", id}).at("voided") == true);
}

TEST_CASE("people read verify and hints of fields in their own words") {
  const Home home;
  const std::string checked = home.text({"verify"}).out;
  INFO(checked);
  CHECK(checked.find("数据库文件") != std::string::npos);
  CHECK(std::none_of(checked.begin(), checked.end(), [](char c) { return c >= 'a' && c <= 'z'; }));
  // What the program fills in by itself comes last.
  const std::string hint = home.text({"put", "visit", "nothing=1"}).err;
  INFO(hint);
  CHECK(hint.find("occurred_on") < hint.find("org_id_at_event"));
}

TEST_CASE("status and verify have the shape of the contract") {
  const Home home;
  (void)put_member(home, "钱守信");
  const json status = home.must({"status"});
  CHECK(status.at("scopes") == json::array({kVillage}));
  CHECK(status.at("records").at("member") == 1);
  CHECK(status.at("unsent").get<int>() >= 1);
  CHECK(status.at("last_sync") == nullptr);
  for (const char* key :
       {"replica", "worker", "waiting", "conflicts", "quarantined", "clock_offset_ms", "told"})
    CHECK(status.contains(key));
  const json verified = home.must({"verify"});
  CHECK(verified.at("ok") == true);
  CHECK(verified.at("problems").empty());
}

TEST_CASE("what cannot be saved is named field by field and changes nothing") {
  const Home home;
  const std::string id = put_member(home, "孙正");
  const std::string before = home.ctl({"dump"}).out;
  const Ran invalid = home.ctl({"put", "contact_point", "member_id=" + id, "kind=mobile", "value=1390000"});
  check_refused(invalid, "cli.not_saved");
  REQUIRE(invalid.value().at("error").at("fields").size() == 1);
  CHECK(invalid.value().at("error").at("fields").at(0).at("field") == "value");
  const json no_village = home.ctl({"put", "member", "gender=7", "name=某某"}).value();
  CHECK(no_village.at("error").at("fields").size() >= 1);
  check_refused(home.ctl({"put", "no_such_kind", "x=1"}), "record.kind");
  check_refused(home.ctl({"put", "member", "no_such_field=1"}), "record.field");
  check_refused(home.ctl({"get", Id::make(5).text()}), "record.unknown");
  CHECK(home.ctl({"dump"}).out == before);
  CHECK(invalid.value().at("error").at("message").get<std::string>().find("--sure") != std::string::npos);
  CHECK(no_village.at("error").at("message").get<std::string>().find("--sure") == std::string::npos);
  // A doubtful number is saved when the person says that it is meant so.
  CHECK(home.ctl({"put", "contact_point", "member_id=" + id, "kind=mobile", "value=1390000", "--sure"})
            .exit_code == 0);
}

TEST_CASE("a reason that no change can hold is refused, and the store opens afterwards") {
  const Home home;
  const std::string id = put_member(home, "吴常");
  check_refused(home.ctl({"void", id, "--reason", std::string(70'000, 'x')}), "record.text");
  CHECK(home.must({"get", id}).at("voided") == false);
  CHECK(home.must({"void", id, "--reason", "重复登记"}).at("change").is_string());
  CHECK(home.must({"verify"}).at("ok") == true);
}

TEST_CASE("wrong words end with 2 and one JSON value") {
  const Home home;
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"frobnicate"},
                                             {"enrol"},
                                             {"put", "member", "name"},
                                             {"put", "member", "name=x", "--cause", "rumour"},
                                             {"put", "member", "name=x", "--as-of", "yesterday"},
                                             {"figures", "--as-of", "2026-09"},
                                             {"figures", "--from", "2026-02-30"},
                                             {"report", "f1", "--as-of", "x", "--out", "x.xlsx"},
                                             {"report", "f7", "--period", "2026-13", "--out", "x.xlsx"},
                                             {"\xFF\xFE"},
                                             {"--\xFF"},
                                             {"report", "\xFF", "--out", "x.xlsx"},
                                             {"conflict", "resolve", "c1"},
                                             {"conflict", "resolve", "c1", "--both", "--value", "x"}}) {
    CAPTURE(words.front());
    const Ran ran = home.ctl(words);
    CHECK(ran.exit_code == 2);
    CHECK(ran.value().at("error").contains("message"));
    CHECK(ran.value().at("error").contains("record"));
  }
}

TEST_CASE("an error names the record it is about") {
  const Home home;
  const std::string id = put_member(home, "周全");
  const std::string nobody = Id::make(5).text();
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"put", "member", "--id", id, "gender=7"},
                                             {"put", "member", "--id", id, "no_such_field=1"},
                                             {"put", "visit", "--id", id, "outcome=met"},
                                             {"put", "contact_point", "--id", nobody, "value=1"},
                                             {"get", nobody},
                                             {"void", nobody, "--reason", "x"},
                                             {"confirm", nobody, "name"},
                                             {"confirm", id, "no_such_field"}}) {
    const Ran ran = home.ctl(words);
    INFO(words.front(), ": ", ran.out);
    CHECK(ran.exit_code == 1);
    CHECK(ran.value().at("error").at("record") == (words.front() == "put" ? words.at(3) : words.at(1)));
  }
  CHECK(home.ctl({"put", "member", "gender=7"}).value().at("error").at("record") == "");
}

TEST_CASE("a wrong passphrase and a home without a store are told in one sentence") {
  const Home home;
  setenv("LIANXIN_PASSPHRASE", "not-the-right-passphrase", 1);
  check_refused(home.ctl({"status"}), "store.wrong_passphrase");
  setenv("LIANXIN_PASSPHRASE", kPassphrase, 1);
  check_refused(Home::run_with({"--home", (home.folder() / "none").string(), "--json"}, {"status"}),
                "store.missing");
  check_refused(home.ctl({"enrol", "https://127.0.0.1:1/#code#sha256//AAAA"}), "enrol.there");
  check_refused(
      Home::run_with({"--home", (home.folder() / "new").string(), "--json"}, {"enrol", "no join line"}),
      "enrol.join_line");
  CHECK_FALSE(std::filesystem::exists(home.folder() / "new"));
}

TEST_CASE("one lost key file costs nothing; without both the records are said to be there") {
  const Home home;
  const std::string id = put_member(home, "钥匙在");
  std::filesystem::remove(home.home() / "keys.lx");
  CHECK(home.must({"get", id}).at("fields").at("name").at("value") == "钥匙在");
  CHECK(std::filesystem::exists(home.home() / "keys.lx"));
  std::filesystem::rename(home.home() / "keys.lx", home.folder() / "moved");
  std::filesystem::rename(home.home() / "keys.lx.1", home.folder() / "moved.1");
  check_refused(home.ctl({"get", id}), "store.keyless");
  check_refused(home.ctl({"recover"}), "store.keyless");
  check_refused(home.ctl({"restore", "backup.lxbak"}), "store.exists");
  check_refused(home.ctl({"enrol", "https://127.0.0.1:1/#code#sha256//AAAA"}), "store.exists");
  std::filesystem::rename(home.folder() / "moved.1", home.home() / "keys.lx.1");
  CHECK(home.must({"get", id}).at("fields").at("name").at("value") == "钥匙在");
}

TEST_CASE("a database that is gone is told without a file that was kept") {
  const Home home;
  put_member(home, "库不在");
  std::filesystem::remove(home.home() / "store.db");
  const Ran ran = home.text({"--lang", "en", "status"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.err.find("made anew: 1 change came") != std::string::npos);
  CHECK(ran.err.find("is kept as") == std::string::npos);
}

TEST_CASE("a field that is not there is answered with those that are") {
  const Home home;
  const Ran ran = home.ctl({"put", "visit", "member_id=x"});
  check_refused(ran, "record.field");
  CHECK(ran.err.find("occurred_on ") != std::string::npos);
  CHECK(ran.err.find(" members ") != std::string::npos);
}

TEST_CASE("what hangs on a record is said in words, its own number last") {
  const Home home;
  const std::string id = put_member(home, "吴走访");
  const std::string visit = home.must({"put", "visit", "members+=" + id, "occurred_on=2026-02-11",
                                       "mode=door", "purposes+=study", "outcome=met", "content=送学"})
                                .at("id");
  const Ran get = home.text({"get", id});
  const std::size_t line = get.out.find("2月11日");
  REQUIRE(line != std::string::npos);
  CHECK(get.out.find("走访 · 见到本人", line) < get.out.find(visit, line));
}

TEST_CASE("the audit on the terminal names who was looked at and what, without a code") {
  const Home home;
  const std::string id = put_member(home, "郑号码");
  home.must({"put", "contact_point", "member_id=" + id, "kind=mobile", "value=13900001111"});
  home.must({"list", "contact_point"});
  const Ran audit = home.text({"audit"});
  INFO(audit.out, audit.err);
  CHECK(audit.out.find("联系方式（列表）") != std::string::npos);
  CHECK(audit.out.find("郑号码") != std::string::npos);
  CHECK(audit.out.find("contact_point") == std::string::npos);
  CHECK(audit.out.find(id.substr(0, 8)) == std::string::npos);
}

TEST_CASE("a name typed where a number is asked is answered with how to find the number") {
  const Home home;
  const Ran named = home.text({"call", "张三", "channel=phone"});
  CHECK(named.exit_code == 1);
  CHECK(named.err.find("list member --search 张三") != std::string::npos);
  CHECK(home.text({"get", Id::make(5).text()}).err.find("--search") == std::string::npos);
  CHECK(home.text({"put", "visit", "--id", "mode=door"}).err.find("--search") == std::string::npos);
}

TEST_CASE("kinds of records are named in errors as people name them") {
  const Home home;
  const std::string id = put_member(home, "周电话");
  const Ran call = home.text({"call", id, "channel=phone", "nothing=1"});
  CHECK(call.exit_code == 1);
  CHECK(call.err.find("“联系记录”没有“nothing”") != std::string::npos);
  const Ran other = home.text({"--lang", "en", "put", "visit", "--id", id, "mode=door"});
  CHECK(other.exit_code == 1);
  CHECK(other.err.find("Member") != std::string::npos);
  CHECK(other.err.find("Visit") != std::string::npos);
}

TEST_CASE("a list says what may stand behind --where and --limit, and which kinds there are") {
  const Home home;
  put_member(home, "甲一");
  const Ran where = home.ctl({"list", "member", "--where", "x"});
  CHECK(where.exit_code == 2);
  CHECK(where.value().at("error").at("code") == "words.where");
  CHECK(where.err.find(" gender (性别) ") != std::string::npos);
  const Ran field = home.ctl({"list", "member", "--where", "x=1"});
  check_refused(field, "list.field");
  CHECK(field.err.find(" gender (性别) ") != std::string::npos);
  const Ran kind = home.ctl({"list", "members"});
  check_refused(kind, "list.kind");
  CHECK(kind.err.find(" visit (走访) ") != std::string::npos);
  for (const char* limit : {"0", "-1", "x", ""}) {
    INFO(limit);
    const Ran none = home.text({"list", "member", "--limit", limit});
    CHECK(none.exit_code == 2);
    CHECK(none.out.empty());
    CHECK(none.err.find("--limit 后面的内容缺少或不对（最多几条，从 1 起的整数") != std::string::npos);
  }
  CHECK(home.must({"list", "member", "--limit", "1"}).at("kind") == "member");
}

TEST_CASE("what the program logs is no answer: it is shown to who asks for it") {
  const Home home;
  const auto log = home.folder() / "log";
  const auto logged_by = [&](const std::vector<std::string>& words) {
    std::filesystem::remove(home.home() / "store.db");  // something worth a line
    std::filesystem::remove(log);
    set_log_target(log.string());
    CHECK(home.text(words).exit_code == 0);
    const auto bytes = read_file(log, 1 << 16);
    return bytes.ok() ? *bytes : Bytes();
  };
  CHECK(logged_by({"status", "--verbose"}).find("store.rebuilt") != Bytes::npos);
  CHECK(logged_by({"status"}).empty());
}

TEST_CASE("a list of nothing says so") {
  const Home home;
  CHECK(home.text({"import", "list"}).out == "本机还没有导入过名册。\n");
  CHECK(home.text({"report", "list"}).out == "还没有上报过报表。\n");
  CHECK(home.text({"bundle", "laptops"}).out.starts_with("就本机所知，没有"));
  CHECK(home.must({"bundle", "laptops"}).empty());
}

TEST_CASE("--version says what the program reads and writes") {
  const Ran people = Home::run_with({}, {"--version", "--lang", "en"});
  CHECK(people.exit_code == 0);
  CHECK(people.out.starts_with("lianxinctl "));
  CHECK(people.out.find("\nCatalogue ") != std::string::npos);
  const json version = Home::run_with({}, {"--version", "--json"}).value();
  CHECK(version.at("program") == "lianxinctl");
  CHECK(version.at("catalogue").get<int>() >= 3);
  CHECK(version.at("store").get<int>() >= 18);
  CHECK(version.at("engine").get<std::string>().starts_with("SQLite 3."));
  CHECK(version.at("encrypted").is_boolean());
}

TEST_CASE("a journal is not moved to a folder that is not there") {
  const Home home;
  check_refused(home.ctl({"journal", "set", (home.folder() / "stick").string()}), "journal.no_folder");
  CHECK(home.must({"status"}).at("copies") == 2);
  std::filesystem::create_directories(home.folder() / "stick");
  CHECK(home.must({"journal", "set", (home.folder() / "stick").string()}).at("copies") == 2);
}

TEST_CASE("a step that is saved in spite of doubts says them, as put does") {
  const Home home;
  const std::string member = put_member(home, "两地跑");
  home.must({"put", "mobility_episode", "member_id=" + member, "direction=out", "left_on=2026-03-01"});
  const json moved = home.must({"member", "moved", member, "--on", "2026-02-01", "dest_division=1"});
  std::set<std::string> fields;
  for (const json& warning : moved.at("warnings"))
    fields.insert(warning.at("field").get<std::string>());
  CHECK(fields.count("returned_on") == 1);    // it would end before it began
  CHECK(fields.count("dest_division") == 1);  // no division
  const Ran stay =
      home.text({"--lang", "en", "member", "home", member, "--from", "2026-10-02", "--to", "2026-10-01"});
  CHECK(stay.exit_code == 0);
  CHECK(stay.out.find("Please check: ") != std::string::npos);
}

TEST_CASE("a record named by an id that is not here is saved and pointed out") {
  const Home home;
  const std::string member = put_member(home, "真有其人");
  const std::string nobody = Id::make(4102444800000).text();
  const std::vector<std::string> visit = {"put",         "visit",      "mode=door",
                                          "outcome=met", "content=谈", "occurred_on=2026-09-30"};
  const auto warned = [&](const std::string& who) {
    std::vector<std::string> words = visit;
    words.push_back("members+=" + member);
    words.push_back("members+=" + who);
    return home.must(words).dump().find(nobody) != std::string::npos;
  };
  CHECK(warned(nobody));
  CHECK_FALSE(warned(member));
}

TEST_CASE("a backup is restored into an empty home, and a passphrase is changed") {
  const Home home;
  const std::string id = put_member(home, "李未失");
  const std::string file = (home.folder() / "backup.lxbak").string();
  CHECK(home.must({"backup", file}).at("bytes").get<int>() > 0);
  const auto other = home.folder() / "other";
  const Ran restored = Home::run_with({"--home", other.string(), "--json"}, {"restore", file});
  INFO(restored.out, restored.err);
  REQUIRE(restored.exit_code == 0);
  const Ran read = Home::run_with({"--home", other.string(), "--json"}, {"get", id});
  CHECK(read.value().at("fields").at("name").at("value") == "李未失");

  setenv("LIANXIN_NEW_PASSPHRASE", "short", 1);
  check_refused(home.ctl({"passphrase", "change"}), "store.passphrase_short");
  setenv("LIANXIN_NEW_PASSPHRASE", std::string(100 * 1024, 'x').c_str(), 1);
  check_refused(home.ctl({"passphrase", "change"}), "passphrase.long");
  setenv("LIANXIN_NEW_PASSPHRASE", "another-long-passphrase", 1);
  CHECK(home.ctl({"passphrase", "change"}).exit_code == 0);
  check_refused(home.ctl({"status"}), "store.wrong_passphrase");
  setenv("LIANXIN_PASSPHRASE", "another-long-passphrase", 1);
  CHECK(home.ctl({"status"}).exit_code == 0);
  unsetenv("LIANXIN_NEW_PASSPHRASE");
}

TEST_CASE("people get tables and sentences, in Chinese or English, with ID numbers masked in lists") {
  const Home home;
  (void)home.must({"put", "member", "name=王𬭎", "gender=2", "id_no=220699196610196876",
                   std::string("home_village_id=") + kVillage});
  const Ran list = home.text({"list", "member"});
  CHECK(list.out.find("王𬭎") != std::string::npos);
  CHECK(list.out.find("女") != std::string::npos);
  CHECK(list.out.find("220699196610196876") == std::string::npos);
  CHECK(list.out.find('{') == std::string::npos);
  CHECK(home.text({"status"}).out.find("未上传") != std::string::npos);
  CHECK(home.text({"status", "--lang", "en"}).out.find("Not yet sent") != std::string::npos);
  CHECK(home.text({"conflict", "list"}).out.find("没有要处理的冲突") != std::string::npos);
}

TEST_CASE("a file that is no roster is refused before anything else") {
  const Home home;
  const auto file = home.folder() / "list.xlsx";
  REQUIRE(replace_file(file, "this is no workbook").ok());
  check_refused(home.ctl({"import", "roster", file.string()}), "import.not_roster");
  check_refused(home.ctl({"import", "roster", (home.folder() / "nowhere.xlsx").string()}), "file.missing");
  check_refused(home.ctl({"import", "undo", Id::make(7).text()}), "import.batch_unknown");
}

TEST_CASE("a roster is previewed, applied and taken back") {
  const Home home;
  const auto file = home.folder() / "list.csv";
  REQUIRE(replace_file(file,
                       "姓名,身份证号,性别,村\n赵一,220699196610196876,男,220622101200\n"
                       "钱二,220699196610196877,男,220622101200\n孙三,,女,没有村\n")
              .ok());
  const json preview = home.must({"import", "roster", file.string()});
  CHECK(preview.at("batch") == nullptr);
  const json& sheet = preview.at("sheets").at(0);
  CHECK(sheet.at("accepted") == 1);
  CHECK(sheet.at("quarantined").at(0).at("reason") == "id_check_digit");
  CHECK(sheet.at("outside").at(0).at("reason") == "village_unknown");
  CHECK(sheet.at("columns").at("身份证号") == "member.id_no");
  CHECK(home.ctl({"list", "member"}).out.empty());
  const auto back = home.folder() / "back.xlsx";
  check_refused(home.ctl({"import", "roster", file.string(), "--rejected", "back.txt"}), "report.kind");
  home.must({"import", "roster", file.string(), "--rejected", back.string()});
  const json returned = home.must({"import", "roster", back.string()}).at("sheets").at(0);
  CHECK(returned.at("quarantined").size() == 1);
  CHECK(returned.at("outside").size() == 1);
  const json applied = home.must({"import", "roster", file.string(), "--apply"});
  const std::string batch = applied.at("batch");
  {
    const SystemClock clock;
    store::OpenReport report;
    const auto store = store::LaptopStore::open(home.home(), kPassphrase, clock, report);
    REQUIRE(store.ok());
    CHECK(*(*store)->records().unread_twins() == 0);  // no later save looks through what this one brought
  }
  CHECK(home.must({"list", "member"}).at("fields").at("name").at("value") == "赵一");
  CHECK(home.must({"import", "roster", file.string(), "--apply"}).at("batch") == nullptr);
  CHECK(home.must({"import", "list"}).at("batch") == batch);
  CHECK(home.must({"import", "undo", batch}).at("undone").get<int>() >= 1);
  CHECK(home.ctl({"list", "member"}).out.empty());
}

namespace {

/// Where writing throws, as where no memory is left.
class Torn final : public std::streambuf {
  int_type overflow(int_type /*octet*/) override { throw std::runtime_error("torn"); }
};

}  // namespace

TEST_CASE("what a command throws is told like an error, and the program ends with 1") {
  const Home home;
  Torn torn;
  std::ostream out(&torn);
  out.exceptions(std::ios::badbit);
  std::ostringstream err;
  CHECK(run({"--home", home.home().string(), "--lang", "en", "status"}, out, err) == 1);
  CHECK(err.str().find("Something went wrong inside the program (torn)") != std::string::npos);
}

}  // namespace lianxin::client::cli
