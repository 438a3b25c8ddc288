#pragma once
// Late work of somebody who has lost a right since (sync.md 4.3): what a laptop had written when it confirmed
// the end of a grant or a hand-over is applied, within 90 days; what came after that is for a person to
// decide.
#include <optional>

#include "sync/server/store/store.hpp"
#include "sync/wire/leaving.hpp"

namespace lianxin::sync::server {

inline constexpr WallMs kGoodFaithMs = WallMs{90} * 24 * 3600 * 1000;

/// The end of a right: of a whole scope, or of one record that left it at a position of its feed.
struct EndedRight {
  WallMs at_ms = 0;
  std::uint64_t position = 0;  ///< 0 = the scope
  bool whole = false;          ///< it was a right to all classes of the scope in full
};

/// When the device last said that it had erased all of a scope (6.2); 0 = never.
[[nodiscard]] Result<WallMs> scope_confirmed(store::Reader& reader, const Id& device, const Id& scope);

/// Inside one transaction.
class GoodFaith {
 public:
  GoodFaith(store::Writer& writer, const Id& device, const Id& worker, WallMs now_ms)
      : writer_(writer), device_(device), worker_(worker), now_ms_(now_ms) {}

  /// Keeps what the device states in this hello; the same again changes nothing.
  [[nodiscard]] Status note(const wire::Confirmed& confirmed);
  /// When the worker's right to a scope ended: a grant that covered it, or a store that was his to keep;
  /// nullopt = never had one.
  [[nodiscard]] Result<std::optional<EndedRight>> scope_ended(const Id& scope);
  /// When a record last left a scope; nullopt = it never did.
  [[nodiscard]] Result<std::optional<EndedRight>> record_left(const Id& scope, const Id& record);
  /// Whether a change of the device was made before it knew of the end.
  [[nodiscard]] Result<bool> covers(const ChangeId& change, const Id& scope, const EndedRight& ended);

 private:
  [[nodiscard]] Result<std::optional<EndedRight>> store_given_up(const Id& scope);

  store::Writer& writer_;
  Id device_;
  Id worker_;
  WallMs now_ms_;
};

}  // namespace lianxin::sync::server
