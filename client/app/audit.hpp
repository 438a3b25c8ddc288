#pragma once
// Who looked at whole numbers, exported or printed what (domain.md 2.16, 7): a record like any other, written
// before the number is shown or the file is left, so that no act is without its entry. Store thread.
#include <cstdint>
#include <string>
#include <string_view>

#include "client/store/laptop_store.hpp"

namespace lianxin::client::app {

enum class Act : std::uint8_t { kReveal, kExport };

/// Never a personal value in it.
struct AuditNote {
  Act act = Act::kReveal;
  Id unit;                  ///< whose data; nil, or one this laptop does not hold: its first unit
  Id record;                ///< nil = more than one, or none
  std::string what;         ///< command or form, scope, file
  std::uint64_t count = 0;  ///< numbers revealed, rows or records exported
  std::string reason;
};

/// Kept like a save. On an error nothing may be shown and no file left: "audit.no_unit" (this laptop holds no
/// unit), "audit.not_written" {why}, and those of Records::save.
[[nodiscard]] Status write_audit(store::LaptopStore& store, const AuditNote& note);
/// `what` of an export: "f10 220622101200 f10.xlsx". The folder is left out, numbers of persons in the name
/// of the file are masked, at most 100 characters.
[[nodiscard]] std::string export_words(std::string_view form, std::string_view scope, std::string_view file);

/// Numbers in full leave the program in a file only through who answers for a unit: secretaries, officers,
/// administrators, by the roles of the worker's card or a dated role. Error "right.unmasked" {who}.
[[nodiscard]] Status may_take_unmasked(store::LaptopStore& store);

/// Whether the person of this laptop has the role today, by the card or a dated role; "" = one of those
/// above.
[[nodiscard]] Result<bool> has_role(store::LaptopStore& store, std::string_view role);

/// Kinds that the program alone writes, and never changes. Errors "audit.by_hand",
/// "photo.by_hand".
[[nodiscard]] Status may_be_typed(std::string_view kind);
/// The same of an edit or a voiding (no fields): a decision on points is no field to fill in, and what is
/// decided stays as it was decided. Errors also "points.by_hand", "points.decided".
[[nodiscard]] Status may_be_typed(store::LaptopStore& store, std::string_view kind, const Id& record,
                                  const std::vector<store::FieldEdit>& fields);

}  // namespace lianxin::client::app
