#include "client/store/own_chains.hpp"

#include <cstdlib>

namespace lianxin::client::store {

using sync::change::ChainEnd;

namespace {

/// Beginning of the names of meta's rows about a chain's branches; the first counter follows.
std::string branch_row(ReplicaId replica) { return "branch/" + replica.text() + "/"; }

Result<OwnChain> read_chain(const lianxin::store::Statement& row) {
  OwnChain chain;
  chain.end.replica.number = row.natural(0);
  chain.end.counter = row.natural(1);
  LX_TRY(chain.end.hash, Hash256::from_bytes(row.blob(2)));
  chain.acknowledged = row.natural(3);
  chain.base.replica = chain.end.replica;
  chain.base.counter = row.natural(4);
  chain.knows_base = !row.is_null(5);
  if (chain.knows_base) {
    LX_TRY(chain.base.hash, Hash256::from_bytes(row.blob(5)));
  }
  return chain;
}

}  // namespace

Result<std::vector<OwnChain>> OwnChains::all() {
  std::vector<OwnChain> chains;
  auto select = database_.prepare(
      // The earlier first: what a later one names is then kept before it.
      "SELECT replica, counter, hash, acknowledged, base_counter, base_hash FROM old_chain o ORDER BY "
      "(SELECT seq FROM change c WHERE c.replica = o.replica ORDER BY c.counter LIMIT 1), replica");
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) break;
    LX_TRY(OwnChain chain, read_chain(select));
    chains.push_back(chain);
  }
  LX_TRY(const OwnState own, read_own(database_));
  OwnChain present{own.end, own.acknowledged, {own.end.replica, 0, {}}, true, true};
  chains.push_back(present);
  return chains;
}

Result<std::optional<OwnChain>> OwnChains::find(ReplicaId replica) {
  LX_TRY(const auto chains, all());
  for (const OwnChain& chain : chains) {
    if (chain.end.replica == replica) return std::optional(chain);
  }
  return std::optional<OwnChain>();
}

Status OwnChains::put(const OwnChain& chain) {
  auto upsert = database_.prepare(
      "INSERT INTO old_chain VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET counter = excluded.counter, "
      "hash = excluded.hash, acknowledged = excluded.acknowledged, base_counter = excluded.base_counter, "
      "base_hash = excluded.base_hash");
  upsert.bind(1, chain.end.replica.number).bind(2, chain.end.counter).bind_blob(3, chain.end.hash.bytes());
  upsert.bind(4, chain.acknowledged).bind(5, chain.base.counter);
  if (chain.knows_base) {
    upsert.bind_blob(6, chain.base.hash.bytes());
  } else {
    upsert.bind_null(6);
  }
  return upsert.run();
}

Status OwnChains::begin_anew(std::optional<std::uint64_t> acknowledged) {
  LX_TRY(OwnState own, read_own(database_));
  if (own.end.counter > 0) {
    LX_DO(put({own.end, acknowledged.value_or(own.acknowledged), {own.end.replica, 0, {}}, true, false}));
  }
  own.end = {ReplicaId::random(), 0, {}};
  own.acknowledged = 0;
  LX_DO(Meta(database_).set(kMetaSettled, std::int64_t{0}));
  return write_own(database_, own);
}

Status OwnChains::acknowledge(ReplicaId replica, std::uint64_t counter) {
  auto update = database_.prepare(
      "UPDATE old_chain SET acknowledged = max(acknowledged, min(?2, counter)) WHERE replica = ?1");
  return update.bind(1, replica.number).bind(2, counter).run();
}

Status OwnChains::note_branch(ReplicaId replica, const BranchPoint& point) {
  return Meta(database_).set(branch_row(replica) + std::to_string(point.first),
                             static_cast<std::int64_t>(point.name.number));
}

Result<std::vector<OwnChains::BranchPoint>> OwnChains::branch_points(ReplicaId replica) {
  const std::string row = branch_row(replica);
  std::vector<BranchPoint> out;
  auto select = database_.prepare(
      "SELECT CAST(substr(name, ?1) AS INTEGER) AS first, value FROM meta WHERE name GLOB ?2 ORDER BY first");
  select.bind(1, static_cast<std::int64_t>(row.size()) + 1).bind_text(2, row + "*");
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    out.push_back({select.natural(0), ReplicaId{static_cast<std::uint64_t>(select.integer(1))}});
  }
}

Status OwnChains::rename_in_drafts(ReplicaId replica, const std::vector<BranchPoint>& points) {
  const std::string old_name = replica.text() + ":";
  std::vector<std::pair<Id, std::string>> renamed;
  auto select = database_.prepare(
      "SELECT id, shown_token FROM draft WHERE shown_token GLOB '1|*' AND instr(shown_token, ?) > 0");
  select.bind_text(1, old_name);
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) break;
    std::string token = select.text(1);
    for (std::size_t at = token.find(old_name); at != std::string::npos; at = token.find(old_name, at + 1)) {
      const std::uint64_t counter = std::strtoull(token.c_str() + at + old_name.size(), nullptr, 10);
      for (const BranchPoint& point : points) {
        if (counter >= point.first) token.replace(at, old_name.size() - 1, point.name.text());
      }
    }
    renamed.emplace_back(select.id(0), std::move(token));
  }
  for (const auto& [draft, token] : renamed) {
    auto update = database_.prepare("UPDATE draft SET shown_token = ?2 WHERE id = ?1");
    LX_DO(update.bind(1, draft).bind_text(2, token).run());
  }
  return {};
}

Status OwnChains::forget_branches() { return database_.exec("DELETE FROM meta WHERE name GLOB 'branch/*'"); }

Status OwnChains::end_before(ReplicaId replica, std::uint64_t first) {
  if (first <= 1) {
    auto erase = database_.prepare("DELETE FROM old_chain WHERE replica = ?");
    return erase.bind(1, replica.number).run();
  }
  LX_TRY(const auto hash, hash_at({replica, first - 1}));
  if (!hash) return {};
  auto update = database_.prepare(
      "UPDATE old_chain SET counter = ?2, hash = ?3, acknowledged = min(acknowledged, ?2) WHERE replica = ?1 "
      "AND base_counter <= ?2");
  return update.bind(1, replica.number).bind(2, first - 1).bind_blob(3, hash->bytes()).run();
}

Status OwnChains::offer_all() {
  // A chain whose beginning is not here any more can only be offered from there on.
  LX_DO(database_.exec("UPDATE old_chain SET acknowledged = min(acknowledged, base_counter)"));
  LX_DO(forget_branches());  // which of two copies is the branch is found out anew
  LX_TRY(OwnState own, read_own(database_));
  own.acknowledged = 0;
  return write_own(database_, own);
}

Result<std::optional<Hash256>> OwnChains::hash_at(const ChangeId& id) {
  if (id.counter == 0) return std::optional(Hash256{});
  LX_TRY(const OwnState own, read_own(database_));
  if (id.replica == own.end.replica && id.counter == own.end.counter) return std::optional(own.end.hash);
  auto select = database_.prepare(
      "SELECT hash FROM change WHERE replica = ?1 AND counter = ?2 AND hash IS NOT NULL UNION ALL "
      "SELECT base_hash FROM old_chain WHERE replica = ?1 AND base_counter = ?2 AND base_hash IS NOT NULL "
      "UNION ALL SELECT hash FROM old_chain WHERE replica = ?1 AND counter = ?2");
  LX_TRY(const bool found, select.bind(1, id.replica.number).bind(2, id.counter).step());
  if (!found) return std::optional<Hash256>();
  LX_TRY(const Hash256 hash, Hash256::from_bytes(select.blob(0)));
  return std::optional(hash);
}

Result<std::vector<JournalEntry>> OwnChains::unsent() {
  std::vector<JournalEntry> entries;
  auto select =
      database_.prepare("SELECT replica, counter, hash, body, vals FROM unsent ORDER BY replica, counter");
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return entries;
    JournalEntry entry;
    entry.id = {ReplicaId{select.natural(0)}, select.natural(1)};
    LX_TRY(entry.hash, Hash256::from_bytes(select.blob(2)));
    entry.body = select.blob(3);
    entry.values = select.blob(4);
    entries.push_back(std::move(entry));
  }
}

Result<std::vector<ChainEnd>> OwnChains::bases() {
  std::vector<ChainEnd> out;
  LX_TRY(const auto chains, all());
  for (const OwnChain& chain : chains) {
    if (chain.acknowledged == 0) continue;
    LX_TRY(const auto hash, hash_at({chain.end.replica, chain.acknowledged}));
    if (hash) out.push_back({chain.end.replica, chain.acknowledged, *hash});
  }
  return out;
}

Result<OwnChains::Cost> OwnChains::cost() {
  auto select =
      database_.prepare("SELECT count(*), coalesce(sum(length(body) + length(vals)), 0) FROM unsent");
  LX_TRY(const bool found, select.step());
  return found ? Cost{select.natural(0), select.natural(1)} : Cost{};
}

}  // namespace lianxin::client::store
