// What a second copy gives back, and what is said when a part of it is gone.
#include <doctest/doctest.h>
#include <filesystem>

#include "shared/base/file.hpp"
#include "tests/client/cli/laptop_home.hpp"

namespace lianxin::client::cli {

TEST_CASE("recover reads the journal in the folder it was given, wherever the stick is now") {
  const Home home;
  const std::filesystem::path stick = home.folder() / "stick";
  const std::filesystem::path elsewhere = home.folder() / "elsewhere";
  std::filesystem::create_directory(stick);
  std::filesystem::create_directory(home.folder() / "empty");
  home.must({"journal", "set", stick.string()});
  const std::string id = put_member(home, "郑在盘");
  std::filesystem::rename(stick, elsewhere);
  std::filesystem::resize_file(home.home() / "store.db", 5000);
  check_refused(home.ctl({"recover", (home.folder() / "empty").string()}), "journal.unreadable");
  const json recovered = home.must({"recover", elsewhere.string()});
  CHECK(recovered.at("from_journal").get<int>() >= 1);
  CHECK(recovered.at("missing") == 0);
  CHECK(recovered.at("journal_damaged") == false);
  CHECK(home.must({"get", id}).at("fields").at("name").at("value") == "郑在盘");
}

TEST_CASE("recover says that a part of the journal could not be read") {
  const Home home;
  const std::filesystem::path file = home.home() / "journal.lx";
  const auto first_end = (put_member(home, "一"), std::filesystem::file_size(file));
  const auto second_end = (put_member(home, "二"), std::filesystem::file_size(file));
  const std::string last = put_member(home, "三");
  Bytes journal = read_file(file, 1 << 20).value();
  journal[(first_end + second_end) / 2] = static_cast<char>(journal[(first_end + second_end) / 2] ^ 1);
  REQUIRE(replace_file(file, journal).ok());
  std::filesystem::resize_file(home.home() / "store.db", 5000);
  const json recovered = home.must({"recover"});
  CHECK(recovered.at("journal_damaged") == true);
  CHECK(recovered.at("missing").get<int>() >= 1);
  CHECK(home.must({"get", last}).at("fields").at("name").at("value") == "三");
}

TEST_CASE("a journal that is not there is not recovered from, and nothing is set aside") {
  const Home home;
  const std::string id = put_member(home, "只在盘上");
  check_refused(home.ctl({"recover", (home.folder() / "stick").string()}), "journal.no_folder");
  for (const auto& entry : std::filesystem::directory_iterator(home.home()))
    CHECK(entry.path().filename().string().find("damaged") == std::string::npos);
  CHECK(home.must({"get", id}).at("fields").at("name").at("value") == "只在盘上");
}

}  // namespace lianxin::client::cli
