#include "client/store/key_file.hpp"

#include <sodium.h>

#include "client/store/seal.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/sodium_start.hpp"
#include "shared/codec/codec.hpp"

namespace lianxin::client::store {
namespace {

constexpr std::string_view kMagic = "LXKEYS01";
constexpr std::size_t kSumBytes = 32;
constexpr codec::Limits kLimits{kKeyFileBytesMax, 64, 4 * kKeyFileBytesMax};

/// More are told by the county again; a key file has its bounds.
constexpr std::size_t kArrivalScopesMax = 1000;
constexpr codec::Limits kIdentityLimits{kKeyFileBytesMax, kArrivalScopesMax, 4 * kKeyFileBytesMax};

/// What is sealed of an identity.
struct IdentityOnDisk {
  Identity value;
  template <class A>
  void serialize(A& a) {
    a(value.device.octets, value.worker.octets, value.worker_name, value.server.octets, value.server_name);
    a(value.address.url, value.address.key_pins, value.address.certificate, value.address.server.octets,
      value.address.sign_key, value.address.seal_key);
    a(value.sign_public, value.sign_secret, value.seal_public, value.seal_secret, value.machine_mark,
      value.journal_folder);
  }
};

/// And of one the county has not answered yet.
struct ArrivingOnDisk {
  IdentityOnDisk identity;
  Arrival arrival;
  template <class A>
  void serialize(A& a) {
    a(identity, arrival.request, arrival.epoch, arrival.scopes);
  }
};

Bytes plain_identity(const Identity& identity) {
  if (!identity.arrival) return codec::encode(IdentityOnDisk{identity});
  ArrivingOnDisk arriving{{identity}, *identity.arrival};
  if (arriving.arrival.scopes.size() > kArrivalScopesMax) arriving.arrival.scopes.clear();
  return codec::encode(arriving);
}

Result<Identity> read_identity(std::uint16_t version, BytesView plain) {
  if (version == kKeyFileVersion) {
    LX_TRY(IdentityOnDisk read, codec::decode<IdentityOnDisk>(plain, kLimits));
    return std::move(read.value);
  }
  LX_TRY(ArrivingOnDisk read, codec::decode<ArrivingOnDisk>(plain, kIdentityLimits));
  read.identity.value.arrival = std::move(read.arrival);
  return std::move(read.identity.value);
}

Bytes mac_of(BytesView content, BytesView data_key) {
  return Bytes(hash256(content, derive_key(data_key, "key file")).bytes());
}

/// Binds a slot to its file and to the cost written in it.
Bytes slot_context(const Id& vault, const PassphraseSlot& slot) {
  return "lx-slot" + Bytes(vault.bytes()) +
         codec::encode(std::pair<std::uint64_t, std::uint64_t>(slot.passes, slot.mebibytes)) +
         Bytes(reinterpret_cast<const char*>(slot.salt.data()), slot.salt.size());
}

Bytes identity_context(const KeyFile& file) {
  return "lx-identity" + Bytes(file.vault.bytes()) + codec::encode(file.generation);
}

Result<Bytes> stretch(std::string_view passphrase, const PassphraseSlot& slot) {
  start_sodium();
  Bytes key(kKeyBytes, '\0');
  static_assert(std::tuple_size_v<decltype(slot.salt)> == crypto_pwhash_SALTBYTES);
  const int code =
      crypto_pwhash(reinterpret_cast<unsigned char*>(key.data()), key.size(), passphrase.data(),
                    passphrase.size(), slot.salt.data(), slot.passes,
                    static_cast<std::size_t>(slot.mebibytes) * 1024 * 1024, crypto_pwhash_ALG_ARGON2ID13);
  if (code != 0) return fail("store.no_memory", {{"mebibytes", std::to_string(slot.mebibytes)}});
  return key;
}

bool is_bearable(const PassphraseSlot& slot) {
  return slot.passes >= 1 && slot.passes <= kKdfPassesMax && slot.mebibytes >= 1 &&
         slot.mebibytes <= kKdfMebibytesMax;
}

}  // namespace

Bytes encode_key_file(const KeyFile& file, BytesView data_key) {
  Bytes bytes = Bytes(kMagic) + codec::encode(file);
  bytes += mac_of(bytes, data_key);
  bytes += hash256(bytes).bytes();
  return bytes;
}

Result<ReadKeyFile> decode_key_file(Bytes bytes) {
  if (bytes.size() < kMagic.size() + 2 * kSumBytes || bytes.size() > kKeyFileBytesMax)
    return fail("store.key_damaged");
  const BytesView all = bytes;
  if (hash256(all.substr(0, all.size() - kSumBytes)).bytes() != all.substr(all.size() - kSumBytes))
    return fail("store.key_damaged");
  // A sound file with another magic or version was written by a newer program.
  const BytesView content = all.substr(0, all.size() - 2 * kSumBytes);
  if (!content.starts_with(kMagic)) return fail("store.newer", {}, "key file");
  auto file = codec::decode<KeyFile>(content.substr(kMagic.size()), kLimits);
  if (!file.ok()) return fail("store.key_damaged", {}, file.error().code);
  if (file->version != kKeyFileVersion && file->version != kKeyFileArriving)
    return fail("store.newer", {}, "key file");
  return ReadKeyFile{std::move(*file), std::move(bytes)};
}

bool is_genuine(const ReadKeyFile& read, BytesView data_key) {
  const BytesView all = read.bytes;
  const BytesView content = all.substr(0, all.size() - 2 * kSumBytes);
  return mac_of(content, data_key) == all.substr(content.size(), kSumBytes);
}

Result<KeySlot> make_passphrase_slot(const Id& vault, std::string_view passphrase, const KdfCost& cost,
                                     BytesView data_key) {
  PassphraseSlot slot;
  slot.passes = cost.passes;
  slot.mebibytes = cost.mebibytes;
  LX_CHECK(is_bearable(slot), "a cost within the limits");
  start_sodium();
  randombytes_buf(slot.salt.data(), slot.salt.size());
  LX_TRY(Bytes key, stretch(passphrase, slot));
  slot.box = seal(key, slot_context(vault, slot), data_key);
  wipe(key);
  return KeySlot{static_cast<std::uint8_t>(SlotKind::kPassphrase), codec::encode(slot)};
}

Result<Bytes> open_passphrase_slot(const KeyFile& file, std::string_view passphrase) {
  bool has_slot = false;
  for (const KeySlot& one : file.slots) {
    if (one.kind != static_cast<std::uint8_t>(SlotKind::kPassphrase)) continue;
    const auto slot = codec::decode<PassphraseSlot>(one.content, kLimits);
    if (!slot.ok() || !is_bearable(*slot)) continue;
    has_slot = true;
    LX_TRY(Bytes key, stretch(passphrase, *slot));
    auto opened = unseal(key, slot_context(file.vault, *slot), slot->box);
    wipe(key);
    if (opened.ok() && opened->size() == kKeyBytes) return opened;
  }
  return fail(has_slot ? "store.wrong_passphrase" : "store.key_damaged");
}

void seal_identity(KeyFile& file, const Identity& identity, BytesView data_key) {
  file.version = identity.arrival ? kKeyFileArriving : kKeyFileVersion;
  Bytes plain = plain_identity(identity);
  file.identity_box = seal(derive_key(data_key, "identity"), identity_context(file), plain);
  wipe(plain);
}

Result<Identity> unseal_identity(const KeyFile& file, BytesView data_key) {
  auto plain = unseal(derive_key(data_key, "identity"), identity_context(file), file.identity_box);
  if (!plain.ok()) return fail("store.key_damaged");
  auto read = read_identity(file.version, *plain);
  wipe(*plain);
  if (!read.ok()) return fail("store.key_damaged", {}, read.error().code);
  return read;
}

}  // namespace lianxin::client::store
