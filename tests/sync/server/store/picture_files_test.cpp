#include "sync/server/store/picture_files.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

#include "shared/base/file.hpp"
#include "tests/support/process.hpp"

namespace lianxin::sync::server::store {
namespace {

namespace fs = std::filesystem;

struct Folder {
  test::TempFolder folder;
  fs::path path = folder.path() / "pictures";
  PictureFiles files{path, Bytes(32, 'k')};
};

Bytes picture(std::size_t size) {
  Bytes out = "\xFF\xD8\xFF\xE0 JFIF";
  while (out.size() < size)
    out += static_cast<char>(out.size() * 37 % 251);
  return out;
}

/// Appends from where it stands; what came of the last piece.
PictureFiles::Kept send(PictureFiles& files, const Hash256& name, BytesView content, std::size_t piece) {
  PictureFiles::Kept kept = files.kept(name);
  while (!kept.whole && kept.bytes < content.size()) {
    kept = files.append(name, content.size(), kept.bytes, content.substr(kept.bytes, piece)).value();
    if (kept.wrong) break;
  }
  return kept;
}

TEST_CASE("a picture comes in pieces of any size, and is whole when it is what its name says") {
  const Bytes content = picture(5000);
  for (const std::size_t piece : {1000U, 64U, 63U, 777U, 5000U}) {
    Folder f;
    CHECK(send(f.files, sha256(content), content, piece).whole);
    CHECK(f.files.read(sha256(content)).value() == content);
    CHECK(f.files.kept(sha256(content)).bytes == content.size());
  }
}

TEST_CASE("what is kept of it outlives the program, and a piece from elsewhere changes nothing") {
  const Bytes content = picture(3000);
  const Hash256 name = sha256(content);
  Folder f;
  CHECK(f.files.append(name, 3000, 0, content.substr(0, 1001))->bytes == 1001);
  PictureFiles again(f.path, Bytes(32, 'k'));
  CHECK(again.kept(name).bytes == 1001);
  CHECK_FALSE(again.kept(name).whole);
  CHECK(again.append(name, 3000, 1000, content.substr(1000, 10))->bytes == 1001);
  CHECK(again.append(name, 3000, 1002, content.substr(1002, 10))->bytes == 1001);
  CHECK(again.append(name, 3000, 0, content.substr(0, 10))->bytes == 1001);
  CHECK(again.append(name, 3000, 1001, Bytes(2000, 'x'))->bytes == 1001);  // beyond its end
  CHECK_FALSE(again.read(name).value().has_value());
  CHECK(again.append(name, 3000, 1001, content.substr(1001))->whole);
  CHECK(again.read(name).value() == content);
  CHECK(again.append(name, 3000, 0, "anything")->whole);
}

TEST_CASE("wrong bytes are thrown away whole, and the right ones come after them") {
  const Bytes content = picture(2000);
  const Hash256 name = sha256(content);
  Bytes wrong = content;
  wrong[1500] = static_cast<char>(wrong[1500] ^ 1);
  Folder f;
  CHECK(send(f.files, name, wrong, 512).wrong);
  CHECK(f.files.kept(name).bytes == 0);
  CHECK(f.files.list().empty());
  CHECK(send(f.files, name, content, 512).whole);
}

TEST_CASE("one that was cut between its last byte and its name is completed by whatever piece comes next") {
  const Bytes content = picture(900);
  const Hash256 name = sha256(content);
  Folder f;
  CHECK(f.files.append(name, 901, 0, content)->bytes == 900);  // as if one more byte were to come
  CHECK(f.files.append(name, 900, 0, content.substr(0, 10))->whole);
  CHECK(f.files.read(name).value() == content);
}

TEST_CASE("files tell nothing: no header, and the same picture looks different in two folders") {
  const Bytes content = picture(2000);
  Folder one;
  Folder two;
  (void)send(one.files, sha256(content), content, 2000);
  (void)send(two.files, sha256(content), content, 2000);
  const Bytes a = read_file(one.path / sha256(content).hex(), 10000).value();
  const Bytes b = read_file(two.path / sha256(content).hex(), 10000).value();
  CHECK(a.find("JFIF") == Bytes::npos);
  CHECK(a.find("\xFF\xD8\xFF") == Bytes::npos);
  CHECK(a != b);
  PictureFiles other(one.path, Bytes(32, 'x'));
  CHECK_FALSE(other.read(sha256(content)).value().has_value());
}

TEST_CASE("a file with a bit flipped is not its picture any more") {
  const Bytes content = picture(400);
  const Hash256 name = sha256(content);
  Folder f;
  (void)send(f.files, name, content, 400);
  const Bytes stored = f.files.stored(name).value();
  for (std::size_t at = 0; at < stored.size(); at += 7) {
    Bytes flipped = stored;
    flipped[at] = static_cast<char>(flipped[at] ^ 4);
    CHECK_FALSE(f.files.holds(name, flipped));
  }
  CHECK_FALSE(f.files.holds(name, stored.substr(0, 10)));
  std::ofstream(f.path / name.hex(), std::ios::binary | std::ios::trunc) << stored.substr(0, 200);
  CHECK_FALSE(f.files.read(name).value().has_value());
}

TEST_CASE("removed is gone, whole or coming; the list names what is there and nothing else") {
  const Bytes content = picture(300);
  const Bytes coming = picture(301);
  Folder f;
  CHECK(f.files.list().empty());
  (void)send(f.files, sha256(content), content, 300);
  CHECK(f.files.append(sha256(coming), 301, 0, coming.substr(0, 100))->bytes == 100);
  std::ofstream(f.path / "note.txt") << "not a picture";
  const auto list = f.files.list();
  REQUIRE(list.size() == 2);
  CHECK(list[0].name < list[1].name);
  for (const auto& entry : list) {
    CHECK(entry.whole == (entry.name == sha256(content)));
    CHECK(entry.bytes == (entry.whole ? 300U : 100U));
    CHECK(entry.age_s < 100);
  }
  CHECK(f.files.remove(sha256(content)).value());
  CHECK(f.files.remove(sha256(coming)).value());
  CHECK_FALSE(f.files.remove(sha256(coming)).value());
  CHECK(f.files.list().empty());
}

TEST_CASE("what a backup took is put back") {
  const Bytes content = picture(700);
  const Hash256 name = sha256(content);
  Folder f;
  (void)send(f.files, name, content, 700);
  const Bytes stored = f.files.stored(name).value();
  Folder other;
  CHECK(other.files.stored(name).value().empty());
  REQUIRE(other.files.put_back(name, stored).ok());
  CHECK(other.files.read(name).value() == content);
}

}  // namespace
}  // namespace lianxin::sync::server::store
