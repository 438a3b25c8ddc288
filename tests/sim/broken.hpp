#pragma once
// A story ends at the first promise that does not hold.
#include <stdexcept>
#include <string>

#include "shared/base/result.hpp"

namespace lianxin::sim {

/// `what()` = the promise in a few words, and what was found instead.
struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline void require(bool holds, const std::string& promise) {
  if (!holds) throw Broken(promise);
}

inline std::string words_of(const Error& error) {
  std::string out = error.code;
  for (const ErrorArg& arg : error.args)
    out += " " + arg.name + "=" + arg.value;
  return error.detail.empty() ? out : out + " (" + error.detail + ")";
}

/// The value of what may not fail here.
template <class T>
T must(Result<T> result) {
  if (!result.ok()) throw Broken("an error nobody caused: " + words_of(result.error()));
  return std::move(result).value();
}
inline void must(const Status& status) {
  if (!status.ok()) throw Broken("an error nobody caused: " + words_of(status.error()));
}

}  // namespace lianxin::sim
