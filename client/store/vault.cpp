#include "client/store/vault.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <sodium.h>

#include "client/store/key_file.hpp"
#include "client/store/seal.hpp"
#include "shared/base/file.hpp"
#include "shared/base/passphrase.hpp"
#include "shared/base/sodium_start.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::store {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kEnvironmentMebibytesMin = 8;

/// The second copy of the key file, for the day the first is lost or ruined.
fs::path copy_of(const fs::path& key_file) { return key_file.string() + ".1"; }

/// The data key in guarded memory.
class GuardedKey {
 public:
  explicit GuardedKey(BytesView key) {
    start_sodium();
    at_ = static_cast<unsigned char*>(sodium_malloc(kKeyBytes));
    LX_CHECK(at_ != nullptr && key.size() == kKeyBytes, "guarded memory for one key");
    std::copy(key.begin(), key.end(), at_);
    sodium_mprotect_readonly(at_);
  }
  GuardedKey(const GuardedKey&) = delete;
  GuardedKey& operator=(const GuardedKey&) = delete;
  ~GuardedKey() { sodium_free(at_); }
  [[nodiscard]] BytesView view() const { return {reinterpret_cast<const char*>(at_), kKeyBytes}; }

 private:
  unsigned char* at_ = nullptr;
};

Result<ReadKeyFile> read_key_file(const fs::path& path) {
  LX_TRY(Bytes bytes, read_file(path, kKeyFileBytesMax));
  return decode_key_file(std::move(bytes));
}

/// A key file opened with the passphrase.
struct Opened {
  ReadKeyFile read;
  Bytes data_key;
  Identity identity;
};

Result<Opened> open_key_file(const fs::path& path, std::string_view passphrase) {
  LX_TRY(ReadKeyFile read, read_key_file(path));
  LX_TRY(Bytes data_key, open_passphrase_slot(read.file, passphrase));
  if (!is_genuine(read, data_key)) return fail("store.key_damaged", {}, "forged");
  LX_TRY(Identity identity, unseal_identity(read.file, data_key));
  return Opened{std::move(read), std::move(data_key), std::move(identity)};
}

}  // namespace

Status check_passphrase(std::string_view passphrase) {
  return fit_to_choose(passphrase,
                       fail("store.passphrase_short", {{"least", std::to_string(kPassphraseCharactersMin)}}));
}

KdfCost KdfCost::usual() {
  KdfCost cost;
  const char* asked = std::getenv("LIANXIN_KDF_MIB");
  if (asked != nullptr && is_digits(asked) && std::string_view(asked).size() <= 5) {
    const auto mebibytes = static_cast<std::uint64_t>(std::strtoul(asked, nullptr, 10));
    cost.mebibytes = std::clamp(mebibytes, kEnvironmentMebibytesMin, cost.mebibytes);
  }
  return cost;
}

struct Vault::Impl {
  HomePaths home;
  GuardedKey key;
  KeyFile file;
  Bytes on_disk;
  Identity identity;

  Impl(HomePaths paths, Opened opened)
      : home(std::move(paths)),
        key(opened.data_key),
        file(std::move(opened.read.file)),
        on_disk(std::move(opened.read.bytes)),
        identity(std::move(opened.identity)) {
    wipe(opened.data_key);
  }
  ~Impl() {
    wipe(identity.sign_secret);
    wipe(identity.seal_secret);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] Status save(KeyFile next, const Identity& as);
  [[nodiscard]] Status tidy_copy();
};

/// The copy goes first: at every moment one sound file is on the disk, and a key file that is lost later
/// never leaves a copy that knows less, such as only the passphrase before the last.
Status Vault::Impl::save(KeyFile next, const Identity& as) {
  next.generation = file.generation + 1;
  seal_identity(next, as, key.view());
  Bytes bytes = encode_key_file(next, key.view());
  LX_DO(replace_file(copy_of(home.key_file()), bytes));
  if (auto written = replace_file(home.key_file(), bytes); !written.ok()) {
    (void)replace_file(copy_of(home.key_file()), on_disk);  // else the next open does it
    return written;
  }
  file = std::move(next);
  on_disk = std::move(bytes);
  if (&as != &identity) identity = as;
  return {};
}

/// After an open: a copy that says anything else (a save was cut short, it is ruined or gone) is made anew.
Status Vault::Impl::tidy_copy() {
  const auto copy = read_file(copy_of(home.key_file()), kKeyFileBytesMax);
  if (copy.ok() && *copy == on_disk) return {};
  return replace_file(copy_of(home.key_file()), on_disk);
}

Vault::Vault(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Vault::Vault(Vault&&) noexcept = default;
Vault& Vault::operator=(Vault&&) noexcept = default;
Vault::~Vault() = default;

Result<Vault> Vault::create(const HomePaths& home, const Identity& identity, std::string_view passphrase,
                            const KdfCost& cost) {
  LX_DO(check_passphrase(passphrase));
  if (is_there(home.key_file()) || is_there(copy_of(home.key_file())))
    return fail("store.exists", {{"path", home.folder.string()}});
  Opened made;
  made.data_key = random_bytes(kKeyBytes);
  made.identity = identity;
  made.read.file.vault = Id{};
  const Bytes name = random_bytes(made.read.file.vault.octets.size());
  std::copy(name.begin(), name.end(), reinterpret_cast<char*>(made.read.file.vault.octets.data()));
  made.read.file.generation = 1;
  LX_TRY(KeySlot slot, make_passphrase_slot(made.read.file.vault, passphrase, cost, made.data_key));
  made.read.file.slots.push_back(std::move(slot));
  seal_identity(made.read.file, identity, made.data_key);
  made.read.bytes = encode_key_file(made.read.file, made.data_key);
  LX_DO(replace_file(home.key_file(), made.read.bytes));
  LX_DO(replace_file(copy_of(home.key_file()), made.read.bytes));
  return Vault(std::make_unique<Impl>(home, std::move(made)));
}

Result<Vault> Vault::open(const HomePaths& home, std::string_view passphrase) {
  auto first = open_key_file(home.key_file(), passphrase);
  if (first.ok()) {
    auto impl = std::make_unique<Impl>(home, std::move(*first));
    // A full or read-only disk is no reason to refuse the work in it.
    (void)impl->tidy_copy();
    return Vault(std::move(impl));
  }
  const std::string why = first.error().code;
  if (why != "store.key_damaged" && why != "file.missing" && why != "file.too_large" &&
      why != "file.unreadable")
    return std::move(first).error();
  auto copy = open_key_file(copy_of(home.key_file()), passphrase);
  if (!copy.ok()) {
    if (why == "file.missing" && copy.error().code == "file.missing")
      return fail("store.missing", {{"path", home.folder.string()}});
    if (copy.error().code == "file.missing" || copy.error().code == "file.too_large" ||
        copy.error().code == "file.unreadable")
      return fail("store.key_damaged", {}, copy.error().detail);
    return std::move(copy).error();
  }
  auto impl = std::make_unique<Impl>(home, std::move(*copy));
  LX_DO(replace_file(home.key_file(), impl->on_disk));
  return Vault(std::move(impl));
}

Status Vault::change_passphrase(std::string_view old_passphrase, std::string_view next) {
  LX_TRY(Bytes key, open_passphrase_slot(impl_->file, old_passphrase));
  wipe(key);
  LX_DO(check_passphrase(next));
  KeyFile file = impl_->file;
  std::erase_if(file.slots, [](const KeySlot& slot) {
    return slot.kind == static_cast<std::uint8_t>(SlotKind::kPassphrase);
  });
  LX_TRY(KeySlot slot, make_passphrase_slot(file.vault, next, KdfCost::usual(), impl_->key.view()));
  file.slots.insert(file.slots.begin(), std::move(slot));
  return impl_->save(std::move(file), impl_->identity);
}

const Identity& Vault::identity() const { return impl_->identity; }

Status Vault::set_identity(const Identity& identity) { return impl_->save(impl_->file, identity); }

Bytes Vault::data_key() const { return Bytes(impl_->key.view()); }

Bytes Vault::subkey(std::string_view purpose) const { return derive_key(impl_->key.view(), purpose); }

}  // namespace lianxin::client::store
