#include "sync/server/web/html.hpp"

#include <doctest/doctest.h>

namespace {

using namespace lianxin::sync::server::web;  // NOLINT: a test's own file

TEST_CASE("an element is closed, with its class where it has one") {
  CHECK(element("td", "", "1") == "<td>1</td>");
  CHECK(element("td", "quiet", "1") == R"(<td class="quiet">1</td>)");
}

TEST_CASE("a document says its language and escapes its title") {
  const std::string page = document("zh-CN", "<县>", "p{}", "<p>1</p>");
  CHECK(page.find(R"(<html lang="zh-CN">)") != std::string::npos);
  CHECK(page.find("<title>&lt;县&gt;</title>") != std::string::npos);
  CHECK(page.find("<body><p>1</p></body>") != std::string::npos);
}

}  // namespace
