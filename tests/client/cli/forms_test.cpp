// Forms that cannot be made, or not handed in, and why.
#include <doctest/doctest.h>
#include <filesystem>
#include <vector>

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

TEST_CASE("a form that a person has changed since is kept beside the one made anew, and that is said") {
  const Home home;
  const std::string out = (home.folder() / "f1.json").string();
  const auto files = [&] {
    std::vector<std::filesystem::path> names;
    for (const auto& entry : std::filesystem::directory_iterator(home.folder())) {
      if (entry.path().extension() == ".json") names.push_back(entry.path());
    }
    return names.size();
  };
  CHECK_FALSE(home.must({"report", "f1", "--out", out}).contains("kept"));
  CHECK_FALSE(home.must({"report", "f1", "--out", out}).contains("kept"));
  CHECK(files() == 1);
  REQUIRE(replace_file(out, "changed by hand").ok());
  const json made = home.must({"report", "f1", "--out", out});
  REQUIRE(made.contains("kept"));
  CHECK(read_file(made.at("kept").get<std::string>(), 100).value() == "changed by hand");
  REQUIRE(replace_file(out, "changed again").ok());
  const Ran in_words = home.text({"report", "f1", "--out", out});
  CHECK(in_words.err.find("已保留为") != std::string::npos);
  CHECK(files() == 3);
  // A link is followed: what it leads to is replaced and kept.
  const std::string link = (home.folder() / "link.json").string();
  REQUIRE(replace_file(out, "changed behind the link").ok());
  std::filesystem::create_symlink(out, link);
  CHECK(home.must({"report", "f1", "--out", link}).contains("kept"));
  CHECK(std::filesystem::is_symlink(link));
  CHECK(read_file(out, 1 << 20).value() != "changed behind the link");
  // The report in words.
  const std::string words = (home.folder() / "f9.json").string();
  REQUIRE(replace_file(words, "my own words").ok());
  const json report = home.must({"report", "f9", "--out", words});
  REQUIRE(report.contains("kept"));
  CHECK(read_file(report.at("kept").get<std::string>(), 100).value() == "my own words");
  // And the pages of one member.
  const std::string pages = (home.folder() / "member.pdf").string();
  REQUIRE(replace_file(pages, "with a stamp").ok());
  const json paper = home.must({"member", "file", put_member(home, "某"), "--out", pages});
  REQUIRE(paper.contains("kept"));
  CHECK(read_file(paper.at("kept").get<std::string>(), 100).value() == "with a stamp");
}

TEST_CASE("a month that could not be closed is told with where the own file of that name is kept") {
  const Home home;
  const std::string out = (home.folder() / "f7.json").string();
  {
    store::OpenReport report;
    const auto store = store::LaptopStore::open(home.home(), kPassphrase, SystemClock(), report);
    REQUIRE(store.ok());
    store::Edit village;
    village.kind = "org_unit";
    village.record = (*store)->records().scopes()->back().scope;
    village.create = true;
    village.fields = {{"kind", {}, "village"}, {"code", {}, kVillage}, {"name", {}, "三合村"}};
    REQUIRE((*store)->records().save({village}).ok());
    REQUIRE((*store)
                ->database()
                .exec("CREATE TRIGGER refused BEFORE INSERT ON k_month_close BEGIN SELECT RAISE(ABORT, "
                      "'no'); END")
                .ok());
  }
  REQUIRE(replace_file(out, "changed by hand").ok());
  const std::vector<std::string> close = {"report",  "f7",     "--period", "2026-08", "--close",
                                          "--scope", kVillage, "--out",    out};
  const Ran ran = home.ctl(close);
  CHECK(ran.exit_code == 1);
  const json error = ran.value().at("error");
  CHECK(error.at("code") == "report.not_closed");
  REQUIRE(error.contains("kept"));
  const std::string kept = error.at("kept");
  CHECK(read_file(kept, 100).value() == "changed by hand");
  CHECK(ran.err.find(kept) != std::string::npos);
  CHECK(home.must({"report", "list"}).at("form") == "f7");  // the form itself is handed in
  REQUIRE(replace_file(out, "changed again").ok());
  std::vector<std::string> again = close;
  again.insert(again.end(), {"--reason", "结账"});
  const Ran in_words = home.text(again);
  CHECK(in_words.exit_code == 1);
  CHECK(in_words.err.find("没有结账") != std::string::npos);
  CHECK(in_words.err.find("已保留为") != std::string::npos);
}

}  // namespace lianxin::client::cli
