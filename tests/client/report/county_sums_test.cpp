// The forms over the demonstration county: their sums are the figures, and what is opened balances.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <doctest/doctest.h>

#include "assets/assets.hpp"
#include "client/figures/figures.hpp"
#include "client/report/forms.hpp"
#include "tests/client/county/made_county.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace report = lianxin::client::report;
namespace figures = lianxin::client::figures;

const Messages& words() {
  static const Messages kMessages = *Messages::parse(assets::texts("zh-CN"));
  return kMessages;
}

figures::Ledger ledger(const Date& from, const Date& as_of) {
  auto opened = figures::Ledger::open(*shared_county().desk.database, {Id{}, from, as_of, false});
  if (!opened.ok()) FAIL(opened.error().code << " " << opened.error().detail);
  return *std::move(opened);
}

std::vector<report::Sheet> form(const char* name, const Date& from = kBegin, const Date& as_of = kAsOf) {
  auto over = ledger(from, as_of);
  auto sheets =
      report::fill_form(over, *report::form_definition(name), {"县", {2026, 10, 3}, false, "zh"}, words());
  if (!sheets.ok()) FAIL(sheets.error().code << " " << sheets.error().detail);
  return *std::move(sheets);
}

figures::Figure figure(int row, const Date& from = kBegin, const Date& as_of = kAsOf) {
  auto over = ledger(from, as_of);
  auto found = figures::figure(over, figures::figure_definitions()[static_cast<std::size_t>(row - 1)]);
  REQUIRE(found.ok());
  return *std::move(found);
}

std::int64_t part(const figures::Figure& figure, const std::string& name) {
  for (const figures::Part& one : figure.parts)
    if (one.name == name) return one.value;
  FAIL("no part " << name);
  return 0;
}

/// A row as heading and cell.
using Said = std::map<std::string, std::string>;

std::vector<Said> rows(const report::Sheet& sheet, report::RowKind kind = report::RowKind::kPlain) {
  const auto columns = report::columns_of(sheet);
  std::vector<Said> out;
  for (const report::SheetRow& row : sheet.rows) {
    if (row.kind != kind) continue;
    out.emplace_back();
    for (std::size_t i = 0; i < columns.size(); ++i)
      out.back()[columns[i].words] = row.cells.at(i);
  }
  return out;
}

std::int64_t number(const Said& row, const std::string& heading) {
  const auto found = row.find(heading);
  REQUIRE_MESSAGE(found != row.end(), heading);
  return std::stoll(found->second);
}

std::int64_t sum(const std::vector<Said>& rows, const std::string& heading) {
  std::int64_t out = 0;
  for (const Said& row : rows)
    out += number(row, heading);
  return out;
}

const Said& of(const std::vector<Said>& rows, const std::string& heading, const std::string& words) {
  for (const Said& row : rows)
    if (row.at(heading) == words) return row;
  FAIL("no row " << words);
  return rows.front();
}

std::string value(const report::Sheet& sheet, const std::string& label) {
  for (const auto& line : sheet.card)
    for (const report::CardCell& cell : line)
      if (cell.label == label) return cell.value;
  FAIL("no label " << label);
  return "";
}

TEST_CASE("F3: a page for each member there is") {
  const auto sheets = form("f3");
  CHECK(static_cast<std::int64_t>(sheets.size()) == figure(11).of);
  std::int64_t mobile = 0;
  for (const report::Sheet& sheet : sheets)
    mobile += value(sheet, "16 是否流动") == "是" ? 1 : 0;
  CHECK(mobile == figure(1).of);
}

TEST_CASE("F4 and F4b hold the same visits, and those of study are row 45") {
  const auto pages = form("f4");
  const report::Sheet list = form("f4b").front();
  const auto visits = rows(list);
  CHECK(pages.size() == visits.size());
  std::int64_t study = 0;
  for (const Said& row : visits) {
    const bool met = row.at("结果") == "见到本人" || row.at("结果") == "见到家人";
    study += met && row.at("目的").find("送学上门") != std::string::npos ? 1 : 0;
  }
  std::int64_t on_page = 0;
  for (const report::Sheet& page : pages) {
    const bool met = value(page, "走访结果") == "见到本人" || value(page, "走访结果") == "见到家人";
    const bool counts = value(page, "走访方式") == "入户" || value(page, "走访方式") == "工作单位";
    on_page += met && counts && value(page, "走访目的").find("送学上门") != std::string::npos ? 1 : 0;
  }
  CHECK(on_page == figure(45).value);
  CHECK(study >= on_page);  // those at a venue are in person as well, and no study at the door
  const Said total = rows(list, report::RowKind::kTotal).at(0);
  for (const char* heading : {"人次", "问题", "建议", "诉求", "困难"})
    CHECK(number(total, heading) == sum(visits, heading));
}

TEST_CASE(
    "F5: packs are row 54, red packages by courier row 53, the lines add up but for what was sent again") {
  const report::Sheet sheet = form("f5").front();
  const auto totals = rows(sheet, report::RowKind::kTotal);
  CHECK(number(of(totals, "材料名称", "学习资料包"), "数量") == figure(54).value);
  std::int64_t courier = 0;
  std::int64_t by_mode = 0;
  for (const Said& row : rows(sheet, report::RowKind::kSubtotal)) {
    by_mode += number(row, "数量");
    if (row.at("材料名称") == "红色包裹" && row.at("方式") == "快递") courier += number(row, "数量");
  }
  CHECK(courier == figure(53).value);
  CHECK(by_mode == sum(totals, "数量"));
  std::int64_t once = 0;
  for (const Said& row : rows(sheet))
    once += row.at("结果").find("重寄") == std::string::npos ? number(row, "数量") : 0;
  CHECK(once == by_mode);
}

TEST_CASE("F5b: every line balances, the sums are the stock of row 54") {
  for (const int month : {1, 2, 5, 9}) {
    CAPTURE(month);
    const Date from{2026, month, 1};
    const Date last{2026, month, Date::days_in_month(2026, month)};
    const report::Sheet sheet = form("f5b", from, last).front();
    auto lines = rows(sheet);
    const auto totals = rows(sheet, report::RowKind::kTotal);
    for (const Said& total : totals) {
      for (const char* heading : {"上月结存", "入库", "发放", "寄出", "损耗", "本月结存"}) {
        std::int64_t places = 0;
        for (const Said& line : lines)
          places += line.at("材料") == total.at("材料") ? number(line, heading) : 0;
        CHECK(places == number(total, heading));
      }
    }
    lines.insert(lines.end(), totals.begin(), totals.end());
    for (const Said& line : lines)
      CHECK(number(line, "上月结存") + number(line, "入库") + number(line, "调入") - number(line, "发放") -
                number(line, "寄出") - number(line, "调出") + number(line, "退回") - number(line, "损耗") +
                number(line, "盘点更正") ==
            number(line, "本月结存"));
    const Said packs = of(totals, "材料", "学习资料包");
    const figures::Figure stock = figure(54, from, last);
    CHECK(number(packs, "上月结存") == part(stock, "stock_opening"));
    CHECK(number(packs, "发放") + number(packs, "寄出") == part(stock, "stock_sent"));
    CHECK(number(packs, "损耗") == part(stock, "stock_damaged"));
    CHECK(number(packs, "本月结存") == part(stock, "stock_closing"));
  }
}

TEST_CASE("F6 and F6b: a booklet and a line for each file of row 65, the aid of each in its booklet") {
  const auto sheets = form("f6");
  REQUIRE(sheets.size() % 5 == 0);
  std::int64_t going_on = 0;
  std::size_t aids = 0;
  for (std::size_t i = 0; i < sheets.size(); i += 5) {
    going_on += value(sheets[i + 4], "是否续册") == "是" ? 1 : 0;
    aids += rows(sheets[i + 3]).size();
    for (std::size_t page = 1; page < 5; ++page)
      CHECK(sheets[i + page].name == sheets[i].name);
  }
  CHECK(going_on == figure(65).value);
  CHECK(static_cast<std::int64_t>(rows(form("f6b").front()).size()) == figure(65).value);
  CHECK(aids == shared_county().live("aid").size());
}

TEST_CASE("F8: opening, new, ended and closing balance, and are the mobile members of those days") {
  for (const int quarter : {1, 2, 3}) {
    CAPTURE(quarter);
    const Date from{2026, quarter * 3 - 2, 1};
    const Date last = from.plus_months(3).plus_days(-1);
    const auto sheets = form("f8", from, last);
    REQUIRE(sheets.size() == 2);
    const Said total = rows(sheets[1], report::RowKind::kTotal).at(0);
    CHECK(number(total, "上季末") + number(total, "新增") - number(total, "返回") - number(total, "转出") -
              number(total, "去世") - number(total, "其他") ==
          number(total, "本季末"));
    CHECK(number(total, "本季末") == figure(1, from, last).of);
    std::map<std::string, std::int64_t> kinds;
    for (const Said& row : rows(sheets[0]))
      ++kinds[row.at("变动类型")];
    for (const char* kind : {"新增", "返回", "转出", "去世"})
      CHECK(kinds[kind] == number(total, kind));
    for (const Said& row : rows(sheets[1]))
      CHECK(row.at("增减是否平衡") == "平衡");
    CHECK(static_cast<std::int64_t>(rows(sheets[1]).size()) == figure(14).of);
  }
  // Deaths are known only by the episode that ended with them: the ranks of that day held them still.
  CHECK(rows(form("f8", {2026, 1, 1}, kAsOf)[1], report::RowKind::kTotal).at(0).at("去世") != "0");
}

TEST_CASE("F11: all lines add up to the mobile members, certificates to row 32") {
  const auto sheets = form("f11");
  REQUIRE(sheets.size() == 3);
  const auto lines = rows(sheets[0]);
  const std::int64_t all = number(lines.at(0), "合计");
  CHECK(all == figure(1).of);
  std::int64_t by_range = 0;
  std::int64_t by_sector = 0;
  for (const Said& line : lines) {
    std::int64_t across = 0;
    for (const char* heading : {"管理人员、专业技术人员", "工勤技能人员", "农牧渔民", "未就业毕业生",
                                "中介组织从业人员", "其他", "未填"})
      across += number(line, heading);
    CHECK(across == number(line, "合计"));
    const std::string item = line.at("项目");
    if (item.starts_with("外出流向")) by_sector += number(line, "合计");
    if (item.ends_with("流动") || item == "境外" || item == "去向不明") by_range += number(line, "合计");
  }
  CHECK(by_range == all);
  CHECK(by_sector == all);
  const auto supplement = rows(sheets[1]);
  const Said companion = rows(sheets[2], report::RowKind::kTotal).at(0);
  CHECK(number(of(supplement, "项目", "接收流入党员数"), "合计") ==
        number(companion, "省内") + number(companion, "省外"));
  CHECK(number(of(supplement, "项目", "接收流入党员的党组织数"), "合计") ==
        static_cast<std::int64_t>(rows(sheets[2]).size()));
}

TEST_CASE("F12: a page for each activity, volunteer sessions are row 60, the marks are what was counted") {
  const auto sheets = form("f12");
  std::int64_t volunteer = 0;
  for (const report::Sheet& sheet : sheets) {
    std::map<std::string, std::int64_t> marks;
    for (const Said& row : rows(sheet))
      ++marks[row.at("签到")];
    CHECK(std::to_string(marks["√"] + marks["#"]) == value(sheet, "实到"));
    CHECK(std::to_string(marks["O"] + marks["★"] + marks["△"]) == value(sheet, "请假"));
    const std::int64_t seen = marks["√"] + marks["#"] + marks["O"] + marks["★"] + marks["△"];
    const std::string invited = value(sheet, "应到");
    const std::int64_t expected = invited.empty() ? 0 : std::stoll(invited);
    CHECK(std::to_string(std::max(marks["×"], expected - seen)) == value(sheet, "缺席"));
    volunteer += value(sheet, "种类") == "志愿服务" && value(sheet, "实到") != "0" ? 1 : 0;
  }
  CHECK(volunteer == figure(60).value);
}

TEST_CASE(
    "F13: the approved points of row 62 and the other classes; a cap only takes away; no ID, no telephone") {
  const report::Sheet sheet = form("f13").front();
  const auto tenths = [](const std::string& said) { return std::llround(std::stod(said) * 10); };
  std::int64_t got = 0;
  std::int64_t of_row = 0;
  for (const Said& row : rows(sheet)) {
    got += tenths(row.at("得分"));
    CHECK(tenths(row.at("封顶后")) <= tenths(row.at("得分")));
    if (row.at("项目") == "参加志愿服务" || row.at("项目") == "参与急难险重任务" ||
        row.at("项目") == "履行党员义务")
      of_row += tenths(row.at("得分"));
  }
  CHECK(of_row == figure(62).value);
  CHECK(tenths(rows(sheet, report::RowKind::kTotal).at(0).at("得分")) == got);
  for (const report::FormColumn& column : report::form_definition("f13")->pages.front().columns)
    CHECK((column.value != report::FormValue::kPhone && column.value != report::FormValue::kIdNumber));
}

}  // namespace
