// Forms that cannot be made, or not handed in, and why.
#include <doctest/doctest.h>
#include <filesystem>

#include "shared/base/file.hpp"
#include "tests/client/cli/laptop_home.hpp"

namespace lianxin::client::cli {

TEST_CASE("numbers as of a day that is yet to come are made with a word of warning, and not handed in") {
  const Home home;
  const std::string out = (home.folder() / "f1.json").string();
  const Ran looked = home.text({"report", "f1", "--as-of", "2199-12-31", "--out", out});
  INFO(looked.err);
  CHECK(looked.exit_code == 0);
  CHECK(looked.err.find("2199-12-31 晚于今天") != std::string::npos);
  CHECK(home.text({"figures", "--as-of", "2199-12-31"}).err.find("晚于今天") != std::string::npos);
  check_refused(home.ctl({"report", "f1", "--as-of", "2199-12-31", "--freeze", "--out", out}),
                "report.not_begun");
  check_refused(home.ctl({"report", "f9", "--as-of", "2199-12-31", "--freeze", "--out", out}),
                "report.not_begun");
  CHECK(home.text({"report", "list"}).out == "还没有上报过报表。\n");
  CHECK(home.text({"report", "f1", "--out", out}).err.find("晚于今天") == std::string::npos);
}

TEST_CASE(
    "a form for a place where nothing can be written is refused in words, with nothing of a library's "
    "beside") {
  const Home home;
  for (const char* name : {"f1.xlsx", "f1.pdf", "f9.docx"}) {
    const std::string path = (home.folder() / "none" / name).string();
    const Ran ran = home.text({"report", std::string(name, 2), "--out", path});
    INFO(ran.err);
    CHECK(ran.exit_code == 1);
    CHECK(ran.err == "无法写入 " + path + "：没有这个文件或文件夹。请检查文件夹、剩余空间和权限后重试。\n");
  }
}

TEST_CASE("a form of no village is told as that, and not as a full disk") {
  const Home home;
  const std::string path = (home.folder() / "f1.xlsx").string();
  check_refused(home.ctl({"report", "f1", "--out", path}), "sheet.empty");
  CHECK_FALSE(std::filesystem::exists(path));
}

}  // namespace lianxin::client::cli
