#pragma once
// How many records of a kind count (table `kind_count`): lists say it at every look. Who writes a row of
// table `record` says so here; a removal is counted by the database (migrations 0013, 0018, 0019, 0025);
// `verify` counts again.
#include "client/store/record_row.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// `before` = what stood there; nullptr = no row.
[[nodiscard]] Status count_row(lianxin::store::Database& database, const RecordRow* before,
                               const RecordRow& now);

}  // namespace lianxin::client::store
