#pragma once
// A thread that does jobs in order: the store thread and the net thread are two of these. Its edge is here:
// what a job throws is logged and told, and the next job runs.
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace lianxin::client::app {

class WorkerThread {
 public:
  using Job = std::function<void()>;

  /// `on_thrown` is called on this thread after a job that threw; what it throws itself ends the program.
  explicit WorkerThread(Job on_thrown = {});
  WorkerThread(const WorkerThread&) = delete;
  WorkerThread& operator=(const WorkerThread&) = delete;
  /// As stop().
  ~WorkerThread();

  /// From any thread; never waits. False after stop(): the job will not run.
  bool post(Job job);
  /// Runs what was posted before, then ends; further jobs are not taken. From another thread.
  void stop();
  /// True when called by a job of this thread.
  [[nodiscard]] bool is_here() const { return std::this_thread::get_id() == thread_.get_id(); }

 private:
  void run();
  void run(const Job& job) noexcept;

  Job on_thrown_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace lianxin::client::app
