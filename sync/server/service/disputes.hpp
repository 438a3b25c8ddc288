#pragma once
// What waits for a person's decision, in the whole store.
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "shared/domain/catalogue.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// One conflict (merge::conflicts) of a record.
struct Dispute {
  std::uint16_t field = 0;  ///< of a group: its lowest
  std::uint8_t privacy = 0;
  WallMs since_ms = 0;  ///< effective time of its youngest rival
};

struct DisputedRecord {
  std::uint16_t kind = 0;
  std::vector<Id> scopes;
  std::vector<Dispute> disputes;
};

/// Kept up with the feeds: the first `refresh` reads every record once (about 10 us each), a later one those
/// of which a feed or a purge has told since (all again when the county has given out fields of its own). One
/// thread.
class Disputes {
 public:
  /// `catalogue` outlives it.
  explicit Disputes(const domain::Catalogue& catalogue) : base_(&catalogue), catalogue_(catalogue) {}
  /// Nothing is kept of one that fails: the next begins where this one did. Errors of the reader,
  /// "state.malformed".
  [[nodiscard]] Status refresh(store::Reader& reader);
  [[nodiscard]] const std::map<Id, DisputedRecord>& records() const { return records_; }
  /// By which it was judged.
  [[nodiscard]] const domain::Catalogue& catalogue() const { return catalogue_; }

 private:
  [[nodiscard]] Status judge(store::Reader& reader, const std::set<Id>& touched);

  const domain::Catalogue* base_;
  domain::Catalogue catalogue_;  ///< with the county's own fields as of the last refresh
  std::map<store::FeedKey, std::uint64_t> read_to_;
  std::uint64_t purges_ = 0;
  std::map<Id, DisputedRecord> records_;
};

}  // namespace lianxin::sync::server
