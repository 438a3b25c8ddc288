#include "client/report/paper.hpp"

#include <doctest/doctest.h>
#include <string>

namespace lianxin::test {
namespace {

namespace report = client::report;

report::Paper paper(std::size_t rows) {
  report::Paper out;
  out.title = "靖宇县同步凭据";
  out.facts = {"同步时间：2026年11月18日 17:32:08"};
  out.verdict = "全部在县里了。本机没有任何只在这台电脑上的记录。";
  out.columns = {{"范围", 2}, {"校验值", 3}};
  for (std::size_t i = 0; i < rows; ++i)
    out.rows.push_back({"村 " + std::to_string(i), std::string(32, 'a')});
  out.signatures = {"使用人：", "经办人："};
  out.made_ms = 1'790'000'000'000;
  return out;
}

/// How many pages the file says it has.
std::string pages_of(const Bytes& pdf) {
  const std::size_t at = pdf.find("/Count ");
  REQUIRE(at != Bytes::npos);
  return pdf.substr(at + 7, pdf.find_first_not_of("0123456789", at + 7) - at - 7);
}

}  // namespace

TEST_CASE("a receipt of three villages is one page, one of all 118 goes on over several") {
  const auto one = report::paper_pdf(paper(3));
  REQUIRE(one.ok());
  CHECK(one->starts_with("%PDF-"));
  CHECK(pages_of(*one) == "1");
  const auto many = report::paper_pdf(paper(118));
  REQUIRE(many.ok());
  CHECK(std::stoi(pages_of(*many)) > 3);
}

TEST_CASE("the same page gives the same bytes, another date other ones") {
  const auto first = report::paper_pdf(paper(3));
  const auto again = report::paper_pdf(paper(3));
  REQUIRE((first.ok() && again.ok()));
  CHECK(*first == *again);
  report::Paper later = paper(3);
  later.made_ms += WallMs{24} * 3600 * 1000;
  CHECK(*report::paper_pdf(later) != *first);
}

TEST_CASE("a table of more than 200 pages is refused, and a cell longer than a page ends") {
  const auto endless = report::paper_pdf(paper(10000));
  REQUIRE_FALSE(endless.ok());
  CHECK(endless.error().code == "paper.too_long");
  report::Paper wide = paper(1);
  wide.rows[0][0] = std::string(20000, 'x');
  CHECK(report::paper_pdf(wide).ok());
}

}  // namespace lianxin::test
