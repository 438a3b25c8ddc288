#pragma once
// A county's own fields: rows of the same format as the catalogue's, with numbers and names of their own and
// a written purpose (design.md 4; domain.md 7, articles 5 and 6). The office writes a file
// (tests/data/extension.tsv is one), the server makes a record of kind `custom_field` of each field, and
// every laptop makes its catalogue of those it finds on the shelf.
//
// A file, tabs between:
//   version  number of this file, higher than of the one before
//   codes    name of a list of its own; then, for each choice:   code | code | Chinese | English
//   kind     name of one of the catalogue's kinds; then its fields:
//   field    as in assets/catalogue/base.tsv, number from 10000, name own_..., no group, `blocks` not
//            allowed, target own:NAME for a list of this file
//   label    field | Chinese | English
//   purpose  field | why it is asked
//   retired  field: not asked any more
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/base/id.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/domain/codes.hpp"

namespace lianxin::domain {

/// One own field in the words of its rows. Foreign: nothing is checked yet.
struct ExtensionRow {
  std::string kind;
  std::string number;
  std::string name;
  std::string type;
  std::string policy;
  std::string privacy;
  std::string required;  ///< "-" = no
  std::string target;    ///< "-" = none; with `choices`: not looked at
  std::string checks;    ///< "-" = none
  std::string purpose;
  std::string zh;
  std::string en;
  std::string choices;  ///< of a list of its own: a line "code|Chinese|English" for each
  bool retired = false;
  std::size_t line = 0;  ///< of its file
};

/// Whose records hold them.
inline constexpr std::string_view kCustomFieldKind = "custom_field";
/// The texts of a row, each with the field of that kind it stands in.
inline constexpr std::array<std::pair<std::string_view, std::string ExtensionRow::*>, 13> kExtensionTexts = {{
    {"of_kind", &ExtensionRow::kind},
    {"number", &ExtensionRow::number},
    {"name", &ExtensionRow::name},
    {"type", &ExtensionRow::type},
    {"policy", &ExtensionRow::policy},
    {"privacy", &ExtensionRow::privacy},
    {"required", &ExtensionRow::required},
    {"target", &ExtensionRow::target},
    {"checks", &ExtensionRow::checks},
    {"purpose", &ExtensionRow::purpose},
    {"label_zh", &ExtensionRow::zh},
    {"label_en", &ExtensionRow::en},
    {"choices", &ExtensionRow::choices},
}};

struct Extension {
  std::uint16_t version = 0;
  std::vector<ExtensionRow> rows;
};

inline constexpr std::size_t kExtensionBytesMax = 256 * 1024;
inline constexpr std::size_t kOwnFieldsMax = 200;  ///< of a county
inline constexpr std::size_t kOwnFieldsOfKindMax = 40;
inline constexpr std::size_t kChoicesMax = 200;  ///< of one list

/// A file as the office wrote it, or a spreadsheet saved it, in any encoding of shared/base/encoding.hpp.
/// Errors "extension.<what>" {line, ...}.
[[nodiscard]] Result<Extension> read_extension(BytesView file);

/// A catalogue with the own fields that may stand in it, and what was wrong with the others.
struct Extended {
  Catalogue catalogue;
  std::vector<Error> refused;  ///< "extension.<what>" {line, field, ...}
};
/// Rows in any order and of any origin: each is taken or refused on its own, the same everywhere.
[[nodiscard]] Extended extend(const Catalogue& base, std::vector<ExtensionRow> rows);

/// Choices of a row. Error "extension.choices" {line, field}.
[[nodiscard]] Result<std::vector<Code>> choices_of(const ExtensionRow& row);

/// The record that holds this number of a kind, in every county: two who give one number mean one field.
[[nodiscard]] Id custom_field_id(std::uint16_t kind, std::uint16_t number);

/// Kinds that a county may add to: those that people fill in, and not what the program or its server writes.
[[nodiscard]] bool may_be_extended(const Kind& kind);

}  // namespace lianxin::domain
