#pragma once
// The store of one person on one laptop, whole: key file, encrypted database, journal, head mark (design.md
// 7). Belongs to one thread (the store thread); one process at a time ("store.in_use").
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client/store/drafts.hpp"
#include "client/store/identity.hpp"
#include "client/store/records.hpp"
#include "client/store/upgrade_steps.hpp"
#include "client/store/vault.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/result.hpp"
#include "sync/laptop/bundle_store.hpp"
#include "sync/laptop/replica.hpp"

namespace lianxin::client::store {

/// What enrolment brought.
struct NewStore {
  std::filesystem::path home;
  std::string passphrase;
  Identity identity;
  ReplicaId replica;
  std::uint64_t epoch = 0;
  std::vector<sync::wire::HeldScope> scopes;
  Bytes request;  ///< packed EnrolRequest that the county has not had; "" = it knows this laptop
  KdfCost cost = KdfCost::usual();
  const domain::Catalogue* catalogue = &domain::Catalogue::base();  ///< outlives the store
};

/// What opening found and did; said to the person when not empty.
struct OpenReport {
  bool repaired = false;  ///< the database was ruined: rebuilt from the journal, the server brings the rest
  std::uint64_t from_journal = 0;  ///< changes the database had lost and the journal gave back
  std::uint64_t missing =
      0;  ///< changes the head mark knows of and nobody has (0 unless two copies were lost)
  bool journal_damaged = false;     ///< a part of the second copy could not be read and was passed over
  bool is_copy = false;             ///< another machine or folder: goes on as a new replica (sync.md 1, 7.2)
  std::filesystem::path set_aside;  ///< the ruined database, kept
};

class LaptopStore {
 public:
  /// Makes folder, key file, database. Errors "store.exists", "store.passphrase_short", "passphrase.long",
  /// "file.*", "store.*". Nothing is left behind when it fails.
  [[nodiscard]] static Result<std::unique_ptr<LaptopStore>> create(const NewStore& made, const Clock& clock);
  /// Opens; repairs what it can by itself and says so in `report`. Errors "store.missing",
  /// "store.wrong_passphrase", "store.in_use", "store.key_damaged", "store.newer". `catalogue` outlives the
  /// store. `on_upgrade` is told how far a store of an earlier program is.
  [[nodiscard]] static Result<std::unique_ptr<LaptopStore>> open(
      const std::filesystem::path& home, std::string_view passphrase, const Clock& clock, OpenReport& report,
      const domain::Catalogue& catalogue = domain::Catalogue::base(), const OnUpgrade& on_upgrade = {});
  ~LaptopStore();
  LaptopStore(const LaptopStore&) = delete;
  LaptopStore& operator=(const LaptopStore&) = delete;

  [[nodiscard]] Records& records();
  /// What the sync session drives (sync/laptop/session.hpp); same thread.
  [[nodiscard]] sync::laptop::Replica& replica();
  /// What bundles need beside it (sync/laptop/bundle.hpp); same thread.
  [[nodiscard]] sync::laptop::BundleStore& bundles();
  [[nodiscard]] Drafts& drafts();
  [[nodiscard]] Settings& settings();
  [[nodiscard]] const Identity& identity() const;
  /// The county, restored to before this laptop was enrolled, knows it by another device number from now on;
  /// keys, chain and work stay as they are. `request` = what bundles carry until the county has answered, ""
  /// where it has. Errors "enrol.other_county" {name}, "enrol.other_worker" {name}.
  [[nodiscard]] Status enrol_again(const sync::laptop::ServerAddress& address,
                                   const sync::wire::EnrolAnswer& answer, Bytes request);
  [[nodiscard]] const Clock& clock() const;
  /// For queries of this folder only (client/store/*_queries.cpp).
  [[nodiscard]] lianxin::store::Database& database();

  struct Problem {
    std::string invariant;
    std::string record;
    std::string what;
  };
  struct Verified {
    std::vector<std::pair<std::string, std::uint64_t>> checked;  ///< what, how many
    std::vector<Problem> problems;
  };
  /// Every invariant: SQLite's own check, chain, journal and head mark against the log, rows against states,
  /// states against log, conflicts, search index, digests.
  [[nodiscard]] Result<Verified> verify();
  /// One file, encrypted under the same key, that `restore` reads (holds the key file too). Must not exist.
  [[nodiscard]] Status backup(const std::filesystem::path& file);
  /// `step` takes work or numbers away from this laptop. Where it finds the disk full it is tried once more
  /// on the room that is held back for it (`spare_room.hpp`), else the error is "store.no_spare"; not for
  /// what only stays here.
  [[nodiscard]] Status taking_away(const std::function<Status()>& step);
  [[nodiscard]] Status change_passphrase(std::string_view old_passphrase, std::string_view next);
  /// Keeps the journal in this folder from now on; "" = back in the home. Error "journal.unwritable".
  [[nodiscard]] Status set_journal_folder(const std::filesystem::path& folder);
  /// 2 or 1 ("one copy only").
  [[nodiscard]] int copies() const;
  /// Called after each save with the copies there are of it, in the midst of the save (sync.md 10).
  void on_saved(std::function<void(int copies)> tell);

  /// Puts a backup into an empty home; the store goes on as a new replica (sync.md 7.2). Errors
  /// "store.exists", "backup.malformed", "store.wrong_passphrase".
  [[nodiscard]] static Result<std::unique_ptr<LaptopStore>> restore(const std::filesystem::path& file,
                                                                    const std::filesystem::path& home,
                                                                    std::string_view passphrase,
                                                                    const Clock& clock);
  /// Rebuilds a database from key file and journal (`journal`, a file or the folder it lies in, is read
  /// besides the home's own), keeping the old one aside; the next sync brings the rest. Error
  /// "journal.unreadable" {path}: none is there.
  [[nodiscard]] static Result<std::unique_ptr<LaptopStore>> recover(const std::filesystem::path& home,
                                                                    const std::filesystem::path& journal,
                                                                    std::string_view passphrase,
                                                                    const Clock& clock, OpenReport& report);

 private:
  struct Impl;
  explicit LaptopStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace lianxin::client::store
