#pragma once
// What follows every commit before "saved" is said: journal, then head mark (sync.md 10).
#include <vector>

#include "client/store/journal.hpp"

namespace lianxin::client::store {

class SaveTail {
 public:
  virtual ~SaveTail() = default;
  /// After the commit of these own changes. A missing journal medium is no failure of the save: it is
  /// remembered and caught up (`copies()` says 1).
  [[nodiscard]] virtual Status saved(const std::vector<JournalEntry>& entries, const HeadMark& mark) = 0;
  /// The server keeps everything of `replica` up to `counter`.
  [[nodiscard]] virtual Status acknowledged(ReplicaId replica, std::uint64_t counter,
                                            const HeadMark& mark) = 0;
  /// Values were purged in the database: the journal keeps none of them either (at once, or when it can be
  /// reached again).
  [[nodiscard]] virtual Status purged() { return {}; }
  /// A restored server is offered everything again (7.1): until it has it, all of it is unsent, and the
  /// journal holds it. Never fails a sync: a journal out of reach is logged and caught up later.
  virtual void offered_again() {}
  /// Values have been erased here: the journal holds nothing but what is unsent from now on.
  [[nodiscard]] virtual Status erased() = 0;
  /// 2 = database and journal, 1 = the database only ("one copy only").
  [[nodiscard]] virtual int copies() const = 0;
};

}  // namespace lianxin::client::store
