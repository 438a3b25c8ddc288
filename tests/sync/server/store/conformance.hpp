#pragma once
// The conformance suite of the store: its tests know the interface only, and run once per implementation.
#include <doctest/doctest.h>
#include <memory>
#include <string>
#include <vector>

#include "sync/server/store/store.hpp"
#include "tests/support/process.hpp"

namespace lianxin::test {

namespace store = lianxin::sync::server::store;

/// An empty store of one implementation, in a folder of its own.
struct Fixture {
  std::string name;
  std::unique_ptr<TempFolder> folder;
  std::unique_ptr<store::Store> store;
};
/// One of each implementation that can run here.
[[nodiscard]] std::vector<Fixture> fixtures();

template <class T>
T must(Result<T> result) {
  REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().code + " " + result.error().detail));
  return std::move(result).value();
}
inline void must(const Status& status) {
  REQUIRE_MESSAGE(status.ok(), (status.ok() ? "" : status.error().code + " " + status.error().detail));
}

[[nodiscard]] Id id_of(std::uint8_t last);
/// A kept change of a replica on a record.
[[nodiscard]] store::LogRow log_row(std::uint64_t replica, std::uint64_t counter, const Id& record);
/// An entry about a record.
[[nodiscard]] store::FeedRow feed_row(const Id& record, const ChangeId& change);
[[nodiscard]] Digest128 digest_of(std::uint64_t low);

/// Runs `work` on a writer and commits.
template <class Work>
void write(const Fixture& at, Work work) {
  const auto writer = must(at.store->write());
  work(*writer);
  must(writer->commit());
}

}  // namespace lianxin::test
