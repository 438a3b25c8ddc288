#pragma once
// Small facts of this store, one row each of table `meta`.
#include <optional>
#include <string_view>

#include "shared/base/clock.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/store/database.hpp"
#include "sync/change/change.hpp"
#include "sync/change/hlc.hpp"

namespace lianxin::client::store {

// Names of the rows. Numbers are stored as integers, ids and hashes as blobs.
inline constexpr std::string_view kMetaReplica = "replica";
inline constexpr std::string_view kMetaCounter = "counter";
inline constexpr std::string_view kMetaHash = "hash";
inline constexpr std::string_view kMetaHlc = "hlc";
inline constexpr std::string_view kMetaAcknowledged = "acknowledged";
inline constexpr std::string_view kMetaWorker = "worker";
inline constexpr std::string_view kMetaWorkerName = "worker_name";
inline constexpr std::string_view kMetaServerName = "server_name";
inline constexpr std::string_view kMetaEpoch = "epoch";
/// Exchange number from which on everything was asked in this epoch.
inline constexpr std::string_view kMetaEpochSince = "epoch_since";
/// Beginning of the names of rows about epochs that are over; the epoch follows.
inline constexpr std::string_view kMetaEpochOver = "epoch_over/";
inline constexpr std::string_view kMetaClockOffset = "clock_offset_ms";  ///< laptop minus server
inline constexpr std::string_view kMetaAnswerMs =
    "answer_ms";  ///< the server's time of the newest answer taken
inline constexpr std::string_view kMetaCatalogue = "catalogue";  ///< digest of the one the rows were made by
/// Over the columns of the county's own fields that the rows have.
inline constexpr std::string_view kMetaOwnFields = "own_fields";
/// Some records may have nothing left here: after the next complete read those go.
inline constexpr std::string_view kMetaSweep = "sweep";
/// Own counter of the present chain up to which a complete read has brought everything.
inline constexpr std::string_view kMetaSettled = "settled";
inline constexpr std::string_view kMetaAnswerBytes = "answer_bytes";  ///< sync/laptop/answer_size.hpp
inline constexpr std::string_view kMetaLastSync = "last_sync_ms";
inline constexpr std::string_view kMetaLastSyncComplete = "last_sync_complete";

/// Over the laptop's database; one thread. Inside the caller's transaction if there is one.
class Meta {
 public:
  explicit Meta(lianxin::store::Database& database) : database_(database) {}
  /// nullopt = never set.
  [[nodiscard]] Result<std::optional<std::int64_t>> integer(std::string_view name);
  [[nodiscard]] Result<std::optional<Bytes>> bytes(std::string_view name);
  [[nodiscard]] Status set(std::string_view name, std::int64_t value);
  [[nodiscard]] Status set_bytes(std::string_view name, BytesView value);

 private:
  lianxin::store::Database& database_;
};

/// What a save needs to know of this laptop, read and written in the save's transaction.
struct OwnState {
  sync::change::ChainEnd end;
  std::uint64_t acknowledged = 0;  ///< own counter the server is known to keep
  sync::change::Hlc hlc;
  Id worker;
  WallMs clock_offset_ms = 0;
};
[[nodiscard]] Result<OwnState> read_own(lianxin::store::Database& database);
[[nodiscard]] Status write_own(lianxin::store::Database& database, const OwnState& own);

}  // namespace lianxin::client::store
