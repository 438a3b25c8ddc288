#pragma once
// One file that holds everything a lost machine takes with it: the store (encrypted as it lies on the disk),
// its key and the TLS files, these sealed with the administrator's passphrase (argon2id, XSalsa20-Poly1305).
//
//   "LXSB" | version 2 | suite 1 | salt 16 | nonce 24 | sealed length 4 (little-endian) | sealed | store
//          | pictures
//   sealed   = store key 32 | BLAKE2b-256 of the store 32 | length of the store 8
//            | BLAKE2b-256 of the pictures' names 32 | four times (length 4, PEM)
//   pictures = as many as there are: SHA-256 32 | length 4 | the file as it lies on the disk
//              (length 0: gone meanwhile)
// Version 1 has no pictures: its store goes to the end, and neither that length nor the names are sealed.
#include <filesystem>
#include <string>

#include "sync/server/http/certificate.hpp"
#include "sync/server/store/picture_files.hpp"

namespace lianxin::sync::server::admin {

struct BackupSecrets {
  Bytes store_key;
  http::TlsFiles tls;
};

/// Writes `store` (a file of its own that nobody writes to) and the secrets into a new file, on disk when it
/// returns; a half written one is removed. Errors "backup.exists" {file}, "backup.write" {file}.
[[nodiscard]] Status write_backup(const std::filesystem::path& target, const std::filesystem::path& store,
                                  const BackupSecrets& secrets, const std::string& passphrase,
                                  const store::PictureFiles* pictures = nullptr);

/// Writes the store of a backup to `store` (which must not exist) and its pictures into a folder ("" = only
/// checks them), and returns the secrets. Errors "backup.read" {file}, "backup.none" {file} (no backup of
/// ours), "backup.newer" {file}, "backup.passphrase", "backup.damaged" {file} (cut or changed: `store` is
/// removed again).
[[nodiscard]] Result<BackupSecrets> read_backup(const std::filesystem::path& source,
                                                const std::filesystem::path& store,
                                                const std::string& passphrase,
                                                const std::filesystem::path& pictures = {});

}  // namespace lianxin::sync::server::admin
