#include "sync/wire/change_columns.hpp"

#include <doctest/doctest.h>

#include "tests/sync/change/sample.hpp"
#include "tests/sync/wire/samples.hpp"

using namespace lianxin;
using namespace lianxin::test;
using namespace lianxin::sync::wire;

namespace change = lianxin::sync::change;

namespace {

const codec::Limits kWide = {};

std::vector<Bytes> columns_of(const std::vector<PackedChange>& changes) {
  ColumnWriter out;
  ChangeColumnWriter writer(out);
  for (const PackedChange& one : changes)
    (void)writer.put(one.body, one.values);
  return out.take();
}

/// Error code of reading one change of these columns; "" = none.
std::string single_change_code(const std::vector<Bytes>& columns) {
  const Status read = codec::guarded([&] {
    ColumnReader in(columns, kWide);
    ChangeColumnReader reader(in);
    PackedChange change;
    (void)reader.get(change);
    if (!in.is_done()) throw codec::Malformed{"rest"};
  });
  return read.ok() ? "" : read.error().code;
}

PackedChange one_write(const std::string& text) {
  change::ChangeValues values = sample_values();
  values.values = {change::WriteValue::of(text)};
  return {change::encode_body(plain_body()), change::encode_values(values)};
}

}  // namespace

TEST_CASE(
    "changes of every form come back byte for byte, and only those of another shape travel as they are") {
  const std::vector<PackedChange> changes = sample_folding_request().changes;
  const std::vector<Bytes> columns = columns_of(changes);
  REQUIRE(columns[place_of(Column::kForm)] == Bytes("\0\0\0\0\1\2", 6));
  CHECK(codec::guarded([&] {
          ColumnReader in(columns, kWide);
          ChangeColumnReader reader(in);
          for (const PackedChange& one : changes) {
            PackedChange read;
            const auto told = reader.get(read);
            CHECK(read.body == one.body);
            CHECK(read.values == one.values);
            const auto body = change::decode_body(one.body);
            if (told && body.ok()) CHECK(told->id == body->id);
          }
          CHECK(in.is_done());
        }).ok());
}

TEST_CASE("the name of a record as a value takes its octets once") {
  const PackedChange named = one_write(id_of(7).text());
  const std::vector<Bytes> columns = columns_of({named, named});
  CHECK(columns[place_of(Column::kText)].empty());
  CHECK(columns[place_of(Column::kReference)].size() == 2);
  CHECK(columns[place_of(Column::kNewId)].find(id_of(7).bytes()) != Bytes::npos);
  CHECK(
      columns_of({one_write("0199AAAA-0000-7000-8000-000000000001")})[place_of(Column::kReference)].empty());
}

TEST_CASE("a change told in another way than the one there is is refused") {
  const std::vector<Bytes> honest = columns_of({one_write("上门")});
  CHECK(single_change_code(honest).empty());
  std::vector<Bytes> other = honest;
  other[place_of(Column::kForm)] = "\3";
  CHECK(single_change_code(other) == "codec.malformed");
  other = honest;
  other[place_of(Column::kText)] = "\x24" + id_of(7).text();  // a name written out
  CHECK(single_change_code(other) == "codec.malformed");
  other = honest;
  other[place_of(Column::kStampCount)] = Bytes("\x80\x80\x08", 3);  // above 16 bits
  CHECK(single_change_code(other) == "codec.malformed");
  other = honest;
  other[place_of(Column::kShape)] = "\1";  // none was told before
  CHECK(single_change_code(other) == "codec.malformed");

  const PackedChange plain = one_write("上门");
  other.assign(kColumns, {});
  other[place_of(Column::kForm)] = "\2";
  const auto length = [](const Bytes& text) { return Bytes(1, static_cast<char>(text.size())); };
  REQUIRE(plain.body.size() < 128);
  other[place_of(Column::kOpaque)] = length(plain.body) + plain.body + length(plain.values) + plain.values;
  CHECK(single_change_code(other) == "codec.malformed");  // as it is, though columns could tell it
  other[place_of(Column::kOpaque)] = "\1x" + length(plain.values) + plain.values;
  CHECK(single_change_code(other).empty());
}

TEST_CASE("a shape is told once") {
  const PackedChange one = one_write("上门");
  std::vector<Bytes> columns = columns_of({one, one});
  const Bytes shape = columns[place_of(Column::kNewShape)];
  CHECK(columns[place_of(Column::kShape)] == Bytes("\0\1", 2));
  columns[place_of(Column::kShape)] = Bytes(2, '\0');
  columns[place_of(Column::kNewShape)] = shape + shape;
  CHECK(codec::guarded([&] {
          ColumnReader in(columns, kWide);
          ChangeColumnReader reader(in);
          PackedChange change;
          (void)reader.get(change);
          (void)reader.get(change);
        })
            .error()
            .code == "codec.malformed");
}
