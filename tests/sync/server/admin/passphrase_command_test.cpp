#include "sync/server/admin/passphrase_command.hpp"

#include <cstdlib>
#include <doctest/doctest.h>

#include "shared/base/file.hpp"
#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

constexpr const char* kNext = "another-horse-test";

TEST_CASE("the administrator's passphrase is changed; old backups keep theirs, new ones take the new one") {
  const Desk desk;
  desk.init();
  static_cast<void>(desk.json({"backup", desk.file("before")}));
  setenv("LIANXIN_NEW_PASSPHRASE", kNext, 1);
  CHECK(desk.json({"passphrase", "change"}).at("changed") == true);
  unsetenv("LIANXIN_NEW_PASSPHRASE");
  CHECK(desk.try_json({"backup", desk.file("after")}).error() == "server.login");
  const auto restored = [&](const std::string& file) {
    return run_words({"restore", desk.file(file), "--data", desk.file("of " + file), "--json"});
  };
  CHECK(restored("before").exit_code == 0);
  setenv("LIANXIN_PASSPHRASE", kNext, 1);
  static_cast<void>(desk.json({"backup", desk.file("after")}));
  CHECK(restored("after").exit_code == 0);
  CHECK(desk.text({"audit"}).find("changed the administrator's passphrase") != std::string::npos);
}

TEST_CASE("nothing is changed without the old passphrase, nor to one that is too short or too long") {
  const Desk desk;
  desk.init();
  const std::vector<std::string> change = {"passphrase", "change", "--new-file", desk.file("next")};
  REQUIRE(replace_file(desk.file("next"), "too short\n").ok());
  CHECK(desk.try_json(change).error() == "server.password");
  REQUIRE(replace_file(desk.file("next"), std::string(1025, 'x')).ok());
  CHECK(desk.try_json(change).error() == "passphrase.long");
  REQUIRE(replace_file(desk.file("next"), std::string(kNext) + "\n").ok());
  setenv("LIANXIN_PASSPHRASE", "a slip of the finger", 1);
  CHECK(desk.try_json(change).error() == "server.login");
  setenv("LIANXIN_PASSPHRASE", kAdminPassphrase, 1);
  static_cast<void>(desk.json({"backup", desk.file("still")}));
  const std::string said = desk.text(change);
  CHECK(said.find("passphrase of their day") != std::string::npos);
}

TEST_CASE("a county's first passphrase has the same bounds") {
  const Desk desk;
  const std::vector<std::string> init = {"init",      "--name",   "靖宇",          "--host",
                                         "127.0.0.1", "--listen", "127.0.0.1:8443"};
  setenv("LIANXIN_PASSPHRASE", "eleven char", 1);
  CHECK(desk.try_json(init).error() == "server.password");
  setenv("LIANXIN_PASSPHRASE", std::string(100 * 1024, 'x').c_str(), 1);
  CHECK(desk.try_json(init).error() == "passphrase.long");
  setenv("LIANXIN_PASSPHRASE", kAdminPassphrase, 1);
  CHECK(desk.try_json(init).exit_code == 0);
}

}  // namespace
}  // namespace lianxin::test
