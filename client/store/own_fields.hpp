#pragma once
// The county's own fields (shared/domain/extension.hpp) as this laptop finds them on the shelf: records of
// kind `custom_field`, which nobody but the server writes. What they say is foreign: each is checked, one
// that may not stand is passed over, the same on every laptop.
#include <string_view>
#include <vector>

#include "shared/domain/extension.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// Rows as they are shown here; none where this catalogue has no such kind.
[[nodiscard]] Result<std::vector<domain::ExtensionRow>> own_field_rows(lianxin::store::Database& database,
                                                                       const domain::Catalogue& base);
/// Over all that the rows say.
[[nodiscard]] Hash256 words_of_rows(const std::vector<domain::ExtensionRow>& rows);
/// Kinds whose rows are made otherwise by `now` than by `before`: own fields that are new, or others.
[[nodiscard]] std::vector<std::uint16_t> kinds_changed(const domain::Catalogue& before,
                                                       const domain::Catalogue& now);
/// Over what rows are made by: the columns of own fields and how each is shown.
[[nodiscard]] Hash256 shape_of(const domain::Catalogue& catalogue);

}  // namespace lianxin::client::store
