#include "sync/wire/parts.hpp"

#include <doctest/doctest.h>

namespace {

using namespace lianxin;
using namespace lianxin::sync::wire;

TEST_CASE("every part is read as it was written, and cut content is refused") {
  const Id scope = Id::make(1);
  const auto both_ways = [](const auto& message) {
    using M = std::decay_t<decltype(message)>;
    const Bytes bytes = encode_part(message);
    const auto read = decode_part<M>(bytes);
    REQUIRE(read.ok());
    CHECK(encode_part(*read) == bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size)
      CHECK_FALSE(decode_part<M>(BytesView(bytes).substr(0, size)).ok());
  };
  both_ways(HealRequest{{{scope, 2, {whole_range()}, {{scope, Id::make(2)}}}}, {{scope, 1, 3}}});
  both_ways(
      HealAnswer{{{scope, 1, 9, {{whole_range(), 7, {1, 2}}}, {whole_range()}, {{scope, 5, {}, "x"}}}}});
  both_ways(PurgeRequest{7});
  both_ways(PurgeAnswer{{{8, scope, 1, {20, 21}}}});
  both_ways(OfferRequest{{{ReplicaId{5}, 1, 9}}, {{{"body", "values"}, 17, true}}});
  both_ways(OfferAnswer{{{ReplicaId{5}, 3, 4}}});
  both_ways(HealedChanges{{{{"body", "values"}, 17, true}}});
  both_ways(DecisionRequest{{{{ReplicaId{5}, 3}}}});
  both_ways(DecisionAnswer{{{{ReplicaId{5}, 3}, 2, "why", "220622101"}}});
}

TEST_CASE("the whole range holds every record, and a part of it exactly what lies in it") {
  const Id low = Id::make(1);
  Id high;
  high.octets.fill(0xFF);
  CHECK(whole_range().holds(low));
  CHECK(whole_range().holds(high));
  CHECK_FALSE(IdRange{low, high}.holds(low));
  CHECK(IdRange{Id{}, low}.holds(low));
}

TEST_CASE("ids in a row are one run") {
  const ReplicaId a{1};
  const ReplicaId b{2};
  const auto runs = runs_of({{a, 1}, {a, 2}, {a, 4}, {b, 5}, {b, 6}});
  REQUIRE(runs.size() == 3);
  CHECK(runs[0].last == 2);
  CHECK(runs[1].first == 4);
  CHECK(runs[2].replica == b);
  CHECK(runs[2].last == 6);
}

}  // namespace
