// Conformance: which counters of a replica are kept, and which are awaited no longer.
#include "tests/sync/server/store/conformance.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("the counters of a replica come rising and within their bounds, early ones too") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    write(at, [&](store::Writer& writer) {
      for (const std::uint64_t counter : {7U, 2U, 3U})
        must(writer.append_change(log_row(5, counter, id_of(1))));
      store::LogRow early = log_row(5, 9, id_of(1));
      early.early = true;
      must(writer.append_change(early));
      must(writer.append_change(log_row(6, 4, id_of(1))));
    });
    const auto counters = [&](std::uint64_t first, std::uint64_t last) {
      return must(must(at.store->read())->counters_of({5}, first, last));
    };
    CHECK(counters(1, INT64_MAX) == std::vector<std::uint64_t>{2, 3, 7, 9});
    CHECK(counters(3, 7) == std::vector<std::uint64_t>{3, 7});
    CHECK(counters(10, INT64_MAX).empty());
  }
}

TEST_CASE("closed gaps come back by their device, in the order of their closing") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    const store::GapClosingRow later{id_of(1), {0xF000000000000001}, 8, 9, 5, "admin", "还是没有"};
    const store::GapClosingRow first{id_of(1), {7}, 1, 3, 6, "admin", "掉进河里"};
    write(at, [&](store::Writer& writer) {
      must(writer.append_gap_closing(first));
      must(writer.append_gap_closing({id_of(2), {7}, 1, 3, 6, "admin", "x"}));
      must(writer.append_gap_closing(later));
    });
    CHECK(must(must(at.store->read())->gap_closings(id_of(1))) ==
          std::vector<store::GapClosingRow>{first, later});
    CHECK(must(must(at.store->read())->gap_closings(id_of(3))).empty());
  }
}

}  // namespace
}  // namespace lianxin::test
