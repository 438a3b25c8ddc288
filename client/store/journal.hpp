#pragma once
// The second copy of changes the server has not acknowledged: an encrypted, chained, append-only file, by
// choice on another disk or stick (design.md 7, sync.md 10).
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "sync/change/change.hpp"

namespace lianxin::client::store {

/// One change as the journal keeps it.
struct JournalEntry {
  ChangeId id;
  Hash256 hash;  ///< head hash
  Bytes body;
  Bytes values;  ///< encode_values
};

/// What stands behind the name of a journal that was set aside, before a number.
inline constexpr std::string_view kSetAside = ".damaged-";

class Journal {
 public:
  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;
  ~Journal();

  /// Creates or opens. A torn last frame (power cut) is cut off; damage before it keeps what is readable and
  /// sets `was_damaged`; a file of which nothing is readable and that may be of another key is moved aside
  /// whole. Error "journal.unwritable" {path}: the medium is gone or full.
  [[nodiscard]] static Result<Journal> open(const std::filesystem::path& file, BytesView key);
  /// On disk when it returns.
  [[nodiscard]] Status append(const std::vector<JournalEntry>& entries);
  /// Everything in it that is not forgotten, in order. Error "journal.unreadable".
  [[nodiscard]] Result<std::vector<JournalEntry>> entries() const;
  /// Which changes are in it.
  [[nodiscard]] const std::set<ChangeId>& ids() const;
  /// Where the kept part of each chain begins: the last forgotten change of each replica.
  [[nodiscard]] const std::map<ReplicaId, sync::change::ChainEnd>& bases() const;
  /// Forgets changes up to and with `kept`, which the server keeps (atomic rewrite when worth it).
  [[nodiscard]] Status forget(const sync::change::ChainEnd& kept);
  /// Exactly this from now on, atomically.
  [[nodiscard]] Status rewrite(const std::vector<sync::change::ChainEnd>& bases,
                               const std::vector<JournalEntry>& entries);
  [[nodiscard]] bool was_damaged() const;
  /// Whether a file is a journal of whoever has this key: something in it can be read. Reads only.
  [[nodiscard]] static bool opens(const std::filesystem::path& file, BytesView key);

 private:
  struct Impl;
  explicit Journal(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The end of the own chain beside the database, replaced atomically after every save: a database that has
/// gone back in time is noticed at open.
struct HeadMark {
  sync::change::ChainEnd end;
  std::uint64_t acknowledged = 0;
};
/// nullopt = none yet. Error "store.head_damaged" (for a log line: the database and the journal then decide).
[[nodiscard]] Result<std::optional<HeadMark>> read_head_mark(const std::filesystem::path& file,
                                                             BytesView key);
[[nodiscard]] Status write_head_mark(const std::filesystem::path& file, BytesView key, const HeadMark& mark);

}  // namespace lianxin::client::store
