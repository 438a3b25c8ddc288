#include "sync/server/service/branches.hpp"

#include <algorithm>

#include "sync/wire/carried.hpp"

namespace lianxin::sync::server {
namespace {

/// `branch` begins where `other` has the change before it.
Result<bool> parts_from(store::Reader& reader, const store::ReplicaRow& branch,
                        const store::ReplicaRow& other) {
  const bool reaches = other.fork_of == branch.fork_of && other.replica != branch.replica &&
                       other.fork_first < branch.fork_first && other.counter + 1 >= branch.fork_first;
  if (!reaches) return false;
  LX_TRY(const auto before, reader.change({other.replica, branch.fork_first - 1}));
  if (!before) return false;
  LX_TRY(const auto first, reader.change({branch.replica, branch.fork_first}));
  if (!first || first->early) return before->hash == branch.hash;  // nothing of it is taken in yet
  change::ChainEnd end{branch.fork_of, branch.fork_first - 1, before->hash};
  const auto followed = change::follow(end, first->body, first->values);
  return followed.ok() && followed->hash == first->hash;
}

}  // namespace

ReplicaId branch_name(const Hash256& first_differing) {
  ReplicaId name;
  for (std::size_t i = 0; i < 8; ++i)
    name.number = name.number << 8 | first_differing.octets[i];
  return name;
}

Result<Branch> branch_of(store::Reader& reader, const store::ReplicaRow& row) {
  Branch branch{row, {}};
  if (row.fork_of.number == 0) return branch;
  branch.names.emplace_back(row.fork_first, row.replica);
  LX_TRY(const auto replicas, reader.replicas());
  for (store::ReplicaRow at = row; at.fork_first > 1;) {
    const std::uint64_t from = at.fork_first;
    for (const store::ReplicaRow& other : replicas) {
      LX_TRY(const bool is_parent, parts_from(reader, at, other));
      if (!is_parent) continue;
      branch.names.emplace(branch.names.begin(), other.fork_first, other.replica);
      at = other;
      break;
    }
    if (at.fork_first == from) break;
  }
  return branch;
}

Result<Branch> branch_named(store::Reader& reader, ReplicaId replica) {
  LX_TRY(const auto row, reader.replica(replica));
  return row ? branch_of(reader, *row) : Result<Branch>(Branch{});
}

namespace {

change::ChangeBody renamed_within(const change::ChangeBody& body, const Branch& branch) {
  if (branch.names.empty()) return body;
  const auto rename_one = [&](ChangeId& id) {
    if (id.replica != branch.row.fork_of) return;
    for (const auto& [first, name] : branch.names) {
      if (id.counter >= first) id.replica = name;
    }
  };
  const auto rename = [&](std::vector<change::SeenRef>& refs) {
    for (change::SeenRef& ref : refs)
      rename_one(ref.id);
    std::sort(refs.begin(), refs.end());
  };
  change::ChangeBody out = body;
  out.id.replica = branch.row.replica;
  for (change::WriteHead& write : out.writes) {
    rename(write.seen);
    rename(write.group_seen);
  }
  return out;
}

/// Under which of the names of one chain and its branches the change with this hash is kept.
Result<ChangeId> name_by_hash(store::Reader& reader, const change::SeenRef& ref, std::uint64_t order) {
  const auto is_kept_as = [&](const ChangeId& id) -> Result<bool> {
    LX_TRY(const auto row, reader.change(id));
    return row && row->sequence < order && wire::hash8_of(row->hash) == *ref.hash8;
  };
  LX_TRY(const bool is_right, is_kept_as(ref.id));
  if (is_right) return ref.id;
  LX_TRY(const auto named, reader.replica(ref.id.replica));
  const ReplicaId chain = named && named->fork_of.number != 0 ? named->fork_of : ref.id.replica;
  LX_TRY(const auto replicas, reader.replicas());
  for (const store::ReplicaRow& other : replicas) {
    if (other.replica != chain && other.fork_of != chain) continue;
    LX_TRY(const bool is_it, is_kept_as({other.replica, ref.id.counter}));
    if (is_it) return ChangeId{other.replica, ref.id.counter};
  }
  return ref.id;
}

}  // namespace

bool names_by_hash(const change::ChangeBody& body) {
  const auto has_hash = [](const change::SeenRef& ref) { return ref.hash8.has_value(); };
  return std::any_of(body.writes.begin(), body.writes.end(), [&](const change::WriteHead& write) {
    return std::any_of(write.seen.begin(), write.seen.end(), has_hash) ||
           std::any_of(write.group_seen.begin(), write.group_seen.end(), has_hash);
  });
}

Result<change::ChangeBody> renamed(store::Reader& reader, const change::ChangeBody& body,
                                   const Branch& branch, std::uint64_t order) {
  change::ChangeBody out = renamed_within(body, branch);
  if (!names_by_hash(out)) return out;
  for (change::WriteHead& write : out.writes) {
    for (auto* refs : {&write.seen, &write.group_seen}) {
      for (change::SeenRef& ref : *refs) {
        if (ref.hash8) {
          LX_TRY(ref.id, name_by_hash(reader, ref, order));
        }
      }
      std::sort(refs->begin(), refs->end());
      const auto is_same = [](const change::SeenRef& a, const change::SeenRef& b) { return a.id == b.id; };
      refs->erase(std::unique(refs->begin(), refs->end(), is_same), refs->end());
    }
  }
  return out;
}

}  // namespace lianxin::sync::server
