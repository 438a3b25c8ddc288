#pragma once
// Group commit: requests are verified by several threads, taken by one writer as many to a transaction as are
// waiting, and answered by several threads after the commit. Nothing is held back on purpose: while one
// transaction is made durable the next group gathers by itself. What a step throws ends the requests it was
// about (status 500, logged) and no thread.
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "sync/server/http/http_server.hpp"
#include "sync/server/service/exchange.hpp"

namespace lianxin::sync::server::http {

/// The three steps of sync/server/service/exchange.hpp: `verify` and `answer` are called by several threads
/// at once, `take` by one.
struct ExchangeSteps {
  std::function<Result<Verified>(BytesView)> verify;
  std::function<std::vector<Result<Pushed>>(const std::vector<Verified>&)> take;
  std::function<Result<wire::ExchangeAnswer>(const Verified&, const Pushed&)> answer;
};

struct QueueLimits {
  std::size_t waiting = 256;      ///< requests not answered yet; above: "server.busy", nothing is kept
  std::size_t group = kGroupMax;  ///< requests in one transaction
  std::size_t workers = 4;
};

class ExchangeQueue {
 public:
  ExchangeQueue(ExchangeSteps steps, const QueueLimits& limits, Metrics& metrics);
  ExchangeQueue(const ExchangeQueue&) = delete;
  ExchangeQueue& operator=(const ExchangeQueue&) = delete;
  /// Finishes what was submitted.
  ~ExchangeQueue();

  /// A packed SignedRequest, which took `arriving_ms` to come. Any thread; does not wait.
  void submit(Bytes message, std::int64_t arriving_ms, Reply reply);
  /// Other work that may wait for the store, on the same threads and within the same limit.
  void run(std::function<Response()> work, Reply reply);
  /// Answers everything that was submitted, then ends its threads. Submit nothing after this.
  void stop();

 private:
  /// One of the requests that are not answered yet. Goes after its Reply, so that who stops has sent all.
  struct Leave {
    void operator()(ExchangeQueue* queue) const { queue->leave(); }
  };
  using Place = std::unique_ptr<ExchangeQueue, Leave>;
  struct Asked {
    Place place;
    Reply reply;
    std::int64_t began_ms = 0;
    std::int64_t arriving_ms = 0;  ///< before that
  };
  struct Job {  ///< before the writer
    Asked asked;
    Bytes message;
    std::function<Response()> work;  ///< set: this instead of an exchange
  };
  struct Waiting {  ///< for the writer
    Asked asked;
    Verified verified;
  };
  struct Taken {  ///< after it
    Waiting waiting;
    Pushed pushed;
  };

  void add(Job job);
  void work();
  void write();
  void begin(Job job);
  void take_group(std::vector<Waiting>& group);
  void finish(Taken taken);
  void refuse(Asked asked, const Error& error);
  void leave();

  ExchangeSteps steps_;
  QueueLimits limits_;
  Metrics& metrics_;
  std::mutex mutex_;
  std::condition_variable for_workers_;
  std::condition_variable for_writer_;
  std::condition_variable for_stop_;
  std::deque<Job> begun_;
  std::deque<Waiting> waiting_;
  std::deque<Taken> taken_;
  std::size_t unanswered_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace lianxin::sync::server::http
