#pragma once
// The store's half of a sync as the net thread sees it: every call is a job of the store thread, so the store
// keeps its one thread and the person's commands run in between.
#include <future>

#include "client/app/desk.hpp"
#include "sync/laptop/replica.hpp"

namespace lianxin::client::app {

/// Used on the net thread. After the store was locked every call ends with "sync.cancelled".
class ReplicaProxy final : public sync::laptop::Replica, public sync::laptop::PictureStore {
 public:
  ReplicaProxy(Desk& desk, std::uint64_t session) : desk_(desk), session_(session) {}

  [[nodiscard]] Result<sync::laptop::ExchangeStart> begin_exchange() override;
  [[nodiscard]] Status skip_exchanges(std::uint64_t last) override;
  [[nodiscard]] Result<std::uint64_t> use_number() override;
  [[nodiscard]] Result<bool> stands_at(const sync::laptop::ExchangeStart& start) override;
  [[nodiscard]] Result<sync::laptop::OutgoingCost> outgoing_cost() override;
  [[nodiscard]] Result<sync::laptop::Outgoing> outgoing(std::uint64_t from_counter,
                                                        std::size_t bytes_max) override;
  [[nodiscard]] Result<Bytes> sign(BytesView message) override;
  [[nodiscard]] Result<sync::laptop::Taken> take(const sync::wire::ExchangeAnswer& answer,
                                                 const sync::laptop::Asked& asked) override;
  [[nodiscard]] Status become_new_replica() override;
  [[nodiscard]] Result<std::vector<sync::laptop::ScopeVerdict>> compare(
      const sync::wire::ExchangeAnswer& last, std::uint64_t number) override;
  [[nodiscard]] Result<std::vector<std::string>> disputes() override;
  [[nodiscard]] Result<bool> wants_exchange() override;
  [[nodiscard]] Result<std::size_t> answer_bytes() override;
  [[nodiscard]] Status remember_answer_bytes(std::size_t bytes) override;
  [[nodiscard]] Status remember_sync(const std::string& summary_json, bool complete) override;

  [[nodiscard]] sync::laptop::PictureStore* pictures() override { return this; }
  [[nodiscard]] Result<sync::laptop::PictureCall> picture_call() override;
  [[nodiscard]] Result<Bytes> sign_picture(BytesView message) override;
  [[nodiscard]] Result<std::vector<sync::laptop::WantedPicture>> wanted() override;
  [[nodiscard]] Result<Bytes> piece(const Hash256& name, std::uint64_t offset,
                                    std::size_t bytes_max) override;
  [[nodiscard]] Status note_kept(const Hash256& name) override;
  [[nodiscard]] Result<sync::laptop::UnsentPictures> unsent_pictures() override;
  [[nodiscard]] Result<std::uint64_t> settle_pictures() override;
  [[nodiscard]] Result<sync::laptop::PictureHere> picture_here(const Hash256& name) override;
  [[nodiscard]] Status keep_piece(const sync::wire::PictureName& name, std::uint64_t size,
                                  std::uint64_t offset, BytesView content) override;

 private:
  template <class F>
  auto there(F call) -> decltype(call(std::declval<sync::laptop::Replica&>()));

  Desk& desk_;
  std::uint64_t session_;
};

}  // namespace lianxin::client::app
