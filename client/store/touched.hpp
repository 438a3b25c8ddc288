#pragma once
// What was written since somebody last looked, for whoever remembers what he read
// (client/view/duty_book.hpp). The database notes it by itself in tables in memory, in the transaction of the
// write, whatever way the write takes, from the first look on: who never looks pays nothing, and who looks
// for the first time has read nothing yet. Statements that write many rows of these tables say OR IGNORE or
// OR FAIL (kind_tables.cpp has the reason). One thread.
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

struct Touched {
  /// Members, and records that something written hangs on or hung on; a cluster's, when it has become
  /// another.
  std::vector<Id> subjects;
  std::set<std::uint16_t> kinds;  ///< of what was written, of those that duties follow from
  bool clusters = false;          ///< which records are one person is another
};

/// Since this was last asked; one asks.
[[nodiscard]] Result<Touched> take_touched(lianxin::store::Database& database,
                                           const domain::Catalogue& catalogue);
/// A key (twin_index.hpp) that was written or taken away, and whose it is.
struct TouchedTwin {
  Bytes key;
  Id subject;
};
/// Of more keys only that there were more is noted: thousands come with a first sync.
inline constexpr std::size_t kTouchedTwinsMax = 2000;
/// Since this was last asked; one asks. nullopt = more than kTouchedTwinsMax, one written twice counted
/// twice.
[[nodiscard]] Result<std::optional<std::vector<TouchedTwin>>> take_touched_twins(
    lianxin::store::Database& database, const domain::Catalogue& catalogue);
/// Rises when what is shown of anything has changed; for whoever keeps what he made of it. Of any open store.
[[nodiscard]] std::uint64_t shown_revision(const lianxin::store::Database& database);
/// The same of what Records::twins says.
[[nodiscard]] Result<std::uint64_t> twins_revision(lianxin::store::Database& database,
                                                   const domain::Catalogue& catalogue);

}  // namespace lianxin::client::store
