// What a command answers: whole, or told as lost.
#include <doctest/doctest.h>
#include <filesystem>
#include <streambuf>

#include "shared/base/file.hpp"
#include "tests/client/cli/laptop_home.hpp"

namespace lianxin::client::cli {
namespace {

/// A disk without room, or a reader that has gone.
class Full final : public std::streambuf {
  int_type overflow(int_type /*octet*/) override { return traits_type::eof(); }
};

Ran run_into_full(const Home& home, std::vector<std::string> words) {
  words.insert(words.begin(), {"--home", home.home().string(), "--lang", "en"});
  Full full;
  std::ostream out(&full);
  std::ostringstream err;
  const int exit_code = run(words, out, err);
  return {exit_code, "", err.str()};
}

}  // namespace

TEST_CASE("an answer that could not be written whole is no success, and what was saved stays saved") {
  const Home home;
  const std::string village = std::string("home_village_id=") + kVillage;
  home.must({"put", "member", "name=赵连心", village});
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"dump"}, {"--json", "status"}, {"put", "member", "name=钱守信", village}}) {
    const Ran lost = run_into_full(home, words);
    CHECK_MESSAGE(lost.exit_code == 1, words.front());
    CHECK_MESSAGE(lost.err.find("could not be written whole") != std::string::npos, lost.err);
  }
  CHECK(home.must({"status"}).at("records").at("member") == 2);
}

TEST_CASE("a heading that stands in a roster twice is told twice") {
  const Home home;
  const auto file = home.folder() / "list.csv";
  REQUIRE(
      replace_file(file, "姓名,村,电话,电话,姓名\n赵一,220622101200,13900001111,13900002222,赵壹\n").ok());
  const json columns = home.must({"import", "roster", file.string()}).at("sheets").at(0).at("columns");
  CHECK(columns.at("姓名") == "member.name");
  CHECK(columns.at("姓名 (2)") == nullptr);
  CHECK(columns.at("电话") == "contact_point.self");
}

TEST_CASE("a folder that takes no second copy leaves it where it is, and says so") {
  namespace fs = std::filesystem;
  const Home home;
  const fs::path stick = home.folder() / "stick";
  const fs::path other = home.folder() / "other";
  fs::create_directory(stick);
  fs::create_directory(other);
  home.must({"journal", "set", stick.string()});
  // What stands in the way of the file there, as a right that is missing would.
  fs::create_directory(other / fs::directory_iterator(stick)->path().filename());
  const Ran refused = home.ctl({"journal", "set", other.string()});
  CHECK(refused.exit_code == 1);
  const json error = refused.value().at("error");
  CHECK(error.at("code") == "journal.stays");
  CHECK(error.at("message").get<std::string>().find(other.string() + " ") != std::string::npos);
  const json saved = home.must({"put", "member", "name=赵连心", std::string("home_village_id=") + kVillage});
  CHECK_FALSE(saved.contains("copies"));  // both copies
}

}  // namespace lianxin::client::cli
