#include "sync/server/store/sql/pool.hpp"

#include "sync/server/store/sql/session.hpp"

namespace lianxin::sync::server::store {
namespace {

constexpr std::size_t kIdleReadersMax = 8;

}  // namespace

std::unique_ptr<SqlConnection> SqlPool::idle_reader() {
  const std::lock_guard guard(mutex_);
  if (readers_.empty()) return nullptr;
  auto reader = std::move(readers_.back());
  readers_.pop_back();
  return reader;
}

void SqlPool::take_back_reader(std::unique_ptr<SqlConnection> connection) {
  const std::lock_guard guard(mutex_);
  if (!connection->is_lost() && readers_.size() < kIdleReadersMax) readers_.push_back(std::move(connection));
}

std::unique_ptr<SqlConnection> SqlPool::only_writer() {
  std::unique_lock lock(mutex_);
  writer_free_.wait(lock, [this] { return !is_writer_lent_; });
  is_writer_lent_ = true;
  return std::move(writer_);
}

void SqlPool::take_back_writer(std::unique_ptr<SqlConnection> connection) {
  const std::lock_guard guard(mutex_);
  is_writer_lent_ = false;
  if (connection != nullptr && !connection->is_lost()) writer_ = std::move(connection);
  writer_free_.notify_one();
}

/// One that was kept may have been lost while it lay idle: then a new one is opened, and what that says
/// holds.
Result<std::unique_ptr<SqlSession>> SqlPool::begin(bool writing) {
  for (;;) {
    auto connection = writing ? only_writer() : idle_reader();
    Turn turn(writing ? this : nullptr);
    const bool is_new = connection == nullptr;
    if (is_new) {
      LX_TRY(connection, writing ? open_writer_() : open_reader_());
    }
    const SqlConnection& lent = *connection;
    const auto give_back = [this, writing](std::unique_ptr<SqlConnection> back) {
      writing ? take_back_writer(std::move(back)) : take_back_reader(std::move(back));
    };
    auto session =
        std::make_unique<SqlSession>(std::move(connection), give_back, writing ? &lists_ : nullptr);
    (void)turn.release();  // the session's now
    Status begun = session->begin(writing);
    if (begun.ok()) return session;
    if (is_new || !lent.is_lost()) return std::move(begun).error();
  }
}

Result<std::unique_ptr<Reader>> SqlPool::read() {
  LX_TRY(auto session, begin(false));
  return std::unique_ptr<Reader>(std::move(session));
}

Result<std::unique_ptr<Writer>> SqlPool::write() {
  LX_TRY(auto session, begin(true));
  return std::unique_ptr<Writer>(std::move(session));
}

}  // namespace lianxin::sync::server::store
