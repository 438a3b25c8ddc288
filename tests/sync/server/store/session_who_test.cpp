// Conformance: replicas, devices, grants, accounts, divisions, audit, counts.
#include "tests/sync/server/store/conformance.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("a replica's end moves, its origin stays") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    store::ReplicaRow row{{0xF000000000000001}, id_of(1), 3, hash256("x"), {7}, 2};
    write(at, [&](store::Writer& writer) { must(writer.put_replica(row)); });
    row.counter = 9;
    row.hash = hash256("y");
    write(at, [&](store::Writer& writer) { must(writer.put_replica(row)); });
    const auto reader = must(at.store->read());
    const auto kept = must(reader->replica(row.replica));
    REQUIRE(kept.has_value());
    CHECK(kept->counter == 9);
    CHECK(kept->hash == row.hash);
    CHECK(kept->device == id_of(1));
    CHECK(kept->fork_of == ReplicaId{7});
    CHECK(kept->fork_first == 2);
    CHECK(must(reader->replicas()).size() == 1);
    CHECK(!must(reader->replica({8})).has_value());
  }
}

TEST_CASE("a device comes back with every field, by id and by the selector of its code") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    store::DeviceRow row;
    row.id = id_of(1);
    row.worker = id_of(2);
    row.sign_key = Bytes(32, '\0');
    row.seal_key = Bytes(32, 's');
    row.replica = {5};
    row.join_selector = "ABC";
    row.join_hash = "hash";
    row.join_expires_ms = 10;
    row.join_tries = 3;
    row.added_ms = 1;
    row.enrolled_ms = 2;
    row.revoked_ms = 3;
    row.last_number = 77;
    row.last_seen_ms = 4;
    row.verdict_number = 76;
    row.verdict_equal = true;
    row.clock_offset_ms = -315360000000;
    write(at, [&](store::Writer& writer) {
      must(writer.put_device(row));
      store::DeviceRow other;
      other.id = id_of(9);
      must(writer.put_device(other));
      must(writer.put_device_cursors(row.id, {{id_of(30), 0, 5}, {id_of(30), 1, 6}}));
    });
    write(at, [&](store::Writer& writer) {
      must(writer.put_device_cursors(row.id, {{id_of(30), 0, 8}, {id_of(31), 0, 1}, {id_of(31), 2, 1}}));
    });
    write(at, [&](store::Writer& writer) { must(writer.erase_device_cursors(row.id, id_of(31))); });
    const auto reader = must(at.store->read());
    const auto kept = must(reader->device(row.id));
    REQUIRE(kept.has_value());
    CHECK(kept->worker == row.worker);
    CHECK(kept->sign_key == row.sign_key);
    CHECK(kept->seal_key == row.seal_key);
    CHECK(kept->replica == row.replica);
    CHECK(kept->join_hash == row.join_hash);
    CHECK(kept->join_expires_ms == 10);
    CHECK(kept->join_tries == 3);
    CHECK(kept->added_ms == 1);
    CHECK(kept->enrolled_ms == 2);
    CHECK(kept->revoked_ms == 3);
    CHECK(kept->last_number == 77);
    CHECK(kept->last_seen_ms == 4);
    CHECK(kept->verdict_number == 76);
    CHECK(kept->verdict_equal);
    CHECK(kept->clock_offset_ms == -315360000000);
    CHECK(must(reader->devices()).size() == 2);
    CHECK(must(reader->devices_by_selector("ABC")).size() == 1);
    CHECK(must(reader->devices_by_selector("")).empty());
    const auto cursors = must(reader->device_cursors(row.id));
    REQUIRE(cursors.size() == 2);
    CHECK(cursors[0].position == 8);
    CHECK(cursors[1].position == 6);
  }
}

TEST_CASE("grants of a worker and by id; an ended one keeps its place") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    write(at, [](store::Writer& writer) {
      must(writer.put_grant({id_of(1), id_of(2), id_of(3), "worker", "2026-01-01", ""}));
      must(writer.put_grant({id_of(4), id_of(2), id_of(5), "secretary", "2026-01-01", ""}));
      must(writer.put_grant({id_of(1), id_of(2), id_of(3), "worker", "2026-01-01", "2026-11-01"}));
      must(writer.put_account({"admin", id_of(2), "administrator", "hash"}));
    });
    const auto reader = must(at.store->read());
    const auto grants = must(reader->grants(id_of(2)));
    REQUIRE(grants.size() == 2);
    CHECK(grants[0].to == "2026-11-01");
    CHECK(must(reader->grant(id_of(4)))->role == "secretary");
    CHECK(!must(reader->grant(id_of(2))).has_value());
    CHECK(must(reader->account("admin"))->password_hash == "hash");
    CHECK(!must(reader->account("other")).has_value());
  }
}

TEST_CASE("divisions are a tree: one and all below it, by code") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    write(at, [](store::Writer& writer) {
      must(writer.put_unit({id_of(1), "22", "县", "county", Id{}}));
      must(writer.put_unit({id_of(2), "2202", "镇二", "township", id_of(1)}));
      must(writer.put_unit({id_of(3), "2201", "镇一", "township", id_of(1)}));
      must(writer.put_unit({id_of(4), "220101", "村", "village", id_of(3)}));
      must(writer.put_unit({id_of(5), "", "无码", "branch", id_of(5)}));  // its own parent ends nowhere
    });
    const auto reader = must(at.store->read());
    CHECK(must(reader->unit(id_of(4)))->name == "村");
    CHECK(must(reader->unit_by_code("2202"))->id == id_of(2));
    CHECK(!must(reader->unit_by_code("")).has_value());
    std::vector<std::string> codes;
    for (const store::UnitRow& unit : must(reader->units_under(id_of(1))))
      codes.push_back(unit.code);
    CHECK(codes == std::vector<std::string>{"22", "2201", "220101", "2202"});
    CHECK(must(reader->units_under(id_of(5))).size() == 1);
    CHECK(must(reader->units(0)).size() == 5);
    const auto towns = must(reader->units_of_level("township"));
    REQUIRE(towns.size() == 2);
    CHECK(towns[0].id == id_of(2));
    CHECK(must(reader->units_of_level("store")).empty());
    CHECK(must(reader->units(2)).size() == 2);
  }
}

TEST_CASE("the audit is read by who, record and time; counts count; meta is replaced") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    write(at, [](store::Writer& writer) {
      must(writer.append_audit({0, 10, "admin", "worker.add", id_of(1), "x"}));
      must(writer.append_audit({0, 20, "device", "exchange.fork", Id{}, "y"}));
      must(writer.put_meta("name", "a"));
      must(writer.put_meta("name", std::string("b\0c", 3)));
      must(writer.append_change(log_row(1, 1, id_of(8))));
      must(writer.put_record({id_of(8), 7, Id{}, true, {}}));
      must(writer.put_grant({id_of(1), id_of(2), id_of(3), "worker", "", ""}));
    });
    const auto reader = must(at.store->read());
    CHECK(must(reader->audit({})).size() == 2);
    CHECK(must(reader->audit({"admin", Id{}, 0})).at(0).action == "worker.add");
    CHECK(must(reader->audit({"", id_of(1), 0})).size() == 1);
    CHECK(must(reader->audit({"", Id{}, 15})).at(0).sequence == 2);
    CHECK(must(reader->meta("name")) == std::string("b\0c", 3));
    CHECK(!must(reader->meta("none")).has_value());
    const store::Counts counts = must(reader->counts());
    CHECK(counts.changes == 1);
    CHECK(counts.records == 1);
    CHECK(counts.waiting == 1);
    CHECK(counts.workers == 1);
    CHECK(counts.quarantined == 0);
  }
}

}  // namespace
}  // namespace lianxin::test
