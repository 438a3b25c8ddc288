#pragma once
// All that a store keeps, from one engine into another, row for row: positions, counters and digests are
// data, so every laptop's cursors hold good there. Private to `sync/server/store`.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sync/server/store/sql/statement.hpp"

namespace lianxin::sync::server::store {

enum class SqlType { kInteger, kText, kOctets };

/// As the schema has it; both engines have the same tables and columns.
struct SqlTable {
  std::string name;
  std::vector<std::pair<std::string, SqlType>> columns;
};

/// Both inside a transaction of the caller. The target has the schema and no rows. How many rows were copied.
[[nodiscard]] Result<std::uint64_t> copy_rows(const std::vector<SqlTable>& tables, SqlConnection& from,
                                              SqlConnection& to);
[[nodiscard]] Result<std::uint64_t> count_rows(const std::vector<SqlTable>& tables, SqlConnection& in);

}  // namespace lianxin::sync::server::store
