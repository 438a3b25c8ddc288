// Hostile journals, head marks and backups, as files. A journal's frames are sealed: the first octet chooses
// whether the bytes are the file, or what an honest seal in it holds.
#include <filesystem>

#include "client/store/backup_file.hpp"
#include "client/store/journal.hpp"
#include "client/store/seal.hpp"
#include "shared/base/check.hpp"
#include "shared/base/file.hpp"
#include "shared/base/hash.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/process.hpp"

namespace lianxin::test::fuzz {

using namespace client::store;
namespace fs = std::filesystem;

namespace {

const Bytes& key() {
  static const Bytes kKey(kKeyBytes, 'j');
  return kKey;
}

const fs::path& folder() {
  static const TempFolder kFolder;
  return kFolder.path();
}

void write(const fs::path& file, BytesView bytes) {
  std::error_code ignored;
  fs::remove(file, ignored);
  auto out = AppendFile::open(file);
  LX_CHECK(out.ok() && out->append(bytes).ok(), "a temporary folder takes files");
}

/// Opens, reads, adds an entry, and finds it and everything else again.
void try_journal(BytesView bytes) {
  const fs::path file = folder() / "journal.lx";
  write(file, bytes);
  JournalEntry added{{{0x77}, 1}, {}, "body", "values"};
  std::size_t before = 0;
  {
    auto journal = Journal::open(file, key());
    LX_CHECK(journal.ok(), "a journal opens whatever is in it");
    const auto entries = journal->entries();
    LX_CHECK(entries.ok(), "a journal just opened can be read");
    if (journal->ids().count(added.id) > 0 || journal->bases().count(added.id.replica) > 0) return;
    before = entries->size();
    LX_CHECK(journal->append({added}).ok(), "a journal just opened takes entries");
  }
  auto journal = Journal::open(file, key());
  LX_CHECK(journal.ok() && journal->ids().count(added.id) == 1, "an entry is lost");
  const auto entries = journal->entries();
  LX_CHECK(entries.ok() && entries->size() == before + 1, "entries beside a new one are lost");
  for (const auto& entry : fs::directory_iterator(folder())) {
    if (entry.path().filename().string().find(".damaged-") != std::string::npos) fs::remove(entry.path());
  }
}

Bytes little_endian(std::uint64_t number, std::size_t bytes) {
  Bytes out;
  for (std::size_t i = 0; i < bytes; ++i)
    out += static_cast<char>(number >> (8 * i));
  return out;
}

Bytes journal_around(BytesView frame) {
  const Bytes link(16, 'l');
  const Bytes sealed = seal(key(), link, frame);
  return "LXJOURN1" + link + "LXFR" + little_endian(sealed.size(), 4) + sealed;
}

void try_head_mark(BytesView bytes) {
  const fs::path file = folder() / "head.lx";
  write(file, bytes);
  const auto mark = read_head_mark(file, key());
  LX_CHECK(mark.ok() || mark.error().code == "store.head_damaged", "an error with a name");
}

}  // namespace

int fuzz_journal(BytesView bytes) {
  if (bytes.empty()) return -1;
  const BytesView rest = bytes.substr(1);
  switch (static_cast<unsigned char>(bytes[0]) % 4) {
    case 0:
      try_journal(rest);
      break;
    case 1:
      try_journal(journal_around(rest));
      break;
    case 2:
      try_head_mark(rest);
      break;
    default:
      try_head_mark("LXHEAD01" + seal(key(), "", rest));
  }
  return 0;
}

/// The bytes as they are, and the bytes as a backup whose sum is right. Nothing is left of a refused one.
int fuzz_backup(BytesView bytes) {
  const fs::path file = folder() / "backup.lxbackup";
  Bytes sound = "LXBACK01" + Bytes(bytes);
  sound += hash256(sound).bytes();
  for (const Bytes& tried : {Bytes(bytes), sound}) {
    write(file, tried);
    const HomePaths home(folder() / "home");
    const Status unpacked = unpack_backup(file, home);
    LX_CHECK(unpacked.ok() || unpacked.error().code == "backup.malformed", "an error with a name");
    LX_CHECK(unpacked.ok() == fs::exists(home.folder), "a refused backup leaves something behind");
    std::error_code ignored;
    fs::remove_all(home.folder, ignored);
  }
  return 0;
}

}  // namespace lianxin::test::fuzz
