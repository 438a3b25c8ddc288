#pragma once
// The bytes of a key file: what stands in it and how hostile bytes are read. Internal to the vault.
//
//   magic "LXKEYS01" | canonical KeyFile | MAC keyed from the data key (32) | plain BLAKE2b of all before
//   (32)
//
// The plain hash tells damage from a wrong passphrase; the MAC tells a forged file.
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "client/store/identity.hpp"
#include "client/store/vault.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::store {

inline constexpr std::size_t kKeyFileBytesMax = 64 * 1024;
inline constexpr std::uint64_t kKdfPassesMax = 16;
inline constexpr std::uint64_t kKdfMebibytesMax = 4096;

enum class SlotKind : std::uint8_t {
  kPassphrase = 1,
  kOfficeRecovery = 2,  ///< crypto_box_seal twice over the data key: two persons needed; kept as bytes here
};

/// One way to the data key. Kinds this program does not know are kept unharmed.
struct KeySlot {
  std::uint8_t kind = 0;
  Bytes content;
  template <class A>
  void serialize(A& a) {
    a(kind, content);
  }
};

struct PassphraseSlot {
  std::uint64_t passes = 0;
  std::uint64_t mebibytes = 0;
  std::array<std::uint8_t, 16> salt{};
  Bytes box;  ///< the data key sealed with argon2id of the passphrase
  template <class A>
  void serialize(A& a) {
    a(passes, mebibytes, salt, box);
  }
};

/// Versions of a key file: programs of the first do not read the second, which is there until the county has
/// answered.
inline constexpr std::uint16_t kKeyFileVersion = 1;
inline constexpr std::uint16_t kKeyFileArriving = 2;  ///< the identity has its `arrival`

struct KeyFile {
  std::uint16_t version = kKeyFileVersion;
  Id vault;
  std::uint64_t generation = 0;
  std::vector<KeySlot> slots;
  Bytes identity_box;
  template <class A>
  void serialize(A& a) {
    a(version, vault.octets, generation, slots, identity_box);
  }
};

/// A key file whose plain hash holds.
struct ReadKeyFile {
  KeyFile file;
  Bytes bytes;  ///< as it stands on the disk
};

[[nodiscard]] Bytes encode_key_file(const KeyFile& file, BytesView data_key);
/// Errors "store.key_damaged", "store.newer".
[[nodiscard]] Result<ReadKeyFile> decode_key_file(Bytes bytes);
[[nodiscard]] bool is_genuine(const ReadKeyFile& read, BytesView data_key);

/// Wraps the data key for a passphrase. Error "store.no_memory".
[[nodiscard]] Result<KeySlot> make_passphrase_slot(const Id& vault, std::string_view passphrase,
                                                   const KdfCost& cost, BytesView data_key);
/// Errors "store.wrong_passphrase", "store.key_damaged", "store.no_memory".
[[nodiscard]] Result<Bytes> open_passphrase_slot(const KeyFile& file, std::string_view passphrase);

/// Into `file`, which takes the version and is to have its generation already.
void seal_identity(KeyFile& file, const Identity& identity, BytesView data_key);
/// Error "store.key_damaged".
[[nodiscard]] Result<Identity> unseal_identity(const KeyFile& file, BytesView data_key);

}  // namespace lianxin::client::store
