#include "client/app/worker_thread.hpp"

#include <utility>

#include "shared/base/log.hpp"

namespace lianxin::client::app {

WorkerThread::WorkerThread(Job on_thrown) : on_thrown_(std::move(on_thrown)) {
  thread_ = std::thread([this] { run(); });
}

WorkerThread::~WorkerThread() { stop(); }

bool WorkerThread::post(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return false;
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

void WorkerThread::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void WorkerThread::run() {
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    run(job);
  }
}

void WorkerThread::run(const Job& job) noexcept {
  try {
    job();
  } catch (...) {
    log_thrown("thread.threw");
    if (on_thrown_) on_thrown_();
  }
}

}  // namespace lianxin::client::app
