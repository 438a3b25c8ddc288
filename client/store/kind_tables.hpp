#pragma once
// One table per kind with a column per field of the catalogue: shown values for lists, reports and figures in
// plain SQL.
//
//   k_<kind>(r_number INTEGER PRIMARY KEY, r_id BLOB UNIQUE, r_scope BLOB, r_parent BLOB, r_flags INTEGER,
//            "<field>" TEXT ...)
//
// r_number is the record's number in this store: rows lie in the order in which records came.
// NULL = no value. A set stands as its elements, sorted, with ',' between; "set holds x" asks table
// `element`. r_scope is the shown scope (nil = shelf), r_flags the bits of RecordFlag. Integers and bools are
// stored as numbers, so that sums work; everything else is text.
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "shared/domain/catalogue.hpp"
#include "shared/domain/check.hpp"
#include "shared/store/database.hpp"
#include "sync/merge/merge.hpp"

namespace lianxin::client::store {

/// Elements of a set that are present, sorted.
[[nodiscard]] std::vector<std::string> present_elements(const sync::merge::RecordState& state,
                                                        const domain::Field& field);
/// Shown value of a scalar; nullopt = none.
[[nodiscard]] std::optional<std::string> shown_value(const sync::merge::RecordState& state,
                                                     const domain::Field& field);
/// All shown values, for checks and completeness.
[[nodiscard]] domain::RecordValues shown_values(const sync::merge::RecordState& state,
                                                const domain::Kind& kind);
/// First filled of the kind's parent fields; nil = none.
[[nodiscard]] Id shown_parent(const sync::merge::RecordState& state, const domain::Kind& kind);

/// What is other in a row than it was.
struct RowChange {
  bool is_new = false;
  bool scope = false;
  bool parent = false;
  bool flags = false;
  std::vector<const domain::Field*> fields;
  [[nodiscard]] bool any() const { return is_new || scope || parent || flags || !fields.empty(); }
};

/// What may have changed of a record whose row was right before: all else of the row is as it was.
struct RowBefore {
  Id scope;
  Id parent;
  std::uint32_t flags = 0;
  std::uint8_t privacy = 0;  ///< class of the registers
  /// As shown before; one that was not there has no heads.
  const sync::merge::ClassState* registers = nullptr;
};

/// What a row shows.
struct RowNow {
  std::int64_t number = 0;  ///< of the record
  const sync::merge::RecordState& shown;
  const Id& scope;
  std::uint32_t flags = 0;
};

class KindTables {
 public:
  KindTables(lianxin::store::Database& database, const domain::Catalogue& catalogue)
      : database_(database), catalogue_(&catalogue) {}
  /// Goes on with another catalogue, which has all kinds and fields of the one before; `make` comes next.
  void use(const domain::Catalogue& catalogue) { catalogue_ = &catalogue; }
  /// Creates missing tables and columns; never drops any. `on_table`: before one that an earlier program made
  /// is made anew, its rows by the numbers of their records.
  [[nodiscard]] Status make(const std::function<void()>& on_table = {});
  /// How many of those there are.
  static constexpr std::string_view kCountUnnumbered =
      "SELECT count(*) FROM sqlite_master m WHERE m.type = 'table' AND m.name GLOB 'k_*' AND NOT EXISTS "
      "(SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'r_number')";
  [[nodiscard]] static std::string table_of(const domain::Kind& kind) { return "k_" + kind.name; }
  /// The first of a row's fields; number, id, scope, parent and flags come before it.
  static constexpr int kFieldParameter = 6;
  /// Row and elements of a record; kinds this catalogue does not know have none, nor has what is marked
  /// kUnapplied. Nothing is written that stands there already; `was_known` = there may be a row. With
  /// `before` the row is not read to find out.
  [[nodiscard]] Result<RowChange> write(const RowNow& now, bool was_known, const RowBefore* before = nullptr);
  [[nodiscard]] Status erase(const Id& record, std::uint16_t kind);
  /// Name of the first column that differs from what `write` would put there; "" = none.
  [[nodiscard]] Result<std::string> difference(const RowNow& now);
  /// Rows of all tables, whose record must exist.
  [[nodiscard]] Result<std::uint64_t> orphans();
  [[nodiscard]] Status clear();

 private:
  /// SQL of one kind's table.
  struct Table {
    std::string insert;
    std::string update;
    std::string select;
    std::map<std::uint16_t, std::size_t> places;  ///< of a field among the kind's
  };
  /// Of one row, in the order of the kind's fields; nullopt = NULL.
  using Values = std::vector<std::optional<std::string>>;
  [[nodiscard]] Status make_table(const domain::Kind& kind, const std::function<void()>& on_table);
  [[nodiscard]] Status number_rows(const std::string& table);
  [[nodiscard]] Values values_of(const sync::merge::RecordState& shown, const domain::Kind& kind) const;
  [[nodiscard]] Result<RowChange> compare(const RowNow& now, const domain::Kind& kind, const Values& values);
  /// The same without reading the row; nullopt = that cannot be told.
  [[nodiscard]] std::optional<RowChange> compare_with(const RowBefore& before,
                                                      const sync::merge::RecordState& shown,
                                                      const domain::Kind& kind) const;
  [[nodiscard]] Status write_whole(const RowNow& now, const domain::Kind& kind, bool is_new);
  [[nodiscard]] Status write_columns(const RowNow& now, const domain::Kind& kind, const RowChange& change);
  [[nodiscard]] Status write_elements(const sync::merge::RecordState& shown, const domain::Kind& kind,
                                      const RowChange& change);

  lianxin::store::Database& database_;
  const domain::Catalogue* catalogue_;
  std::map<std::uint16_t, Table> kinds_;
};

}  // namespace lianxin::client::store
