#pragma once
// Pictures of attachments, after the records (sync/wire/pictures.hpp): what the store offers, sending what
// the server wants, and fetching one on demand.
#include <cstdint>
#include <functional>
#include <string>

#include "sync/laptop/picture_store.hpp"
#include "sync/laptop/transport.hpp"
#include "sync/wire/pictures.hpp"

namespace lianxin::sync::laptop {

struct PicturesSent {
  std::uint64_t pictures = 0;
  std::uint64_t bytes_up = 0;
  std::uint64_t bytes_down = 0;
  std::uint64_t requests = 0;
  /// Code of what ended it early; "picture.refused" when the server kept none of one; "" = nothing did.
  std::string problem;
};
/// Sends what the server's last answer wanted. A line that breaks ends it and is told in `problem`, since the
/// records are safe by then: the next sync goes on at the byte the server names. Errors: those of the store.
[[nodiscard]] Result<PicturesSent> send_pictures(PictureStore& store, Transport& transport,
                                                 const CancelFlag& cancel,
                                                 const std::function<void(const PicturesSent&)>& progress);

/// Brings the whole picture of an attachment here, from where an earlier call ended. Nothing is done when it
/// is here. Errors: those of Transport, "picture.not_there" (nobody has sent it yet, or it is not this
/// laptop's to see), "picture.wrong" (what came is not what the record names; thrown away), "wire.malformed".
[[nodiscard]] Status fetch_picture(PictureStore& store, Transport& transport, const wire::PictureName& name,
                                   const CancelFlag& cancel);

}  // namespace lianxin::sync::laptop
