#pragma once
// What pictures need from the laptop's store (implemented by client/store). Called from one thread.
#include <cstdint>
#include <vector>

#include "shared/base/result.hpp"
#include "sync/wire/pictures.hpp"

namespace lianxin::sync::laptop {

/// Who speaks: a request for a picture is signed under the number of the newest exchange.
struct PictureCall {
  Id server;
  Id device;
  std::uint64_t epoch = 0;
  std::uint64_t number = 0;
};
struct WantedPicture {
  wire::PictureName name;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;  ///< what the server has of it
};
struct PictureHere {
  bool whole = false;
  std::uint64_t bytes = 0;
};
struct UnsentPictures {
  std::uint64_t pictures = 0;
  std::uint64_t bytes = 0;
};

class PictureStore {
 public:
  virtual ~PictureStore() = default;
  [[nodiscard]] virtual Result<PictureCall> picture_call() = 0;
  [[nodiscard]] virtual Result<Bytes> sign_picture(BytesView message) = 0;
  /// Pictures here that the server in its last answer said it wants.
  [[nodiscard]] virtual Result<std::vector<WantedPicture>> wanted() = 0;
  /// At most `bytes_max` from `offset` on of a picture that is here.
  [[nodiscard]] virtual Result<Bytes> piece(const Hash256& name, std::uint64_t offset,
                                            std::size_t bytes_max) = 0;
  /// The server has all of it.
  [[nodiscard]] virtual Status note_kept(const Hash256& name) = 0;
  [[nodiscard]] virtual Result<UnsentPictures> unsent_pictures() = 0;
  /// Pictures were sent: records that waited for them only may leave now (sync.md 6.2); how many did.
  [[nodiscard]] virtual Result<std::uint64_t> settle_pictures() = 0;
  [[nodiscard]] virtual Result<PictureHere> picture_here(const Hash256& name) = 0;
  /// Durable. With the last byte the whole is compared with its name: error "picture.wrong", nothing is kept
  /// then.
  [[nodiscard]] virtual Status keep_piece(const wire::PictureName& name, std::uint64_t size,
                                          std::uint64_t offset, BytesView content) = 0;
};

}  // namespace lianxin::sync::laptop
