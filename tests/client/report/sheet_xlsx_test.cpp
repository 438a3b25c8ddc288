#include "client/report/sheet_xlsx.hpp"

#include <algorithm>
#include <csignal>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sys/resource.h>
#include <unistd.h>
#include <zip.h>

#include "client/import/xlsx_reader.hpp"
#include "shared/base/file.hpp"

namespace lianxin::test {
namespace {

namespace report = client::report;
namespace import = client::import;

report::Sheet village(const std::string& name) {
  report::Sheet out;
  out.name = name;
  out.title = "流动党员信息登记表";
  out.headings = {{"身份证号", {}, 20},
                  {"联系方式", {{"本人电话", {}, 14}, {"家庭电话", {}, 14}}},
                  {"数量", {}, 6, report::CellKind::kNumber}};
  out.rows = {{{"220699197903070012", "13800001234", "=1+1", "12"}}};
  out.footer = "A & B";
  return out;
}

struct File {
  std::string path =
      (std::filesystem::temp_directory_path() / ("lx-sheet-" + std::to_string(::getpid()) + ".xlsx"))
          .string();
  ~File() { std::filesystem::remove(path); }
  [[nodiscard]] Bytes bytes() const {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

/// A part of the package.
std::string part_of(const std::string& path, const char* name) {
  const std::unique_ptr<zip_t, decltype(&zip_discard)> zip(zip_open(path.c_str(), ZIP_RDONLY, nullptr),
                                                           &zip_discard);
  REQUIRE(zip);
  const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen(zip.get(), name, 0), &zip_fclose);
  REQUIRE(file);
  std::string out(1 << 20, 0);
  out.resize(
      static_cast<std::size_t>(std::max<zip_int64_t>(0, zip_fread(file.get(), out.data(), out.size()))));
  return out;
}

/// No file may grow beyond so many bytes, as on a full disk; what is said on standard error is caught.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : said_(path_ + ".said") {
    getrlimit(RLIMIT_FSIZE, &before_);
    old_handler_ = std::signal(SIGXFSZ, SIG_IGN);
    stderr_ = dup(STDERR_FILENO);
    const int to = open(said_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(to, STDERR_FILENO);
    close(to);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() { std::filesystem::remove(said_); }
  /// Ends it.
  std::string said() {
    setrlimit(RLIMIT_FSIZE, &before_);
    dup2(stderr_, STDERR_FILENO);
    close(stderr_);
    std::signal(SIGXFSZ, old_handler_);
    std::ifstream in(said_);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::string path_ =
      (std::filesystem::temp_directory_path() / ("lx-full-" + std::to_string(::getpid()))).string();
  std::string said_;
  rlimit before_{};
  void (*old_handler_)(int) = nullptr;
  int stderr_ = -1;
};

bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("a workbook read back: IDs and would-be formulas are text, numbers numbers, headings merged") {
  const File file;
  REQUIRE(report::write_xlsx({village("三合村"), village("东兴村")}, file.path).ok());
  const auto book = import::read_xlsx(file.bytes());
  REQUIRE(book.ok());
  REQUIRE(book->sheets.size() == 2);
  const import::Sheet& sheet = book->sheets[0];
  CHECK(sheet.name == "三合村");
  const import::Row& row = sheet.rows.back();
  REQUIRE(row.cells.size() == 4);
  CHECK(row.number == 5);
  CHECK((row.cells[0].kind == import::CellKind::kText && row.cells[0].text == "220699197903070012"));
  CHECK((row.cells[2].kind == import::CellKind::kText && row.cells[2].text == "=1+1"));
  CHECK_FALSE(row.cells[2].is_formula);
  CHECK((row.cells[3].kind == import::CellKind::kNumber && row.cells[3].text == "12"));
  CHECK(sheet.merges.size() == 4);  // title, group, two columns that reach down
}

TEST_CASE("headings stay while rows go by on a screen, and a row is as high as its words need") {
  report::Sheet sheet = village("三合村");
  sheet.headings.push_back({"外出时间", {}, 10});
  sheet.rows[0].cells.emplace_back("2026-09-30");  // fills its column, and fits
  sheet.rows.push_back(sheet.rows[0]);
  sheet.rows[1].cells.back() = "2026-09-30 之前";
  const File file;
  REQUIRE(report::write_xlsx({sheet}, file.path).ok());
  const std::string page = part_of(file.path, "xl/worksheets/sheet1.xml");
  CHECK(has(page, R"(<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/>)"));
  CHECK(has(page, R"(<row r="5" spans="1:5" ht="16" customHeight="1">)"));
  CHECK(has(page, R"(<row r="6" spans="1:5" ht="30" customHeight="1">)"));
}

TEST_CASE("the same forms give the same workbook") {
  const File file;
  REQUIRE(report::write_xlsx({village("三合村")}, file.path).ok());
  const Bytes first = file.bytes();
  REQUIRE(report::write_xlsx({village("三合村")}, file.path).ok());
  CHECK(first == file.bytes());
}

TEST_CASE(
    "set up for printing: A4 across, one page wide, headings again, page n of m and the day at the foot") {
  const File file;
  report::Sheet sheet = village("三合村");
  sheet.landscape = true;
  sheet.footer = "统计期 2026-01-01 至 2026-09-30";
  sheet.snapshot = "机内第 2 版";
  sheet.page = "第 {page} 页 共 {pages} 页";
  sheet.signatures = {"填表人", "审核人"};
  report::Sheet upright = village("东兴村");
  upright.footer = "A & B";
  REQUIRE(report::write_xlsx({sheet, upright}, file.path).ok());
  const std::string first = part_of(file.path, "xl/worksheets/sheet1.xml");
  CHECK(has(first, "paperSize=\"9\""));
  CHECK(has(first, "orientation=\"landscape\""));
  CHECK(has(first, "<pageSetUpPr fitToPage=\"1\"/>"));
  CHECK(has(first, "fitToHeight=\"0\""));
  CHECK(has(first, "<mergeCell ref=\"A1:D1\"/>"));  // title
  CHECK(has(first, "<mergeCell ref=\"B3:C3\"/>"));  // group
  CHECK(has(first, "<mergeCell ref=\"A3:A4\"/>"));  // column beside it
  CHECK(has(first, "&amp;L统计期 2026-01-01 至 2026-09-30  机内第 2 版&amp;R第 &amp;P 页 共 &amp;N 页"));
  const std::string book = part_of(file.path, "xl/workbook.xml");
  CHECK(has(book, "_xlnm.Print_Titles"));
  CHECK(has(book, "!$1:$4"));
  const std::string second = part_of(file.path, "xl/worksheets/sheet2.xml");
  CHECK_FALSE(has(second, "landscape"));
  CHECK(has(second, "&amp;LA &amp;&amp; B&amp;R&amp;P / &amp;N"));
  CHECK(has(part_of(file.path, "xl/sharedStrings.xml"), "填表人"));
}

TEST_CASE("a cover is a page of its own: words in the middle, no table") {
  const File file;
  report::Sheet cover;
  cover.name = "封面";
  cover.title = "三合镇流动党员管理台账";
  cover.left = "2026年第3季度";
  cover.notes = {"一村一表：14 张"};
  cover.is_cover = true;
  REQUIRE(report::write_xlsx({cover, village("三合村")}, file.path).ok());
  const std::string sheet = part_of(file.path, "xl/worksheets/sheet1.xml");
  CHECK(has(sheet, "<mergeCell ref=\"A2:J2\"/>"));
  CHECK_FALSE(has(part_of(file.path, "xl/workbook.xml"), "封面!$"));
  const auto book = import::read_xlsx(file.bytes());
  REQUIRE(book.ok());
  REQUIRE(book->sheets.size() == 2);
}

TEST_CASE("what is no number stays text in a column of numbers, decimals are numbers") {
  const File file;
  report::Sheet sheet = village("三合村");
  sheet.headings = {{"数", {}, 8, report::CellKind::kNumber}, {"量", {}, 8, report::CellKind::kNumber}};
  sheet.rows = {{{"2.5", "1.2.3"}}, {{"-3", ".5"}}, {{"不含", "1.-5"}}};
  REQUIRE(report::write_xlsx({sheet}, file.path).ok());
  const auto book = import::read_xlsx(file.bytes());
  REQUIRE(book.ok());
  std::string kinds;
  const auto& rows = book->sheets[0].rows;
  for (std::size_t i = rows.size() - 3; i < rows.size(); ++i)
    for (const import::Cell& cell : rows[i].cells)
      kinds += cell.kind == import::CellKind::kNumber ? 'n' : 't';
  CHECK(kinds == "ntnttt");
}

TEST_CASE("a tab named twice is refused and leaves no file") {
  const File file;
  const Status status =
      report::write_xlsx({village("三合村"), village("东兴村"), village("三合村")}, file.path);
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().code == "sheet.failed");
  CHECK_FALSE(std::filesystem::exists(file.path));
}

TEST_CASE("on a full disk only our own error tells of it, and the file of before stays") {
  const File file;
  REQUIRE(report::write_xlsx({village("三合村")}, file.path).ok());
  const Bytes before = file.bytes();
  report::Sheet much = village("三合村");
  for (int i = 0; i < 4000; ++i)
    much.rows.push_back({{std::to_string(i), "三合村" + std::to_string(i * 7919), "甲", "1"}});
  // The small one holds not even the package; in the large one only the pages are cut off before they are
  // packed.
  for (const rlim_t bytes : {rlim_t{2000}, rlim_t{200'000}}) {
    CAPTURE(bytes);
    FullDisk full(bytes);
    const Status status = report::write_xlsx({much}, file.path);
    const std::string said = full.said();
    CHECK_FALSE(status.ok());
    if (!status.ok()) CHECK(status.error().code == "sheet.failed");
    CHECK(said.empty());
    CHECK(file.bytes() == before);
    CHECK_FALSE(std::filesystem::exists(file.path + ".lianxin-new"));
  }
}

TEST_CASE("a workbook's bytes leave no file, and as a file it goes where a link leads, like every other") {
  const File file;
  const auto bytes = report::xlsx_bytes({village("三合村")}, file.path);
  REQUIRE(bytes.ok());
  CHECK_FALSE(std::filesystem::exists(file.path));
  CHECK_FALSE(std::filesystem::exists(file.path + ".lianxin-new"));
  const std::string kept = file.path + ".kept.xlsx";
  REQUIRE(replace_file(kept, "before").ok());
  std::filesystem::create_symlink(kept, file.path);
  CHECK(report::write_xlsx({village("三合村")}, file.path).ok());
  CHECK(std::filesystem::is_symlink(file.path));
  CHECK(read_file(kept, 1'000'000).value() == *bytes);
  std::filesystem::remove(kept);
}

TEST_CASE("nobody else may read a workbook; where none can be written it is told with its name") {
  const File file;
  REQUIRE(report::write_xlsx({village("三合村")}, file.path).ok());
  CHECK(std::filesystem::status(file.path).permissions() ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  const Status status = report::write_xlsx({village("三合村")}, "/no-such-folder/a.xlsx");
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().code == "file.unwritable");
  CHECK(status.error().args.front().value == "/no-such-folder/a.xlsx");
}

TEST_CASE("forms of one name are pages of one tab, a card stands above its table") {
  const File file;
  report::Sheet first = village("赵志远");
  first.headings = {{"", {}, 10}, {"", {}, 10}, {"", {}, 10}, {"", {}, 10}};
  first.rows.clear();
  first.card = {{{"姓名", "=赵志远", 1, 1}, {"性别", "男", 1, 1}}, {{"住址", "三合村1组3号", 1, 3, 4}}};
  report::Sheet second = village("赵志远");
  second.headings = {
      {"时间", {}, 10}, {"内容", {}, 10}, {"金额", {}, 10, report::CellKind::kNumber}, {"签字", {}, 10}};
  second.rows = {{{"2026-02-11", "慰问金", "500", ""}}};
  REQUIRE(report::write_xlsx({first, second}, file.path).ok());
  const auto book = import::read_xlsx(file.bytes());
  REQUIRE(book.ok());
  REQUIRE(book->sheets.size() == 1);
  std::vector<std::string> words;
  for (const import::Row& row : book->sheets[0].rows)
    for (const import::Cell& cell : row.cells)
      if (!cell.text.empty()) words.push_back(cell.text);
  CHECK(words == std::vector<std::string>{"流动党员信息登记表", "姓名", "=赵志远", "性别", "男", "住址",
                                          "三合村1组3号", "流动党员信息登记表", "时间", "内容", "金额",
                                          "签字", "2026-02-11", "慰问金", "500"});
}

}  // namespace lianxin::test
