#include "shared/base/file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "shared/base/told_as.hpp"
#include "tests/support/process.hpp"

namespace lianxin {
namespace {

using test::TempFolder;

unsigned mode_of(const std::filesystem::path& path) {
  struct stat info {};
  REQUIRE(stat(path.c_str(), &info) == 0);
  return info.st_mode & 0777U;
}

TEST_CASE("a file replaced is whole, private, and leaves nothing beside it") {
  const TempFolder folder;
  const auto path = folder.path() / "mark";
  REQUIRE(replace_file(path, "one").ok());
  REQUIRE(replace_file(path, Bytes("two\0zero", 8)).ok());
  CHECK(read_file(path, 100).value() == Bytes("two\0zero", 8));
  CHECK(mode_of(path) == 0600);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("what somebody laid where the new content is written is neither followed nor made to hold it") {
  const TempFolder folder;
  const auto path = folder.path() / "mark";
  const auto beside = folder.path() / "mark.lianxin-new";
  const auto other = folder.path() / "other";
  REQUIRE(replace_file(other, "other").ok());
  std::filesystem::create_symlink(other, beside);
  REQUIRE(replace_file(path, "one").ok());
  CHECK(read_file(other, 100).value() == "other");
  CHECK_FALSE(std::filesystem::is_symlink(path));
  REQUIRE(replace_file(beside, "").ok());
  std::filesystem::permissions(beside, std::filesystem::perms{0644});
  REQUIRE(replace_file(path, "two").ok());
  CHECK(mode_of(path) == 0600);
}

TEST_CASE("a replacement that cannot be written leaves the old content") {
  const TempFolder folder;
  const Status refused = replace_file(folder.path() / "none" / "mark", "x");
  REQUIRE(refused.error().code == "file.unwritable");
  CHECK(refused.error().args.back().value == "why.not_there");
  CHECK_FALSE(std::filesystem::exists(folder.path() / "none"));
  const auto path = folder.path() / "mark";
  REQUIRE(replace_file(path, "old").ok());
  std::filesystem::create_directory(folder.path() / "taken");
  CHECK_FALSE(replace_file(folder.path() / "taken", "x").ok());
  CHECK(read_file(path, 100).value() == "old");
}

TEST_CASE("only a file is replaced, through a link as well; what lies beside it is left alone") {
  const TempFolder folder;
  const auto path = folder.path() / "mark";
  REQUIRE(replace_file(path, "old").ok());
  REQUIRE(replace_file(folder.path() / "mark.new", "a person's").ok());
  std::filesystem::create_symlink(path, folder.path() / "link");
  REQUIRE(replace_file(folder.path() / "link", "new").ok());
  CHECK(std::filesystem::is_symlink(folder.path() / "link"));
  CHECK(read_file(path, 100).value() == "new");
  CHECK(read_file(folder.path() / "mark.new", 100).value() == "a person's");
  const auto why = [&](const std::filesystem::path& target) {
    return replace_file(target, "x").error().args.back().value;
  };
  CHECK(why(folder.path()) == "why.is_folder");
  const auto pipe = folder.path() / "pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(why(pipe) == "why.not_a_file");
  CHECK(std::filesystem::is_fifo(pipe));
  CHECK(read_file(folder.path(), 10).error().args.back().value == "why.is_folder");
}

TEST_CASE("reading says what is wrong: missing, too large, a folder") {
  const TempFolder folder;
  CHECK(read_file(folder.path() / "none", 10).error().code == "file.missing");
  REQUIRE(replace_file(folder.path() / "ten", "0123456789").ok());
  CHECK(read_file(folder.path() / "ten", 10).value() == "0123456789");
  CHECK(read_file(folder.path() / "ten", 9).error().code == "file.too_large");
  CHECK(read_file(folder.path() / "ten", 9).error().args.back().value == "1 KB");
  REQUIRE(replace_file(folder.path() / "more", Bytes(3 * 1024 * 1024, 'x')).ok());
  CHECK(read_file(folder.path() / "more", 64 * 1024).error().args.back().value == "64 KB");
  CHECK(read_file(folder.path() / "more", 2 * 1024 * 1024).error().args.back().value == "2 MB");
  CHECK_FALSE(read_file(folder.path(), 10).ok());
}

TEST_CASE("appending goes on at the end, also after opening again and after a cut") {
  const TempFolder folder;
  const auto path = folder.path() / "journal";
  {
    auto file = AppendFile::open(path);
    REQUIRE(file.ok());
    REQUIRE(file->append("one").ok());
    REQUIRE(file->append("two").ok());
  }
  auto file = AppendFile::open(path);
  REQUIRE(file.ok());
  REQUIRE(file->append("three").ok());
  CHECK(read_file(path, 100).value() == "onetwothree");
  REQUIRE(file->truncate(3).ok());
  REQUIRE(file->append("!").ok());
  CHECK(read_file(path, 100).value() == "one!");
  CHECK(mode_of(path) == 0600);
}

TEST_CASE("a file that cannot be gone on with is named, with the reason") {
  auto first = AppendFile::open("/dev/full");
  REQUIRE(first.ok());
  AppendFile file;
  file = std::move(*first);
  const AppendFile* moved = &file;
  REQUIRE(moved->is_open());
  for (const Status& refused : {file.append("x"), file.truncate(1)}) {
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == "file.unwritable");
    CHECK(refused.error().args.front().value == "/dev/full");
  }
  CHECK(file.append("x").error().args.back().value == "why.no_space");
}

TEST_CASE("what hinders a file under a passing name, or one beside that, is told of the file asked for") {
  const auto named = [](const std::string& path) {
    const Status told = told_as(Status(fail("file.unwritable", {{"path", path}, {"why", "why.no_space"}})),
                                "/stick/b.part-1", "/stick/b");
    return told.error().args.front().value + " " + told.error().args.back().value;
  };
  CHECK(named("/stick/b.part-1") == "/stick/b why.no_space");
  CHECK(named("/stick/b.part-1.verify-2") == "/stick/b why.no_space");
  CHECK(named("/county/server.db") == "/county/server.db why.no_space");
  CHECK(told_as(Status(), "/stick/b.part-1", "/stick/b").ok());
}

TEST_CASE("a private folder is made with its parents and is nobody else's") {
  const TempFolder folder;
  const auto path = folder.path() / "a" / "b";
  REQUIRE(make_private_folder(path).ok());
  REQUIRE(make_private_folder(path).ok());
  REQUIRE(make_private_folder(folder.path() / "with" / "parents/").ok());
  CHECK(is_folder(folder.path() / "with" / "parents"));
  CHECK(mode_of(path) == 0700);
  REQUIRE(replace_file(folder.path() / "file", "x").ok());
  CHECK(make_private_folder(folder.path() / "file").error().code == "file.no_folder");
}

TEST_CASE("a lock has one holder at a time and ends with it") {
  const TempFolder folder;
  const auto path = folder.path() / "lock";
  {
    auto held = FileLock::take(path);
    REQUIRE(held.ok());
    CHECK(FileLock::take(path).error().code == "file.in_use");
    const FileLock moved = std::move(held).value();
    CHECK(FileLock::take(path).error().code == "file.in_use");
  }
  CHECK(FileLock::take(path).ok());
}

TEST_CASE("a lock that cannot be had for another reason is not said to be somebody's") {
  const TempFolder folder;
  const auto nowhere = FileLock::take(folder.path() / "none" / "lock");
  REQUIRE_FALSE(nowhere.ok());
  CHECK(nowhere.error().code == "file.unwritable");
  CHECK(nowhere.error().args.back().value == "why.not_there");
  CHECK(FileLock::take(folder.path()).error().args.back().value == "why.is_folder");
}

}  // namespace
TEST_CASE("a path the system will not tell of is not there, and nothing is thrown") {
  const TempFolder folder;
  const std::filesystem::path too_long = folder.path() / std::string(300, 'x');
  CHECK_THROWS((void)std::filesystem::exists(too_long));
  CHECK_FALSE(is_there(too_long));
  CHECK_FALSE(is_folder(too_long));
  CHECK(is_there(folder.path()));
  CHECK(is_folder(folder.path()));
}

}  // namespace lianxin
