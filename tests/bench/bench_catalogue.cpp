#include "tests/bench/bench_catalogue.hpp"

#include "assets/assets.hpp"
#include "shared/base/check.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/people.hpp"

namespace lianxin::bench {
namespace {

constexpr std::size_t kVisitFields = 10;
constexpr std::size_t kDeliveryFields = 9;
constexpr std::size_t kTownshipBase = 101;
constexpr std::size_t kVillageBase = 200;

std::string field_row(std::size_t at, const std::string& name, const std::string& target) {
  return "field\t" + std::to_string(wire_of(at)) + "\t" + name + "\t" +
         (target.empty() ? "text" : "reference") + "\treview\tgeneral\t-\t-\t" +
         (target.empty() ? "-" : target) + "\t-\t1\n";
}

/// Columns that are searched in real work go by their names.
std::string member_column(std::size_t at) {
  constexpr std::size_t kIdNumber = 4;
  constexpr std::size_t kPhone = 5;
  if (at == 0) return "name";
  if (at == kIdNumber) return "id_no";
  if (at == kPhone) return "phone";
  return at == kVillageField ? "village" : "f" + std::to_string(at);
}

std::string rows() {
  std::string out(assets::file("assets/catalogue/base.tsv"));
  out += "\nkind\t" + std::to_string(kMemberKind) + "\tbench_member\tprofile\tfield:village\n";
  for (std::size_t i = 0; i < kFieldCount; ++i)
    out += field_row(i, member_column(i), i == kVillageField ? "org_unit" : "");
  out += "kind\t" + std::to_string(kVisitKind) + "\tbench_visit\tprofile\tparent:member\n";
  for (std::size_t i = 0; i < kVisitFields; ++i)
    out += field_row(i, i == 0 ? "member" : "a" + std::to_string(i), i == 0 ? "bench_member" : "");
  out += "kind\t" + std::to_string(kDeliveryKind) + "\tbench_delivery\tprofile\tparent:member\n";
  for (std::size_t i = 0; i < kDeliveryFields; ++i)
    out += field_row(i, i == 0 ? "member" : "a" + std::to_string(i), i == 0 ? "bench_member" : "");
  return out;
}

}  // namespace

const domain::Catalogue& bench_catalogue() {
  static const domain::Catalogue kCatalogue = must(domain::Catalogue::parse(rows()));
  return kCatalogue;
}

std::uint16_t kind_of(Operation::Kind kind) {
  if (kind == Operation::Kind::kVisit) return kVisitKind;
  return kind == Operation::Kind::kDelivery ? kDeliveryKind : kMemberKind;
}

Id id_of(const std::string& hex) { return must(Id::from_bytes(must(from_hex(hex)))); }

std::string township_code(std::size_t township) {
  return kCountyCode + std::to_string(kTownshipBase + township);
}

std::string village_code(std::size_t village) {
  return township_code(township_of(village)) + std::to_string(kVillageBase + village);
}

}  // namespace lianxin::bench
