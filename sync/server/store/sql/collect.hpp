#pragma once
// Rows of a statement as values. Private to `sync/server/store`.
#include <optional>
#include <vector>

#include "sync/server/store/sql/statement.hpp"

namespace lianxin::sync::server::store {

/// All rows, each read by `read(statement)`.
template <class Row, class Read>
[[nodiscard]] Result<std::vector<Row>> collect(SqlStatement& statement, Read read) {
  std::vector<Row> rows;
  for (;;) {
    LX_TRY(const bool found, statement.step());
    if (!found) return rows;
    rows.push_back(read(statement));
  }
}

/// The first row, if any.
template <class Row, class Read>
[[nodiscard]] Result<std::optional<Row>> first_of(SqlStatement& statement, Read read) {
  LX_TRY(const bool found, statement.step());
  if (!found) return std::optional<Row>();
  return std::optional<Row>(read(statement));
}

}  // namespace lianxin::sync::server::store
