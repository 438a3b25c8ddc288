#pragma once
// Class states that one change alone makes. Most records are written once and never again: their state lies
// in the log as that change, and table `state` names it by its `seq` (column `base`, an integer) instead of
// saying it once more. Triggers of the schema write the state out before its change goes or becomes another,
// so nobody who changes the log needs to know.
#include "shared/store/database.hpp"
#include "sync/merge/record_state.hpp"

namespace lianxin::client::store {

/// `body` and `values` as the log has them; the time and the suspicion are the server's, or provisional. Of a
/// change without values: nothing. Errors "change.malformed".
[[nodiscard]] Result<sync::merge::ClassState> state_of_change(BytesView body, BytesView values,
                                                              WallMs effective_ms, bool suspect);

/// SQL function state_of(body, vals, effective_ms, suspect), for the view and the triggers of the schema:
/// encode_class_state of the same; NULL where it is malformed.
void add_state_function(lianxin::store::Database& database);

}  // namespace lianxin::client::store
