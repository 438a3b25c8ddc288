#pragma once
// The kinds of the fixed work beside the program's own: member of 25 fields, visit of 10, delivery of 9, one
// class; a member lives in the unit its village field names, the others with their member.
#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/id.hpp"
#include "shared/domain/catalogue.hpp"
#include "tests/bench/workload.hpp"

namespace lianxin::bench {

[[nodiscard]] const domain::Catalogue& bench_catalogue();

inline constexpr std::uint16_t kMemberKind = 900;
inline constexpr std::uint16_t kVisitKind = 901;
inline constexpr std::uint16_t kDeliveryKind = 902;

/// Wire number of the workload's column `field` in its kind.
[[nodiscard]] inline std::uint16_t wire_of(std::size_t field) {
  return static_cast<std::uint16_t>(domain::kFirstKindField + field);
}
[[nodiscard]] std::uint16_t kind_of(Operation::Kind kind);
/// 32 hex digits of the workload as an id.
[[nodiscard]] Id id_of(const std::string& hex);
/// 12 digits of a village, 9 of its township.
[[nodiscard]] std::string village_code(std::size_t village);
[[nodiscard]] std::string township_code(std::size_t township);
inline constexpr const char* kCountyCode = "220699";

}  // namespace lianxin::bench
