#include "sync/server/admin/data_folder.hpp"

#include <array>
#include <cerrno>
#include <unistd.h>
#include <utility>

#include "shared/base/id.hpp"
#include "shared/base/text.hpp"

namespace lianxin::sync::server::admin {
namespace {

constexpr std::uint64_t kSmallFileBytesMax = 64 * 1024;

/// File and the part of TlsFiles it holds.
constexpr std::array<std::pair<const char*, Bytes http::TlsFiles::*>, 4> kTlsFiles = {{
    {"authority.pem", &http::TlsFiles::authority},
    {"authority-key.pem", &http::TlsFiles::authority_key},
    {"certificate.pem", &http::TlsFiles::certificate},
    {"key.pem", &http::TlsFiles::key},
}};

}  // namespace

Status rename_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code why;
  std::filesystem::rename(from, to, why);
  if (why) return fail("backup.write", {{"file", to.string()}}, why.message());
  return sync_folder(to.has_parent_path() ? to.parent_path() : std::filesystem::path("."));
}

Status DataFolder::make() const { return make_private_folder(root_); }

bool DataFolder::has_store() const { return is_there(store()) || is_there(url_file()); }

Status DataFolder::place_store(const std::filesystem::path& made) const {
  for (const char* suffix : {"-wal", "-shm", "-journal"}) {
    std::error_code why;
    const std::filesystem::path left = store().string() + suffix;
    std::filesystem::remove(left, why);
    if (why) return fail("backup.write", {{"file", left.string()}}, why.message());
  }
  return rename_durably(made, store());
}

Status DataFolder::must_have_store() const {
  const auto unreachable = [](const std::filesystem::path& what, int why) {
    return fail("server.unreachable", {{"path", what.string()}, {"why", why_key(why)}});
  };
  std::error_code why;
  const bool is_file = std::filesystem::exists(store(), why);
  if (why) return unreachable(root_, why.value());
  if (!has_store()) return fail("server.not_made");
  for (const std::filesystem::path& needed : {root_, is_file ? store() : url_file(), store_key()}) {
    if (access(needed.c_str(), R_OK | W_OK) != 0 && errno != ENOENT) return unreachable(needed, errno);
  }
  return {};
}

Result<Bytes> DataFolder::read_key() const {
  const auto text = read_file(store_key(), kSmallFileBytesMax);
  if (!text.ok()) return fail("server.key");
  auto key = from_hex(trim(*text));
  if (!key.ok() || key->size() != kStoreKeyBytes) return fail("server.key");
  return key;
}

Status DataFolder::write_key(BytesView key) const { return replace_file(store_key(), to_hex(key) + "\n"); }

Result<Bytes> DataFolder::make_or_read_key() const {
  std::error_code ignored;
  if (has_store() || std::filesystem::exists(store_key(), ignored)) return read_key();
  Bytes key = random_bytes(kStoreKeyBytes);
  LX_DO(write_key(key));
  return key;
}

Result<std::unique_ptr<store::Store>> DataFolder::open_store() const {
  LX_DO(must_have_store());
  LX_TRY(const Bytes key, read_key());
  LX_TRY(const auto url, store_url());
  return url ? store::open_postgres_store(*url, root_, key, false)
             : store::open_sqlite_store(store(), key, false);
}

Result<std::optional<std::string>> DataFolder::store_url() const {
  if (!is_there(url_file())) return std::optional<std::string>();
  const auto text = read_file(url_file(), kSmallFileBytesMax);
  if (!text.ok() || !store::is_postgres_url(*text)) return fail("server.store_url");
  return std::optional(trim(*text));
}

Status DataFolder::write_store_url(const std::string& url) const {
  return replace_file(url_file(), url + "\n");
}

Status DataFolder::forget_store_url() const {
  std::error_code why;
  std::filesystem::remove(url_file(), why);
  if (why) return fail("file.unwritable", {{"path", url_file().string()}, {"why", why_key(why.value())}});
  return sync_folder(root_);
}

std::filesystem::path DataFolder::authority() const { return root_ / kTlsFiles.front().first; }

Status DataFolder::write_tls(const http::TlsFiles& files) const {
  for (const auto& [name, part] : kTlsFiles)
    LX_DO(replace_file(root_ / name, files.*part));
  return {};
}

Status DataFolder::write_certificate(BytesView certificate) const {
  return replace_file(root_ / kTlsFiles[2].first, certificate);
}

Result<std::unique_ptr<store::PictureFiles>> DataFolder::open_pictures() const {
  LX_TRY(const Bytes key, read_key());
  return std::make_unique<store::PictureFiles>(pictures(), key);
}

Result<http::TlsFiles> DataFolder::read_tls() const {
  http::TlsFiles files;
  for (const auto& [name, part] : kTlsFiles) {
    auto content = read_file(root_ / name, kSmallFileBytesMax);
    // The authority's key is needed only to make a certificate; it may be kept elsewhere.
    if (!content.ok() && part != &http::TlsFiles::authority_key) return fail("server.tls", {{"file", name}});
    if (content.ok()) files.*part = std::move(*content);
  }
  return files;
}

Result<FileLock> DataFolder::lock() const {
  auto lock = FileLock::take(root_ / "serve.lock");
  if (!lock.ok() && lock.error().code == "file.in_use") return fail("server.running");
  return lock;
}

Status DataFolder::note_serving(const std::string& url) const { return replace_file(root_ / "serving", url); }

void DataFolder::forget_serving() const {
  std::error_code ignored;
  std::filesystem::remove(root_ / "serving", ignored);
}

std::optional<std::string> DataFolder::serving_url() const {
  if (lock().ok()) return std::nullopt;  // nobody holds it
  auto url = read_file(root_ / "serving", kSmallFileBytesMax);
  if (!url.ok()) return std::nullopt;
  return std::move(*url);
}

}  // namespace lianxin::sync::server::admin
