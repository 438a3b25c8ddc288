#include "client/app/replica_proxy.hpp"

namespace lianxin::client::app {

using sync::laptop::Replica;

/// Runs `call` as a job of the store thread and waits for its answer; what it throws is thrown here. The
/// store thread ends after the net thread (app.cpp), so a job that was taken is done.
template <class F>
auto ReplicaProxy::there(F call) -> decltype(call(std::declval<Replica&>())) {
  using Answer = decltype(call(std::declval<Replica&>()));
  std::packaged_task<Answer()> task([&]() -> Answer {
    const bool open = desk_.store != nullptr && desk_.session == session_;
    return open ? call(desk_.store->replica()) : Answer(fail("sync.cancelled"));
  });
  auto answer = task.get_future();
  if (!desk_.store_thread.post([&task] { task(); })) return fail("sync.cancelled");
  return answer.get();
}

Result<sync::laptop::ExchangeStart> ReplicaProxy::begin_exchange() {
  return there([](Replica& replica) { return replica.begin_exchange(); });
}

Status ReplicaProxy::skip_exchanges(std::uint64_t last) {
  return there([&](Replica& replica) { return replica.skip_exchanges(last); });
}

Result<std::uint64_t> ReplicaProxy::use_number() {
  return there([](Replica& replica) { return replica.use_number(); });
}

Result<bool> ReplicaProxy::stands_at(const sync::laptop::ExchangeStart& start) {
  return there([&](Replica& replica) { return replica.stands_at(start); });
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
                                               const sync::laptop::Asked& asked) {
  return there([&](Replica& replica) { return replica.take(answer, asked); });
}

Status ReplicaProxy::become_new_replica() {
  return there([](Replica& replica) { return replica.become_new_replica(); });
}

Result<std::vector<sync::laptop::ScopeVerdict>> ReplicaProxy::compare(const sync::wire::ExchangeAnswer& last,
                                                                      std::uint64_t number) {
  return there([&](Replica& replica) { return replica.compare(last, number); });
}

Result<std::vector<std::string>> ReplicaProxy::disputes() {
  return there([](Replica& replica) { return replica.disputes(); });
}

Result<bool> ReplicaProxy::wants_exchange() {
  return there([](Replica& replica) { return replica.wants_exchange(); });
}

Result<std::size_t> ReplicaProxy::answer_bytes() {
  return there([](Replica& replica) { return replica.answer_bytes(); });
}

Status ReplicaProxy::remember_answer_bytes(std::size_t bytes) {
  return there([&](Replica& replica) { return replica.remember_answer_bytes(bytes); });
}

Status ReplicaProxy::remember_sync(const std::string& summary_json, bool complete) {
  return there([&](Replica& replica) { return replica.remember_sync(summary_json, complete); });
}

Result<sync::laptop::PictureCall> ReplicaProxy::picture_call() {
  return there([](Replica& replica) { return replica.pictures()->picture_call(); });
}

Result<Bytes> ReplicaProxy::sign_picture(BytesView message) {
  return there([&](Replica& replica) { return replica.pictures()->sign_picture(message); });
}

Result<std::vector<sync::laptop::WantedPicture>> ReplicaProxy::wanted() {
  return there([](Replica& replica) { return replica.pictures()->wanted(); });
}

Result<Bytes> ReplicaProxy::piece(const Hash256& name, std::uint64_t offset, std::size_t bytes_max) {
  return there([&](Replica& replica) { return replica.pictures()->piece(name, offset, bytes_max); });
}

Status ReplicaProxy::note_kept(const Hash256& name) {
  return there([&](Replica& replica) { return replica.pictures()->note_kept(name); });
}

Result<sync::laptop::UnsentPictures> ReplicaProxy::unsent_pictures() {
  return there([](Replica& replica) { return replica.pictures()->unsent_pictures(); });
}

Result<std::uint64_t> ReplicaProxy::settle_pictures() {
  return there([](Replica& replica) { return replica.pictures()->settle_pictures(); });
}

Result<sync::laptop::PictureHere> ReplicaProxy::picture_here(const Hash256& name) {
  return there([&](Replica& replica) { return replica.pictures()->picture_here(name); });
}

Status ReplicaProxy::keep_piece(const sync::wire::PictureName& name, std::uint64_t size, std::uint64_t offset,
                                BytesView content) {
  return there([&](Replica& replica) { return replica.pictures()->keep_piece(name, size, offset, content); });
}

}  // namespace lianxin::client::app
