#include "client/app/enrolled.hpp"

#include <doctest/doctest.h>

namespace lianxin::client::app {

TEST_CASE("a store begins with what the county answered and the keys of this laptop") {
  sync::wire::EnrolAnswer answer;
  answer.device = Id::make(1);
  answer.worker = Id::make(2);
  answer.server = Id::make(3);
  answer.epoch = 7;
  answer.server_sign_key = "sign";
  sync::laptop::ServerAddress address;
  address.url = "https://127.0.0.1:8443";
  const sync::laptop::DeviceKeys keys = sync::laptop::make_device_keys();
  const ReplicaId replica = ReplicaId::random();
  const store::NewStore made = new_store("home", "passphrase", replica, keys, address, answer);
  CHECK(made.replica == replica);
  CHECK(made.epoch == 7);
  CHECK(made.identity.worker == answer.worker);
  CHECK(made.identity.address.url == address.url);
  CHECK(made.identity.address.server == answer.server);
  CHECK(made.identity.address.sign_key == answer.server_sign_key);
  CHECK(made.identity.sign_secret == keys.sign_secret);
  const store::NewStore other = new_store("home", "passphrase", replica, keys, address, answer);
  CHECK(made.identity.machine_mark != other.identity.machine_mark);  // each folder draws its own
}

}  // namespace lianxin::client::app
