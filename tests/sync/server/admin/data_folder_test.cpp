#include "sync/server/admin/data_folder.hpp"

#include <doctest/doctest.h>

#include "tests/support/process.hpp"

namespace lianxin::test {
namespace {

using namespace sync::server::admin;  // NOLINT: a test's own file

TEST_CASE("the key is made once; a lost or damaged one is never replaced by a new one beside a store") {
  const TempFolder temp;
  const DataFolder folder(temp.path() / "data");
  REQUIRE(folder.make().ok());
  CHECK(folder.open_store().error().code == "server.not_made");
  const Bytes key = folder.make_or_read_key().value();
  CHECK(key.size() == kStoreKeyBytes);
  CHECK(folder.make_or_read_key().value() == key);
  REQUIRE(sync::server::store::open_sqlite_store(folder.store(), key, true).ok());
  CHECK(folder.open_store().ok());
  REQUIRE(replace_file(folder.store_key(), "nonsense").ok());
  CHECK(folder.make_or_read_key().error().code == "server.key");
  std::filesystem::remove(folder.store_key());
  CHECK(folder.make_or_read_key().error().code == "server.key");
  CHECK(folder.open_store().error().code == "server.key");
}

TEST_CASE("a folder the system does not let us look into is not taken for an empty one") {
  const TempFolder temp;
  CHECK(DataFolder(temp.path()).must_have_store().error().code == "server.not_made");
  const DataFolder unreachable(temp.path() / std::string(300, 'x'));  // longer than a name may be
  const Status found = unreachable.must_have_store();
  CHECK(found.error().code == "server.unreachable");
  CHECK(found.error().args.at(0).value == unreachable.root().string());
}

TEST_CASE("TLS files go in and out; a missing one is named, the authority's key may be elsewhere") {
  const TempFolder temp;
  const DataFolder folder(temp.path());
  REQUIRE(folder.write_tls({"a", "ak", "c", "k"}).ok());
  CHECK(folder.read_tls()->certificate == "c");
  std::filesystem::remove(temp.path() / "authority-key.pem");
  CHECK(folder.read_tls()->authority_key.empty());
  std::filesystem::remove(temp.path() / "key.pem");
  const auto missing = folder.read_tls();
  CHECK(missing.error().code == "server.tls");
  CHECK(missing.error().args.at(0).value == "key.pem");
}

TEST_CASE("the note of a running server counts only while somebody holds the lock") {
  const TempFolder temp;
  const DataFolder folder(temp.path());
  CHECK_FALSE(folder.serving_url());
  {
    const auto lock = folder.lock();
    REQUIRE(lock.ok());
    REQUIRE(folder.note_serving("https://127.0.0.1:1").ok());
    CHECK(folder.serving_url() == "https://127.0.0.1:1");
    CHECK(folder.lock().error().code == "server.running");
  }
  CHECK_FALSE(folder.serving_url());  // it was killed and could not take its note away
}

}  // namespace
}  // namespace lianxin::test
