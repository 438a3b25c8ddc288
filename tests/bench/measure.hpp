#pragma once
// What every measurement here needs.
#include <algorithm>
#include <chrono>
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
