#pragma once
// The server's folder on disk (README "The data folder"): one encrypted store or the address of a database,
// the key, the TLS files. Everything 0600 in a 0700 folder.
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "shared/base/file.hpp"
#include "sync/server/http/certificate.hpp"
#include "sync/server/store/picture_files.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server::admin {

inline constexpr std::size_t kStoreKeyBytes = 32;

/// Within one disk; on disk when it returns. Errors "backup.write" {file}, "file.unwritable".
[[nodiscard]] Status rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);

/// Names inside the folder. Cheap; nothing is opened.
class DataFolder {
 public:
  explicit DataFolder(std::filesystem::path root) : root_(std::move(root)) {}
  [[nodiscard]] const std::filesystem::path& root() const { return root_; }
  [[nodiscard]] std::filesystem::path store() const { return root_ / "server.db"; }
  /// What stands here instead of `store` where the store is a database.
  [[nodiscard]] std::filesystem::path url_file() const { return root_ / "store.url"; }
  [[nodiscard]] std::filesystem::path store_key() const { return root_ / "store.key"; }

  /// Makes the folder; harmless when it is there.
  [[nodiscard]] Status make() const;
  [[nodiscard]] bool has_store() const;
  /// A closed store gets its name, where none stands. A log that one of before left behind its file goes
  /// first: it would be taken for the new one's. Errors of rename_durably.
  [[nodiscard]] Status place_store(const std::filesystem::path& made) const;
  /// Errors "server.not_made"; "server.unreachable" {path, why} where the system does not let us look or
  /// write.
  [[nodiscard]] Status must_have_store() const;
  /// The key beside the store; makes one where there is neither key nor store. Errors "server.not_made",
  /// "server.key" (the key file is missing or damaged).
  [[nodiscard]] Result<Bytes> make_or_read_key() const;
  [[nodiscard]] Result<Bytes> read_key() const;
  [[nodiscard]] Status write_key(BytesView key) const;
  /// Where the store is a database: its address, with whatever password it names. Error "server.store_url"
  /// where the file that says so cannot be read.
  [[nodiscard]] Result<std::optional<std::string>> store_url() const;
  [[nodiscard]] Status write_store_url(const std::string& url) const;
  [[nodiscard]] Status forget_store_url() const;
  /// Error "server.not_made" where `init` has not run, "server.key", or those of the store.
  [[nodiscard]] Result<std::unique_ptr<store::Store>> open_store() const;

  [[nodiscard]] std::filesystem::path pictures() const { return root_ / "pictures"; }
  /// Error "server.key".
  [[nodiscard]] Result<std::unique_ptr<store::PictureFiles>> open_pictures() const;

  /// The certificate of the county's own authority, for browsers to trust.
  [[nodiscard]] std::filesystem::path authority() const;
  [[nodiscard]] Status write_tls(const http::TlsFiles& files) const;
  /// Another one of the same key, whole or not at all.
  [[nodiscard]] Status write_certificate(BytesView certificate) const;
  /// Error "server.tls" {file}.
  [[nodiscard]] Result<http::TlsFiles> read_tls() const;

  /// Held by `serve` for as long as it runs, and by whatever may not happen meanwhile. Error
  /// "server.running".
  [[nodiscard]] Result<FileLock> lock() const;
  /// Where a running server really listens (it may have been given another port than at `init`).
  [[nodiscard]] Status note_serving(const std::string& url) const;
  void forget_serving() const;
  /// The running server's address; nothing when none runs.
  [[nodiscard]] std::optional<std::string> serving_url() const;

 private:
  std::filesystem::path root_;
};

}  // namespace lianxin::sync::server::admin
