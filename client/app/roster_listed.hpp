#pragma once
// What a row tells of records that hang on its member: the certificate of a register of certificates (F14),
// the file of a list of members in hardship (F6b). Only blanks are filled, as in roster_edits.hpp. Pure.
#include "client/app/roster_edits.hpp"

namespace lianxin::client::app {

/// Adds to `out` and to `facts`. A year of the annual check is told as a difference: the register does not
/// print its day, and a check without a day is none.
void add_listed(const import::RosterRow& row, const RowTarget& target, const WorkersByName& workers,
                MemberFacts& facts, RowEdits& out);

}  // namespace lianxin::client::app
