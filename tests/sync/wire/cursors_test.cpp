#include "sync/wire/cursors.hpp"

#include <doctest/doctest.h>

using namespace lianxin;
using namespace lianxin::sync;

TEST_CASE("cursors move to where pages end; a feed that was not read before has one then, the others stay") {
  const Id one = Id::make(1);
  const Id two = Id::make(2);
  const std::vector<wire::Cursor> before = {{one, 0, 4}, {one, 1, 2}};
  const std::vector<wire::FeedPage> pages = {
      {two, 0, 0, 7, {}, {}}, {one, 0, 4, 9, {}, {}}, {one, 1, 2, 2, {wire::FeedEntry{}}, {}}};  // one beside
  CHECK(wire::moved_on(before, pages) == std::vector<wire::Cursor>{{one, 0, 9}, {one, 1, 2}, {two, 0, 7}});
  CHECK(wire::moved_on(before, {}) == before);
}
