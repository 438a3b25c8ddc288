// Enrolment that cannot be: what was there stays, and what was begun goes again.
#include "shared/base/file.hpp"
#include "tests/client/cli/laptop_home.hpp"

namespace lianxin::client::cli {

TEST_CASE("enrolment where a store is already says what can be done, and leaves it alone") {
  const Home home;
  const std::string id = put_member(home, "吴在先");
  const Ran again =
      home.text({"enrol", "https://127.0.0.1:1/#code#sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="});
  CHECK(again.exit_code == 1);
  for (const char* said : {"没有覆盖", "lianxinctl status", "--home"})
    CHECK(again.err.find(said) != std::string::npos);
  CHECK(home.must({"get", id}).at("fields").at("name").at("value") == "吴在先");
}

TEST_CASE("enrolment that fails leaves nothing behind") {
  const Home home;
  const auto fresh = home.folder() / "fresh";
  const Ran ran = Home::run_with(
      {"--home", fresh.string(), "--json"},
      {"enrol", "https://127.0.0.1:1/#code#sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="});
  check_refused(ran, "net.unreachable");
  CHECK_FALSE(std::filesystem::exists(fresh));
}

TEST_CASE("a file that is none of the county's for enrolling is told as such, whatever it is") {
  const Home home;
  const auto fresh = home.folder() / "fresh";
  const auto file = home.folder() / "stick.lxb";
  const auto enrol = [&] {
    return Home::run_with({"--home", fresh.string(), "--json"}, {"enrol", "--file", file.string()});
  };
  for (const std::string& content : {std::string(), std::string("a letter"), std::string(1 << 20, 'x')}) {
    REQUIRE(replace_file(file, content).ok());
    check_refused(enrol(), "enrol.file");
  }
  CHECK_FALSE(std::filesystem::exists(fresh));
}

}  // namespace lianxin::client::cli
