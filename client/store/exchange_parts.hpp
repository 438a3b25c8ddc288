#pragma once
// The parts of an exchange (tags 1 to 4, sync/wire/parts.hpp) from the laptop's side. One object per store;
// one thread.
#include <vector>

#include "client/store/feed_writer.hpp"
#include "client/store/healing.hpp"
#include "client/store/records_impl.hpp"
#include "sync/laptop/replica.hpp"

namespace lianxin::client::store {

class ExchangeParts {
 public:
  explicit ExchangeParts(RecordsImpl& records) : records_(records), healing_(records) {}

  /// For the next request.
  [[nodiscard]] Result<std::vector<sync::wire::Part>> request();
  /// Inside the transaction of the answer, after its pages were taken.
  [[nodiscard]] Status take(const sync::wire::ExchangeAnswer& answer, FeedWriter& feeds,
                            sync::laptop::Taken& taken);
  [[nodiscard]] Healing& healing() { return healing_; }
  /// Another exchange is worth it.
  [[nodiscard]] Result<bool> wants_exchange();

 private:
  RecordsImpl& records_;
  Healing healing_;
};

}  // namespace lianxin::client::store
