#pragma once
// The connections of a store: one that writes, lent to one writer after another, and idle ones that read.
// Private to `sync/server/store`.
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "sync/server/store/lists.hpp"
#include "sync/server/store/sql/statement.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server::store {

class SqlSession;

/// Thread-safe. Lives longer than the sessions it gives.
class SqlPool {
 public:
  using Open = std::function<Result<std::unique_ptr<SqlConnection>>()>;
  SqlPool(Open open_reader, Open open_writer, std::filesystem::path folder_of_lists)
      : open_reader_(std::move(open_reader)),
        open_writer_(std::move(open_writer)),
        lists_(std::move(folder_of_lists)) {}

  [[nodiscard]] Result<std::unique_ptr<Reader>> read();
  /// Waits for the writer of this process before it, then for those of others.
  [[nodiscard]] Result<std::unique_ptr<Writer>> write();

 private:
  /// The one writer's turn, given up unless a session has taken it over: also when something is thrown.
  struct GiveUp {
    void operator()(SqlPool* pool) const { pool->take_back_writer(nullptr); }
  };
  using Turn = std::unique_ptr<SqlPool, GiveUp>;

  [[nodiscard]] Result<std::unique_ptr<SqlSession>> begin(bool writing);
  [[nodiscard]] std::unique_ptr<SqlConnection> idle_reader();
  [[nodiscard]] std::unique_ptr<SqlConnection> only_writer();
  void take_back_reader(std::unique_ptr<SqlConnection> connection);
  void take_back_writer(std::unique_ptr<SqlConnection> connection);

  const Open open_reader_;
  const Open open_writer_;
  Lists lists_;
  std::mutex mutex_;
  std::condition_variable writer_free_;
  bool is_writer_lent_ = false;
  std::unique_ptr<SqlConnection> writer_;  ///< null while on loan, and where the last one was lost
  std::vector<std::unique_ptr<SqlConnection>> readers_;
};

}  // namespace lianxin::sync::server::store
