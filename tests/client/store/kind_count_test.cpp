#include "client/store/kind_count.hpp"

#include <doctest/doctest.h>

#include "tests/support/process.hpp"

namespace lianxin::test {
namespace {

namespace cs = client::store;

/// The table alone, as migration 0013 makes it.
struct Counted {
  Counted() {
    lianxin::store::OpenOptions options;
    options.path = folder.path() / "counts.db";
    options.key = Bytes(32, 'k');
    options.create = true;
    database = std::make_unique<lianxin::store::Database>(lianxin::store::Database::open(options).value());
    REQUIRE(
        database->exec("CREATE TABLE kind_count(kind INTEGER PRIMARY KEY, counted INTEGER NOT NULL)").ok());
  }
  void change(const cs::RecordRow* before, const cs::RecordRow& now) {
    REQUIRE(cs::count_row(*database, before, now).ok());
  }
  std::int64_t of(std::uint16_t kind) {
    auto select = database->prepare("SELECT ifnull(sum(counted), 0) FROM kind_count WHERE kind = ?");
    REQUIRE(select.bind(1, int{kind}).step().value());
    return select.integer(0);
  }
  TempFolder folder;
  std::unique_ptr<lianxin::store::Database> database;
};

cs::RecordRow row(std::uint16_t kind, std::uint32_t flags) {
  cs::RecordRow out;
  out.kind = kind;
  out.flags = flags;
  return out;
}

TEST_CASE("a record counts once for its kind, and not while it is voided, deleted or stands behind another") {
  Counted counted;
  const cs::RecordRow live = row(3, 0);
  counted.change(nullptr, live);
  counted.change(nullptr, row(3, 0));
  counted.change(&live, live);
  CHECK(counted.of(3) == 2);
  for (const std::uint32_t flag : {cs::kVoided, cs::kDeleted, cs::kAliased, cs::kCountedElsewhere}) {
    const cs::RecordRow gone = row(3, flag);
    counted.change(&live, gone);
    CHECK(counted.of(3) == 1);
    counted.change(&gone, live);
    CHECK(counted.of(3) == 2);
  }
}

TEST_CASE("a record that never counted is not counted off, and one that changes its kind goes over") {
  Counted counted;
  const cs::RecordRow voided = row(3, cs::kVoided);
  counted.change(nullptr, voided);
  counted.change(&voided, row(3, cs::kVoided | cs::kDeleted));
  CHECK(counted.of(3) == 0);
  const cs::RecordRow before = row(3, 0);
  counted.change(nullptr, before);
  counted.change(&before, row(4, 0));
  CHECK(counted.of(3) == 0);
  CHECK(counted.of(4) == 1);
}

}  // namespace
}  // namespace lianxin::test
