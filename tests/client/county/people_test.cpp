#include "client/county/making.hpp"
#include "shared/domain/id_number.hpp"
#include "tests/client/county/made_county.hpp"

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("members are invented, with what real files lack") {
  MadeCounty& county = shared_county();
  const auto members = county.live("member");
  CHECK(members.size() >= scaled(1348) + scaled(1152));
  std::set<std::string> numbers;
  std::size_t without_number = 0;
  std::size_t partial = 0;
  for (const Live& member : members) {
    const std::string number = member.at("id_no");
    if (number.empty()) {
      ++without_number;
      CHECK_FALSE(member.at("id_missing_reason").empty());
    } else {
      CHECK(number.starts_with("220699"));
      CHECK(domain::normalize_id_number(number).ok());
      CHECK_MESSAGE(numbers.insert(number).second, number);
    }
    if (member.at("born_on").size() < 10) ++partial;
  }
  CHECK(without_number > 0);
  CHECK(partial > members.size() / 20);
}

TEST_CASE("some have no telephone, and every village has a secretary and liaisons") {
  MadeCounty& county = shared_county();
  std::set<std::string> reached;
  for (const Live& point : county.live("contact_point"))
    reached.insert(point.at("member_id"));
  CHECK(reached.size() < county.live("member").size());
  const std::size_t villages = county.made().villages;
  CHECK(county.live("grid").size() == villages * client::county::kLiaisonsOfVillage);
  CHECK(county.live("worker").size() ==
        villages * (1 + client::county::kLiaisonsOfVillage) + 2 * county.made().townships);
}
