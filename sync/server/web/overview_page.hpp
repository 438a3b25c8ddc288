#pragma once
// The overview as a page for a browser.
#include <string>

#include "shared/base/message.hpp"
#include "sync/server/service/overview.hpp"

namespace lianxin::sync::server::web {

/// Who has not come for so many days is marked.
inline constexpr std::int64_t kLateDays = 7;

/// Read-only, without scripts, pictures or anything from elsewhere; prints on A4. `language` as in the
/// attribute lang; `messages` are of it.
[[nodiscard]] std::string overview_page(const Overview& overview, const Messages& messages,
                                        std::string_view language);
/// What is said where there is nothing to see: the sentence of an error.
[[nodiscard]] std::string refusal_page(const Error& error, const Messages& messages,
                                       std::string_view language);

}  // namespace lianxin::sync::server::web
