#pragma once
// Where a reader's feeds stand after an answer: for who asks on before it is taken in, and for who writes
// several answers into one file.
#include <vector>

#include "sync/wire/messages.hpp"

namespace lianxin::sync::wire {

/// `cursors` after `pages` were read from them, by scope and class.
[[nodiscard]] std::vector<Cursor> moved_on(const std::vector<Cursor>& cursors,
                                           const std::vector<FeedPage>& pages);

}  // namespace lianxin::sync::wire
