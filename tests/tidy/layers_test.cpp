#include "tests/tidy/layers.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <string>

namespace lianxin::test::tidy {
namespace {

Tree one(const std::string& path, const std::string& text) { return {{path, text}}; }

}  // namespace

TEST_CASE("every include of the tree goes one way, to a folder and a library its folder may use") {
  expect_clean(check_layers(project()));
}

TEST_CASE("every right of the table is made use of") {
  expect_clean(check_rights(project()));
  const Problems idle = check_rights(one("shared/base/id.cpp", "#include <vector>\n"));
  CHECK(std::find(idle.begin(), idle.end(), "shared/base: nothing in it makes use of its right to sodium") !=
        idle.end());
  CHECK(check_rights(one("shared/base/id.cpp", "#include <sodium.h>\n")).size() == idle.size() - 1);
}

TEST_CASE("no row of the table allows what another row forbids in return") {
  for (const LayerRule& a : layer_rules()) {
    for (const LayerRule& b : layer_rules()) {
      if (a.folder >= b.folder || a.folder == "tests" || b.folder == "tests") continue;
      const auto allows = [](const LayerRule& from, const LayerRule& to) {
        for (std::string_view entry : from.may_include) {
          if (entry == to.folder) return true;
        }
        return false;
      };
      CHECK_MESSAGE(!(allows(a, b) && allows(b, a)), a.folder << " <-> " << b.folder);
    }
  }
}

TEST_CASE("planted faults are found") {
  CHECK(check_layers(one("client/ui/screens/today.cpp", "#include <sqlite3.h>\n")).size() == 1);
  CHECK(check_layers(one("client/ui/screens/today.cpp", "#include \"shared/store/database.hpp\"\n")).size() ==
        1);
  CHECK(check_layers(one("shared/domain/visit.cpp", "#include \"sync/change/change.hpp\"\n")).size() == 1);
  CHECK(check_layers(one("sync/laptop/session.cpp", "#include \"client/store/replica.hpp\"\n")).size() == 1);
  CHECK(
      check_layers(one("sync/laptop/session.cpp", "#include \"sync/server/service/intake.hpp\"\n")).size() ==
      1);
  CHECK(check_layers(one("client/misc/odd.cpp", "\n")).size() == 1);
  CHECK(check_layers(one("shared/odd/odd.cpp", "\n")).size() == 1);
  CHECK(check_layers(one("shared/base/id.cpp", "#include \"hash.hpp\"\n")).size() == 1);
  CHECK(check_layers(one("shared/base/id.cpp", "#include <curl/curl.h>\n")).size() == 1);
  CHECK(check_layers(one("shared/base/id.cpp", "#include \"elsewhere/x.hpp\"\n")).size() == 1);
}

TEST_CASE("what is allowed is not reported") {
  CHECK(check_layers(
            one("client/ui/screens/today.cpp", "#include <imgui.h>\n#include \"client/app/command.hpp\"\n"))
            .empty());
  CHECK(check_layers(one("client/ui/screens/today.cpp", "#include \"client/app/published.hpp\"\n")).size() ==
        1);
  CHECK(check_layers(one("client/store/replica.cpp", "#include \"sync/laptop/replica.hpp\"\n")).empty());
  CHECK(check_layers(one("client/store/replica.cpp", "#include \"sync/laptop/session.hpp\"\n")).size() == 1);
  CHECK(check_layers(one("shared/base/id.cpp",
                         "// #include <sqlite3.h>\n/* #include <imgui.h> */\n#include <vector>\n"))
            .empty());
}

TEST_CASE("two folders that include each other are reported once more, as a pair") {
  const Tree tree = {{"shared/base/a.cpp", "#include \"shared/domain/b.hpp\"\n"},
                     {"shared/domain/b.hpp", "#include \"shared/base/a.hpp\"\n"}};
  const Problems problems = check_layers(tree);
  REQUIRE(problems.size() == 2);
  CHECK(problems[1].find("include each other") != std::string::npos);
}

}  // namespace lianxin::test::tidy
