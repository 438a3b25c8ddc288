// The journal on a stick that comes and goes: what was erased meanwhile, what is written anew (sync.md 10).
#include "client/store/journal_tail.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <sodium.h>

#include "client/store/meta.hpp"
#include "client/store/records_impl.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace fs = std::filesystem;

/// A store whose second copy lies on a stick.
struct Stick {
  TempFolder folder;
  fs::path plugged_in = folder.path() / "stick";
  fs::path away = folder.path() / "away";
  Desk desk;
  cs::JournalTail tail{
      *desk.database, {plugged_in / "journal.lx", folder.path() / "head.lx", Bytes(32, 'j'), Bytes(32, 'h')}};

  Stick() {
    Bytes open(crypto_box_PUBLICKEYBYTES, '\0');
    Bytes secret(crypto_box_SECRETKEYBYTES, '\0');
    REQUIRE(sodium_init() >= 0);
    crypto_box_keypair(reinterpret_cast<unsigned char*>(open.data()),
                       reinterpret_cast<unsigned char*>(secret.data()));
    desk.impl->set_seal_key(open);
    fs::create_directory(plugged_in);
  }
  void pull_out() { fs::rename(plugged_in, away); }
  void plug_in() { fs::rename(away, plugged_in); }
  [[nodiscard]] std::uint64_t last() { return desk.impl->own()->end.counter; }
  [[nodiscard]] bool has(std::uint64_t counter) {
    return tail.journal()->ids().count({desk.impl->own()->end.replica, counter}) > 0;
  }
};

TEST_CASE("what is erased while the stick is away is not in the journal when it is back") {
  Stick stick;
  (void)stick.desk.member("走了的人");
  const std::uint64_t gone = stick.last();
  (void)stick.desk.member("还没传的人");
  const std::uint64_t unsent = stick.last();
  REQUIRE(stick.tail.catch_up().ok());
  REQUIRE(stick.has(gone));
  stick.pull_out();
  stick.tail.offered_again();
  CHECK(stick.tail.copies() == 1);  // said as it is, not as it was
  REQUIRE(stick.desk.impl->set_held({{Id{}, "", "", {0}}}).ok());
  REQUIRE(stick.desk.impl->acknowledge(gone).ok());
  CHECK(*stick.desk.impl->erase_leaving() == 1);
  REQUIRE(stick.tail.erased().ok());
  stick.plug_in();
  REQUIRE(stick.tail.catch_up().ok());
  CHECK(stick.tail.copies() == 2);
  CHECK_FALSE(stick.has(gone));
  CHECK(stick.has(unsent));
}

TEST_CASE("a journal that cannot be written when something is erased is made anew later") {
  Stick stick;
  (void)stick.desk.member("走了的人");
  const std::uint64_t gone = stick.last();
  (void)stick.desk.member("还没传的人");
  REQUIRE(stick.tail.catch_up().ok());
  REQUIRE(stick.desk.impl->set_held({{Id{}, "", "", {0}}}).ok());
  REQUIRE(stick.desk.impl->acknowledge(gone).ok());
  CHECK(*stick.desk.impl->erase_leaving() == 1);
  stick.pull_out();
  REQUIRE(stick.tail.erased().ok());
  CHECK(stick.tail.copies() == 1);
  stick.plug_in();
  REQUIRE(stick.tail.catch_up().ok());
  CHECK_FALSE(stick.has(gone));
}

}  // namespace
