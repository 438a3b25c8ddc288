#pragma once
// Database, journal and head mark compared at open: what the database has lost comes back from the journal,
// and no counter is ever used twice (sync.md 10). Internal to this folder.
//
// The next counter under a replica is certain only when the chain up to the highest counter anybody knows of
// is here, hash by hash. Whenever it is not (a rebuilt database, a database that went back in time beyond the
// journal, a copied or restored folder), the store goes on as a new replica: its chain is empty by
// definition, so nothing can be issued twice. The old chain keeps its bytes; the part the server does not
// have is still sent under the old name, and everything else comes back through the feeds as another
// replica's work.
#include <optional>
#include <vector>

#include "client/store/journal.hpp"
#include "client/store/records_impl.hpp"

namespace lianxin::client::store {

struct ReplayInput {
  std::vector<JournalEntry> entries;          ///< in order; may hold doubles
  std::vector<sync::change::ChainEnd> bases;  ///< of the journal
  std::optional<HeadMark> mark;               ///< nullopt = none, or unreadable: nobody knows how far it went
  bool rebuilt = false;                       ///< the database is new: its chains are what is replayed
  bool copied = false;                        ///< another machine or folder
};
struct Replayed {
  std::uint64_t from_journal = 0;
  std::uint64_t missing = 0;
};
/// In one transaction. Afterwards the present chain may be written to.
[[nodiscard]] Result<Replayed> replay(RecordsImpl& records, const ReplayInput& input);

}  // namespace lianxin::client::store
