// What a save says beside its answer.
#include "client/cli/warnings.hpp"

#include "tests/client/cli/laptop_home.hpp"

namespace lianxin::client::cli {

TEST_CASE("a save that the journal does not take says that there is one copy only") {
  const Home home;
  const auto stick = home.folder() / "stick";
  std::filesystem::create_directory(stick);
  (void)home.must({"journal", "set", stick.string()});
  const std::vector<std::string> words = {"put", "member", "name=冯未传",
                                          "home_village_id=" + std::string(kVillage)};
  const std::string said = "只有一份";
  CHECK_FALSE(home.must(words).contains("copies"));
  std::filesystem::rename(stick, home.folder() / "away");
  CHECK(home.must(words).at("copies") == 1);
  const std::string id =
      home.must({"put", "member", "name=冯有误", "home_village_id=" + std::string(kVillage)}).at("id");
  CHECK(home.must({"confirm", id, "name"}).at("copies") == 1);
  CHECK(home.must({"refresh", id}).at("copies") == 1);
  CHECK(home.must({"points", "sample"}).at("copies") == 1);
  CHECK(home.must({"void", id, "--reason", "录错"}).at("copies") == 1);
  CHECK_FALSE(home.must({"get", id}).contains("copies"));
  CHECK(home.text(words).err.find(said) != std::string::npos);
  CHECK(home.text({"list", "member"}).err.find(said) == std::string::npos);  // nothing was saved
  std::filesystem::rename(home.folder() / "away", stick);
  CHECK_FALSE(home.must(words).contains("copies"));
}

}  // namespace lianxin::client::cli
