#include "sync/server/admin/backup_file.hpp"

#include <doctest/doctest.h>
#include <sodium.h>
#include <sys/resource.h>

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
  newer[4] = 3;
  CHECK(kept.code_of(newer) == "backup.newer");
  Bytes flipped = good;
  flipped.back() = static_cast<char>(flipped.back() ^ 1);
  CHECK(kept.code_of(flipped) == "backup.damaged");
}

/// As the first version wrote it: no length, no pictures.
Bytes first_version(const BackupSecrets& secrets, const Bytes& store) {
  const auto octets = [](const Bytes& bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); };
  const auto length = [](std::size_t bytes) {
    Bytes out;
    for (unsigned i = 0; i < 4; ++i)
      out += static_cast<char>(bytes >> (8 * i) & 0xFF);
    return out;
  };
  const Bytes salt(crypto_pwhash_SALTBYTES, 'a');
  const Bytes nonce(crypto_secretbox_NONCEBYTES, 'n');
  Bytes key(crypto_secretbox_KEYBYTES, '\0');
  REQUIRE(crypto_pwhash(reinterpret_cast<unsigned char*>(key.data()), key.size(), kSecret.data(),
                        kSecret.size(), octets(salt), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) == 0);
  Bytes plain = secrets.store_key + Bytes(hash256(store).bytes());
  for (const Bytes* part :
       {&secrets.tls.authority, &secrets.tls.authority_key, &secrets.tls.certificate, &secrets.tls.key})
    plain += length(part->size()) + *part;
  Bytes sealed(plain.size() + crypto_secretbox_MACBYTES, '\0');
  crypto_secretbox_easy(reinterpret_cast<unsigned char*>(sealed.data()), octets(plain), plain.size(),
                        octets(nonce), octets(key));
  return "LXSB\x01\x01" + salt + nonce + length(sealed.size()) + sealed + store;
}

TEST_CASE("a backup of the first version is read for ever") {
  const Kept kept;
  REQUIRE(replace_file(kept.path("first"), first_version(kept.secrets, kept.store)).ok());
  const auto read = read_backup(kept.path("first"), kept.path("out"), kSecret, kept.path("pictures"));
  REQUIRE(read.ok());
  CHECK(read->tls.key == "key");
  CHECK(read_file(kept.path("out"), 1'000'000).value() == kept.store);
  CHECK_FALSE(std::filesystem::exists(kept.path("pictures")));
}

TEST_CASE(
    "pictures come back with the store, each proved by its name; one that is damaged is not let through") {
  const Kept kept;
  namespace store = sync::server::store;
  store::PictureFiles pictures(kept.path("from"), kept.secrets.store_key);
  std::vector<Hash256> names;
  for (const char letter : {'a', 'b', 'c'}) {
    const Bytes content(1000, letter);
    names.push_back(sha256(content));
    REQUIRE(pictures.append(names.back(), content.size(), 0, content).ok());
  }
  const Bytes half(500, 'h');
  REQUIRE(pictures.append(sha256(half), half.size(), 0, half.substr(0, 100)).ok());
  REQUIRE(write_backup(kept.path("full"), kept.path("store"), kept.secrets, kSecret, &pictures).ok());
  const auto read = read_backup(kept.path("full"), kept.path("out"), kSecret, kept.path("to"));
  REQUIRE(read.ok());
  std::filesystem::remove(kept.path("out"));
  const store::PictureFiles restored(kept.path("to"), read->store_key);
  CHECK(restored.list().size() == 3);  // what was only coming is not part of it
  for (std::size_t i = 0; i < names.size(); ++i)
    CHECK(restored.read(names[i]).value() == Bytes(1000, static_cast<char>('a' + i)));

  const Bytes good = read_file(kept.path("full"), 1'000'000).value();
  CHECK(kept.code_of(good).empty());
  CHECK(kept.code_of(good.substr(0, good.size() - 1)) == "backup.damaged");
  CHECK(kept.code_of(good + "x") == "backup.damaged");
  constexpr std::size_t kPicture = 32 + 4 + 24 + 1000;
  CHECK(kept.code_of(good.substr(0, good.size() - kPicture)) == "backup.damaged");  // one is missing
  for (const std::size_t from_end :
       {std::size_t{1}, std::size_t{500}, kPicture - 1, kPicture - 33, 2 * kPicture}) {
    Bytes flipped = good;
    flipped[flipped.size() - from_end] = static_cast<char>(flipped[flipped.size() - from_end] ^ 1);
    CHECK_MESSAGE(kept.code_of(flipped) == "backup.damaged", from_end);
  }
}

/// The most memory this program ever held.
long peak_kilobytes() {
  struct rusage used {};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

TEST_CASE("a picture that says it is a gigabyte gets no room before it is believed") {
  const Kept kept;
  sync::server::store::PictureFiles pictures(kept.path("from"), kept.secrets.store_key);
  const Bytes content(1000, 'a');
  REQUIRE(pictures.append(sha256(content), content.size(), 0, content).ok());
  REQUIRE(write_backup(kept.path("full"), kept.path("store"), kept.secrets, kSecret, &pictures).ok());
  Bytes large = read_file(kept.path("full"), 1'000'000).value();
  const std::size_t length = large.size() - 1000 - 24 - 4;
  large[length + 3] = 0x40;
  const long before = peak_kilobytes();
  CHECK(kept.code_of(large) == "backup.damaged");
  CHECK(peak_kilobytes() - before < 512 * 1024);
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
