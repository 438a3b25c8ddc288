#pragma once
// Whom a reading of duties is about: everybody, or some persons, for whom the statements read by index what
// hangs on them. Internal to this folder.
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

class Persons {
 public:
  /// Everybody.
  Persons() = default;
  /// These, and what they hang on, each with all records that are one with it; they stand in a table in
  /// memory until the next call. What is no member is passed over.
  [[nodiscard]] static Result<Persons> only(lianxin::store::Database& database,
                                            const std::vector<Id>& records);
  /// All records of these persons, sorted; of everybody: none.
  [[nodiscard]] Result<std::vector<Id>> records(lianxin::store::Database& database) const;

  /// Ends of `WHERE`: the members themselves, rows of a kind that hang on them, or on what hangs on them.
  [[nodiscard]] std::string themselves() const;
  [[nodiscard]] std::string rows_of(std::string_view kind) const;
  [[nodiscard]] std::string rows_of(std::string_view kind, std::string_view parent_kind) const;
  [[nodiscard]] std::string visits() const;

 private:
  bool is_all_ = true;
};

}  // namespace lianxin::client::store
