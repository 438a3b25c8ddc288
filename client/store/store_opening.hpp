#pragma once
// Making, opening and repairing the files of a store; LaptopStore drives what comes out. Internal to this
// folder.
//
// A ruined database is renamed, never repaired in place; the new one is built under another name and appears
// whole.
#include <memory>
#include <string_view>
#include <vector>

#include "client/store/journal_tail.hpp"
#include "client/store/laptop_store.hpp"
#include "client/store/records_impl.hpp"
#include "client/store/vault.hpp"
#include "shared/base/file.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// Highest exchange number this laptop has used up (5.1).
inline constexpr std::string_view kMetaExchangeNumber = "exchange_number";

/// Everything open; members in the order in which they need each other.
struct StoreParts {
  HomePaths home;
  FileLock lock;
  Vault vault;
  std::unique_ptr<lianxin::store::Database> database;
  std::unique_ptr<RecordsImpl> records;
  std::unique_ptr<JournalTail> tail;
};

/// The journals a person may mean by a path: that file, or those in that folder (one of `journal set`, a
/// home).
[[nodiscard]] std::vector<std::filesystem::path> journals_at(const std::filesystem::path& named);
/// File of the journal for a chosen folder; "" = the home.
[[nodiscard]] std::filesystem::path journal_file(const HomePaths& home, const Identity& identity);

[[nodiscard]] Result<StoreParts> make_parts(const NewStore& made, const Clock& clock);

struct OpenHow {
  bool rebuild = false;  ///< set the database aside even if it can be read
  const domain::Catalogue* catalogue = &domain::Catalogue::base();
  std::filesystem::path other_journal;  ///< also takes what is there (`journals_at`); "" = none
  OnUpgrade on_upgrade;
};
[[nodiscard]] Result<StoreParts> open_parts(const std::filesystem::path& home, std::string_view passphrase,
                                            const Clock& clock, const OpenHow& how, OpenReport& report);

}  // namespace lianxin::client::store
