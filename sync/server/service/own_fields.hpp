#pragma once
// A county's own fields (shared/domain/extension.hpp), kept as records of kind `custom_field` on the shelf:
// so they reach laptops, files, backups and another database as every record does, and only when they have
// changed. They are the server's to write.
#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/domain/extension.hpp"
#include "sync/server/service/county.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// What has been given out so far; version 0 = nothing.
[[nodiscard]] Result<domain::Extension> own_fields(store::Reader& reader);
/// The program's catalogue with them.
[[nodiscard]] Result<domain::Catalogue> county_catalogue(
    store::Reader& reader, const domain::Catalogue& base = domain::Catalogue::base());

enum class FieldStep : std::uint8_t {
  kNew,
  kChanged,  ///< another name, purpose or check, or more choices
  kRetired,  ///< not asked any more from now on
  kBack,     ///< asked again
  kSame,
};
/// "new", "changed", "retired", "back", "same".
[[nodiscard]] std::string_view word(FieldStep step);

struct ExtensionPlan {
  std::uint16_t version_before = 0;
  std::uint16_t version = 0;  ///< then in force
  struct One {
    domain::ExtensionRow row;
    FieldStep step = FieldStep::kSame;
  };
  std::vector<One> fields;                 ///< of the file
  std::vector<domain::ExtensionRow> kept;  ///< given out before and not in the file: they stay as they are
  [[nodiscard]] std::size_t count(FieldStep step) const;
};

/// Gives the fields of the file out, in one transaction with a line in the audit; with `preview` nothing is
/// written. Errors of domain::read_extension and domain::extend; "extension.meaning" {line, field, text, was}
/// (number, name, type, policy, class or target of a field that was given out is another one),
/// "extension.choice_gone" {line, field, text}, "extension.older" {version, was} (something differs, and the
/// file is no newer than what was given out).
[[nodiscard]] Result<ExtensionPlan> extend_catalogue(store::Store& store, const Clock& clock,
                                                     const County& county, const domain::Extension& file,
                                                     bool preview);

}  // namespace lianxin::sync::server
