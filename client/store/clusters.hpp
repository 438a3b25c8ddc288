#pragma once
// Which records are one, as people have said (sync.md 3.8), and which of them stands for all: the one with
// the smallest id that is not voided. The others carry the flag `kAliased`, so that lists and counts pass
// over them. Derived from shown states; internal to this folder; inside the caller's transaction.
//
// What is said of two records is one register on the one with the greater id, the other its element; so two
// who disagree make an ordinary conflict. Nothing of those passed over is moved, and sums of stock stay sums
// of facts. Here at most 16 are joined.
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "client/store/record_row.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// A cluster is read up to so many records; the server lets nobody join more.
inline constexpr std::size_t kClusterMax = 64;

/// Everything of one cluster that `record` belongs to, for `IN (...)`: the record's id is parameter ?N.
[[nodiscard]] std::string cluster_sql(int parameter);

/// The same as canonical texts, for columns and elements that name records.
[[nodiscard]] std::string cluster_texts_sql(int parameter);

/// Registers of what is said on a record, by the other one's id. They point into `shown`.
[[nodiscard]] std::vector<std::pair<Id, const sync::merge::Register*>> said_on(
    const sync::merge::RecordState& shown);

class Clusters {
 public:
  Clusters(lianxin::store::Database& database, const domain::Catalogue& catalogue);
  /// Kinds whose records may be one: members, deliveries and visits.
  [[nodiscard]] bool may_join(std::uint16_t kind) const {
    return kind == member_ || kind == delivery_ || kind == visit_;
  }
  /// Takes in what the shown state says, after the record's rows were written, and sets `kAliased` of
  /// everybody it concerns, here and in `box`.
  [[nodiscard]] Status take(RecordBox& box);
  /// After the record's row is gone.
  [[nodiscard]] Status erase(const Id& record, std::uint16_t kind);
  /// Itself and those it is one with, sorted.
  [[nodiscard]] Result<std::vector<Id>> records_of(const Id& record);
  [[nodiscard]] Result<Id> canonical_of(const Id& record);
  /// What is said here of two records, whichever of them it stands on.
  [[nodiscard]] Result<std::optional<bool>> said_of(const Id& one, const Id& other);
  [[nodiscard]] Status clear();
  /// Ids of records whose cluster is not what was said, for `verify`.
  [[nodiscard]] Result<std::vector<Id>> wrong();

 private:
  struct Row {
    std::uint16_t kind = 0;
    std::uint32_t flags = 0;
  };
  [[nodiscard]] Status write_said(const RecordBox& box, bool was_known);
  [[nodiscard]] Result<bool> is_named(const Id& record);
  [[nodiscard]] Result<std::optional<Row>> row_of(const Id& record);
  [[nodiscard]] Result<std::set<Id>> said_to_be_one(const Id& record, std::uint16_t kind);
  [[nodiscard]] Result<std::map<Id, Id>> canonicals(const std::set<Id>& records, std::uint16_t kind);
  [[nodiscard]] Status join(const Id& record, std::uint16_t kind);
  [[nodiscard]] Status write(const Id& record, const Id& canonical, bool alone, std::uint16_t kind);

  lianxin::store::Database& database_;
  std::uint16_t member_ = 0;
  std::uint16_t delivery_ = 0;
  std::uint16_t visit_ = 0;
  std::uint16_t visit_members_ = 0;  ///< number of the field
};

}  // namespace lianxin::client::store
