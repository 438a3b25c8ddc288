#include "tests/sim/groundwork.hpp"

#include "client/store/laptop_store.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/laptop/session.hpp"
#include "sync/server/service/enrolment.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/dice.hpp"
#include "tests/sim/server.hpp"

namespace lianxin::sim {

namespace server = sync::server;

namespace {

constexpr const char* kDivisions =
    "code,name,level,parent\n"
    "220699,演练县,county,\n"
    "220699101,东镇,township,220699\n"
    "220699102,西镇,township,220699\n"
    "220699101200,一村,village,220699101\n"
    "220699101201,二村,village,220699101\n"
    "220699102200,三村,village,220699102\n";

constexpr const char* kOne = "220699101200";
constexpr const char* kTwo = "220699101201";
constexpr const char* kThree = "220699102200";

}  // namespace

Groundwork::Groundwork() {
  seed_random_bytes(0);
  people_ = {
      {"office", "county_officer", {"220699"}, {}, {}, {}},
      {"anna", "worker", {kOne}, {}, {}, {}},
      {"bert", "worker", {kOne}, {}, {}, {}},
      {"cora", "worker", {kTwo}, {}, {}, {}},
      {"dora", "worker", {kOne, kTwo}, {}, {}, {}},
      {"emil", "secretary", {kThree}, {}, {}, {}},
      {"town", "township_officer", {"220699101"}, {}, {}, {}},
      {"fred", "worker", {kTwo, kThree}, {}, {}, {}},
  };
  make_county();
  for (Enrolled& one : people_)
    enrol(one);
}

void Groundwork::make_county() {
  const domain::Catalogue& catalogue = domain::Catalogue::base();
  const auto made = must(server::store::open_sqlite_store(server_file(), server_key(), true));
  (void)must(server::make_county(
      *made, catalogue, clock_,
      {"演练", "https://127.0.0.1:8443", "127.0.0.1:8443", must(server::kept_password("a passphrase"))}));
  auto admin = must(server::Administration::open(*made, catalogue, clock_));
  bool told = false;
  (void)must(admin.import_divisions([&]() -> Result<std::string> {
    const std::string piece = told ? "" : kDivisions;
    told = true;
    return piece;
  }));
  const auto reader = must(made->read());
  for (const char* code : {kOne, kTwo, kThree})
    villages_.push_back({code, must(reader->unit_by_code(code))->id});
}

void Groundwork::enrol(Enrolled& one) {
  Server county(server_file(), clock_);
  one.worker = must(county.admin().add_worker(one.name, one.role, one.codes.front()));
  for (std::size_t i = 1; i < one.codes.size(); ++i)
    (void)must(county.admin().grant(one.worker, one.role, one.codes[i]));
  const auto keys = sync::laptop::make_device_keys();
  sync::wire::EnrolRequest request;
  request.code = must(county.admin().add_device(one.worker)).code;
  request.replica = ReplicaId::random();
  request.sign_key = keys.sign_public;
  request.seal_key = keys.seal_public;
  request.wall_ms = clock_.now_ms();
  const auto answer = must(server::enrol(county.store(), county.admin().county(), request, clock_.now_ms()));
  one.device = answer.device;

  client::store::NewStore made;
  made.home = home_of(one);
  made.passphrase = kPassphrase;
  made.cost = {1, 1};
  made.replica = request.replica;
  made.epoch = answer.epoch;
  made.identity.device = answer.device;
  made.identity.worker = one.worker;
  made.identity.worker_name = one.name;
  made.identity.server = answer.server;
  made.identity.server_name = answer.server_name;
  made.identity.address = {"https://county",       "sha256//x",           "", answer.server,
                           answer.server_sign_key, answer.server_seal_key};
  made.identity.sign_public = keys.sign_public;
  made.identity.sign_secret = keys.sign_secret;
  made.identity.seal_public = keys.seal_public;
  made.identity.seal_secret = keys.seal_secret;
  made.scopes = answer.scopes;
  const auto store = must(client::store::LaptopStore::create(made, clock_));
  one.mark = store->identity().machine_mark;
}

}  // namespace lianxin::sim
