#pragma once
// A laptop that follows the reading rules of exchange.hpp to the letter and keeps everything in memory: what
// the real one must do, in a page of code.
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sync/change/change.hpp"
#include "sync/server/service/keys.hpp"
#include "tests/sync/server/service/office.hpp"

namespace lianxin::test {

using Values = std::vector<std::pair<std::string, std::optional<std::string>>>;

class FakeLaptop {
 public:
  using FeedId = std::pair<Id, std::uint8_t>;
  struct Base {
    std::map<Id, merge::RecordState> records;
    std::optional<std::uint64_t> cursor;
  };

  /// A device of the worker, enrolled.
  FakeLaptop(Office& office, const Id& worker);

  /// Writes fields ("name", or "name:element") of one class as a change; `seen` as this laptop shows the
  /// record now.
  ChangeId put(std::string_view kind, const Id& record, const Id& scope, const Values& values,
               const Id& parent = {});
  /// A new member of a village.
  Id member(const std::string& name, const std::string& village);
  /// Changes of the same action as the last `put`.
  void same_action() { keep_action_ = true; }

  /// What would be sent now.
  [[nodiscard]] wire::ExchangeRequest request();
  [[nodiscard]] Bytes packed(const wire::ExchangeRequest& request) const;
  [[nodiscard]] server::Verified verified(const wire::ExchangeRequest& request) const {
    return {device, request};
  }
  /// One exchange, applied.
  wire::ExchangeAnswer exchange();
  /// An answer of the server, or the test fails.
  [[nodiscard]] wire::ExchangeAnswer send(const wire::ExchangeRequest& request);
  void take(const wire::ExchangeAnswer& answer);
  /// Exchanges until both sides are done; then every digest must be equal.
  int sync();
  void check_digests(const wire::ExchangeAnswer& answer) const;

  [[nodiscard]] std::string shown(const Id& record, const std::string& field,
                                  const std::string& element = {}) const;
  [[nodiscard]] bool has(const Id& record) const;
  /// Everything it holds of a record, own unsent changes included.
  [[nodiscard]] merge::RecordState state(const Id& record) const;

  Office& office;
  Id worker;
  Id device;
  server::KeyPair keys;
  change::ChainEnd end;
  std::vector<change::Change> log;  ///< own changes, by counter
  std::uint64_t acknowledged = 0;
  std::uint64_t passed = 0;  ///< own changes up to here are in the base
  std::uint64_t number = 0;
  std::uint64_t epoch = 0;
  std::uint32_t answer_bytes = 0;
  std::size_t batch = 1000;
  std::uint64_t send_from = 0;
  WallMs clock_error = 0;
  std::map<FeedId, Base> bases;
  std::vector<wire::ChangeOutcome> outcomes;
  int dropped = 0;  ///< feeds begun anew

 private:
  /// What a feed counts the record with: where another scope's feed tells all of a class that is a view here,
  /// what that tells.
  [[nodiscard]] const merge::RecordState* counted_in(const FeedId& feed, const Id& record) const;
  void take_page(const wire::FeedPage& page);
  void take_entry(Base& base, const wire::FeedPage& page, const wire::FeedEntry& entry);
  bool keep_action_ = false;
};

}  // namespace lianxin::test
