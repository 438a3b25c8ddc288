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

/// What a step throws takes its requests with it: their places answer 500 as they go.
template <class Step>
void at_the_edge(const Step& step) {
  try {
    step();
  } catch (...) {
    log_thrown("exchange.threw");
  }
}

}  // namespace

ExchangeQueue::ExchangeQueue(ExchangeSteps steps, const QueueLimits& limits, Metrics& metrics)
    : steps_(std::move(steps)), limits_(limits), metrics_(metrics) {
  threads_.emplace_back([this] { write(); });
  for (std::size_t i = 0; i < limits_.workers; ++i)
    threads_.emplace_back([this] { work(); });
}

ExchangeQueue::~ExchangeQueue() { stop(); }

void ExchangeQueue::submit(Bytes message, std::int64_t arriving_ms, Reply reply) {
  add({{nullptr, std::move(reply), steady_ms(), arriving_ms}, std::move(message), {}});
}

void ExchangeQueue::run(std::function<Response()> work, Reply reply) {
  add({{nullptr, std::move(reply), steady_ms()}, {}, std::move(work)});
}

void ExchangeQueue::add(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && unanswered_ < limits_.waiting) {
      ++unanswered_;
      job.asked.place.reset(this);
      begun_.push_back(std::move(job));
      for_workers_.notify_one();
      return;
    }
  }
  ++metrics_.turned_away;
  job.asked.reply.send(error_response(fail("server.busy")));
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
      at_the_edge([&] { finish(std::move(taken)); });
      lock.lock();
    } else if (!begun_.empty()) {
      Job job = std::move(begun_.front());
      begun_.pop_front();
      lock.unlock();
      at_the_edge([&] { begin(std::move(job)); });
      lock.lock();
    } else {
      return;
    }
  }
}

void ExchangeQueue::begin(Job job) {
  if (job.work) {
    job.asked.reply.send(job.work());
    return;
  }
  Result<Verified> verified = steps_.verify(job.message);
  if (!verified.ok()) {
    refuse(std::move(job.asked), verified.error());
    return;
  }
  Waiting waiting{std::move(job.asked), std::move(*verified)};
  const std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(waiting));
  ++metrics_.queued;
  for_writer_.notify_one();
}

void ExchangeQueue::write() {
  std::vector<Waiting> group;
  group.reserve(limits_.group);
  std::unique_lock lock(mutex_);
  for (;;) {
    for_writer_.wait(lock, [this] { return !waiting_.empty() || (stopping_ && unanswered_ == 0); });
    if (waiting_.empty()) return;
    while (!waiting_.empty() && group.size() < limits_.group) {
      group.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    metrics_.queued -= group.size();
    lock.unlock();
    at_the_edge([&] { take_group(group); });
    group.clear();
    lock.lock();
  }
}

void ExchangeQueue::take_group(std::vector<Waiting>& group) {
  std::vector<Verified> requests;
  requests.reserve(group.size());
  for (Waiting& one : group) {
    one.verified.under_way_ms = steady_ms() - one.asked.began_ms + one.asked.arriving_ms;
    requests.push_back(std::move(one.verified));
  }
  std::vector<Result<Pushed>> results = steps_.take(requests);
  LX_CHECK(results.size() == group.size(), "a result for every request");
  ++metrics_.commits;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (!results[i].ok()) {
      refuse(std::move(group[i].asked), results[i].error());
      continue;
    }
    ++metrics_.exchanges;
    metrics_.changes += requests[i].request.changes.size();
    group[i].verified = std::move(requests[i]);
    Taken taken{std::move(group[i]), std::move(*results[i])};
    const std::lock_guard lock(mutex_);
    taken_.push_back(std::move(taken));
    for_workers_.notify_one();
  }
}

void ExchangeQueue::finish(Taken taken) {
  const auto answer = steps_.answer(taken.waiting.verified, taken.pushed);
  if (!answer.ok()) {
    refuse(std::move(taken.waiting.asked), answer.error());
    return;
  }
  auto made = wire::pack_bounded(*answer);
  if (!made.ok()) {
    refuse(std::move(taken.waiting.asked), made.error());
    return;
  }
  Bytes packed = std::move(*made);
  log_event("exchange", {{"device", taken.waiting.verified.device.text()},
                         {"number", std::to_string(taken.waiting.verified.request.number)},
                         {"changes", std::to_string(taken.waiting.verified.request.changes.size())},
                         {"verdict", std::to_string(static_cast<int>(answer->verdict))},
                         {"pages", std::to_string(answer->pages.size())},
                         {"bytes", std::to_string(packed.size())},
                         {"ms", std::to_string(steady_ms() - taken.waiting.asked.began_ms)}});
  taken.waiting.asked.reply.send(message_response(std::move(packed)));
}

void ExchangeQueue::refuse(Asked asked, const Error& error) {
  ++metrics_.exchanges_failed;
  log_error("exchange.refused", error);
  asked.reply.send(error_response(error));
}

/// Every submitted job ends here, once, however it went.
void ExchangeQueue::leave() {
  const std::lock_guard lock(mutex_);
  if (--unanswered_ == 0 && stopping_) {
    for_stop_.notify_all();
    for_workers_.notify_all();
    for_writer_.notify_all();
  }
}

}  // namespace lianxin::sync::server::http
