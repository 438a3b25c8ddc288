#pragma once
// A statement's rows one after another.
#include <type_traits>

#include "shared/store/database.hpp"

namespace lianxin::store {

/// Calls `row` once for each row of the statement, which stands on it. `row` may answer with a Status: the
/// first that is an error ends the reading and is the answer. Errors: the statement's.
template <class Row>
[[nodiscard]] Status each_row(Statement& statement, Row row) {
  while (true) {
    LX_TRY(const bool found, statement.step());
    if (!found) return {};
    if constexpr (std::is_same_v<std::invoke_result_t<Row&>, Status>) {
      LX_DO(row());
    } else {
      row();
    }
  }
}

}  // namespace lianxin::store
