#pragma once
// Who may see the office's page (overview.hpp): an address that is its own key, one for each person.
#include <string>
#include <string_view>

#include "shared/base/clock.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

inline constexpr std::string_view kPagePrefix = "/office/";

/// Gives the worker an address, "/office/<worker>/<32 letters>"; one given before is closed by it. Only a
/// digest of the letters is kept. With a line in the audit. Error "worker.unknown" {worker}.
[[nodiscard]] Result<std::string> open_page(store::Store& store, const domain::Catalogue& catalogue,
                                            const Clock& clock, const Id& worker);
/// Error "page.closed" {worker}: there is none to close.
[[nodiscard]] Status close_page(store::Store& store, const Clock& clock, const Id& worker);
/// Whose page a path is. Error "page.unknown", for whatever reason.
[[nodiscard]] Result<Id> page_owner(store::Reader& reader, std::string_view path);

}  // namespace lianxin::sync::server
