#pragma once
// What follows every commit: the journal, which may lie on a stick that comes and goes, and the head mark
// (sync.md 10). One thread.
//
// After a save nothing but the commit can fail it: a journal or a head mark that cannot be written makes it
// "one copy only", and what is missing is caught up.
//
// What leaves this laptop goes from copies of before a change of the schema (store.db.before-N) too. A ruined
// database that was put aside (store.db.damaged-*) stays until a purge, or until a person removes it: drafts,
// pictures that were not sent and a colleague's work on its way have one copy, the database, and nobody can
// read in a ruined one whether it holds some. The journal and the head mark tell of own changes alone.
#include <filesystem>
#include <functional>
#include <optional>

#include "client/store/own_chains.hpp"
#include "client/store/save_tail.hpp"

namespace lianxin::client::store {

struct TailFiles {
  std::filesystem::path journal;
  std::filesystem::path head_mark;
  Bytes journal_key;
  Bytes head_key;
};

/// Journals set aside beside the present one that may hold what was purged: their paths, a line for each.
inline constexpr std::string_view kMetaJournalsAside = "journals_aside";

class JournalTail final : public SaveTail {
 public:
  JournalTail(lianxin::store::Database& database, TailFiles files);

  [[nodiscard]] Status saved(const std::vector<JournalEntry>& entries, const HeadMark& mark) override;
  [[nodiscard]] Status acknowledged(ReplicaId replica, std::uint64_t counter, const HeadMark& mark) override;
  [[nodiscard]] Status purged() override;
  [[nodiscard]] Status erased() override;
  void offered_again() override;
  [[nodiscard]] int copies() const override { return journal_ ? 2 : 1; }
  /// Called after each save with the copies there are of it.
  void on_saved(std::function<void(int copies)> tell) { tell_ = std::move(tell); }

  /// Opens the journal if it can be reached and lets it hold everything unsent; what only the journal holds
  /// stays in it. Error "journal.unwritable".
  [[nodiscard]] Status catch_up();
  /// Goes on in another file; the old one is removed once the new one holds everything and `note` has written
  /// down where it is. Error "journal.unwritable": nothing has changed.
  [[nodiscard]] Status move_to(const std::filesystem::path& file, const std::function<Status()>& note);
  /// Head mark of the present chain as the database has it.
  [[nodiscard]] Status mark();
  /// nullptr = not reachable.
  [[nodiscard]] const Journal* journal() const { return journal_ ? &*journal_ : nullptr; }

 private:
  [[nodiscard]] Status fill(Journal& journal);
  [[nodiscard]] Status look_at_set_aside();
  void lose(const Error& why);  ///< one copy only, until it is caught up

  lianxin::store::Database& database_;
  TailFiles files_;
  std::optional<Journal> journal_;
  std::function<void(int copies)> tell_;
};

}  // namespace lianxin::client::store
