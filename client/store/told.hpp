#pragma once
// Telling a person that a value of theirs has lost (design.md 4, sync.md 3.4).
//
// A told loss is somebody else's decision over rivals, not ordinary editing of what was settled.
#include "client/store/records_impl.hpp"

namespace lianxin::client::store {

/// What the author of a change said of it: a value beside what it is about, in changes of earlier programs a
/// part of their head. "" = nothing, or it was purged.
[[nodiscard]] std::string note_of(const LoggedChange& row);

/// Compares what was shown of one class before and after a feed's entry, and notes every value of this worker
/// that somebody else's decision put aside: a resolution, a write that saw several rivals, or a later value
/// where the later one counts. Ordinary editing of what was settled is no loss.
[[nodiscard]] Status note_losses(RecordsImpl& records, const Id& worker,
                                 const sync::merge::ClassState& before, const sync::merge::RecordState& after,
                                 std::uint8_t privacy);

}  // namespace lianxin::client::store
