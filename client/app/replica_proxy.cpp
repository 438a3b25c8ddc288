#include "client/app/replica_proxy.hpp"

namespace lianxin::client::app {

using sync::laptop::Replica;

/// Runs `call` as a job of the store thread and waits for its answer. The store thread ends after the net
/// thread (app.cpp), so a job that was taken is done.
template <class F>
auto ReplicaProxy::there(F call) -> decltype(call(std::declval<Replica&>())) {
  using Answer = decltype(call(std::declval<Replica&>()));
  std::promise<Answer> promise;
  auto answer = promise.get_future();
  const bool taken = desk_.store_thread.post([&] {
    const bool open = desk_.store != nullptr && desk_.session == session_;
    promise.set_value(open ? call(desk_.store->replica()) : Answer(fail("sync.cancelled")));
  });
  if (!taken) return fail("sync.cancelled");
  return answer.get();
}

Result<sync::laptop::ExchangeStart> ReplicaProxy::begin_exchange() {
  return there([](Replica& replica) { return replica.begin_exchange(); });
}

Status ReplicaProxy::skip_exchanges(std::uint64_t last) {
  return there([&](Replica& replica) { return replica.skip_exchanges(last); });
}

Result<sync::laptop::OutgoingCost> ReplicaProxy::outgoing_cost() {
  return there([](Replica& replica) { return replica.outgoing_cost(); });
}

Result<sync::laptop::Outgoing> ReplicaProxy::outgoing(std::uint64_t from_counter, std::size_t bytes_max) {
  return there([&](Replica& replica) { return replica.outgoing(from_counter, bytes_max); });
}

Result<Bytes> ReplicaProxy::sign(BytesView message) {
  return there([&](Replica& replica) { return replica.sign(message); });
}

Result<sync::laptop::Taken> ReplicaProxy::take(const sync::wire::ExchangeAnswer& answer,
                                               std::uint64_t number) {
  return there([&](Replica& replica) { return replica.take(answer, number); });
}

Status ReplicaProxy::become_new_replica() {
  return there([](Replica& replica) { return replica.become_new_replica(); });
}

Result<std::vector<sync::laptop::ScopeVerdict>> ReplicaProxy::compare(const sync::wire::ExchangeAnswer& last,
                                                                      std::uint64_t number) {
  return there([&](Replica& replica) { return replica.compare(last, number); });
}

Result<bool> ReplicaProxy::wants_exchange() {
  return there([](Replica& replica) { return replica.wants_exchange(); });
}

Status ReplicaProxy::remember_sync(const std::string& summary_json, bool complete) {
  return there([&](Replica& replica) { return replica.remember_sync(summary_json, complete); });
}

}  // namespace lianxin::client::app
