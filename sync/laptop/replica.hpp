#pragma once
// What the laptop's half of the conversation needs from the laptop's store (implemented by client/store).
// Called from one thread.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "sync/change/change.hpp"
#include "sync/laptop/clock_span.hpp"
#include "sync/laptop/picture_store.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::laptop {

/// Where the laptop's server is and how it is recognised.
struct ServerAddress {
  std::string url;          ///< https://host:port
  std::string key_pins;     ///< curl form "sha256//...;sha256//..." (now; next)
  std::string certificate;  ///< PEM of the county's own CA, "" = not known (pin alone)
  Id server;
  Bytes sign_key;
  Bytes seal_key;
};

/// What an exchange starts from.
struct ExchangeStart {
  ServerAddress address;
  Id device;
  std::uint64_t epoch = 0;
  std::uint64_t number = 0;  ///< next exchange number; already used up durably when this returns (5.1)
  std::uint16_t catalogue = 0;
  change::ChainEnd own;            ///< end of the own chain
  std::uint64_t acknowledged = 0;  ///< own counter the server is known to keep
  std::vector<wire::Cursor> cursors;
  std::optional<wire::Verdict> verdict;
  /// Speaks for a replica this laptop no longer writes under (7.2): its answer brings no feeds, and another
  /// exchange follows.
  bool earlier_replica = false;
  std::vector<wire::Part> parts;      ///< go along where the server speaks protocol 2
  std::vector<wire::HeldScope> held;  ///< as the server told it last
  bool each_digest = false;           ///< the last comparison by one sum was unequal
};

/// Own changes from a counter on.
struct Outgoing {
  std::uint64_t first = 0;
  Hash256 previous;
  std::vector<wire::PackedChange> changes;
  bool more = false;
  std::vector<wire::Part> parts;  ///< what goes with these changes
};

/// Cost shown before a sync starts.
struct OutgoingCost {
  std::uint64_t changes = 0;
  std::uint64_t bytes = 0;    ///< about, packed
  std::uint64_t brought = 0;  ///< of colleagues' files, shown here, and not come from the county yet
};

/// The exchange that an answer belongs to.
struct Asked {
  std::uint64_t number = 0;
  std::optional<ClockSpan> under_way;  ///< nullopt = it was asked and answered just now
};

/// What applying one answer did.
struct Taken {
  std::uint64_t received = 0;  ///< entries and rows that were new
  std::uint64_t acknowledged = 0;
  std::uint64_t quarantined = 0;
  std::uint64_t evicted = 0;
  std::uint64_t repaired = 0;  ///< records whose base was not the server's and is now (sync.md 9)
  WallMs clock_offset_ms = 0;  ///< laptop minus server, as it is taken to be now
};

/// One line of the receipt (sync.md 9): both sides of one scope.
struct ScopeVerdict {
  Id scope;
  std::string code;  ///< "" = the shelf
  std::uint64_t records = 0;
  std::string digest;  ///< hex, combined over the classes held, ours
  std::string server_digest;
  bool equal = false;
};

class Replica {
 public:
  virtual ~Replica() = default;
  [[nodiscard]] virtual Result<ExchangeStart> begin_exchange() = 0;
  /// The server has had exchanges of this device up to number `last` (another copy of this laptop, or a disk
  /// put back): the next one is above it, durably.
  [[nodiscard]] virtual Status skip_exchanges(std::uint64_t last) = 0;
  /// The next exchange number, used up durably when this returns.
  [[nodiscard]] virtual Result<std::uint64_t> use_number() = 0;
  /// An exchange that began here and now would tell the same epoch, scopes, cursors and replica.
  [[nodiscard]] virtual Result<bool> stands_at(const ExchangeStart& start) = 0;
  [[nodiscard]] virtual Result<OutgoingCost> outgoing_cost() = 0;
  /// At most `bytes_max` of encoded changes, never splitting an action (5.4); at least one action.
  [[nodiscard]] virtual Result<Outgoing> outgoing(std::uint64_t from_counter, std::size_t bytes_max) = 0;
  /// Signature of the device key over `message`.
  [[nodiscard]] virtual Result<Bytes> sign(BytesView message) = 0;
  /// Everything of an answer in one transaction with its cursors (5.3): acknowledgement (its signature is
  /// checked here), grants, returned own changes, pages, evictions, clock offset. Repeating an answer is
  /// harmless.
  [[nodiscard]] virtual Result<Taken> take(const wire::ExchangeAnswer& answer, const Asked& asked) = 0;
  /// Fork or restored copy (7.2): go on as a new replica; changes the server does not have keep their bytes
  /// and stay to be sent.
  [[nodiscard]] virtual Status become_new_replica() = 0;
  /// Compares base digests with the server's of the last answer; stores the verdict for the next hello.
  [[nodiscard]] virtual Result<std::vector<ScopeVerdict>> compare(const wire::ExchangeAnswer& last,
                                                                  std::uint64_t number) = 0;
  /// After `compare`: something is still to be said to the server or asked of it (healing, offers to a
  /// restored server), so another exchange is worth it. Never endless.
  [[nodiscard]] virtual Result<bool> wants_exchange() { return false; }
  /// Pictures of this store; null = it has none.
  [[nodiscard]] virtual PictureStore* pictures() { return nullptr; }
  /// What was remembered of the size of answers (answer_size.hpp); 0 = nothing yet.
  [[nodiscard]] virtual Result<std::size_t> answer_bytes() { return std::size_t{0}; }
  /// Durably.
  [[nodiscard]] virtual Status remember_answer_bytes(std::size_t bytes) {
    (void)bytes;
    return {};
  }
  /// Remembers a finished or broken-off sync for the history on the screen.
  [[nodiscard]] virtual Status remember_sync(const std::string& summary_json, bool complete) = 0;
  /// Names of what waits for a person's decision here, sorted.
  [[nodiscard]] virtual Result<std::vector<std::string>> disputes() = 0;
};

}  // namespace lianxin::sync::laptop
