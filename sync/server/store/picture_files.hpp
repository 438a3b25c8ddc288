#pragma once
// Pictures as files named by the SHA-256 of their bytes. A file is a nonce and the bytes under a stream
// cipher, whole and on its way alike: the name proves the content, so the cipher need not. One process
// writes; any may read.
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <vector>

#include "shared/base/hash.hpp"
#include "shared/base/result.hpp"

namespace lianxin::sync::server::store {

class PictureFiles {
 public:
  /// `store_key` = the 32 bytes beside the store; nothing is opened or made.
  PictureFiles(std::filesystem::path folder, BytesView store_key);

  struct Kept {
    bool whole = false;
    std::uint64_t bytes = 0;
    bool wrong = false;  ///< of `append`: what was here is none of this picture and was thrown away
  };
  /// How much of it is here; thread-safe as all calls are.
  [[nodiscard]] Kept kept(const Hash256& name) const;
  /// Appends what follows, if `offset` is where it follows, durably. With the last byte the content is
  /// compared with the name: whole from then on, or thrown away. More than `size` bytes are never kept.
  /// Errors "file.*".
  [[nodiscard]] Result<Kept> append(const Hash256& name, std::uint64_t size, std::uint64_t offset,
                                    BytesView content);
  /// Plain bytes of a whole picture; nullopt = not here, or not what its name says.
  [[nodiscard]] Result<std::optional<Bytes>> read(const Hash256& name) const;
  /// True = it was here. Also what is on its way of it.
  [[nodiscard]] Result<bool> remove(const Hash256& name);

  /// A whole picture as it lies on the disk, for backups; empty = gone meanwhile.
  [[nodiscard]] Result<Bytes> stored(const Hash256& name) const;
  /// Such bytes hold the picture of this name.
  [[nodiscard]] bool holds(const Hash256& name, BytesView stored) const;
  /// Puts them back, durably. Error "file.unwritable".
  [[nodiscard]] Status put_back(const Hash256& name, BytesView stored);

  struct Entry {
    Hash256 name;
    bool whole = false;
    std::uint64_t bytes = 0;  ///< of the picture
    std::int64_t age_s = 0;   ///< since it was last written
  };
  /// Sorted by name. Files with other names are left aside.
  [[nodiscard]] std::vector<Entry> list() const;

 private:
  [[nodiscard]] std::filesystem::path whole_file(const Hash256& name) const;
  [[nodiscard]] std::filesystem::path coming_file(const Hash256& name) const;
  [[nodiscard]] Bytes plain_of(BytesView stored) const;
  [[nodiscard]] Status add_bytes(const std::filesystem::path& file, std::uint64_t offset,
                                 BytesView content) const;

  std::filesystem::path folder_;
  Hash256 key_;
  mutable std::mutex mutex_;
};

}  // namespace lianxin::sync::server::store
