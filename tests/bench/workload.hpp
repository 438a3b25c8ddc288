#pragma once
// The fixed work of the benchmarks: invented people, seed 20240701. Written by rule, not stored, so that
// every machine measures the same bytes; workload_test.cpp holds the digests.
//   W1  a day's work: 3,000 members known to both sides; 50 visits, 30 deliveries, 20 one-field edits on each
//   side W2  Monday morning: 118 laptops of 8 townships x (125 visits, 75 deliveries, 50 one-field edits) W3
//   a new laptop: 100,000 members x 25 fields W4  100,000 rows, each edited in one field by A and,
//   concurrently, in one field by B
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace lianxin::bench {

inline constexpr std::size_t kFieldCount = 25;
inline constexpr std::size_t kVillageField = 9;
inline constexpr std::size_t kTownshipField = 10;
inline constexpr std::size_t kMemberCount = 100'000;
inline constexpr std::size_t kKnownMemberCount = 3'000;  ///< W1, W2
inline constexpr std::size_t kLaptopCount = 118;         ///< = villages
inline constexpr std::size_t kTownshipCount = 8;

struct MemberRow {
  std::string id;  ///< 32 hex digits
  std::array<std::string, kFieldCount> fields;
};

/// One thing somebody did. Texts as in the files: an edit is {field, value}; a visit or delivery its fields
/// in order, the member's id first.
struct Operation {
  enum class Kind : std::uint8_t { kEdit, kVisit, kDelivery };
  Kind kind = Kind::kEdit;
  std::string id;  ///< edit: of the member; else of the new record
  std::size_t field = 0;
  std::vector<std::string> values;
  /// One tab-separated line without its end.
  [[nodiscard]] std::string line() const;
};

struct RivalEdit {
  std::string member;
  std::size_t field_a = 0;
  std::string value_a;
  std::size_t field_b = 0;
  std::string value_b;
};

struct Workload {
  std::vector<MemberRow> members;
  std::vector<Operation> day_of_laptop;          ///< W1
  std::vector<Operation> day_of_server;          ///< W1
  std::vector<std::vector<Operation>> mornings;  ///< W2, by laptop
  std::vector<std::size_t> townships;            ///< of each laptop
  std::vector<RivalEdit> rivals;                 ///< W4
};

/// Everything; about a second.
[[nodiscard]] Workload make_workload();
/// Tab-separated lines of the members, as the digest is taken over.
[[nodiscard]] std::string lines_of(const std::vector<MemberRow>& members);

}  // namespace lianxin::bench
