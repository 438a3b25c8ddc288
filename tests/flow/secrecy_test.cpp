// What lies on the disks says nothing about people: no name, number or remark in any file of laptop or
// server, in their logs, or in what they left among the temporary files.
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;
namespace fs = std::filesystem;

constexpr const char* kName = "尉迟连心";
constexpr const char* kPhone = "19900001234";
constexpr const char* kRemark = "本人说十月以后换了单位";

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Files looked at; each must hold none of the three.
std::size_t check_folder(const fs::path& folder) {
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string content = content_of(entry.path());
    for (const char* secret : {kName, kPhone, kRemark}) {
      CHECK_MESSAGE(content.find(secret) == std::string::npos, entry.path().string(), " holds ", secret);
    }
    ++files;
  }
  return files;
}

TEST_CASE("no file of laptop or server holds a name, a number or a remark in readable form") {
  const TempFolder temporary;
  const Environment env = {{"TMPDIR", temporary.path().string()},
                           {"SQLITE_TMPDIR", temporary.path().string()}};
  County county;
  county.stop();
  county.start(env);
  const Laptop a = county.laptop("甲", "worker", kSanhe);
  const std::string member =
      a.ctl({"put", "member", std::string("name=") + kName, std::string("home_village_id=") + kSanhe}, env)
          .at("id");
  a.ctl({"put", "contact_point", "member_id=" + member, "kind=mobile", std::string("value=") + kPhone,
         "owner=self"},
        env);
  a.ctl({"put", "visit", "members+=" + member, "occurred_on=2026-11-18", "mode=door", "purposes+=talk",
         "outcome=met", std::string("content=") + kRemark},
        env);
  CHECK(check_folder(a.home()) > 3);  // unsent: journal and write-ahead log are full
  a.ctl({"sync"}, env);
  a.ctl({"list", "member", "--search", kName}, env);
  a.ctl({"verify"}, env);
  a.ctl({"backup", (county.folder() / "laptop.backup").string()}, env);
  county.server({"backup", (county.folder() / "server.backup").string()});
  county.server({"verify"});
  CHECK(check_folder(county.folder()) > 6);
  check_folder(temporary.path());
  CHECK(county.stop() == 0);
  check_folder(county.folder());
}

TEST_CASE("everything of a store is its owner's alone") {
  County county;
  const Laptop a = county.laptop("甲", "worker", kSanhe);
  for (const fs::path& folder : {a.home(), county.data()}) {
    CHECK((fs::status(folder).permissions() & fs::perms(0077)) == fs::perms::none);
    for (const auto& entry : fs::directory_iterator(folder)) {
      INFO(entry.path().string());
      CHECK((entry.status().permissions() & fs::perms(0077)) == fs::perms::none);
    }
  }
}

}  // namespace
