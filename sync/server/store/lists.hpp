#pragma once
// What a restore from a backup must not undo (sync.md 7.1): purges, and who may do what (grants and devices).
// Two append-only text files beside the store, on disk before the transaction that says the same commits.
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "shared/base/result.hpp"
#include "sync/server/store/rows.hpp"

namespace lianxin::sync::server::store {

/// A line without its check sum; `about` = whom it is about, of whom only the last line counts.
struct ListLine {
  bool is_purge = false;
  std::string about;
  std::string text;
};
[[nodiscard]] ListLine line_of(const PurgeRow& row);
[[nodiscard]] ListLine line_of(const GrantRow& row);
/// What lasts of a device: whose it is, its keys, its replica, whether it is revoked.
[[nodiscard]] ListLine line_of(const DeviceRow& row);

/// What the files say, the last word about each. A torn, altered or foreign line is passed over and counted.
struct Listed {
  std::vector<PurgeRow> purges;  ///< by sequence
  std::vector<GrantRow> grants;
  std::vector<DeviceRow> devices;
  std::uint64_t passed_over = 0;
};

class Lists {
 public:
  explicit Lists(std::filesystem::path folder) : folder_(std::move(folder)) {}
  [[nodiscard]] std::filesystem::path purges() const { return folder_ / "purges.list"; }
  [[nodiscard]] std::filesystem::path grants() const { return folder_ / "grants.list"; }
  /// On disk when it returns. Error "server.list" {path}.
  [[nodiscard]] Status append(const std::vector<ListLine>& lines) const;
  /// Copies those of a lost server where none is here yet, each whole or not at all. Errors "server.list"
  /// {path}, "file.unwritable".
  [[nodiscard]] Status bring_from(const Lists& theirs) const;
  /// A missing file holds nothing. Error "server.list" {path}.
  [[nodiscard]] Result<Listed> read() const;
  /// Every whole line of both without its check sum, also those that later ones replace.
  [[nodiscard]] Result<std::vector<std::string>> lines() const;

 private:
  std::filesystem::path folder_;
};

}  // namespace lianxin::sync::server::store
