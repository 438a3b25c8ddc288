#include "client/store/change_log.hpp"

#include <doctest/doctest.h>
#include <random>

#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace change = lianxin::sync::change;

struct Written {
  change::ChangeBody body;
  change::ChangeValues values;
};

Written change_of(const ChangeId& id, const Id& record) {
  Written out;
  out.body.id = id;
  out.body.action = id.counter;
  out.body.hlc = id.counter << 16U;
  out.body.record = record;
  out.body.kind = 20;
  out.body.writes = {{40, "", 0, {}, {}}};
  out.values.secret.emplace();
  out.values.values = {change::WriteValue::of("值")};
  return out;
}

struct Asked {
  bool found = false;
  bool has = false;
  std::size_t overlay = 0;
  bool aside = false;
  bool operator==(const Asked&) const = default;
};

Asked ask(cs::ChangeLog& log, const ChangeId& id, const Id& record) {
  Asked out;
  out.found = log.find(id)->has_value();
  out.has = *log.has(id);
  REQUIRE(log.overlay_of(record,
                         [&](const cs::LoggedChange&) -> Status {
                           ++out.overlay;
                           return {};
                         })
              .ok());
  out.aside = *log.keeps_aside(record);
  return out;
}

TEST_CASE("what is put into the log as new is not, where something stands under its name") {
  Desk desk(1, "0199aaaa-0000-7000-8000-000000000001");
  cs::ChangeLog& log = desk.impl->log();
  const Id record = Id::make(1'700'000'000'000);
  const Written first = change_of({ReplicaId{7}, 1}, record);
  Written other = first;
  other.values.values = {change::WriteValue::of("另一个")};
  const auto put = [&](const Written& one) {
    return *log.put_new(one.body, change::encode_body(one.body), change::encode_values(one.values), 5, true);
  };
  CHECK(put(first));
  CHECK_FALSE(put(other));
  const auto kept = *log.find(first.body.id);
  REQUIRE(kept);
  CHECK(change::encode_values(*kept->values) == change::encode_values(first.values));
  CHECK(kept->effective_ms == 5);
  CHECK(kept->suspect);
  CHECK(kept->in_base);
  CHECK_FALSE(kept->in_overlay);
}

TEST_CASE("whoever looks ahead in the log is told what the table has, whatever is written meanwhile") {
  Desk desk(1, "0199aaaa-0000-7000-8000-000000000001");
  cs::ChangeLog& table = desk.impl->log();
  cs::ChangeLog ahead(desk.impl->database());
  std::mt19937_64 random(5);
  std::vector<Id> records;
  for (int i = 0; i < 4; ++i)
    records.push_back(Id::make(1'700'000'000'000 + i));
  std::set<ChangeId> used;
  int overlays = 0;
  int asides = 0;
  for (int step = 0; step < 600; ++step) {
    if (step % 50 == 0) ahead.look_away();
    if (step % 50 == 10) REQUIRE(ahead.look_ahead().ok());
    const ChangeId id{ReplicaId{random() % 3 + 7}, random() % 60 + 1};
    const Id& record = records[random() % records.size()];
    const Written one = change_of(id, record);
    const Bytes bytes = change::encode_body(one.body);
    const Bytes values = change::encode_values(one.values);
    switch (random() % 6) {
      case 0:
        if (!used.insert(id).second) break;
        REQUIRE(ahead.put_peer({one.body, bytes, one.values, {}}).ok());
        break;
      case 1:
        if (!used.insert(id).second) break;
        REQUIRE(ahead.append_own({one.body, bytes, one.values, {}}).ok());
        break;
      case 2:
        if (!used.insert(id).second) break;
        REQUIRE(ahead.put_foreign(one.body, bytes, {}, 1, false, cs::ChangeStatus::kQuarantined).ok());
        break;
      case 3:
        if (random() % 2 == 0) {
          REQUIRE(*ahead.put_new(one.body, bytes, values, 1, false) == used.insert(id).second);
          break;
        }
        if (!used.insert(id).second) break;
        REQUIRE(ahead.put_foreign(one.body, bytes, values, 1, false, cs::ChangeStatus::kApplied).ok());
        break;
      case 4:
        REQUIRE(ahead.settle(id, 1, false, true).ok());
        break;
      default:
        if (random() % 8 != 0) break;  // looks away
        REQUIRE(ahead.set_status(id, cs::ChangeStatus::kQuarantined, "", "").ok());
        break;
    }
    const Asked wanted = ask(table, id, record);
    REQUIRE(ask(ahead, id, record) == wanted);
    const ChangeId other{id.replica, id.counter + 1};
    REQUIRE(ask(ahead, other, records[0]) == ask(table, other, records[0]));
    overlays += wanted.overlay > 0 ? 1 : 0;
    asides += wanted.aside ? 1 : 0;
  }
  CHECK(overlays > 0);
  CHECK(overlays < 600);
  CHECK(asides > 0);
}

TEST_CASE("what is written past the log is seen by whoever looks away, also at the end of its looking") {
  Desk desk(1, "0199aaaa-0000-7000-8000-000000000001");
  cs::ChangeLog& log = desk.impl->log();
  const Id record = Id::make(1'700'000'000'000);
  const Written one = change_of({ReplicaId{7}, 3}, record);
  const Bytes bytes = change::encode_body(one.body);
  const auto overlay = [&] { return ask(log, one.body.id, record).overlay; };
  {
    const cs::LookingAhead looking(log);
    REQUIRE(log.look_ahead().ok());
    CHECK_FALSE(ask(log, one.body.id, record).found);
    REQUIRE(log.put_foreign(one.body, bytes, change::encode_values(one.values), 1, false,
                            cs::ChangeStatus::kApplied)
                .ok());
    CHECK(ask(log, one.body.id, record).found);
    REQUIRE(desk.impl->database().exec("UPDATE change SET in_overlay = 1").ok());
    CHECK(overlay() == 0);
    log.look_away();
    CHECK(overlay() == 1);
    REQUIRE(desk.impl->database().exec("UPDATE change SET in_overlay = 0").ok());
    REQUIRE(log.look_ahead().ok());
    REQUIRE(desk.impl->database().exec("UPDATE change SET in_overlay = 1").ok());
    CHECK(overlay() == 0);
  }
  CHECK(overlay() == 1);
}

}  // namespace
