#include "sync/wire/columns.hpp"

#include <doctest/doctest.h>

#include "tests/sync/change/sample.hpp"

using namespace lianxin;
using namespace lianxin::test;
using namespace lianxin::sync::wire;

namespace {

const codec::Limits kSmall = {.string_bytes_max = 1000, .elements_max = 1000, .memory_budget_bytes = 4000};

/// Error code of what is done with the columns; "" = none.
template <class F>
std::string columns_code(const std::vector<Bytes>& columns, F&& use) {
  const Status read = codec::guarded([&] {
    ColumnReader in(columns, kSmall);
    use(in);
  });
  return read.ok() ? "" : read.error().code;
}

std::vector<Bytes> with(Column column, Bytes bytes, Bytes fresh_ids = {}) {
  std::vector<Bytes> columns(kColumns);
  columns[place_of(column)] = std::move(bytes);
  columns[place_of(Column::kNewId)] = std::move(fresh_ids);
  return columns;
}

}  // namespace

TEST_CASE("a name is told once, then by how far back it was, and not at all where it stays") {
  ColumnWriter out;
  for (const Id& id : {id_of(1), id_of(1), Id{}, id_of(2), id_of(1)})
    out.id(Column::kRecord, id);
  out.id(Column::kParent, id_of(2));
  const auto columns = out.take();
  CHECK(columns[place_of(Column::kRecord)] == Bytes("\x02\x00\x01\x02\x04", 5));
  CHECK(columns[place_of(Column::kParent)] == "\x03");
  CHECK(columns[place_of(Column::kNewId)] == Bytes(id_of(1).bytes()) + Bytes(id_of(2).bytes()));
  CHECK(columns_code(columns, [](ColumnReader& in) {
          for (const Id& id : {id_of(1), id_of(1), Id{}, id_of(2), id_of(1)})
            CHECK(in.id(Column::kRecord) == id);
          CHECK_FALSE(in.is_done());
          CHECK(in.id(Column::kParent) == id_of(2));
          CHECK(in.is_done());
        }).empty());
}

TEST_CASE("steps go both ways and around the end of all numbers") {
  ColumnWriter out;
  static constexpr std::uint64_t kLast = ~std::uint64_t{0};
  for (const std::uint64_t value : {std::uint64_t{5}, std::uint64_t{2}, kLast, std::uint64_t{0}})
    out.step(Column::kPosition, value, 3);
  const auto columns = out.take();
  CHECK(columns[place_of(Column::kPosition)].substr(0, 2) == Bytes("\x04\x01"));
  CHECK(columns_code(columns, [](ColumnReader& in) {
          CHECK(in.step(Column::kPosition, 3) == 5);
          CHECK(in.step(Column::kPosition, 3) == 2);
          CHECK(in.step(Column::kPosition, 3) == kLast);
          CHECK(in.step(Column::kPosition, 3) == 0);
        }).empty());
}

TEST_CASE("a name told in another way than the one there is, or not there, is refused") {
  const auto id_twice = [](ColumnReader& in) {
    (void)in.id(Column::kRecord);
    (void)in.id(Column::kRecord);
  };
  const Bytes one(id_of(1).bytes());
  CHECK(columns_code(with(Column::kRecord, Bytes("\x02\x00", 2), one), id_twice).empty());
  CHECK(columns_code(with(Column::kRecord, "\x02\x02", one + one), id_twice) == "codec.malformed");
  CHECK(columns_code(with(Column::kRecord, "\x02\x03", one), id_twice) == "codec.malformed");  // the same
  CHECK(columns_code(with(Column::kRecord, "\x02\x04", one), id_twice) ==
        "codec.malformed");  // none so far back
  CHECK(columns_code(with(Column::kRecord, "\x02\xFF\x7F", one), id_twice) == "codec.malformed");
  CHECK(columns_code(with(Column::kRecord, Bytes("\x01", 1)), [](ColumnReader& in) {
          (void)in.id(Column::kRecord);  // none is what stood there before
        }) == "codec.malformed");
  CHECK(columns_code(with(Column::kRecord, "\x02", Bytes(16, '\0')), id_twice) == "codec.malformed");
  CHECK(columns_code(with(Column::kRecord, "\x02", one.substr(1)), id_twice) == "codec.truncated");
  CHECK(columns_code(with(Column::kReplica, "\x03"),
                     [](ColumnReader& in) { (void)in.replica(Column::kReplica); }) == "codec.malformed");
}

TEST_CASE("columns are all there, and what is made of them keeps within the memory") {
  const auto nothing = [](ColumnReader& /*in*/) {};
  CHECK(columns_code(std::vector<Bytes>(kColumns), nothing).empty());
  CHECK(columns_code(std::vector<Bytes>(kColumns - 1), nothing) == "codec.malformed");
  CHECK(columns_code(std::vector<Bytes>(kColumns + 1), nothing) == "codec.malformed");
  const auto columns = with(Column::kText, Bytes(100, '\1'));
  CHECK(columns_code(columns, [](ColumnReader& in) { (void)in.count(Column::kText, 101, 1, 1000); }) ==
        "codec.truncated");
  CHECK(columns_code(columns, [](ColumnReader& in) { (void)in.count(Column::kText, 50, 1, 49); }) ==
        "codec.limit");
  CHECK(columns_code(columns, [](ColumnReader& in) { (void)in.count(Column::kText, 100, 41, 1000); }) ==
        "codec.limit");
  CHECK(columns_code(columns, [](ColumnReader& in) {
          for (int i = 0; i < 5; ++i) {
            (void)in.count(Column::kText, 100, 40, 1000);
            in.give_back();  // lent, and not there any more
          }
          in.charge(4000);
        }).empty());
  CHECK(columns_code(columns, [](ColumnReader& in) {
          in.charge(3000);
          in.charge(1001);
        }) == "codec.limit");
  CHECK(columns_code(columns, [](ColumnReader& in) {
          (void)in.count(Column::kText, 100, 40, 1000);
          in.lend(1);
        }) == "codec.limit");
}
