#pragma once
// A form as it was handed in (K7): the file to the byte, the form's value, and every record that counted, in
// the version that counted. Plain data and its bytes; keeping it in the store is snapshots.hpp.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/figures/figures.hpp"
#include "client/report/narrative.hpp"
#include "client/report/sheet.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::report {

/// A record in the version that counted.
struct FrozenRecord {
  Id id;
  std::uint32_t version = 0;  ///< of what its least private class said; see record_version
};

/// In the place of a figure's row: the number is the total of a form's column, by the column's key.
inline constexpr int kColumnRow = 0;

/// Among them, and no column: the day (20260930) that each record of the figure counted in days stands for.
inline constexpr std::string_view kDayPart = "day";

/// A figure, or a part of one, with what each record added to it; or a column of the form (kColumnRow).
struct FrozenNumber {
  int row = 0;
  std::string part;  ///< "" = the figure itself
  std::optional<std::int64_t> value;
  struct Share {
    std::uint32_t record = 0;  ///< into Snapshot::records
    std::int64_t amount = 0;
  };
  std::vector<Share> shares;  ///< by record
};

struct Snapshot {
  std::string form;  ///< "f1", "f9"
  Id scope;          ///< nil = all that the laptop held
  Date from;
  Date as_of;
  bool current_divisions = false;
  bool unmasked = false;
  WallMs made_ms = 0;  ///< clock of the laptop that froze it
  std::string kind;    ///< of the file: ".xlsx"
  Bytes file;
  std::vector<Sheet> sheets;           ///< of a form
  std::optional<Narrative> narrative;  ///< of the report in words
  std::vector<FrozenRecord> records;   ///< by id, each once
  std::vector<FrozenNumber> numbers;   ///< of all 78 rows, by row, the figure before its parts
};

/// Whether the record is among those that counted.
[[nodiscard]] bool counted_in(const Snapshot& snapshot, const Id& record);

inline constexpr std::size_t kSnapshotBytesMax = 48U << 20U;  ///< plain
inline constexpr std::size_t kPartBytesMax =
    32U << 10U;  ///< of one part: what a value may have (shared/domain/check.hpp)
inline constexpr std::size_t kPartsMax = 600;

/// Texts for records of kind report_part, in order: base64 of the packed bytes, the first with a line before
/// it that says how many there are and what they unpack to. Error "report.snapshot_large" {mb}.
[[nodiscard]] Result<std::vector<std::string>> parts_of(const Snapshot& snapshot);
/// From all parts, in order. Errors "report.snapshot_incomplete" {have, of} (the rest has not come yet),
/// "report.snapshot_damaged".
[[nodiscard]] Result<Snapshot> snapshot_of(const std::vector<std::string>& parts);

/// Hex of the digest that stands in the record and on the screen: of the file's bytes.
[[nodiscard]] std::string digest_of(const Snapshot& snapshot);

}  // namespace lianxin::client::report
