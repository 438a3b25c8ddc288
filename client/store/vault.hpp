#pragma once
// The key file: a fixed 32-byte data key wrapped in slots, and the sealed identity (design.md 7). A
// change of passphrase rewrites this small file only; the database keeps its key.
#include <filesystem>
#include <memory>
#include <string_view>

#include "client/store/home.hpp"
#include "client/store/identity.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::store {

/// Whether a passphrase may be chosen now. Errors "store.passphrase_short" {least}, "passphrase.long" {most}.
[[nodiscard]] Status check_passphrase(std::string_view passphrase);

/// Cost of trying one passphrase (argon2id). Stored in the slot, so later programs may ask for more.
struct KdfCost {
  std::uint64_t passes = 3;
  std::uint64_t mebibytes = 256;
  /// The program's own; LIANXIN_KDF_MIB (at least 8) lowers the memory for test stores and very old laptops.
  [[nodiscard]] static KdfCost usual();
};

/// An open key file. The data key stays in guarded memory and is wiped by the destructor. One thread.
class Vault {
 public:
  Vault(Vault&&) noexcept;
  Vault& operator=(Vault&&) noexcept;
  ~Vault();

  /// Never over an existing file ("store.exists"); those of check_passphrase; "file.unwritable".
  [[nodiscard]] static Result<Vault> create(const HomePaths& home, const Identity& identity,
                                            std::string_view passphrase, const KdfCost& cost);
  /// "store.missing", "store.wrong_passphrase", "store.key_damaged" (neither the file nor its copy could be
  /// read).
  [[nodiscard]] static Result<Vault> open(const HomePaths& home, std::string_view passphrase);

  /// "store.wrong_passphrase", those of check_passphrase.
  [[nodiscard]] Status change_passphrase(std::string_view old_passphrase, std::string_view next);
  [[nodiscard]] const Identity& identity() const;
  /// Seals and saves it.
  [[nodiscard]] Status set_identity(const Identity& identity);
  /// Key of the database.
  [[nodiscard]] Bytes data_key() const;
  /// A key derived for one purpose ("journal", "head"): 32 bytes.
  [[nodiscard]] Bytes subkey(std::string_view purpose) const;

 private:
  struct Impl;
  explicit Vault(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace lianxin::client::store
