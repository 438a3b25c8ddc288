#pragma once
// Who this server is: made once by `init`, read by everything else.
#include <string>
#include <string_view>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "sync/server/service/keys.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// Row of the store's meta: the last change (by order of intake) that a verified backup holds.
inline constexpr std::string_view kMetaBackupSequence = "backup_sequence";

/// Epoch of a county that was never restored.
inline constexpr std::uint64_t kEpochFirst = 1;

struct County {
  Id server;
  std::string name;
  std::uint64_t epoch = 0;  ///< rises with every restore (sync.md 1)
  ReplicaId replica;        ///< of the server's own changes
  KeyPair sign_keys;
  KeyPair seal_keys;
  Id administrator;    ///< author of the server's own changes (design.md 12)
  std::string url;     ///< https://host:port, in join lines
  std::string listen;  ///< address:port
};

/// Error "server.not_made" when `init` has not run.
[[nodiscard]] Result<County> load_county(store::Reader& reader);
[[nodiscard]] Status save_county(store::Writer& writer, const County& county);
/// When this life of the server began, which a restore began: the second that numbers its epoch, or the first
/// exchange in it where that clock was slow. 0 = it was never restored.
[[nodiscard]] Result<WallMs> restored_ms(store::Reader& reader, const County& county);
/// The first exchange of this life was now, unless there was one before; of the first life nothing is noted.
[[nodiscard]] Status note_exchange(store::Writer& writer, const County& county, WallMs now_ms);

}  // namespace lianxin::sync::server
