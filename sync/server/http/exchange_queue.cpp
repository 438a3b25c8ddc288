#include "sync/server/http/exchange_queue.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <string>

#include "shared/base/log.hpp"
#include "sync/server/http/answers.hpp"
#include "sync/wire/bounded.hpp"

namespace lianxin::sync::server::http {
namespace {

std::int64_t steady_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

ExchangeQueue::ExchangeQueue(ExchangeSteps steps, const QueueLimits& limits, Metrics& metrics)
    : steps_(std::move(steps)), limits_(limits), metrics_(metrics) {
  threads_.emplace_back([this] { write(); });
  for (std::size_t i = 0; i < limits_.workers; ++i)
    threads_.emplace_back([this] { work(); });
}

ExchangeQueue::~ExchangeQueue() { stop(); }

void ExchangeQueue::submit(Bytes message, Reply reply) {
  submit(Job{std::move(message), {}, std::move(reply), steady_ms()});
}

void ExchangeQueue::run(std::function<Response()> work, Reply reply) {
  submit(Job{{}, std::move(work), std::move(reply), steady_ms()});
}

void ExchangeQueue::submit(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && unanswered_ < limits_.waiting) {
      ++unanswered_;
      begun_.push_back(std::move(job));
      for_workers_.notify_one();
      return;
    }
  }
  ++metrics_.turned_away;
  job.reply.send(error_response(fail("server.busy")));
}

void ExchangeQueue::stop() {
  {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    for_stop_.wait(lock, [this] { return unanswered_ == 0; });
  }
  for_workers_.notify_all();
  for_writer_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void ExchangeQueue::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    for_workers_.wait(
        lock, [this] { return !taken_.empty() || !begun_.empty() || (stopping_ && unanswered_ == 0); });
    if (!taken_.empty()) {  // what is durable already comes first
      Taken taken = std::move(taken_.front());
      taken_.pop_front();
      lock.unlock();
      finish(std::move(taken));
      lock.lock();
    } else if (!begun_.empty()) {
      Job job = std::move(begun_.front());
      begun_.pop_front();
      lock.unlock();
      begin(std::move(job));
      lock.lock();
    } else {
      return;
    }
  }
}

void ExchangeQueue::begin(Job job) {
  if (job.work) {
    give(std::move(job.reply), job.work());
    return;
  }
  Result<Verified> verified = steps_.verify(job.message);
  if (!verified.ok()) {
    refuse(std::move(job.reply), verified.error());
    return;
  }
  const std::lock_guard lock(mutex_);
  waiting_.push_back({std::move(*verified), std::move(job.reply), job.began_ms});
  ++metrics_.queued;
  for_writer_.notify_one();
}

void ExchangeQueue::write() {
  std::unique_lock lock(mutex_);
  for (;;) {
    for_writer_.wait(lock, [this] { return !waiting_.empty() || (stopping_ && unanswered_ == 0); });
    if (waiting_.empty()) return;
    std::vector<Waiting> group;
    while (!waiting_.empty() && group.size() < limits_.group) {
      group.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    metrics_.queued -= group.size();
    lock.unlock();
    take_group(std::move(group));
    lock.lock();
  }
}

void ExchangeQueue::take_group(std::vector<Waiting> group) {
  std::vector<Verified> requests;
  requests.reserve(group.size());
  for (Waiting& one : group)
    requests.push_back(std::move(one.verified));
  std::vector<Result<Pushed>> results = steps_.take(requests);
  LX_CHECK(results.size() == group.size(), "a result for every request");
  ++metrics_.commits;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (!results[i].ok()) {
      refuse(std::move(group[i].reply), results[i].error());
      continue;
    }
    ++metrics_.exchanges;
    metrics_.changes += requests[i].request.changes.size();
    group[i].verified = std::move(requests[i]);
    const std::lock_guard lock(mutex_);
    taken_.push_back({std::move(group[i]), std::move(*results[i])});
    for_workers_.notify_one();
  }
}

void ExchangeQueue::finish(Taken taken) {
  const auto answer = steps_.answer(taken.waiting.verified, taken.pushed);
  if (!answer.ok()) {
    refuse(std::move(taken.waiting.reply), answer.error());
    return;
  }
  auto made = wire::pack_bounded(*answer);
  if (!made.ok()) {
    refuse(std::move(taken.waiting.reply), made.error());
    return;
  }
  Bytes packed = std::move(*made);
  log_event("exchange", {{"device", taken.waiting.verified.device.text()},
                         {"number", std::to_string(taken.waiting.verified.request.number)},
                         {"changes", std::to_string(taken.waiting.verified.request.changes.size())},
                         {"verdict", std::to_string(static_cast<int>(answer->verdict))},
                         {"pages", std::to_string(answer->pages.size())},
                         {"bytes", std::to_string(packed.size())},
                         {"ms", std::to_string(steady_ms() - taken.waiting.began_ms)}});
  give(std::move(taken.waiting.reply), message_response(std::move(packed)));
}

void ExchangeQueue::refuse(Reply reply, const Error& error) {
  ++metrics_.exchanges_failed;
  log_error("exchange.refused", error);
  give(std::move(reply), error_response(error));
}

/// Every submitted job ends here, once.
void ExchangeQueue::give(Reply reply, Response response) {
  reply.send(std::move(response));
  const std::lock_guard lock(mutex_);
  if (--unanswered_ == 0 && stopping_) {
    for_stop_.notify_all();
    for_workers_.notify_all();
    for_writer_.notify_all();
  }
}

}  // namespace lianxin::sync::server::http
