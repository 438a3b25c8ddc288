#pragma once
// Purges at the server (sync.md 11): the log, the states, what feeds tell, and whatever arrives later.
#include <string>
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

/// True iff a text of one of these fields (sorted) stands in the record's log, whether or not it is shown:
/// what was replaced, cleared or kept aside is on laptops too.
[[nodiscard]] Result<bool> log_holds(store::Reader& reader, const Id& record,
                                     const std::vector<std::uint16_t>& fields);

/// The same of one row of a log.
[[nodiscard]] Result<bool> change_holds(const store::LogRow& row, const std::vector<std::uint16_t>& fields);

/// How many fields a purge names.
[[nodiscard]] std::size_t field_count(const store::PurgeRow& purge);

/// Takes away what earlier purges of its record forbid. True = something was taken.
[[nodiscard]] Result<bool> drop_purged(store::Reader& reader, const change::ChangeBody& body,
                                       change::ChangeValues& values);
/// The same of a change that comes in. What is attached to a record that went as a whole, and was written
/// before its author knew, is purged first, with a number, a place in the list and a line in the audit of its
/// own: so every laptop takes it away by rule 11.
[[nodiscard]] Result<bool> drop_on_arrival(store::Writer& writer, const domain::Catalogue& catalogue,
                                           const change::ChangeBody& body, change::ChangeValues& values,
                                           WallMs now_ms);

/// The number of a new purge of the record, whose log this is: above every purge known of it (of what is
/// attached to another also those that took that as a whole), above what any head says its author held, and
/// never below the epoch. A life of this server whose lists are lost may have given numbers that laptops
/// still hold; they began at an earlier epoch, and at less than one a second.
[[nodiscard]] Result<std::uint64_t> next_number(store::Reader& reader, const domain::Catalogue& catalogue,
                                                const Id& record, const std::vector<store::LogRow>& log,
                                                std::uint64_t epoch);

/// Writes the purge down and carries it out on everything here; how many changes lost values. A record that
/// is not here yet is purged when it comes.
[[nodiscard]] Result<std::uint64_t> carry_out(store::Writer& writer, const domain::Catalogue& catalogue,
                                              const store::PurgeRow& purge);

/// What is attached to a record that a purge took as a whole and came before that was known here: purged too.
/// How many changes lost values.
[[nodiscard]] Result<std::uint64_t> carry_out_around(store::Writer& writer,
                                                     const domain::Catalogue& catalogue,
                                                     const store::PurgeRow& purge, WallMs now_ms);

/// After a restore: what the lists beside the store say and the backup does not (7.1). Purges are carried
/// out, grants, devices and revocations put back. How many purges.
[[nodiscard]] Result<std::uint64_t> replay_lists(store::Store& store, const domain::Catalogue& catalogue,
                                                 const std::vector<store::PurgeRow>& purges,
                                                 const std::vector<store::GrantRow>& grants,
                                                 const std::vector<store::DeviceRow>& devices);

}  // namespace lianxin::sync::server
