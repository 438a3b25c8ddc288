#pragma once
// Who may write a kind, a field, a code (domain.md 2, column "edit"): rows `edit` and `new` of the
// catalogue's file. The client keeps them with a sentence; the server judges scope and class only (design.md
// 12).
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "shared/base/result.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/domain/check.hpp"

namespace lianxin::domain {

/// Each holds what those before it hold.
enum class EditRole : std::uint8_t {
  kWorker,    ///< W
  kVillage,   ///< V: secretary of the village's branch
  kTownship,  ///< T: party-affairs officer of the township
  kCounty,    ///< C: organisation department of the county
};

/// "worker", "village", "township", "county": the words of the rows and the ends of text keys.
[[nodiscard]] std::string_view word(EditRole role);

/// Immutable after parsing; shared by threads. A kind or field the rows do not name is a worker's.
class EditRoles {
 public:
  /// Those of the program's own catalogue.
  [[nodiscard]] static const EditRoles& base();
  /// Rows `edit` and `new` of a catalogue file, which `catalogue` was made from. Errors
  /// "catalogue.malformed" {line, why}.
  [[nodiscard]] static Result<EditRoles> parse(std::string_view tsv, const Catalogue& catalogue);

  /// Least role that may make a record of the kind.
  [[nodiscard]] EditRole to_make(const Kind& kind) const;
  /// Least role that may write anything at all into the field of a record that is there.
  [[nodiscard]] EditRole to_write(const Kind& kind, const Field& field) const;
  /// Least role that may write `to` over `from` ("" = none), into a new record when `making`.
  [[nodiscard]] EditRole to_write(const Kind& kind, const Field& field, const std::string& from,
                                  const std::string& to, bool making) const;
  /// Least role that may void or delete a record that shows these values: not less than who alone may write
  /// over one of them.
  [[nodiscard]] EditRole to_remove(const Kind& kind, const RecordValues& values) const;

 private:
  friend class EditRoleReader;
  struct CodeRole {
    EditRole role = EditRole::kWorker;
    bool keeps = false;  ///< nobody of a lesser role writes over it
  };
  struct FieldRoles {
    std::optional<EditRole> least;  ///< none = the kind's
    std::map<std::string, CodeRole> codes;
    std::set<std::string> open;  ///< codes that whoever makes the record may say
  };
  struct KindRoles {
    EditRole least = EditRole::kWorker;
    std::optional<EditRole> first;  ///< fields up to this role are open to whoever makes the record
    std::map<std::uint16_t, FieldRoles> fields;
  };
  [[nodiscard]] const KindRoles* of(const Kind& kind) const;
  [[nodiscard]] const FieldRoles* of(const Kind& kind, const Field& field) const;
  std::map<std::uint16_t, KindRoles> kinds_;
};

}  // namespace lianxin::domain
