#include "tests/client/county/made_county.hpp"

using namespace lianxin;
using namespace lianxin::test;

namespace {

/// Pieces of a kind of material that were sent in the year: all modes, or one; a parcel sent again counts
/// once.
int sent(MadeCounty& county, const std::string& kind, const std::string& mode) {
  std::map<std::string, std::string> kinds;
  for (const Live& material : county.live("material"))
    kinds[material.id.text()] = material.at("kind");
  std::set<std::string> cancelled;
  for (const Live& event : county.live("delivery_event"))
    if (event.at("kind") == "cancelled") cancelled.insert(event.at("delivery_id"));
  std::set<std::string> deliveries;
  for (const Live& delivery : county.live("delivery")) {
    const bool counts = delivery.in_span("dispatched_on") && delivery.at("resend_of").empty() &&
                        cancelled.count(delivery.id.text()) == 0;
    if (counts && (mode.empty() || delivery.at("mode") == mode)) deliveries.insert(delivery.id.text());
  }
  int out = 0;
  for (const Live& line : county.live("delivery_line"))
    if (deliveries.count(line.at("delivery_id")) > 0 && kinds[line.at("material_id")] == kind)
      out += std::stoi(line.at("qty"));
  return out;
}

}  // namespace

TEST_CASE("study packs and red packages come out by counting") {
  MadeCounty& county = shared_county();
  CHECK(sent(county, "study_pack", "") == static_cast<int>(scaled(725)));
  CHECK(sent(county, "red_package", "courier") == static_cast<int>(scaled(8)));
  CHECK(sent(county, "red_package", "") > static_cast<int>(scaled(8)));
}

TEST_CASE("what left the stores is what was sent, and the sums close") {
  MadeCounty& county = shared_county();
  std::string pack;
  for (const Live& material : county.live("material"))
    if (material.at("kind") == "study_pack") pack = material.id.text();
  int received = 0;
  int left = 0;
  int balance = 0;
  for (const Live& movement : county.live("stock_movement")) {
    if (movement.at("material_id") != pack) continue;
    const int delta = std::stoi(movement.at("delta"));
    const std::string reason = movement.at("reason");
    balance += delta;
    if (reason == "receive" || reason == "damage") received += delta;
    if (reason == "hand_out" || reason == "mail") left -= delta;
  }
  CHECK(left == static_cast<int>(scaled(725)));
  CHECK(balance == received - left);
  CHECK(balance > 0);
}

TEST_CASE("the red package has the three required titles") {
  MadeCounty& county = shared_county();
  std::size_t titles = 0;
  std::string package;
  for (const Live& material : county.live("material"))
    if (material.at("kind") == "red_package") package = material.id.text();
  for (const Live& part : county.live("material_component"))
    if (part.at("material_id") == package) ++titles;
  CHECK(titles == 3);
}

TEST_CASE("a parcel's quantity moves the sum") {
  MadeCounty county(9);
  const int before = sent(county, "study_pack", "");
  for (const Live& line : county.live("delivery_line")) {
    county.desk.put("delivery_line", line.id, {{"qty", std::to_string(std::stoi(line.at("qty")) + 5)}});
    const int after = sent(county, "study_pack", "");
    if (after == before) continue;  // it was no pack, or of no parcel that counts
    CHECK(after == before + 5);
    return;
  }
  FAIL("no line counts");
}
