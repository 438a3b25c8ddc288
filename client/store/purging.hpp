#pragma once
// Purges on the laptop (sync.md 11): log, journal, drafts, losses told, what was replaced, search; and
// whatever arrives later from anywhere. Base states are the feeds' business: the server tells them anew. One
// thread, inside the caller's transaction.
//
// Old copies of the database go at once too. A store that was put back or rebuilt says that it has not asked
// yet.
#include <set>
#include <vector>

#include "client/store/records_impl.hpp"
#include "sync/merge/purge.hpp"
#include "sync/wire/parts.hpp"
#include "sync/wire/purge_proofs.hpp"

namespace lianxin::client::store {

/// Highest sequence of the server's purges that was carried out here.
inline constexpr std::string_view kMetaPurgesHeld = "purge_sequence";
/// 1 = the journal may still hold values that were purged or erased: it is rewritten when it can be reached.
inline constexpr std::string_view kMetaJournalPurge = "journal_purge";
/// 1 = put back from a backup, made anew from a journal or copied, and the server has not been asked since
/// what was purged.
inline constexpr std::string_view kMetaPurgesUnasked = "purges_unasked";

/// Purges of a record; empty = none.
[[nodiscard]] Result<std::vector<sync::merge::PurgeWord>> purges_of(lianxin::store::Database& database,
                                                                    const Id& record);
/// The number a new change of the record holds; 0 = never purged. Of a record that is attached to another:
/// the greater one, of its own purges and of those that took that as a whole.
[[nodiscard]] Result<std::uint64_t> purge_number_of(RecordsImpl& records, const Id& record,
                                                    std::uint16_t kind, const Id& parent);
/// Takes away what may not be kept of a change, from wherever it came (journal, bundle, backup). True =
/// something was taken.
[[nodiscard]] Result<bool> drop_purged(lianxin::store::Database& database,
                                       const sync::change::ChangeBody& body,
                                       sync::change::ChangeValues& values);
/// The same of a base that no feed keeps up to date any more. Stores nothing.
[[nodiscard]] Result<bool> drop_purged(RecordsImpl& records, RecordBox& box);

class Purging {
 public:
  explicit Purging(RecordsImpl& records) : records_(records) {}
  /// Highest sequence up to which every purge is here.
  [[nodiscard]] Result<std::uint64_t> held();
  /// Writes down and carries out what is new; true = something was. The caller then empties the database's
  /// log and rewrites the journal. `proofs` are those of the answer's purges, or none.
  [[nodiscard]] Result<bool> take(const sync::wire::PurgeAnswer& answer,
                                  const sync::wire::PurgeProofs& proofs);
  /// Another life of the server has begun: whatever purge has a proof is to be shown to it.
  [[nodiscard]] Status gather();
  /// Some of those; none when all were shown.
  [[nodiscard]] Result<sync::wire::ProvenPurges> to_show();
  /// The server has seen them.
  [[nodiscard]] Status shown(const sync::wire::ProvenPurges& purges);

 private:
  [[nodiscard]] Status carry_out(const sync::wire::Purge& purge, BytesView proof);
  [[nodiscard]] Status purge_log(const Id& record);
  [[nodiscard]] Status purge_offers(const std::set<Id>& records);
  [[nodiscard]] Status purge_beside(const sync::wire::Purge& purge);
  [[nodiscard]] Status purge_drafts(const Id& record);
  [[nodiscard]] Status show_anew(const sync::wire::Purge& purge);

  RecordsImpl& records_;
};

}  // namespace lianxin::client::store
