#pragma once
// The same person twice in one file.
#include <vector>

#include "client/import/roster_rows.hpp"

namespace lianxin::client::import {

/// Certain (`duplicate_of`): same ID number and same name. Possible (`possible_twins`, both rows stay): same
/// name with the same birth month (or the same year in the same village), or same name with a telephone in
/// common, unless both have ID numbers. One ID number under two names holds the later row with reason
/// "id_of_other_person".
void mark_duplicates(std::vector<RosterRow>& rows);

}  // namespace lianxin::client::import
