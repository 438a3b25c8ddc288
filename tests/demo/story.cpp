#include "tests/demo/story.hpp"

#include <cstdio>
#include <fstream>
#include <signal.h>

#include "shared/base/clock.hpp"
#include "shared/base/date.hpp"
#include "tests/demo/proof.hpp"

namespace lianxin::demo {
namespace {

constexpr const char* kVillage = "220622104203";  // 珠宝村
constexpr const char* kCounty = "220622";
constexpr const char* kListen = "127.0.0.1:18443";

std::string day(int before) { return Date::of(SystemClock().now_ms()).plus_days(-before).text(); }

}  // namespace

Story::Story(std::filesystem::path folder, std::filesystem::path samples, Messages messages,
             std::string language)
    : folder_(std::move(folder)),
      samples_(std::move(samples)),
      messages_(std::move(messages)),
      language_(std::move(language)) {}

void Story::say(const std::string& key, const std::vector<ErrorArg>& args) const {
  std::printf("%s\n", messages_.get("demo." + key, args).c_str());
  std::fflush(stdout);
}

Json Story::ctl(const Laptop& laptop, std::vector<std::string> words) const {
  const std::vector<std::string> front = {
      test::program("lianxinctl").string(), "--home", laptop.home.string(), "--lang", language_, "--json"};
  words.insert(words.begin(), front.begin(), front.end());
  return must(words);
}

Json Story::server(std::vector<std::string> words) const {
  words.insert(words.begin(), test::program("lianxin-server").string());
  words.insert(words.end(), {"--data", (folder_ / "server").string(), "--json"});
  return must(words);
}

std::string Story::put(const Laptop& laptop, std::vector<std::string> words) const {
  words.insert(words.begin(), "put");
  return ctl(laptop, std::move(words)).at("id").get<std::string>();
}

void Story::begin_county() {
  server({"init", "--name", "靖宇", "--host", "127.0.0.1", "--listen", kListen});
  const Json counts =
      server({"division", "import", (samples_ / "assets/divisions/divisions-220622.csv").string()});
  say("divisions", {{"townships", counts.at("township").dump()}, {"villages", counts.at("village").dump()}});
  serving_ = std::make_unique<test::Background>(serve(folder_ / "server", folder_ / "server.log"));
  say("serving", {{"address", kListen}});
}

Story::Laptop Story::enrol(const std::string& name, const std::string& role, const std::string& scope) {
  const Json worker = server({"worker", "add", "--name", name, "--role", role, "--scope", scope});
  const Json device = server({"device", "add", "--worker", worker.at("worker").get<std::string>()});
  Laptop laptop{name, folder_ / ("laptop-" + std::to_string(1 + (jia_.name.empty() ? 0 : 1) +
                                                            (yi_.name.empty() ? 0 : 1)))};
  ctl(laptop, {"enrol", device.at("join").get<std::string>()});
  say("enrolled", {{"name", name}, {"scope", scope}});
  return laptop;
}

void Story::import_rosters() {
  for (const char* file : {"roster-a.xlsx", "roster-b.xlsx"}) {
    const std::string path = (samples_ / "tests/data" / file).string();
    ctl(office_, {"import", "roster", path});  // the preview writes nothing
    const Json done = ctl(office_, {"import", "roster", path, "--apply"});
    std::size_t accepted = 0;
    std::size_t quarantined = 0;
    std::size_t duplicates = 0;
    for (const Json& sheet : done.at("sheets")) {
      accepted += sheet.at("accepted").get<std::size_t>();
      quarantined += sheet.at("quarantined").size();
      duplicates += sheet.at("duplicates").size();
    }
    say("imported", {{"file", file},
                     {"accepted", std::to_string(accepted)},
                     {"quarantined", std::to_string(quarantined)},
                     {"duplicates", std::to_string(duplicates)}});
  }
}

void Story::sync(const Laptop& laptop) {
  const Json receipt = ctl(laptop, {"sync"});
  say(receipt.at("complete") == true ? "receipt_green" : "receipt_open",
      {{"name", laptop.name},
       {"sent", receipt.at("sent").dump()},
       {"received", receipt.at("received").dump()},
       {"trips", receipt.at("round_trips").dump()},
       {"kilobytes",
        std::to_string((receipt.at("bytes_up").get<long>() + receipt.at("bytes_down").get<long>() + 1023) /
                       1024)}});
}

void Story::a_week() {
  for (const Json& record :
       ctl(jia_, {"list", "member", "--where", std::string("home_village_id=") + kVillage})) {
    members_.push_back(record.at("id").get<std::string>());
  }
  if (members_.size() < 4) throw Broken{"the rosters brought nobody to " + std::string(kVillage)};
  ctl(jia_, {"put", "member", "--id", members_[1], "--cause", "document", "home_address=珠宝村1组3号"});
  phone_ = put(
      jia_, {"contact_point", "member_id=" + members_[0], "kind=mobile", "value=13800001234", "owner=self"});
  episode_ = put(jia_, {"mobility_episode", "member_id=" + members_[0], "direction=out", "left_on=2025-03",
                        "employer=宏达电子有限公司"});
  sync(jia_);
  sync(yi_);
  int visits = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const Laptop& who = i % 2 == 0 ? jia_ : yi_;
    put(who, {"visit", "members+=" + members_[i], "occurred_on=" + day(6 - static_cast<int>(i)), "mode=door",
              "purposes+=verify", "purposes+=study", i == 2 ? "outcome=nobody" : "outcome=met",
              "content=" + messages_.get("demo.visit_note")});
    ++visits;
  }
  const std::string delivery =
      put(jia_, {"delivery", "member_id=" + members_[1], "mode=by_hand", "dispatched_on=" + day(4)});
  put(jia_, {"delivery_event", "delivery_id=" + delivery, "kind=signed_self", "occurred_on=" + day(4)});
  put(yi_, {"case_item", "member_id=" + members_[1], "opened_on=" + day(3), "raised_via=visit",
            "kind=question", "topic=medical", "content=" + messages_.get("demo.question"), "level=township"});
  put(yi_, {"consultation", "member_id=" + members_[2], "occurred_on=" + day(2), "channel=phone",
            "topics+=policy", "solved_on_spot=1"});
  say("week", {{"visits", std::to_string(visits)}});
}

void Story::both_change_the_same() {
  const std::string visit =
      put(jia_, {"visit", "members+=" + members_[0], "occurred_on=" + day(1), "mode=door", "purposes+=verify",
                 "outcome=met", "content=" + messages_.get("demo.visit_note")});
  ctl(jia_, {"put", "contact_point", "--id", phone_, "--cause", "visit:" + visit, "value=19900005566"});
  ctl(jia_,
      {"put", "mobility_episode", "--id", episode_, "--cause", "visit:" + visit, "employer=顺丰速运南关站"});
  ctl(yi_, {"put", "contact_point", "--id", phone_, "--cause", "family", "value=19900007788"});
  ctl(yi_, {"put", "mobility_episode", "--id", episode_, "--cause", "family", "employer=宏达电子二厂"});
  say("same_fields", {{"first", jia_.name}, {"second", yi_.name}});
  for (const Laptop* laptop : {&jia_, &yi_, &jia_, &office_})
    sync(*laptop);
  say("conflicts", {{"count", std::to_string(ctl(office_, {"conflict", "list"}).size())}});
}

void Story::resolve_both() {
  for (const Json& conflict : ctl(jia_, {"conflict", "list"})) {
    if (conflict.at("record") != phone_) continue;
    ctl(jia_, {"conflict", "resolve", conflict.at("id").get<std::string>(), "--value",
               conflict.at("shown").get<std::string>()});
    say("resolved_field", {{"name", jia_.name}, {"value", conflict.at("shown").get<std::string>()}});
  }
  for (const Json& conflict : ctl(office_, {"conflict", "list"})) {
    if (conflict.at("record") != episode_) continue;
    ctl(office_, {"conflict", "resolve", conflict.at("id").get<std::string>(), "--value",
                  conflict.at("shown").get<std::string>()});
    say("resolved_office", {{"name", office_.name}, {"value", conflict.at("shown").get<std::string>()}});
  }
}

void Story::show_village() {
  say("table_title");
  const test::Ran table =
      test::run({test::program("lianxinctl").string(), "--home", yi_.home.string(), "--lang", language_,
                 "list", "member", "--where", std::string("home_village_id=") + kVillage},
                environment());
  if (table.exit_code != 0) throw Broken{table.err};
  std::printf("%s\n", table.out.c_str());
}

void Story::check_all_equal() {
  for (int round = 0; round < 2; ++round) {
    for (const Laptop* laptop : {&jia_, &office_, &yi_}) {
      if (round == 0) {
        ctl(*laptop, {"sync"});
      } else {
        sync(*laptop);
      }
    }
  }
  for (const Laptop* laptop : {&jia_, &office_, &yi_}) {
    if (ctl(*laptop, {"verify"}).at("ok") != true || ctl(*laptop, {"status"}).at("unsent") != 0)
      throw Broken{laptop->name + ": verify"};
  }
  if (server({"verify"}).at("ok") != true) throw Broken{"lianxin-server verify"};
  say("all_equal");
}

void Story::paint() {
  const std::filesystem::path painter = test::program("lianxin-demo-pictures");
  if (!std::filesystem::exists(painter)) return;  // built without the window
  must({painter.string(), jia_.home.string(), folder_.string(), language_});
  say("pictures", {{"name", jia_.name}, {"folder", folder_.string()}});
}

void Story::tell() {
  begin_county();
  jia_ = enrol("王建国", "worker", kVillage);
  yi_ = enrol("李秀英", "worker", kVillage);
  office_ = enrol("周明", "county_officer", kCounty);
  import_rosters();
  sync(office_);
  sync(jia_);
  sync(yi_);
  a_week();
  both_change_the_same();
  resolve_both();
  check_all_equal();
  show_village();
  // What is left for the pictures: one laptop with fresh, unsent work and one open conflict.
  ctl(jia_, {"put", "member", "--id", members_[1], "--cause", "phone", "home_address=珠宝村2组8号"});
  ctl(yi_, {"put", "member", "--id", members_[1], "--cause", "family", "home_address=珠宝村2组6号"});
  sync(yi_);
  sync(jia_);
  put(jia_, {"visit", "members+=" + members_[1], "occurred_on=" + day(0), "mode=door", "purposes+=talk",
             "outcome=met_family", "content=" + messages_.get("demo.visit_note")});
  paint();
  ProofCounty(folder_, samples_, messages_, language_).tell();
  serving_->signal(SIGTERM);
  if (serving_->wait() != 0) throw Broken{"lianxin-server: stop"};
}

}  // namespace lianxin::demo
