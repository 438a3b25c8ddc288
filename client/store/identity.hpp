#pragma once
// Who this laptop is and where its county is: what must survive a ruined database, so it lives sealed in the
// key file (vault.hpp), not in a table.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/base/id.hpp"
#include "sync/laptop/replica.hpp"

namespace lianxin::client::store {

/// What enrolment gave, kept until the county has answered for the first time: a database made anew before
/// that begins with it, and the county learns who is speaking.
struct Arrival {
  Bytes request;  ///< packed EnrolRequest that bundles carry; "" = the county knows this laptop
  std::uint64_t epoch = 0;
  std::vector<sync::wire::HeldScope> scopes;
};

struct Identity {
  Id device;
  Id worker;
  std::string worker_name;
  Id server;
  std::string server_name;
  sync::laptop::ServerAddress address;
  Bytes sign_public;  ///< Ed25519
  Bytes sign_secret;
  Bytes seal_public;  ///< X25519
  Bytes seal_secret;
  /// Drawn for each folder; the machine's own mark beside it tells a copied folder (sync.md 1).
  std::string machine_mark;
  /// Where the journal lies; "" = in the store's own folder. Here because it is needed when the database is
  /// ruined.
  std::string journal_folder;
  std::optional<Arrival> arrival;  ///< nullopt = the county has answered
};

}  // namespace lianxin::client::store
