#pragma once
// What every measurement here needs.
#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "shared/base/result.hpp"

namespace lianxin::bench {

/// Called once per figure.
using Report = std::function<void(const std::string& name, double value, const std::string& unit)>;

[[nodiscard]] inline double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Seconds of the processor: CLOCK_THREAD_CPUTIME_ID or CLOCK_PROCESS_CPUTIME_ID.
[[nodiscard]] inline double processor_seconds(clockid_t of) {
  constexpr double kNano = 1e-9;
  timespec now{};
  clock_gettime(of, &now);
  return static_cast<double>(now.tv_sec) + kNano * static_cast<double>(now.tv_nsec);
}

/// Processor time of this thread beside the time on the wall: the former hardly minds who else is working.
struct Spent {
  double seconds = 0;
  double processor = 0;
};
[[nodiscard]] inline Spent spent_on(const std::function<void()>& work) {
  Spent spent;
  const double before = processor_seconds(CLOCK_THREAD_CPUTIME_ID);
  spent.seconds = seconds_of(work);
  spent.processor = processor_seconds(CLOCK_THREAD_CPUTIME_ID) - before;
  return spent;
}

/// The peak counts from here.
inline void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }
/// Of this process: "VmHWM:" its greatest resident size so far, "VmRSS:" the present one.
[[nodiscard]] inline double resident_megabytes(const std::string& word) {
  constexpr double kKilobytesPerMegabyte = 1024;
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with(word)) return std::stod(line.substr(word.size())) / kKilobytesPerMegabyte;
  }
  return 0;
}

/// A benchmark that meets an error is over: std::runtime_error with the code.
inline void must(const Status& status) {
  if (!status.ok()) throw std::runtime_error(status.error().code + " " + status.error().detail);
}

template <class T>
[[nodiscard]] T must(Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.error().code + " " + result.error().detail);
  return *std::move(result);
}

[[nodiscard]] inline double percentile(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

}  // namespace lianxin::bench
