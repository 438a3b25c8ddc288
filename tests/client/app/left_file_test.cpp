#include "client/app/left_file.hpp"

#include <doctest/doctest.h>
#include <iterator>

#include "shared/base/file.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace fs = std::filesystem;

namespace {

/// A folder of a person's, and a store that leaves files there.
struct Leaving {
  WorkStore work;
  fs::path folder = work.folder.path() / "documents";
  fs::path file = folder / "表.xlsx";

  Leaving() { fs::create_directory(folder); }
  fs::path leave(BytesView content) {
    const auto kept = ca::leave_file(*work.store, file, content, work.words.messages());
    REQUIRE(kept.ok());
    return *kept;
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
  }
  static Bytes content(const fs::path& path) { return read_file(path, 1000).value(); }
};

}  // namespace

TEST_CASE(
    "what the program left is replaced, and what a person made of it is kept beside under its own name") {
  Leaving story;
  CHECK(story.leave("first") == "");
  CHECK(story.leave("second") == "");
  CHECK(story.files() == 1);
  REQUIRE(replace_file(story.file, "by hand").ok());
  const fs::path kept = story.leave("third");
  CHECK(Leaving::content(kept) == "by hand");
  CHECK(Leaving::content(story.file) == "third");
  CHECK(kept.parent_path() == fs::canonical(story.folder));
  CHECK(kept.filename().string().starts_with("表（20"));
  CHECK(kept.extension() == ".xlsx");
  CHECK(kept.string().find(':') == std::string::npos);
  const std::string said = ca::with_kept("Saved.", kept, story.work.words.messages());
  CHECK(said.starts_with("Saved. "));
  CHECK(said.find(kept.string()) != std::string::npos);
  CHECK(ca::with_kept("Saved.", {}, story.work.words.messages()) == "Saved.");
  // Twice in the same minute.
  REQUIRE(replace_file(story.file, "by hand again").ok());
  CHECK(story.leave("fourth") != kept);
  CHECK(Leaving::content(kept) == "by hand");
  CHECK(story.files() == 3);
  // What holds the very same is nothing to keep.
  REQUIRE(replace_file(story.file, "fifth").ok());
  CHECK(story.leave("fifth") == "");
}

TEST_CASE("what could not be written leaves what was there where it was") {
  Leaving story;
  story.leave("first");
  fs::remove(story.file);
  fs::create_directory(story.file);
  const auto refused = ca::leave_file(*story.work.store, story.file, "x", story.work.words.messages());
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().args.front().value == story.file.string());
  fs::remove(story.file);
  REQUIRE(replace_file(story.file, "by hand").ok());
  // Where the new file is written first there lies a folder with something in it.
  fs::create_directories(fs::path(story.file.string() + ".lianxin-new") / "something");
  CHECK_FALSE(ca::leave_file(*story.work.store, story.file, "x", story.work.words.messages()).ok());
  CHECK(Leaving::content(story.file) == "by hand");
  CHECK(story.files() == 2);
}

TEST_CASE("where there is nothing to write, only what the program left goes") {
  Leaving story;
  const auto none = [&] {
    const auto kept = ca::leave_no_file(*story.work.store, story.file, story.work.words.messages());
    REQUIRE(kept.ok());
    CHECK_FALSE(fs::exists(story.file));
    return *kept;
  };
  CHECK(none() == "");
  story.leave("first");
  CHECK(none() == "");
  CHECK(story.files() == 0);
  REQUIRE(replace_file(story.file, "by hand").ok());
  CHECK(Leaving::content(none()) == "by hand");
}

TEST_CASE("the store remembers what it left in hundreds of places, and nothing of the rest") {
  Leaving story;
  const fs::path first = story.file;
  story.leave("first");
  for (int i = 0; i < 500; ++i) {
    story.file = story.folder / (std::to_string(i) + ".xlsx");
    story.leave("x");
  }
  CHECK(story.work.store->settings().get("left_files")->value().size() < 64 * 1024);
  CHECK(story.leave("y") == "");
  story.file = first;
  CHECK(Leaving::content(story.leave("anew")) == "first");  // once too often rather than never
}

}  // namespace lianxin::test
