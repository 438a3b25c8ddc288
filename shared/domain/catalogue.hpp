#pragma once
// The catalogue: one row per field, the single source for column, wire number, type, check, label, policy,
// class (design.md 4). Rows are data in assets/catalogue/*.tsv; a county's extension file has the same format
// and its own number range (extension.hpp).
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/base/hash.hpp"
#include "shared/base/result.hpp"

namespace lianxin::domain {

/// How a value is written canonically (always valid UTF-8; equality is byte equality, sync.md 2.5).
enum class Type : std::uint8_t {
  kText,          ///< one line
  kLongText,      ///< several lines
  kDate,          ///< YYYY-MM-DD
  kPartialDate,   ///< YYYY, YYYY-MM or YYYY-MM-DD
  kTime,          ///< HH:MM
  kInteger,       ///< decimal, no leading zeros, optional '-'
  kBool,          ///< "1" or "0"
  kCode,          ///< one code of `codes`
  kReference,     ///< record id (36 characters)
  kCodeSet,       ///< one register per element, element = code, value "1"
  kReferenceSet,  ///< one register per element, element = record id, value "1"
  kStrokes,       ///< signature: "x,y x,y;x,y ..." in 0..1000, at most 8 KB
  kCodeList,      ///< several codes in one register, sorted, ',' between: a set whose codes are sensitive
                  ///< (sync.md 2.1)
  kThumbnail,     ///< a small JPEG in base64, at most 8 KB
};

enum class Policy : std::uint8_t {
  kFact,    ///< A: written once by its author
  kReview,  ///< R, X: rivals wait for a person
  kLatest,  ///< loser kept and told
  kBoth,    ///< U: add-wins set
  kMax,
  kMin,
};

/// Who may hold a value (design.md 12). The number is on the wire.
enum class PrivacyClass : std::uint8_t {
  kGeneral = 0,
  kContact = 1,
  kIdentity = 2,
  kHardship = 3,
  kNotes = 4
};
inline constexpr int kPrivacyClassCount = 5;

enum class Required : std::uint8_t {
  kNo,
  kComplete,  ///< counts towards completeness, never blocks saving
  kBlocks,    ///< saving without it is refused with a message (design.md 12)
};

/// What a county says of a field of its own (extension.hpp).
struct OwnField {
  std::string zh;  ///< what it is called
  std::string en;
  std::string purpose;   ///< why it is asked
  bool retired = false;  ///< not asked and not written any more; what stands there stays
};

struct Field {
  std::uint16_t wire = 0;  ///< never reused; below 32: fields every record has
  std::string name;        ///< identifier of domain.md, the SQL column
  Type type = Type::kText;
  Policy policy = Policy::kReview;
  PrivacyClass privacy = PrivacyClass::kGeneral;
  Required required = Required::kNo;
  std::uint8_t group = 0;   ///< 0 = none; fields of one kind with one number belong together (sync.md 3.5)
  std::uint16_t since = 1;  ///< catalogue version that brought it
  std::string target;       ///< code list (kCode, kCodeSet, kCodeList) or kind (kReference, kReferenceSet)
  std::string check;  ///< named checks, blank between ("length:1..50 private"; assets/catalogue/base.tsv
                      ///< lists them), or ""
  std::shared_ptr<const OwnField> own;  ///< of a county's own field; null = one of the program's
  [[nodiscard]] bool is_set() const { return type == Type::kCodeSet || type == Type::kReferenceSet; }
};

/// Where a record of a kind lives.
enum class ScopeRule : std::uint8_t {
  kShelf,   ///< the county's reference shelf
  kField,   ///< the organisation unit in `scope_field`
  kParent,  ///< with its parent (first non-empty of `parent_fields`), else with `scope_field`
};

struct Kind {
  std::uint16_t wire = 0;
  std::string name;
  bool is_fact = false;
  ScopeRule scope_rule = ScopeRule::kParent;
  std::string scope_field;
  std::vector<std::string> parent_fields;
  std::vector<Field> fields;  ///< in catalogue order, without the fields every record has

  /// Also finds the fields every record has (`Catalogue::common_fields`). nullptr = unknown.
  [[nodiscard]] const Field* field(std::string_view name) const;
  [[nodiscard]] const Field* field(std::uint16_t wire) const;
  /// Class of what is said of a record as a whole (deleted, voided, duplicate_of): the least private one of
  /// its fields, so who may hold none of them does not learn either that there is such a record.
  [[nodiscard]] PrivacyClass mark_class() const;
};

/// Fields every record has, by wire number.
inline constexpr std::uint16_t kFieldDeleted = 1;      ///< "1", kReview
inline constexpr std::uint16_t kFieldVoided = 2;       ///< the reason, kReview
inline constexpr std::uint16_t kFieldDuplicateOf = 3;  ///< surviving fact (K3)
inline constexpr std::uint16_t kFieldAliasOf =
    4;  ///< element = the other record's id, on the one of the two with the greater id; "1" = the same
        ///< (sync.md 3.8), "0" = not the same, cleared = nobody has said
inline constexpr std::uint16_t kFieldConfirmed =
    5;  ///< element = field name, value = date, group_seen = the heads it confirms
inline constexpr std::uint16_t kFieldLookedAt =
    6;  ///< element = group number, ends a soft conflict (sync.md 3.5)
inline constexpr std::uint16_t kFieldDecided =
    7;  ///< what a person says of a write (the note of a resolution, of a shift): element = wire number of
        ///< the field it is about; a value of its own in the same change, so that a purge takes it as any
        ///< other (sync.md 11). Changes of earlier programs have it in their head.
/// What carries an element without being a set is said by an act of its own (confirm, "looked at", "the
/// same"), never typed into a form.
[[nodiscard]] constexpr bool is_mark(std::uint16_t wire) {
  return wire == kFieldConfirmed || wire == kFieldLookedAt || wire == kFieldAliasOf || wire == kFieldDecided;
}
inline constexpr std::uint16_t kFirstKindField = 32;
inline constexpr std::uint16_t kFirstCustomField = 10000;

/// Immutable after parsing; shared by threads.
class Catalogue {
 public:
  /// The program's own catalogue.
  [[nodiscard]] static const Catalogue& base();
  /// Rows as the head of assets/catalogue/base.tsv describes them. Errors "catalogue.malformed" {line, why}:
  /// unknown word, number or name used twice, reference to an unknown kind or list, a group across privacy
  /// classes (sync.md 2.8).
  [[nodiscard]] static Result<Catalogue> parse(std::string_view tsv);

  /// A county's own field and the kind it belongs to.
  struct OwnRow {
    std::uint16_t kind = 0;
    Field field;
  };
  /// The same with these behind the fields of their kinds, which must be here (extension.hpp checks them).
  [[nodiscard]] Catalogue with(const std::vector<OwnRow>& own) const;

  [[nodiscard]] std::uint16_t version() const { return version_; }
  /// Over all rows: another one, another catalogue.
  [[nodiscard]] const Hash256& digest() const { return digest_; }
  [[nodiscard]] const std::vector<Kind>& kinds() const { return kinds_; }
  [[nodiscard]] const Kind* kind(std::string_view name) const;
  [[nodiscard]] const Kind* kind(std::uint16_t wire) const;
  [[nodiscard]] static const std::vector<Field>& common_fields();

 private:
  friend class CatalogueReader;  // fills an empty catalogue, row by row (catalogue_reader.hpp)
  Catalogue() = default;
  std::uint16_t version_ = 0;
  Hash256 digest_;
  std::vector<Kind> kinds_;
  std::unordered_map<std::string, std::size_t> by_name_;
  std::unordered_map<std::uint16_t, std::size_t> by_wire_;
};

/// The words of the catalogue's rows: "review", "contact", "partial_date" ...
[[nodiscard]] std::string_view word(Policy policy);
[[nodiscard]] std::string_view word(PrivacyClass privacy);
[[nodiscard]] std::string_view word(Type type);
[[nodiscard]] std::string_view word(Required required);

}  // namespace lianxin::domain
