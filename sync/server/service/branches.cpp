#include "sync/server/service/branches.hpp"

#include <algorithm>

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

change::ChangeBody renamed(const change::ChangeBody& body, const Branch& branch) {
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

}  // namespace lianxin::sync::server
