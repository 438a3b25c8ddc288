#include "client/store/vault.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <set>

#include "client/store/key_file.hpp"
#include "client/store/seal.hpp"
#include "shared/base/file.hpp"
#include "tests/support/process.hpp"

using namespace lianxin;
using namespace lianxin::client::store;
using lianxin::test::TempFolder;
namespace fs = std::filesystem;

namespace {

constexpr KdfCost kQuick{1, 1};
constexpr std::string_view kPass = "correct horse battery";
constexpr std::string_view kOther = "another long passphrase";

Identity someone() {
  Identity identity;
  identity.device = Id::make(1);
  identity.worker = Id::make(2);
  identity.worker_name = "冯未传";
  identity.server_name = "抚松县";
  identity.address.url = "https://county:8443";
  identity.sign_secret = Bytes(64, 's');
  identity.machine_mark = "mark";
  return identity;
}

fs::path copy_of(const HomePaths& home) { return home.key_file().string() + ".1"; }

std::string code_of_open(const HomePaths& home, std::string_view passphrase) {
  const auto opened = Vault::open(home, passphrase);
  return opened.ok() ? "" : opened.error().code;
}

void put(const fs::path& file, BytesView bytes) { REQUIRE(replace_file(file, bytes).ok()); }

}  // namespace

TEST_CASE("a key file gives back key and identity to its passphrase and to nobody else") {
  const TempFolder folder;
  const HomePaths home(folder.path());
  Bytes key;
  {
    const auto made = Vault::create(home, someone(), kPass, kQuick);
    REQUIRE(made.ok());
    key = made->data_key();
    CHECK(key.size() == kKeyBytes);
    CHECK(made->subkey("journal") != made->subkey("head"));
  }
  const auto opened = Vault::open(home, kPass);
  REQUIRE(opened.ok());
  CHECK(opened->data_key() == key);
  CHECK(opened->identity().worker_name == "冯未传");
  CHECK(opened->identity().sign_secret == Bytes(64, 's'));
  CHECK(code_of_open(home, kOther) == "store.wrong_passphrase");
  const auto bytes = read_file(home.key_file(), kKeyFileBytesMax);
  REQUIRE(bytes.ok());
  CHECK(bytes->find("冯未传") == Bytes::npos);
  CHECK(bytes->find("county") == Bytes::npos);
}

TEST_CASE("no key file is made over another one, nor with a passphrase too short") {
  const TempFolder folder;
  const HomePaths home(folder.path());
  CHECK(Vault::create(home, someone(), "short", kQuick).error().code == "store.passphrase_short");
  CHECK(Vault::create(home, someone(), "十一个字的口令太短了吧", kQuick).error().code ==
        "store.passphrase_short");
  CHECK_FALSE(fs::exists(home.key_file()));
  CHECK(code_of_open(home, kPass) == "store.missing");
  REQUIRE(Vault::create(home, someone(), kPass, kQuick).ok());
  const auto before = read_file(home.key_file(), kKeyFileBytesMax);
  CHECK(Vault::create(home, someone(), kOther, kQuick).error().code == "store.exists");
  CHECK(*read_file(home.key_file(), kKeyFileBytesMax) == *before);
}

TEST_CASE("every flipped byte is noticed; the copy then opens and mends the file") {
  const TempFolder folder;
  const HomePaths home(folder.path());
  REQUIRE(Vault::create(home, someone(), kPass, kQuick).ok());
  const Bytes good = *read_file(home.key_file(), kKeyFileBytesMax);
  for (std::size_t at = 0; at < good.size(); ++at) {
    Bytes bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    const auto read = decode_key_file(bad);
    REQUIRE_FALSE(read.ok());
    REQUIRE(read.error().code == "store.key_damaged");
  }
  for (const std::size_t at : {std::size_t{0}, good.size() / 2, good.size() - 1}) {
    Bytes bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    put(home.key_file(), bad);
    CHECK(code_of_open(home, kPass).empty());
    CHECK(*read_file(home.key_file(), kKeyFileBytesMax) == good);
  }
  // Torn at any length, and gone altogether.
  for (std::size_t bytes = 0; bytes < good.size(); bytes += 7) {
    CAPTURE(bytes);
    CHECK_FALSE(decode_key_file(good.substr(0, bytes)).ok());
  }
  fs::remove(home.key_file());
  CHECK(code_of_open(home, kPass).empty());
  put(home.key_file(), "x");
  put(copy_of(home), "y");
  CHECK(code_of_open(home, kPass) == "store.key_damaged");
}

TEST_CASE("a forged key file with a right checksum is refused") {
  const TempFolder folder;
  const HomePaths home(folder.path());
  REQUIRE(Vault::create(home, someone(), kPass, kQuick).ok());
  const auto read = decode_key_file(*read_file(home.key_file(), kKeyFileBytesMax));
  REQUIRE(read.ok());
  // Another identity box, sealed by somebody without the key.
  KeyFile forged = read->file;
  const Bytes other_key(kKeyBytes, 'k');
  seal_identity(forged, someone(), other_key);
  put(home.key_file(), encode_key_file(forged, other_key));
  put(copy_of(home), encode_key_file(forged, other_key));
  CHECK(code_of_open(home, kPass) == "store.key_damaged");
  // A cost that would take all memory is never tried.
  KeyFile greedy = read->file;
  for (auto& slot : greedy.slots)
    slot.content = Bytes(1, '\x7f') + slot.content;
  put(home.key_file(), encode_key_file(greedy, other_key));
  put(copy_of(home), encode_key_file(greedy, other_key));
  CHECK(code_of_open(home, kPass) == "store.key_damaged");
}

TEST_CASE("a changed passphrase keeps key and identity; the old one opens nothing any more") {
  setenv("LIANXIN_KDF_MIB", "8", 1);
  const TempFolder folder;
  const HomePaths home(folder.path());
  Bytes key;
  {
    auto vault = Vault::create(home, someone(), kPass, kQuick);
    REQUIRE(vault.ok());
    key = vault->data_key();
    CHECK(vault->change_passphrase(kOther, kOther).error().code == "store.wrong_passphrase");
    CHECK(vault->change_passphrase(kPass, "short").error().code == "store.passphrase_short");
    CHECK(vault->change_passphrase(kPass, std::string(100 * 1024, 'x')).error().code == "passphrase.long");
    // Blanks around a few letters make no passphrase: nobody sees how many there are.
    CHECK(vault->change_passphrase(kPass, "  four        ").error().code == "store.passphrase_short");
    REQUIRE(vault->change_passphrase(kPass, kOther).ok());
  }
  CHECK(code_of_open(home, kPass) == "store.wrong_passphrase");
  {
    const auto opened = Vault::open(home, kOther);
    REQUIRE(opened.ok());
    CHECK(opened->data_key() == key);
    CHECK(opened->identity().worker_name == "冯未传");
  }
}

TEST_CASE("a key file lost right after a change of the passphrase leaves a copy with the new one") {
  setenv("LIANXIN_KDF_MIB", "8", 1);
  const TempFolder folder;
  const HomePaths home(folder.path());
  {
    auto vault = Vault::create(home, someone(), kPass, kQuick);
    REQUIRE(vault.ok());
    REQUIRE(vault->change_passphrase(kPass, kOther).ok());
  }
  fs::remove(home.key_file());
  CHECK(code_of_open(home, kPass) == "store.wrong_passphrase");
  CHECK(code_of_open(home, kOther).empty());
}

TEST_CASE("a change that does not reach the key file changes its copy neither") {
  setenv("LIANXIN_KDF_MIB", "8", 1);
  const TempFolder folder;
  const HomePaths home(folder.path());
  auto vault = Vault::create(home, someone(), kPass, kQuick);
  REQUIRE(vault.ok());
  const fs::path aside = folder.path() / "aside";
  fs::rename(home.key_file(), aside);
  fs::create_directory(home.key_file());  // nothing is renamed over a folder
  CHECK(vault->change_passphrase(kPass, kOther).error().code == "file.unwritable");
  fs::remove(home.key_file());
  fs::rename(aside, home.key_file());
  CHECK(*read_file(copy_of(home), kKeyFileBytesMax) == *read_file(home.key_file(), kKeyFileBytesMax));
  // A power cut in the midst leaves the copy ahead; the next open puts it right.
  CHECK(code_of_open(home, kPass).empty());
  const Bytes before = *read_file(home.key_file(), kKeyFileBytesMax);
  REQUIRE(vault->change_passphrase(kPass, kOther).ok());
  put(home.key_file(), before);
  CHECK(code_of_open(home, kPass).empty());
  CHECK(*read_file(copy_of(home), kKeyFileBytesMax) == before);
}

TEST_CASE("a new identity is kept, in both files") {
  const TempFolder folder;
  const HomePaths home(folder.path());
  auto vault = Vault::create(home, someone(), kPass, kQuick);
  REQUIRE(vault.ok());
  Identity moved = someone();
  moved.journal_folder = "/media/stick";
  REQUIRE(vault->set_identity(moved).ok());
  CHECK(Vault::open(home, kPass)->identity().journal_folder == "/media/stick");
  put(home.key_file(), "ruined");
  CHECK(Vault::open(home, kPass)->identity().journal_folder == "/media/stick");
}

TEST_CASE("what the county has not answered is kept in both files until it has, and then forgotten by both") {
  const TempFolder folder;
  const HomePaths home(folder.path());
  Identity arriving = someone();
  arriving.arrival = Arrival{"the request", 7, {{Id::make(3), "220622101200", {0, 1, 2}}}};
  SUBCASE("as a worker has it") {}
  SUBCASE("and an office with every village") {
    arriving.arrival->scopes.resize(1000, arriving.arrival->scopes[0]);
  }
  {
    auto vault = Vault::create(home, arriving, kPass, kQuick);
    REQUIRE(vault.ok());
  }
  const auto version = [&] {
    return decode_key_file(*read_file(home.key_file(), kKeyFileBytesMax))->file.version;
  };
  CHECK(version() == kKeyFileArriving);
  for (const char* ruined : {"keys.lx", "keys.lx.1"}) {
    put(home.folder / ruined, "ruined");
    const auto opened = Vault::open(home, kPass);
    REQUIRE(opened.ok());
    const auto& kept = opened->identity().arrival;
    REQUIRE(kept);
    CHECK(kept->request == "the request");
    CHECK(kept->epoch == 7);
    REQUIRE(kept->scopes.size() == arriving.arrival->scopes.size());
    CHECK(kept->scopes.back().scope == arriving.arrival->scopes.front().scope);
    CHECK(kept->scopes.back().classes.size() == 3);
    CHECK(opened->identity().machine_mark == "mark");
  }
  REQUIRE(Vault::open(home, kPass)->set_identity(someone()).ok());
  CHECK(version() == kKeyFileVersion);
  CHECK_FALSE(Vault::open(home, kPass)->identity().arrival);
  // Programs of the first version read what such a file holds.
  CHECK(*read_file(copy_of(home), kKeyFileBytesMax) == *read_file(home.key_file(), kKeyFileBytesMax));
}

TEST_CASE("more villages than a key file takes are left to the county to tell again") {
  const TempFolder folder;
  const HomePaths home(folder.path());
  Identity arriving = someone();
  arriving.arrival =
      Arrival{"the request", 7, {1001, sync::wire::HeldScope{Id::make(3), "220622101200", {0}}}};
  REQUIRE(Vault::create(home, arriving, kPass, kQuick).ok());
  const auto opened = Vault::open(home, kPass);
  REQUIRE(opened.ok());
  REQUIRE(opened->identity().arrival);
  CHECK(opened->identity().arrival->request == "the request");
  CHECK(opened->identity().arrival->scopes.empty());
}

TEST_CASE("the environment lowers the cost of a passphrase, within limits") {
  setenv("LIANXIN_KDF_MIB", "8", 1);
  CHECK(KdfCost::usual().mebibytes == 8);
  setenv("LIANXIN_KDF_MIB", "1", 1);
  CHECK(KdfCost::usual().mebibytes == 8);
  setenv("LIANXIN_KDF_MIB", "much", 1);
  CHECK(KdfCost::usual().mebibytes == 256);
  setenv("LIANXIN_KDF_MIB", "8", 1);
}

TEST_CASE("a sealed piece opens with its key and context only") {
  const Bytes key(kKeyBytes, 'a');
  const Bytes sealed = seal(key, "place", "secret");
  CHECK(sealed.size() == kSealBytes + 6);
  CHECK(*unseal(key, "place", sealed) == "secret");
  CHECK(unseal(key, "elsewhere", sealed).error().code == "seal.broken");
  CHECK(unseal(Bytes(kKeyBytes, 'b'), "place", sealed).error().code == "seal.broken");
  CHECK(unseal(key, "place", "short").error().code == "seal.broken");
  CHECK(seal(key, "place", "secret") != sealed);
  Bytes gone = "secret";
  wipe(gone);
  CHECK(gone.empty());
}
