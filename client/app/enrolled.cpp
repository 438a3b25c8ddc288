#include "client/app/enrolled.hpp"

#include "shared/base/bytes.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::app {

store::NewStore new_store(const std::filesystem::path& home, const std::string& passphrase, ReplicaId replica,
                          const sync::laptop::DeviceKeys& keys, const sync::laptop::ServerAddress& address,
                          const sync::wire::EnrolAnswer& answer) {
  store::NewStore made;
  made.home = home;
  made.passphrase = passphrase;
  made.replica = replica;
  made.epoch = answer.epoch;
  made.scopes = answer.scopes;
  store::Identity& identity = made.identity;
  identity.device = answer.device;
  identity.worker = answer.worker;
  identity.worker_name = answer.worker_name;
  identity.server = answer.server;
  identity.server_name = answer.server_name;
  identity.address = address;
  identity.address.server = answer.server;
  identity.address.sign_key = answer.server_sign_key;
  identity.address.seal_key = answer.server_seal_key;
  identity.sign_public = keys.sign_public;
  identity.sign_secret = keys.sign_secret;
  identity.seal_public = keys.seal_public;
  identity.seal_secret = keys.seal_secret;
  identity.machine_mark = to_hex(random_bytes(16));
  return made;
}

}  // namespace lianxin::client::app
