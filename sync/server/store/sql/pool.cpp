#include "sync/server/store/sql/pool.hpp"

#include "sync/server/store/sql/session.hpp"

namespace lianxin::sync::server::store {
namespace {

constexpr std::size_t kIdleReadersMax = 8;

}  // namespace

Result<std::unique_ptr<SqlConnection>> SqlPool::idle_reader() {
  {
    const std::lock_guard guard(mutex_);
    if (!readers_.empty()) {
      auto reader = std::move(readers_.back());
      readers_.pop_back();
      return reader;
    }
  }
  return open_reader_();
}

Result<std::unique_ptr<Reader>> SqlPool::read() {
  LX_TRY(auto connection, idle_reader());
  auto session =
      std::make_unique<SqlSession>(std::move(connection), [this](std::unique_ptr<SqlConnection> back) {
        const std::lock_guard guard(mutex_);
        if (back->is_usable() && readers_.size() < kIdleReadersMax) readers_.push_back(std::move(back));
      });
  LX_DO(session->begin(false));
  return std::unique_ptr<Reader>(std::move(session));
}

Result<std::unique_ptr<Writer>> SqlPool::write() {
  std::unique_ptr<SqlConnection> connection;
  {
    std::unique_lock lock(mutex_);
    writer_free_.wait(lock, [this] { return !is_writer_lent_; });
    is_writer_lent_ = true;
    connection = std::move(writer_);
  }
  if (connection == nullptr) {
    auto opened = open_writer_();
    if (!opened.ok()) {
      take_back_writer(nullptr);
      return std::move(opened).error();
    }
    connection = *std::move(opened);
  }
  auto session = std::make_unique<SqlSession>(
      std::move(connection),
      [this](std::unique_ptr<SqlConnection> back) { take_back_writer(std::move(back)); }, &lists_);
  LX_DO(session->begin(true));
  return std::unique_ptr<Writer>(std::move(session));
}

void SqlPool::take_back_writer(std::unique_ptr<SqlConnection> connection) {
  const std::lock_guard guard(mutex_);
  is_writer_lent_ = false;
  if (connection != nullptr && connection->is_usable()) writer_ = std::move(connection);
  writer_free_.notify_one();
}

}  // namespace lianxin::sync::server::store
