#pragma once
// A sync from the laptop's side: exchanges until both sides are done, then the receipt (design.md 6, sync.md
// 5, 9).
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "sync/laptop/answer_size.hpp"
#include "sync/laptop/replica.hpp"
#include "sync/laptop/transport.hpp"

namespace lianxin::sync::laptop {

struct SyncProgress {
  enum class Phase : std::uint8_t { kConnecting, kExchanging, kComparing, kPictures, kDone };
  Phase phase = Phase::kConnecting;
  std::uint64_t changes_sent = 0;
  std::uint64_t changes_to_send = 0;
  std::uint64_t received = 0;
  std::uint64_t bytes_up = 0;
  std::uint64_t bytes_down = 0;
  int round_trips = 0;
  std::uint64_t brought_unsent =
      0;  ///< from colleagues' files, not come from the county yet: not complete then
  std::uint64_t pictures_sent = 0;
  std::uint64_t pictures_to_send = 0;
};

/// What the person is shown at the end; "complete" is said only when it is true (P3).
struct Receipt {
  bool complete = false;  ///< nothing only here or not come back yet, pictures neither, and every scope equal
  std::uint64_t sent = 0;
  std::uint64_t received = 0;
  std::uint64_t round_trips = 0;
  std::uint64_t bytes_up = 0;
  std::uint64_t bytes_down = 0;
  std::uint64_t quarantined = 0;
  std::uint64_t conflicts = 0;  ///< in dispute at the end, and not at the beginning
  std::uint64_t evicted = 0;
  std::uint64_t repaired = 0;  ///< records put right after an unequal comparison
  std::uint64_t brought_unsent =
      0;  ///< from colleagues' files, not come from the county yet: not complete then
  std::uint64_t pictures_sent = 0;
  std::uint64_t pictures_unsent = 0;  ///< only here still: not complete then
  std::string pictures_problem;       ///< code of what kept them here; "" = an older server, or nothing did
  std::int64_t clock_offset_ms = 0;
  WallMs began_ms = 0;
  WallMs ended_ms = 0;
  std::vector<ScopeVerdict> scopes;  ///< the villages and offices
  ScopeVerdict shelf;
};

using OnProgress = std::function<void(const SyncProgress&)>;

struct SessionLimits {
  std::size_t batch_bytes = 512 * 1024;                ///< of own changes in one exchange
  std::size_t answer_bytes = wire::kAnswerBytesUsual;  ///< asked for at first, where no line proved too bad
  std::size_t answer_bytes_max = kAnswerBytesMost;     ///< on a line that is quick (answer_size.hpp)
  int exchanges_max = 100000;
  std::uint16_t protocol = wire::kProtocol;  ///< the newest that is spoken
};

/// Puts into the receipt what a comparison said and what still waits here; `complete` follows from both.
[[nodiscard]] Status note_comparison(Replica& replica, std::vector<ScopeVerdict> verdicts, Receipt& receipt);
/// How much waits for a person's decision that did not when `before` was asked for: what comes and goes while
/// answers are taken is nobody's to decide.
[[nodiscard]] Result<std::uint64_t> new_disputes(Replica& replica, const std::vector<std::string>& before);

/// Runs one sync. Whatever error comes back, nothing is lost and the next call goes on where this one ended.
[[nodiscard]] Result<Receipt> run_sync(Replica& replica, Transport& transport, const Clock& clock,
                                       const OnProgress& progress, const CancelFlag& cancel,
                                       const SessionLimits& limits = {});

/// "https://host:port/#code#pin" split into parts. Error "enrol.join_line".
struct JoinLine {
  std::string url;
  std::string code;
  std::string key_pins;
};
[[nodiscard]] Result<JoinLine> parse_join_line(std::string_view line);

/// Device keys the store keeps (encrypted).
struct DeviceKeys {
  Bytes sign_public;
  Bytes sign_secret;
  Bytes seal_public;
  Bytes seal_secret;
};
[[nodiscard]] DeviceKeys make_device_keys();

/// Enrols this laptop. Errors: those of Transport, "enrol.code" (wrong, used or expired: the server says
/// which).
[[nodiscard]] Result<wire::EnrolAnswer> enrol(Transport& transport, const JoinLine& join, ReplicaId replica,
                                              const DeviceKeys& keys, const Clock& clock,
                                              const CancelFlag& cancel);

}  // namespace lianxin::sync::laptop
