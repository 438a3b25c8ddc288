#pragma once
// What other people wrote, offered to a server that was restored from a backup (sync.md 7.1): nothing
// acknowledged is lost while one laptop has it. One thread.
//
// They are kept in table `offer` until the server has said what it lacks and has taken it; until then no
// record is swept.
#include "client/store/records_impl.hpp"
#include "sync/wire/parts.hpp"

namespace lianxin::client::store {

class Offers {
 public:
  explicit Offers(RecordsImpl& records) : records_(records) {}

  /// Another life of the server has begun: everybody else's changes that are here with their bytes are kept
  /// to be offered, before the feeds begin anew. Inside the caller's transaction.
  [[nodiscard]] Status gather();
  /// How many are still to be offered or asked about.
  [[nodiscard]] Result<std::uint64_t> left();
  /// Content of the part; empty = nothing to offer.
  [[nodiscard]] Result<Bytes> request();
  /// The server's answer to the last request, inside the transaction that takes it.
  [[nodiscard]] Status take(const sync::wire::OfferAnswer& answer);
  /// False when the server did not answer lately (an older one): offering again now would be endless.
  [[nodiscard]] bool is_answered() const { return unanswered_ < 3; }

 private:
  [[nodiscard]] Result<std::vector<sync::wire::IdRun>> to_ask();

  RecordsImpl& records_;
  std::vector<sync::wire::IdRun> asked_;  ///< of which the last request asked whether the server lacks them
  std::vector<ChangeId> offered_;         ///< in the last request
  int unanswered_ = 0;
};

}  // namespace lianxin::client::store
