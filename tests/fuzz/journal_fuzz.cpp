// Hostile journals, head marks and backups, as files. A journal's frames are sealed and a backup ends with
// its sum: the first octet chooses whether the bytes are the file, or what an honest seal or sum in it holds.
#include <cstdio>
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
  std::FILE* out = std::fopen(file.c_str(), "wb");
  LX_CHECK(out != nullptr, "a temporary folder takes files");
  std::setbuf(out, nullptr);
  const bool is_whole = bytes.empty() || std::fwrite(bytes.data(), bytes.size(), 1, out) == 1;
  LX_CHECK(std::fclose(out) == 0 && is_whole, "a temporary folder takes files");
}

void remove_damaged() {
  for (const auto& entry : fs::directory_iterator(folder())) {
    if (entry.path().filename().string().find(".damaged-") != std::string::npos) fs::remove(entry.path());
  }
}

/// Opens and reads; with `appends` adds an entry, and finds it and everything else again.
void try_journal(BytesView bytes, bool appends) {
  static const fs::path kFile = folder() / "journal.lx";
  write(kFile, bytes);
  JournalEntry added{{{0x77}, 1}, {}, "body", "values"};
  std::size_t before = 0;
  {
    auto journal = Journal::open(kFile, key());
    LX_CHECK(journal.ok(), "a journal opens whatever is in it");
    const auto entries = journal->entries();
    LX_CHECK(entries.ok(), "a journal just opened can be read");
    if (!bytes.starts_with("LXJOURN1")) remove_damaged();
    if (!appends || journal->ids().count(added.id) > 0 || journal->bases().count(added.id.replica) > 0)
      return;
    before = entries->size();
    LX_CHECK(journal->append({added}).ok(), "a journal just opened takes entries");
  }
  auto journal = Journal::open(kFile, key());
  LX_CHECK(journal.ok() && journal->ids().count(added.id) == 1, "an entry is lost");
  const auto entries = journal->entries();
  LX_CHECK(entries.ok() && entries->size() == before + 1, "entries beside a new one are lost");
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
  static const fs::path kFile = folder() / "head.lx";
  write(kFile, bytes);
  const auto mark = read_head_mark(kFile, key());
  LX_CHECK(mark.ok() || mark.error().code == "store.head_damaged", "an error with a name");
}

}  // namespace

int fuzz_journal(BytesView bytes) {
  if (bytes.empty()) return -1;
  const BytesView rest = bytes.substr(1);
  const auto chosen = static_cast<unsigned char>(bytes[0]);
  const bool appends = chosen / 4 % 4 == 0;  // the dearer half: not for all
  switch (chosen % 4) {
    case 0:
      try_journal(rest, appends);
      break;
    case 1:
      try_journal(journal_around(rest), appends);
      break;
    case 2:
      try_head_mark(rest);
      break;
    default:
      try_head_mark("LXHEAD01" + seal(key(), "LXHEAD01", rest));
  }
  return 0;
}

/// First octet odd: the bytes as a backup whose sum is right. Nothing is left of a refused one.
int fuzz_backup(BytesView all) {
  if (all.empty()) return -1;
  static const fs::path kFile = folder() / "backup.lxbackup";
  static const HomePaths kHome(folder() / "home");
  Bytes bytes(all.substr(1));
  if (static_cast<unsigned char>(all[0]) % 2 == 1) {
    bytes.insert(0, "LXBACK01");
    bytes += hash256(bytes).bytes();
  }
  write(kFile, bytes);
  const Status unpacked = unpack_backup(kFile, kHome);
  LX_CHECK(unpacked.ok() || unpacked.error().code == "backup.malformed", "an error with a name");
  LX_CHECK(unpacked.ok() == fs::exists(kHome.folder), "a refused backup leaves something behind");
  if (unpacked.ok()) fs::remove_all(kHome.folder);
  return 0;
}

}  // namespace lianxin::test::fuzz
