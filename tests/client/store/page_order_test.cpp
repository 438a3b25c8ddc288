#include "client/store/page_order.hpp"

#include <doctest/doctest.h>

using namespace lianxin;
using client::store::by_record;
using client::store::end_of_changes;
using sync::change::ChangeBody;
using sync::wire::EntryKind;
using sync::wire::FeedEntry;

namespace {

Id id_of(char last) {
  Id id;
  id.octets.back() = static_cast<std::uint8_t>(last);
  return id;
}

ChangeBody body_of(char record, char parent = 0) {
  ChangeBody body;
  body.record = id_of(record);
  if (parent != 0) body.parent = id_of(parent);
  return body;
}

FeedEntry entry_of(std::uint64_t position, EntryKind kind) {
  FeedEntry entry;
  entry.position = position;
  entry.kind = kind;
  return entry;
}

}  // namespace

TEST_CASE("changes of a page are taken record by record, each record's in their order") {
  CHECK(by_record({body_of('c'), body_of('a'), body_of('c'), body_of('b'), body_of('a')}) ==
        std::vector<std::size_t>{1, 4, 3, 0, 2});
}

TEST_CASE("what hangs on a record of the page comes after it, also where an edit does not name it") {
  // c hangs on d, b on c; the second change of b says nothing of it
  CHECK(by_record({body_of('d'), body_of('c', 'd'), body_of('b', 'c'), body_of('b'), body_of('e', 'x')}) ==
        std::vector<std::size_t>{0, 4, 1, 2, 3});
}

TEST_CASE("records that hang on each other in a ring have an order all the same") {
  CHECK(by_record({body_of('b', 'a'), body_of('a', 'b')}).size() == 2);
}

TEST_CASE("a change whose record follows as a row is not one of those told as changes") {
  const std::vector<FeedEntry> entries = {entry_of(1, EntryKind::kApplied), entry_of(2, EntryKind::kApplied),
                                          entry_of(3, EntryKind::kApplied), entry_of(3, EntryKind::kEnter),
                                          entry_of(4, EntryKind::kOwn)};
  CHECK(end_of_changes(entries, 0) == 2);
  CHECK(end_of_changes(entries, 2) == 2);
  CHECK(end_of_changes(entries, 4) == 4);
}
