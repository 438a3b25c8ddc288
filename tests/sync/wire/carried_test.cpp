#include "sync/wire/carried.hpp"

#include <doctest/doctest.h>

#include "sync/wire/bundle.hpp"

using namespace lianxin;
using namespace lianxin::sync::wire;

TEST_CASE("what travels with an exchange comes back as it was, and cut short it is malformed") {
  DeviceList list;
  list.version = 9;
  list.devices.push_back(
      {Id::make(1), ReplicaId{7}, Id::make(2), "sign", "seal", true, {{Id::make(3), {1, 2}}}});
  const Bytes bytes = encode_carried(list);
  const auto read = decode_carried<DeviceList>(bytes);
  REQUIRE(read.ok());
  CHECK(read->version == 9);
  REQUIRE(read->devices.size() == 1);
  CHECK(read->devices[0].replica.number == 7);
  CHECK(read->devices[0].revoked);
  CHECK(read->devices[0].shared.at(0).classes == std::vector<std::uint8_t>{1, 2});
  for (std::size_t size = 0; size < bytes.size(); ++size)
    REQUIRE(decode_carried<DeviceList>(BytesView(bytes).substr(0, size)).error().code == "wire.malformed");

  PeerTold told;
  told.kept.push_back({{ReplicaId{5}, 6}, {1, 2, 3, 4, 5, 6, 7, 8}});
  const auto told_again = decode_carried<PeerTold>(encode_carried(told));
  REQUIRE(told_again.ok());
  CHECK(told_again->kept.at(0).id.counter == 6);
  CHECK(told_again->other.empty());
}

TEST_CASE("a head's hash8 is its hash's first eight octets") {
  const Hash256 hash = hash256("a head");
  const auto hash8 = hash8_of(hash);
  for (std::size_t i = 0; i < hash8.size(); ++i)
    CHECK(hash8[i] == hash.octets[i]);
}
