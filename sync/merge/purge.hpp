#pragma once
// What a purge takes away (sync.md 11): values of changes and of heads. Heads, hashes and counts stay.
#include <cstdint>
#include <functional>
#include <vector>

#include "shared/domain/catalogue.hpp"
#include "sync/change/change.hpp"
#include "sync/merge/record_state.hpp"

namespace lianxin::sync::merge {

/// Among the fields that a purge names: the record went as a whole, and what is attached to it goes with it,
/// whenever it comes. No field has this number; older programs pass over it.
inline constexpr std::uint16_t kPurgeWhole = 0;

/// One purge of one record.
struct PurgeWord {
  std::uint64_t number = 0;
  std::vector<std::uint16_t> fields;
};

/// The greatest number of those that took the record as a whole; 0 = none did.
[[nodiscard]] std::uint64_t whole_number(const std::vector<PurgeWord>& purges);

/// A record of this kind is nothing but a piece of what it hangs on: it goes with a purge of that as a whole,
/// and its changes hold the greater number, of its own purges and of those.
[[nodiscard]] bool is_attached(const domain::Kind* kind);

/// Takes away the texts whose field a purge names and whose head holds a lower number; that a field was
/// cleared, or a removal taken back, says nothing that could be taken. True = something was; the head hash
/// stays the same.
bool purge_change(const change::ChangeBody& body, change::ChangeValues& values,
                  const std::vector<PurgeWord>& purges);

using IsPurged = std::function<bool(const ChangeId& id, std::uint16_t field)>;
/// The same for the heads of a state. True = something was taken.
bool purge_heads(ClassState& state, const IsPurged& is_purged);

}  // namespace lianxin::sync::merge
