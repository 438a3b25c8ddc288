#include "client/store/rare_flags.hpp"

#include <doctest/doctest.h>

#include "tests/client/store/records_fixture.hpp"

namespace {

namespace cs = lianxin::client::store;
using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("records with rare flags are found among many without reading the others") {
  Desk desk;
  const std::uint16_t kind = domain::Catalogue::base().kind("member")->wire;
  std::vector<Id> members;
  for (int i = 0; i < 200; ++i)
    members.push_back(desk.member("人" + std::to_string(i)));
  const auto flag = [&](const Id& record, std::uint32_t flags) {
    auto update = desk.database->prepare("UPDATE record SET flags = ? WHERE id = ?");
    REQUIRE(update.bind(1, static_cast<std::int64_t>(flags)).bind(2, record).run().ok());
  };
  flag(members[3], cs::kVoided);
  flag(members[5], cs::kVoided | cs::kInDispute);
  flag(members[7], cs::kAliased);
  flag(members[9], cs::kOwnApproval);
  flag(members[11], cs::kInDispute | cs::kWaiting);
  const auto found = [&](std::uint32_t wanted) {
    std::set<Id> out;
    REQUIRE(cs::each_flagged(*desk.database, kind, wanted, [&](const Id& id) { out.insert(id); }).ok());
    return out;
  };
  const std::uint64_t scanned = desk.database->rows_scanned();
  CHECK(found(cs::kVoided) == std::set<Id>{members[3], members[5]});
  CHECK(found(cs::kVoided | cs::kDeleted | cs::kAliased) == std::set<Id>{members[3], members[5], members[7]});
  CHECK(found(cs::kOwnApproval) == std::set<Id>{members[9]});
  CHECK(found(cs::kDeleted).empty());
  CHECK(desk.database->rows_scanned() - scanned < 20);
}

}  // namespace
