#include "client/store/spare_room.hpp"

#include <doctest/doctest.h>

#include "shared/base/file.hpp"
#include "tests/support/process.hpp"

using namespace lianxin;
using namespace lianxin::client::store;

TEST_CASE("room is held back once, given up once, and taken back whole") {
  const test::TempFolder home;
  const auto spare = home.path() / "spare.lx";
  const auto bytes = [&] { return is_there(spare) ? std::filesystem::file_size(spare) : 0; };
  CHECK_FALSE(give_up_spare_room(home.path()));
  keep_spare_room(home.path());
  const auto whole = bytes();
  CHECK(whole >= 1024 * 1024);
  keep_spare_room(home.path());
  CHECK(bytes() == whole);
  CHECK(give_up_spare_room(home.path()));
  CHECK(bytes() == 0);
  CHECK_FALSE(give_up_spare_room(home.path()));
  take_back_spare_room(home.path());
  CHECK(bytes() == whole - 1);
  CHECK(lacks_room(home.path()));  // a person is told until there is plenty
  keep_spare_room(home.path());
  CHECK(bytes() == whole);
  CHECK_FALSE(lacks_room(home.path()));
  std::filesystem::resize_file(spare, 1000);  // as it is after a disk that had not room for all of it
  keep_spare_room(home.path());
  CHECK(bytes() == whole);
}

TEST_CASE("a disk that is full for the room held back, too, is said to be so; nothing else is") {
  const Error of_database = fail("store.full");
  const Error of_file = fail("file.unwritable", {{"path", "a"}, {"why", "why.no_space"}});
  const Error other = fail("file.unwritable", {{"path", "a"}, {"why", "why.not_allowed"}});
  CHECK(is_full_disk(of_database));
  CHECK(is_full_disk(of_file));
  CHECK_FALSE(is_full_disk(other));
  CHECK(without_spare_room(of_database).code == "store.no_spare");
  CHECK(without_spare_room(of_file).code == "store.no_spare");
  CHECK(without_spare_room(other).code == "file.unwritable");
}
