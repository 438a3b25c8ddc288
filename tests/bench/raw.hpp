#pragma once
// The plain loop: prepared statements over three tables, one WAL transaction per side, encrypted and
// synchronous=FULL like the rest, a minimal encoding and zstd between. No conflicts except where said, no
// network.
#include <filesystem>
#include <memory>
#include <vector>

#include "shared/store/database.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/workload.hpp"

namespace lianxin::bench {

class RawSide {
 public:
  explicit RawSide(const std::filesystem::path& file);
  [[nodiscard]] store::Database& database() { return *database_; }
  void load(const std::vector<MemberRow>& members, std::size_t from, std::size_t to);
  void put(const Operation& operation);
  /// All in one transaction.
  void put_all(const std::vector<Operation>& operations);

 private:
  std::unique_ptr<store::Database> database_;
};

[[nodiscard]] Bytes raw_encode(const std::vector<Operation>& operations);
[[nodiscard]] std::vector<Operation> raw_decode(BytesView bytes);
[[nodiscard]] Bytes zstd_pack(BytesView bytes);
[[nodiscard]] Bytes zstd_unpack(BytesView bytes);

struct RawDay {
  Spent spent;
  std::size_t bytes_up = 0;
  std::size_t bytes_down = 0;
};
[[nodiscard]] RawDay raw_day(const std::filesystem::path& folder, const Workload& work);
struct RawMorning {
  Spent spent;
  std::size_t applies = 0;
};
[[nodiscard]] RawMorning raw_morning(const std::filesystem::path& folder, const Workload& work,
                                     std::size_t laptops);
/// A first download.
[[nodiscard]] Spent raw_download(const std::filesystem::path& folder, const Workload& work,
                                 std::size_t members);
struct RawMerge {
  Spent stored;
  std::size_t conflicts = 0;
};
[[nodiscard]] RawMerge raw_merge(const std::filesystem::path& folder, const Workload& work,
                                 std::size_t members);
[[nodiscard]] Spent raw_merge_in_memory(const Workload& work, std::size_t members);

}  // namespace lianxin::bench
