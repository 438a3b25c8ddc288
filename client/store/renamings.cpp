#include "client/store/renamings.hpp"

#include "client/store/meta.hpp"
#include "shared/codec/codec.hpp"
#include "sync/wire/leaving.hpp"

namespace lianxin::client::store {

namespace change = sync::change;
namespace wire = sync::wire;

namespace {

/// One renaming as it is kept.
struct Renaming {
  ReplicaId replica;
  wire::BranchNames now;
  template <class A>
  void serialize(A& a) {
    codec::Fixed64 number{replica.number};
    a(number, now);
  }
  /// By the last point that is not behind it.
  void apply(change::SeenRef& ref) const {
    if (ref.hash8 || ref.id.replica != replica) return;  // a hash says itself which one is meant
    for (const wire::BranchName& one : now.names) {
      if (ref.id.counter >= one.first) ref.id.replica = one.name;
    }
  }
};

std::string row_of(std::uint64_t number) { return "renamed/" + std::to_string(number); }

/// Those from a number on.
Result<std::vector<Renaming>> renamings_since(lianxin::store::Database& database, std::uint64_t number,
                                              std::uint64_t now) {
  std::vector<Renaming> out;
  for (; number < now; ++number) {
    LX_TRY(const auto kept, Meta(database).bytes(row_of(number)));
    if (!kept) continue;
    LX_TRY(Renaming renaming, codec::decode<Renaming>(*kept));
    out.push_back(std::move(renaming));
  }
  return out;
}

}  // namespace

Result<std::uint64_t> Renamings::count() {
  auto select = database_.prepare("SELECT count(*) FROM meta WHERE name GLOB 'renamed/*'");
  LX_TRY(const bool found, select.step());
  return found ? select.natural(0) : std::uint64_t{0};
}

Status Renamings::note(ReplicaId replica, const std::vector<OwnChains::BranchPoint>& points) {
  Renaming renaming{replica, {}};
  for (const OwnChains::BranchPoint& point : points)
    renaming.now.names.push_back({point.first, point.name});
  LX_TRY(const std::uint64_t before, count());
  return Meta(database_).set_bytes(row_of(before), codec::encode(renaming));
}

Status Renamings::bring_up(ShownHeads& shown) {
  LX_TRY(const std::uint64_t now, count());
  LX_TRY(const auto since, renamings_since(database_, shown.renamings().value_or(now), now));
  for (const Renaming& renaming : since)
    shown.rename([&](change::SeenRef& ref) { renaming.apply(ref); });
  shown.set_renamings(now);
  return {};
}

Result<ChangeId> Renamings::name_of_now(const ChangeId& id, const std::optional<std::uint64_t>& since) {
  LX_TRY(const std::uint64_t now, count());
  LX_TRY(const auto later, renamings_since(database_, since.value_or(now), now));
  change::SeenRef ref{id, std::nullopt};
  for (const Renaming& renaming : later)
    renaming.apply(ref);
  return ref.id;
}

Result<std::optional<ShownHeads>> Renamings::by_names_of_now(const ShownHeads* shown) {
  if (shown == nullptr) return std::optional<ShownHeads>();
  std::optional<ShownHeads> out = *shown;
  LX_DO(bring_up(*out));
  return out;
}

}  // namespace lianxin::client::store
