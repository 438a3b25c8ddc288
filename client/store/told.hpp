#pragma once
// Telling a person that a value of theirs has lost (design.md 4, sync.md 3.4).
//
// A told loss is somebody else's decision over rivals, not ordinary editing of what was settled.
#include "client/store/records_impl.hpp"

namespace lianxin::client::store {

/// Compares what was shown of one class before and after a feed's entry, and notes every own value that
/// somebody else's decision put aside: a resolution, a write that saw several rivals, or a later value where
/// the later one counts. Ordinary editing of what was settled is no loss.
[[nodiscard]] Status note_losses(RecordsImpl& records, const sync::merge::ClassState& before,
                                 const sync::merge::RecordState& after, std::uint8_t privacy);

}  // namespace lianxin::client::store
