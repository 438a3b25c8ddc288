#pragma once
// Purges at the server (sync.md 11): the log, the states, what feeds tell, and whatever arrives later.
#include <string_view>
#include <vector>

#include "shared/domain/catalogue.hpp"
#include "sync/change/change.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// Reason of an applied outcome: kept, but one of its values was purged before it came.
inline constexpr std::string_view kPurgedReason = "purged";

/// Fields of a kind that a purge without names takes: every text, and everything above the general class,
/// save those that say where the record belongs. Counts and figures rest on the rest.
[[nodiscard]] std::vector<std::uint16_t> personal_fields(const domain::Kind& kind);

/// Takes away what earlier purges of its record forbid. True = something was taken.
[[nodiscard]] Result<bool> drop_purged(store::Reader& reader, const change::ChangeBody& body,
                                       change::ChangeValues& values);

/// The number of a new purge of the record, whose log this is: above every purge known of it, above what any
/// head says its author held, and never below the epoch. A life of this server whose lists are lost may have
/// given numbers that laptops still hold; they began at an earlier epoch, and at less than one a second.
[[nodiscard]] Result<std::uint64_t> next_number(store::Reader& reader, const Id& record,
                                                const std::vector<store::LogRow>& log, std::uint64_t epoch);

/// Writes the purge down and carries it out on everything here; how many changes lost values. A record that
/// is not here yet is purged when it comes.
[[nodiscard]] Result<std::uint64_t> carry_out(store::Writer& writer, const domain::Catalogue& catalogue,
                                              const store::PurgeRow& purge);

/// After a restore: what the lists beside the store say and the backup does not (7.1). Purges are carried
/// out, grants, devices and revocations put back. How many purges.
[[nodiscard]] Result<std::uint64_t> replay_lists(store::Store& store, const domain::Catalogue& catalogue,
                                                 const std::vector<store::PurgeRow>& purges,
                                                 const std::vector<store::GrantRow>& grants,
                                                 const std::vector<store::DeviceRow>& devices);

}  // namespace lianxin::sync::server
