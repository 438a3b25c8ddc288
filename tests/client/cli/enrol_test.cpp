// Enrolment that cannot be: what was there stays, and what was begun goes again.
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

}  // namespace lianxin::client::cli
