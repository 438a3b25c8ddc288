#pragma once
// The county's server of a story: the real service over its SQLite store, with backups and restores.
#include <filesystem>
#include <memory>

#include "sync/server/service/administration.hpp"
#include "sync/server/service/bundles.hpp"
#include "sync/server/service/exchange.hpp"
#include "sync/server/service/moves.hpp"
#include "sync/server/service/pictures.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sim {

class Server {
 public:
  /// Opens what lies in `file`. `clock` must outlive it.
  Server(std::filesystem::path file, const Clock& clock);
  [[nodiscard]] Bytes handle(BytesView message) { return exchange_->handle(message); }
  [[nodiscard]] sync::server::store::Store& store() { return *store_; }
  [[nodiscard]] std::unique_ptr<sync::server::store::Reader> read();
  [[nodiscard]] sync::server::Administration& admin() { return *admin_; }
  /// Hand-overs; `clock` and the rest as the server's own.
  [[nodiscard]] sync::server::Moves moves();
  /// Its own chain after a number.
  [[nodiscard]] std::vector<sync::server::store::LogRow> own_rows(std::uint64_t after);
  [[nodiscard]] std::uint64_t own_counter();
  /// Its desk for sticks.
  [[nodiscard]] sync::server::Bundles bundles();
  /// PUT and POST of a picture.
  [[nodiscard]] Result<sync::wire::PictureAnswer> picture(bool is_put, BytesView message);
  [[nodiscard]] bool has_picture(const Hash256& name) const { return pictures_->kept(name).whole; }
  /// As the command does it after a purge.
  void remove_pictures(const std::vector<Hash256>& names);
  /// What no record names goes at once.
  void sweep_pictures();
  [[nodiscard]] std::uint64_t epoch() const { return exchange_->county().epoch; }
  /// A backup as `lianxin-server backup` takes it, pictures beside it.
  void backup(const std::filesystem::path& to);
  /// The machine is lost; what the backup held lives on in the next epoch (sync.md 7.1).
  void restore(const std::filesystem::path& from);

 private:
  void open();
  [[nodiscard]] std::filesystem::path picture_folder() const { return file_.string() + ".pictures"; }
  std::filesystem::path file_;
  const Clock& clock_;
  std::unique_ptr<sync::server::store::Store> store_;
  std::unique_ptr<sync::server::Administration> admin_;
  std::unique_ptr<sync::server::Exchange> exchange_;
  std::unique_ptr<sync::server::store::PictureFiles> pictures_;
};

[[nodiscard]] Bytes server_key();
/// Removes a database with what SQLite keeps beside it.
void remove_database(const std::filesystem::path& file);

}  // namespace lianxin::sim
