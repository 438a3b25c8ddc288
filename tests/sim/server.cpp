#include "tests/sim/server.hpp"

#include "shared/domain/catalogue.hpp"
#include "sync/server/service/purging.hpp"
#include "sync/server/store/lists.hpp"
#include "tests/sim/broken.hpp"
#include "tests/support/server_store.hpp"

namespace lianxin::sim {

namespace fs = std::filesystem;
namespace server = sync::server;

Bytes server_key() { return Bytes(32, 's'); }

void remove_database(const fs::path& file) {
  for (const char* ending : {"", "-wal", "-shm", "-journal"})
    fs::remove(file.string() + ending);
}

namespace {

void copy_pictures(const fs::path& from, const fs::path& to) {
  fs::remove_all(to);
  if (fs::exists(from)) fs::copy(from, to, fs::copy_options::recursive);
}

}  // namespace

Server::Server(fs::path file, const Clock& clock) : file_(std::move(file)), clock_(clock) { open(); }

void Server::open() {
  const domain::Catalogue& catalogue = domain::Catalogue::base();
  store_ = must(test::open_server_store(file_, server_key(), false));
  admin_ = std::make_unique<server::Administration>(
      must(server::Administration::open(*store_, catalogue, clock_)));
  exchange_ = std::make_unique<server::Exchange>(must(server::Exchange::open(*store_, catalogue, clock_)));
  pictures_ = std::make_unique<server::store::PictureFiles>(picture_folder(), server_key());
  exchange_->know_pictures(pictures_.get());
}

Result<sync::wire::PictureAnswer> Server::picture(bool is_put, BytesView message) {
  server::Pictures pictures(*store_, domain::Catalogue::base(), clock_, exchange_->county(), *pictures_);
  return is_put ? pictures.put(message) : pictures.get(message);
}

void Server::remove_pictures(const std::vector<Hash256>& names) {
  for (const Hash256& name : names)
    (void)must(pictures_->remove(name));
}

void Server::sweep_pictures() {
  (void)must(server::sweep_pictures(*store_, domain::Catalogue::base(), *pictures_, 0));
}

std::unique_ptr<server::store::Reader> Server::read() { return must(store_->read()); }

server::Moves Server::moves() {
  return server::Moves(*store_, domain::Catalogue::base(), clock_, exchange_->county());
}

std::vector<server::store::LogRow> Server::own_rows(std::uint64_t after) {
  constexpr std::size_t kAll = 100000;
  return must(read()->changes_of(exchange_->county().replica, after + 1, kAll));
}

std::uint64_t Server::own_counter() {
  const auto row = must(read()->replica(exchange_->county().replica));
  return row ? row->counter : 0;
}

server::Bundles Server::bundles() {
  return must(server::Bundles::open(*store_, domain::Catalogue::base(), clock_));
}

void Server::backup(const fs::path& to) {
  remove_database(to);
  must(store_->backup(to));
  copy_pictures(picture_folder(), to.string() + ".pictures");
}

void Server::restore(const fs::path& from) {
  exchange_.reset();
  admin_.reset();
  store_.reset();
  must(test::put_back(from, file_, server_key()));
  copy_pictures(from.string() + ".pictures", picture_folder());
  store_ = must(test::open_server_store(file_, server_key(), false));
  // What has been purged since the backup lies beside the store and goes before anybody looks (7.1).
  const auto listed = must(server::store::Lists(file_.parent_path()).read());
  (void)must(server::replay_lists(*store_, domain::Catalogue::base(), listed.purges, {}, {}));
  (void)must(server::begin_new_epoch(*store_, clock_));
  store_.reset();
  open();
}

}  // namespace lianxin::sim
