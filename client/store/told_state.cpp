#include "client/store/told_state.hpp"

#include <utility>

#include "sync/change/change.hpp"
#include "sync/merge/merge.hpp"

namespace lianxin::client::store {

namespace change = sync::change;
namespace merge = sync::merge;

Result<merge::ClassState> state_of_change(BytesView body_bytes, BytesView values_bytes, WallMs effective_ms,
                                          bool suspect) {
  LX_TRY(const change::ChangeBody body, change::decode_body(body_bytes));
  if (values_bytes.empty()) return merge::ClassState{};
  LX_TRY(const change::ChangeValues values, change::decode_values(values_bytes, body));
  merge::RecordState state;
  (void)merge::apply(state, body, values, {body.hlc, effective_ms, suspect, body.author, body.cause},
                     [](const ChangeId&) { return false; });
  return std::move(state.classes[body.privacy()]);
}

void add_state_function(lianxin::store::Database& database) {
  constexpr int kArguments = 4;
  using Arguments = lianxin::store::Database::Arguments;
  database.add_function("state_of", kArguments, [](const Arguments& of) -> std::optional<Bytes> {
    const auto state = state_of_change(of.view(0), of.view(1), of.integer(2), of.integer(3) != 0);
    if (!state.ok()) return std::nullopt;
    return merge::encode_class_state(*state);
  });
}

}  // namespace lianxin::client::store
