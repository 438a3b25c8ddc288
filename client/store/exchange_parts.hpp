#pragma once
// The parts of an exchange (tags 1 to 5, sync/wire/parts.hpp; 6 and 7, purge_proofs.hpp) from the laptop's
// side. One object per store; one thread.
#include <utility>
#include <vector>

#include "client/store/feed_writer.hpp"
#include "client/store/healing.hpp"
#include "client/store/offers.hpp"
#include "client/store/records_impl.hpp"
#include "sync/laptop/replica.hpp"
#include "sync/wire/purge_proofs.hpp"

namespace lianxin::client::store {

class ExchangeParts {
 public:
  explicit ExchangeParts(RecordsImpl& records) : records_(records), healing_(records), offers_(records) {}

  /// For the next request.
  [[nodiscard]] Result<std::vector<sync::wire::Part>> request();
  /// Inside the transaction of the answer, before its pages.
  [[nodiscard]] Status take_first(const sync::wire::ExchangeAnswer& answer);
  /// Inside the transaction of the answer, after its pages were taken.
  [[nodiscard]] Status take(const sync::wire::ExchangeAnswer& answer, FeedWriter& feeds,
                            sync::laptop::Taken& taken);
  [[nodiscard]] Healing& healing() { return healing_; }
  [[nodiscard]] Offers& offers() { return offers_; }
  /// Values were purged since this was last asked: database log and journal are to be emptied of them.
  [[nodiscard]] bool take_purged() { return std::exchange(purged_, false); }
  /// Another exchange is worth it.
  [[nodiscard]] Result<bool> wants_exchange();

 private:
  RecordsImpl& records_;
  Healing healing_;
  Offers offers_;
  sync::wire::ProvenPurges shown_;  ///< in the last request
  int unseen_ = 0;                  ///< requests in a row whose shown purges nobody answered
  bool purged_ = false;
};

}  // namespace lianxin::client::store
