#include "sync/server/admin/backup_file.hpp"

#include <doctest/doctest.h>

#include "shared/base/file.hpp"
#include "tests/support/process.hpp"

namespace lianxin::test {
namespace {

using namespace sync::server::admin;  // NOLINT: a test's own file

const std::string kSecret = "passphrase";

struct Kept {
  TempFolder folder;
  BackupSecrets secrets{Bytes(32, 'k'), {"authority", "authority key", "certificate", "key"}};
  Bytes store = Bytes(100'000, 's');
  Kept() {
    REQUIRE(replace_file(path("store"), store).ok());
    REQUIRE(write_backup(path("backup"), path("store"), secrets, kSecret).ok());
  }
  [[nodiscard]] std::filesystem::path path(const char* name) const { return folder.path() / name; }
  [[nodiscard]] std::string code_of(const Bytes& bytes, const std::string& passphrase = kSecret) const {
    REQUIRE(replace_file(path("changed"), bytes).ok());
    const auto read = read_backup(path("changed"), path("out"), passphrase);
    const std::string code = read.ok() ? "" : read.error().code;
    CHECK(std::filesystem::exists(path("out")) == read.ok());
    std::filesystem::remove(path("out"));
    return code;
  }
};

TEST_CASE("what was written is read back, and nothing of the secrets stands in it openly") {
  const Kept kept;
  const auto read = read_backup(kept.path("backup"), kept.path("out"), kSecret);
  REQUIRE(read.ok());
  CHECK(read->store_key == kept.secrets.store_key);
  CHECK(read->tls.authority == "authority");
  CHECK(read->tls.authority_key == "authority key");
  CHECK(read->tls.certificate == "certificate");
  CHECK(read->tls.key == "key");
  CHECK(read_file(kept.path("out"), 1'000'000).value() == kept.store);
  const Bytes raw = read_file(kept.path("backup"), 1'000'000).value();
  CHECK(raw.find("authority") == Bytes::npos);
  CHECK(raw.find(kept.secrets.store_key) == Bytes::npos);
}

TEST_CASE("a wrong passphrase, a cut, a flipped bit and a newer version are told apart") {
  const Kept kept;
  const Bytes good = read_file(kept.path("backup"), 1'000'000).value();
  CHECK(kept.code_of(good).empty());
  CHECK(kept.code_of(good, "other") == "backup.passphrase");
  CHECK(kept.code_of(good.substr(0, good.size() - 1)) == "backup.damaged");
  CHECK(kept.code_of(good + "x") == "backup.damaged");
  CHECK(kept.code_of(good.substr(0, 60)) == "backup.damaged");
  CHECK(kept.code_of(good.substr(0, 10)) == "backup.none");
  CHECK(kept.code_of("") == "backup.none");
  CHECK(kept.code_of("PK" + good) == "backup.none");
  Bytes newer = good;
  newer[4] = 2;
  CHECK(kept.code_of(newer) == "backup.newer");
  Bytes flipped = good;
  flipped.back() = static_cast<char>(flipped.back() ^ 1);
  CHECK(kept.code_of(flipped) == "backup.damaged");
}

TEST_CASE("an existing file is never written over") {
  const Kept kept;
  CHECK(write_backup(kept.path("backup"), kept.path("store"), kept.secrets, kSecret).error().code ==
        "backup.exists");
  CHECK(write_backup(kept.path("new"), kept.path("none"), kept.secrets, kSecret).error().code ==
        "backup.read");
  CHECK_FALSE(std::filesystem::exists(kept.path("new")));
}

}  // namespace
}  // namespace lianxin::test
