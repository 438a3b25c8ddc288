#include "client/store/erasure.hpp"

#include <algorithm>
#include <sodium.h>
#include <vector>

#include "client/store/meta.hpp"
#include "client/store/own_chains.hpp"
#include "shared/base/sodium_start.hpp"
#include "shared/store/each_row.hpp"
#include "sync/change/change.hpp"

namespace lianxin::client::store {

namespace change = sync::change;
namespace wire = sync::wire;

namespace {

constexpr WallMs kSealedKeptMs = WallMs{90} * 24 * 3600 * 1000;

struct OwnValues {
  ChangeId id;
  Bytes body;
  Bytes values;
};

Bytes sealed_to(BytesView key, BytesView plain) {
  if (key.size() != crypto_box_PUBLICKEYBYTES) return {};
  start_sodium();
  Bytes out(plain.size() + crypto_box_SEALBYTES, '\0');
  crypto_box_seal(reinterpret_cast<unsigned char*>(out.data()),
                  reinterpret_cast<const unsigned char*>(plain.data()), plain.size(),
                  reinterpret_cast<const unsigned char*>(key.data()));
  return out;
}

/// What was written here; a branch that goes by its own name (7.2) is known by its author alone.
Result<std::vector<OwnValues>> own_values(lianxin::store::Database& database, const Id& record) {
  std::vector<OwnValues> out;
  LX_TRY(const OwnState own, read_own(database));
  auto select = database.prepare(
      "SELECT replica, counter, body, vals FROM change c WHERE record = ? AND (hash IS NOT NULL OR author = "
      "?) "
      "AND vals IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sealed s WHERE s.replica = c.replica AND s.counter "
      "= "
      "c.counter)");
  select.bind(1, record).bind(2, own.worker);
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    out.push_back({{ReplicaId{select.natural(0)}, select.natural(1)}, select.blob(2), select.blob(3)});
  }
}

}  // namespace

Status Erasure::put_away(const Id& record, BytesView seal_key, WallMs now_ms) {
  LX_TRY(const auto changes, own_values(database_, record));
  LX_TRY(const OwnState own, read_own(database_));
  for (const OwnValues& one : changes) {
    LX_TRY(const change::ChangeBody body, change::decode_body(one.body));
    LX_TRY(change::ChangeValues values, change::decode_values(one.values, body));
    change::purge_values(body, values, {});
    auto update = database_.prepare("UPDATE change SET vals = ?3 WHERE replica = ?1 AND counter = ?2");
    update.bind(1, one.id.replica.number).bind(2, one.id.counter);
    LX_DO(update.bind_blob(3, change::encode_values(values)).run());
    auto keep = database_.prepare("INSERT INTO sealed VALUES(?, ?, ?, ?)");
    keep.bind(1, one.id.replica.number).bind(2, one.id.counter);
    LX_DO(keep.bind_blob(3, sealed_to(seal_key, one.values)).bind(4, now_ms - own.clock_offset_ms).run());
  }
  auto before = database_.prepare(
      "DELETE FROM before WHERE (replica, counter) IN (SELECT replica, counter FROM change WHERE record = "
      "?)");
  return before.bind(1, record).run();
}

Status Erasure::came_back(const ChangeId& change) {
  auto erase = database_.prepare("DELETE FROM sealed WHERE replica = ? AND counter = ?");
  return erase.bind(1, change.replica.number).bind(2, change.counter).run();
}

Status Erasure::rename(const ChangeId& change, ReplicaId branch) {
  auto update = database_.prepare("UPDATE sealed SET replica = ?3 WHERE replica = ?1 AND counter = ?2");
  return update.bind(1, change.replica.number).bind(2, change.counter).bind(3, branch.number).run();
}

Result<wire::ErasedValues> Erasure::erased(ReplicaId replica) {
  wire::ErasedValues out;
  auto select = database_.prepare("SELECT counter FROM sealed WHERE replica = ? ORDER BY counter");
  select.bind(1, replica.number);
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    const std::uint64_t counter = select.natural(0);
    if (!out.ranges.empty() && out.ranges.back().last + 1 == counter) {
      out.ranges.back().last = counter;
    } else {
      out.ranges.push_back({counter, counter});
    }
  }
}

Result<wire::SealedValues> Erasure::sealed(ReplicaId replica, std::uint64_t first, std::uint64_t last) {
  wire::SealedValues out;
  auto select = database_.prepare(
      "SELECT counter, vals FROM sealed WHERE replica = ? AND counter BETWEEN ? AND ? AND length(vals) > 0 "
      "ORDER BY counter");
  select.bind(1, replica.number).bind(2, first).bind(3, last);
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    out.values.push_back({select.natural(0), select.blob(1)});
  }
}

Status Erasure::backed_up(ReplicaId replica, std::uint64_t counter, WallMs now_ms) {
  auto empty = database_.prepare(
      "UPDATE sealed SET vals = x'' WHERE replica = ? AND counter <= ? AND at_ms <= ? AND length(vals) > 0");
  LX_DO(empty.bind(1, replica.number).bind(2, counter).bind(3, now_ms - kSealedKeptMs).run());
  LX_TRY(const OwnState own, read_own(database_));
  if (replica != own.end.replica || counter == 0) return {};
  // What goes by a branch's name was taken before anything of the present chain was.
  auto branches = database_.prepare(
      "UPDATE sealed SET vals = x'' WHERE replica != ? AND replica NOT IN (SELECT replica FROM old_chain) "
      "AND "
      "at_ms <= ? AND length(vals) > 0");
  return branches.bind(1, replica.number).bind(2, now_ms - kSealedKeptMs).run();
}

Result<std::uint64_t> Erasure::kept() {
  auto select = database_.prepare("SELECT count(*) FROM sealed WHERE length(vals) > 0");
  LX_TRY(const bool found, select.step());
  return found ? select.natural(0) : std::uint64_t{0};
}

Status Erasure::note_left(const Id& scope, std::uint64_t position) {
  LX_TRY(const OwnState own, read_own(database_));
  auto upsert = database_.prepare(
      "INSERT INTO stated VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE SET position = excluded.position, replica "
      "= excluded.replica, counter = excluded.counter");
  upsert.bind(1, scope).bind(2, position).bind(3, own.end.replica.number).bind(4, own.end.counter);
  return upsert.run();
}

/// The chain that went on when it left first: an older server goes by that alone. The chains before it had
/// ended by then; what was begun since was written by somebody who knew.
Result<wire::Confirmed> Erasure::to_state() {
  LX_TRY(const auto chains, OwnChains(database_).all());
  wire::Confirmed out;
  auto select = database_.prepare("SELECT scope, position, replica, counter FROM stated ORDER BY scope");
  LX_DO(each_row(select, [&] {
    const wire::ConfirmedScope noted{select.id(0), select.natural(1), ReplicaId{select.natural(2)},
                                     select.natural(3)};
    out.scopes.push_back(noted);
    const auto end = std::find_if(chains.begin(), chains.end(),
                                  [&](const OwnChain& chain) { return chain.end.replica == noted.replica; });
    if (end == chains.end()) return;  // it goes by a branch's name
    for (auto chain = chains.begin(); chain != end; ++chain)
      out.scopes.push_back({noted.scope, noted.position, chain->end.replica, chain->end.counter});
  }));
  return out;
}

Status Erasure::stated(const wire::Confirmed& confirmed) {
  for (const wire::ConfirmedScope& one : confirmed.scopes) {
    auto erase = database_.prepare(
        "DELETE FROM stated WHERE scope = ? AND position = ? AND replica = ? AND counter = ?");
    erase.bind(1, one.scope).bind(2, one.position).bind(3, one.replica.number).bind(4, one.counter);
    LX_DO(erase.run());
  }
  return {};
}

}  // namespace lianxin::client::store
