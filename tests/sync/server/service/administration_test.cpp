#include "sync/server/service/administration.hpp"

#include "sync/server/service/county.hpp"
#include "sync/server/service/worker_cards.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("a county is made once, with an administrator whose password is known again") {
  Office office;
  const std::string kept = must(server::kept_password("another passphrase"));
  CHECK(server::make_county(office.store(), office.catalogue(), office.clock, {"又", "u", "l", kept})
            .error()
            .code == "server.made");
  CHECK(server::kept_password("short").error().code == "server.password");
  CHECK(server::check_administrator(office.store(), "a passphrase").ok());
  CHECK(server::check_administrator(office.store(), "A passphrase").error().code == "server.login");
}

TEST_CASE("an administrator's passphrase is changed by whoever knows it, by the rule of laptops") {
  Office office;
  const auto change = [&](const std::string& now, const std::string& next) {
    return server::change_password(office.store(), office.clock, now, next);
  };
  CHECK(change("a wrong passphrase", "the next passphrase").error().code == "server.login");
  CHECK(change("a passphrase", "eleven char").error().code == "server.password");
  CHECK(change("a passphrase", std::string(1025, 'x')).error().code == "passphrase.long");
  CHECK(server::check_administrator(office.store(), "a passphrase").ok());
  REQUIRE(change("a passphrase", "the next passphrase").ok());
  CHECK(server::check_administrator(office.store(), "the next passphrase").ok());
  CHECK(server::check_administrator(office.store(), "a passphrase").error().code == "server.login");
  CHECK(must(office.admin().audit({})).back().action == "server.passphrase");
}

TEST_CASE("a county and a worker have a name, and none that is a whole text") {
  CHECK(server::check_county_name("靖宇").ok());
  CHECK(server::check_county_name(" ").error().code == "server.name");
  CHECK(server::check_county_name(std::string(51, 'x')).error().code == "server.name");
  Office office;
  CHECK(office.admin().add_worker(std::string(5000, 'x'), "worker", "220622101200").error().code ==
        "worker.name_long");
}

TEST_CASE("what init made is read back whole") {
  Office office;
  const server::County& county = office.admin().county();
  const server::County again = must(server::load_county(*office.reader()));
  CHECK(again.server == county.server);
  CHECK(again.name == "靖宇");
  CHECK(again.epoch == 1);
  CHECK(again.replica == county.replica);
  CHECK(again.sign_keys.secret == county.sign_keys.secret);
  CHECK(again.seal_keys.open == county.seal_keys.open);
  CHECK(again.administrator == county.administrator);
  CHECK(again.url == "https://127.0.0.1:8443");
  CHECK(again.listen == "127.0.0.1:8443");
}

TEST_CASE("workers are records of the shelf with a grant, and every laptop knows them") {
  Office office;
  const Id id = office.worker("甲", "worker", kSanhe);
  FakeLaptop laptop(office, id);
  (void)laptop.sync();
  CHECK(laptop.shown(id, "name") == "甲");
  CHECK(laptop.shown(id, "org_id") == office.unit(kSanhe).text());
  CHECK(laptop.shown(id, "roles", "grid_worker") == "1");
  const auto workers = must(office.admin().workers());
  REQUIRE(workers.size() == 2);  // the administrator is one
  const auto entry = workers[workers[0].worker == id ? 0 : 1];
  CHECK(entry.name == "甲");
  REQUIRE(entry.grants.size() == 1);
  CHECK(entry.grants[0].role == "worker");
  CHECK(entry.grants[0].to.empty());
  CHECK(entry.codes == std::vector<std::string>{kSanhe});
  CHECK(office.admin().add_worker("", "worker", kSanhe).error().code == "worker.name");
  CHECK(office.admin().add_worker("乙", "boss", kSanhe).error().code == "role.unknown");
  CHECK(office.admin().add_worker("乙", "worker", "999").error().code == "division.unknown");
  office.prove();
}

TEST_CASE("a grant begins and ends on a day; a laptop without one holds nothing") {
  Office office;
  const Id id = office.worker("甲", "worker", kSanhe);
  FakeLaptop laptop(office, id);
  (void)laptop.sync();
  CHECK(laptop.bases.count({office.unit(kSanhe), 0}) + laptop.bases.count({Id{}, 0}) >= 1);
  const Id more = must(office.admin().grant(id, "worker", kDajing));
  CHECK(laptop.exchange().scopes.size() == 3);  // the shelf and two villages
  CHECK(must(office.admin().end_grant(more)) == 1);
  CHECK(laptop.exchange().scopes.size() == 2);
  CHECK(must(office.admin().end_grant(id)) == 1);
  const wire::ExchangeAnswer answer = laptop.exchange();
  CHECK(answer.scopes.empty());
  CHECK(answer.grants.empty());
  CHECK(laptop.bases.empty());
  CHECK(must(office.admin().end_grant(id)) == 0);
  CHECK(office.admin().end_grant(Id::make(1)).error().code == "grant.unknown");
  CHECK(office.admin().grant(office.unit(kSanhe), "worker", kSanhe).error().code == "worker.unknown");
}

TEST_CASE("a right that is given or ends stands on the worker's card, and dated beside it") {
  Office office;
  const Id id = office.worker("甲", "worker", kSanhe);
  FakeLaptop laptop(office, id);
  const Id grant = must(office.admin().grant(id, "secretary", kDajing));
  (void)laptop.sync();
  CHECK(laptop.shown(id, "roles", "secretary") == "1");
  CHECK(laptop.shown(id, "roles", "grid_worker") == "1");
  CHECK(laptop.shown(grant, "role") == "secretary");
  CHECK(laptop.shown(grant, "org_id") == office.unit(kDajing).text());
  CHECK(laptop.shown(grant, "from") == Date::of(office.clock.now_ms()).text());
  CHECK(laptop.shown(grant, "to").empty());

  CHECK(must(office.admin().end_grant(grant)) == 1);
  (void)laptop.sync();
  CHECK(laptop.shown(id, "roles", "secretary").empty());
  CHECK(laptop.shown(id, "roles", "grid_worker") == "1");
  CHECK(laptop.shown(grant, "to") == Date::of(office.clock.now_ms()).text());

  // For some weeks only: not on the card, which has no days.
  const Date today = Date::of(office.clock.now_ms());
  const Id lent = must(
      office.admin().grant(id, "township_officer", kTownship, {today.text(), today.plus_days(9).text()}));
  (void)laptop.sync();
  CHECK(laptop.shown(id, "roles", "officer").empty());
  CHECK(laptop.shown(lent, "role") == "officer");
  CHECK(laptop.shown(lent, "to") == today.plus_days(10).text());  // the first day without it
  office.prove();
}

TEST_CASE("every role of a grant has a word on the worker's card") {
  CHECK(sync::server::worker_role(sync::server::Role::kWorker) == "grid_worker");
  CHECK(sync::server::worker_role(sync::server::Role::kSecretary) == "secretary");
  CHECK(sync::server::worker_role(sync::server::Role::kTownshipOfficer) == "officer");
  CHECK(sync::server::worker_role(sync::server::Role::kCountyOfficer) == "officer");
  CHECK(sync::server::worker_role(sync::server::Role::kAdministrator) == "admin");
}

TEST_CASE("what the office did is in the audit, by who, by record and since when") {
  Office office;
  const WallMs before = office.clock.now_ms();
  office.clock.advance(60000);
  const Id id = office.worker("甲", "worker", kSanhe);
  const auto all = must(office.admin().audit({}));
  REQUIRE(all.size() >= 3);
  CHECK(all.front().action == "server.init");
  CHECK(must(office.admin().audit({"", id, 0})).size() == 1);
  CHECK(must(office.admin().audit({"admin", Id{}, before + 1})).size() == 1);
  CHECK(must(office.admin().audit({"nobody", Id{}, 0})).empty());
}

TEST_CASE("numbers of the store, and the join line") {
  Office office;
  const store::Counts counts = must(office.admin().stats());
  CHECK(counts.units == 6);
  CHECK(counts.records == 7);  // the administrator too
  CHECK(server::join_line("https://h:8443/", "CODE", "sha256//x") == "https://h:8443/#CODE#sha256//x");
}

TEST_CASE("a new epoch has a new replica for the server's own changes") {
  Office office;
  const server::County before = office.admin().county();
  office.new_epoch();
  CHECK(office.admin().county().epoch > before.epoch);
  CHECK(office.admin().county().replica != before.replica);
  (void)office.worker("甲", "worker", kSanhe);
  office.prove();
}

}  // namespace
