#pragma once
// Who may see a file of hardship besides the offices (domain.md 2.11): whoever began it, and the workers who
// are paired with its member on the day. Who is paired is said by records of `support_pair`, and by the file
// itself (its `pair_worker_id`, while it is open); a row beside each says what it comes to.
#include <optional>
#include <set>

#include "shared/base/date.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/merge/record_state.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// The class that is told in full to who is paired with the member.
inline constexpr auto kSharedClass = static_cast<std::uint8_t>(domain::PrivacyClass::kHardship);

/// Row of meta: the rows beside pairings are there (`make_pairings`), of the kinds known at this number.
inline constexpr std::string_view kMetaPairingsMade = "pairings_made";
inline constexpr std::string_view kPairingsNow = "3";

/// True for records that say who is paired with whom.
[[nodiscard]] bool is_pairing_kind(const domain::Kind* kind);
/// The field of such a kind that names the worker.
[[nodiscard]] bool is_worker_of_pairing(const domain::Kind& kind, std::uint16_t field);
/// Whether a field of such a kind says who is paired with whom, or since or until when.
[[nodiscard]] bool is_part_of_pairing(const domain::Kind& kind, std::uint16_t field);
/// Whether such a record names a worker, whatever else holds of it.
[[nodiscard]] bool names_worker(const merge::RecordState& state, const domain::Kind& kind);
/// What such a record says; nullopt = it names no worker or no member, holds no more, or is voided or
/// deleted. Not yet `open`.
[[nodiscard]] std::optional<store::PairingRow> pairing_in(const merge::RecordState& state,
                                                          const domain::Kind& kind);
/// By its dates, both days included.
[[nodiscard]] bool is_open_on(const store::PairingRow& pairing, const Date& day);
/// Workers of open pairings with the record, or with anything it hangs on.
[[nodiscard]] Result<std::set<Id>> paired_with(store::Reader& reader, const store::RecordRow& row);
/// A record that is of the shared class from its first change on is for who made that: another who wrote in
/// it does not keep a torn piece of it when the pairing ends. True for everything else.
[[nodiscard]] bool keeps_own_view(const store::LogRow& first, std::uint8_t privacy, const Id& author);

/// Opens and closes what the calendar says since the worker last came, and tells the feeds.
[[nodiscard]] Status turn_pairings(store::Writer& writer, const domain::Catalogue& catalogue,
                                   const Id& worker, const Date& today);
/// Once per store, for what a server kept before it knew pairings: rows beside the records, and no own view
/// of a file that another began.
[[nodiscard]] Status make_pairings(store::Store& store, const domain::Catalogue& catalogue);

}  // namespace lianxin::sync::server
