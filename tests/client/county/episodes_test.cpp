#include <algorithm>

#include "tests/client/county/made_county.hpp"

using namespace lianxin;
using namespace lianxin::test;

namespace {

/// Out, not ended, and six months have passed whatever day the file means (domain.md 6.1).
bool is_mobile(const Live& episode) {
  if (episode.at("direction") != "out" || episode.at("state") == "ended") return false;
  const auto left = PartialDate::parse(episode.at("left_on"));
  return left.ok() && left->last_day().plus_months(6) <= kAsOf;
}

}  // namespace

TEST_CASE("as many members are mobile on the last day as the county says, each once") {
  MadeCounty& county = shared_county();
  std::set<std::string> mobile;
  std::size_t others = 0;
  for (const Live& episode : county.live("mobility_episode")) {
    if (is_mobile(episode)) {
      CHECK(mobile.insert(episode.at("member_id")).second);
    } else {
      ++others;
    }
  }
  CHECK(mobile.size() == scaled(1348));
  CHECK(others > 0);
}

TEST_CASE("each mobile member has at most one open pairing, nearly all have one") {
  MadeCounty& county = shared_county();
  std::set<std::string> open;
  for (const Live& pair : county.live("liaison_assignment"))
    if (pair.at("to").empty()) CHECK(open.insert(pair.at("member_id")).second);
  CHECK(open.size() <= scaled(1348));
  CHECK(open.size() > scaled(1348) * 95 / 100);
}

TEST_CASE("certificates carry numbers of their own") {
  MadeCounty& county = shared_county();
  std::set<std::string> numbers;
  for (const Live& certificate : county.live("certificate")) {
    CHECK(numbers.insert(certificate.at("cert_no")).second);
    CHECK(certificate.at("issued_on") <= kAsOf.text());
  }
  CHECK(numbers.size() > scaled(1348) / 6);
}
