// Conformance: who is paired with whom, and who is told the whole of a record.
#include "tests/sync/server/store/conformance.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("a pairing comes back by its id and by its member, and goes") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    store::PairingRow row{id_of(1), id_of(20), id_of(30), "2026-01-01", "", false};
    write(at, [&](store::Writer& writer) { must(writer.put_pairing(row)); });
    row.to = "2026-06-30";
    row.open = true;
    write(at, [&](store::Writer& writer) {
      must(writer.put_pairing(row));
      must(writer.put_pairing({id_of(2), id_of(21), id_of(30), "", "", true}));
    });
    CHECK(must(must(at.store->read())->pairing(row.id)) == row);
    CHECK(must(must(at.store->read())->pairings_of(id_of(20))) == std::vector<store::PairingRow>{row});
    CHECK(must(must(at.store->read())->pairings_of(id_of(22))).empty());
    write(at, [&](store::Writer& writer) { must(writer.erase_pairing(row.id)); });
    CHECK_FALSE(must(must(at.store->read())->pairing(row.id)).has_value());
    CHECK_FALSE(must(must(at.store->read())->pairing(id_of(2))) == std::nullopt);
  }
}

TEST_CASE("a worker's pairings turn with the calendar, both days included") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    const auto turning = [&](const char* day) {
      return must(must(at.store->read())->pairings_to_turn(id_of(30), day)).size();
    };
    write(at, [&](store::Writer& writer) {
      must(writer.put_pairing({id_of(1), id_of(20), id_of(30), "2026-02-01", "2026-03-31", false}));
      must(writer.put_pairing({id_of(2), id_of(20), id_of(31), "2026-02-01", "2026-03-31", false}));
      must(writer.put_pairing({id_of(3), id_of(21), id_of(30), "", "", true}));
    });
    CHECK(turning("2026-01-31") == 0);
    CHECK(turning("2026-02-01") == 1);
    CHECK(turning("2026-03-31") == 1);
    CHECK(turning("2026-04-01") == 0);
  }
}

TEST_CASE("who is told the whole of a record is kept as it was said last") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    write(at, [&](store::Writer& writer) { must(writer.put_shared_with(id_of(1), {id_of(30), id_of(31)})); });
    CHECK(must(must(at.store->read())->shared_with(id_of(1))) == std::vector<Id>{id_of(30), id_of(31)});
    write(at, [&](store::Writer& writer) { must(writer.put_shared_with(id_of(1), {id_of(32)})); });
    CHECK(must(must(at.store->read())->shared_with(id_of(1))) == std::vector<Id>{id_of(32)});
    write(at, [&](store::Writer& writer) { must(writer.put_shared_with(id_of(1), {})); });
    CHECK(must(must(at.store->read())->shared_with(id_of(1))).empty());
  }
}

}  // namespace
}  // namespace lianxin::test
