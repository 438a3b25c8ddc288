#include "client/app/quarter_refresh.hpp"

#include <doctest/doctest.h>

#include "client/app/save_words.hpp"
#include "client/store/duty_queries.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {
namespace {

namespace ca = client::app;

struct Village : WorkStore {
  Id first = put_member(*store, "赵志远");
  Id second = put_member(*store, "金契");
  Id phone =
      put(*store, "contact_point",
          {{"member_id", first.text()}, {"kind", "mobile"}, {"value", "13800001234"}, {"owner", "self"}});
  std::string today = day(*store, 0);

  std::size_t said() {
    client::store::ListQuery all;
    all.kind = "quarter_refresh";
    const auto rows = store->records().list(all);
    REQUIRE(rows.ok());
    return rows->size();
  }
  std::string confirmed(const Id& record, const char* field) {
    const auto shown = store->records().get(record);
    REQUIRE((shown.ok() && shown->has_value()));
    const auto found = (*shown)->fields.find(field);
    return found == (*shown)->fields.end() ? "" : found->second.confirmed_on;
  }
};

}  // namespace

TEST_CASE("a page of members is said unchanged in one act: a record each, their values confirmed") {
  Village work;
  const auto done = ca::say_unchanged(*work.store, {{work.first, work.second}, "", "phone"});
  REQUIRE(done.ok());
  REQUIRE(done->saved.ok);
  CHECK(done->members == std::vector<Id>{work.first, work.second});
  CHECK(work.said() == 2);
  CHECK(work.confirmed(work.phone, "value") == work.today);
  const auto record = work.store->records().get(done->records.front());
  CHECK((*record)->value("outcome") == "unchanged");
  CHECK((*record)->value("quarter") == client::store::quarter_text(*Date::parse(work.today)));

  const auto again = ca::say_unchanged(*work.store, {{work.first}, "", "phone"});
  REQUIRE(again.ok());
  CHECK(again->already == std::vector<Id>{work.first});
  CHECK(work.said() == 2);
}

TEST_CASE("what was said is taken back: one member by void, the whole act by undo") {
  Village work;
  auto done = ca::say_unchanged(*work.store, {{work.first, work.second}, "", "phone"});
  REQUIRE(done.ok());
  REQUIRE(work.store->records().void_record(done->records.front(), "记错了人").ok());
  CHECK(work.said() == 1);
  done = ca::say_unchanged(*work.store, {{work.first}, "", "phone"});
  REQUIRE(done.ok());
  CHECK(work.said() == 2);
  REQUIRE(work.store->records().undo(done->saved.undo_token).ok());
  CHECK(work.said() == 1);
}

TEST_CASE("a member whose village is none of this laptop's is said to be so, once for a page of them") {
  Village work;
  REQUIRE(work.store->database()
              .exec("UPDATE held SET scope = x'0199dddd000070008000000000000001' WHERE scope <> "
                    "x'00000000000000000000000000000000'")
              .ok());
  const auto done = ca::say_unchanged(*work.store, {{work.first, work.second}, "", "phone"});
  REQUIRE(done.ok());
  REQUIRE(done->saved.ok);
  const domain::Kind& kind = *domain::Catalogue::base().kind("quarter_refresh");
  const auto warned = ca::place_warnings(work.words, kind, done->saved);
  REQUIRE(warned.size() == 1);
  CHECK(warned.front().find("不是您负责的地方") != std::string::npos);
}

TEST_CASE("a quarter that has not begun, a record that is no member, a stranger: nothing is written") {
  Village work;
  const auto refused = [&](const Id& member, const char* quarter) {
    const auto done = ca::say_unchanged(*work.store, {{work.first, member}, quarter, "phone"});
    REQUIRE_FALSE(done.ok());
    CHECK(work.said() == 0);
    return done.error().code;
  };
  CHECK(refused(work.second, "2199Q1") == "refresh.quarter");
  CHECK(refused(work.second, "2026Q5") == "refresh.quarter");
  CHECK(refused(work.phone, "") == "refresh.not_member");
  CHECK(refused(Id::make(1), "") == "record.unknown");
  const std::vector<Id> many(ca::kUnchangedMax + 1, work.first);
  CHECK(ca::say_unchanged(*work.store, {many, "", "phone"}).error().code == "refresh.many");
}

}  // namespace lianxin::test
