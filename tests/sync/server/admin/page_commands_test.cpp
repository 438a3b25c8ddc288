#include "sync/server/admin/page_commands.hpp"

#include <doctest/doctest.h>

#include "sync/server/service/page_links.hpp"
#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

using namespace sync::server;  // NOLINT: a test's own file

/// What a browser gets from the store of a desk.
http::Response asked(const Desk& desk, const std::string& path, const std::string& languages) {
  const auto store = admin::DataFolder(desk.data()).open_store().value();
  const SystemClock clock;
  OverviewMaker maker(*store, domain::Catalogue::base(), clock);
  return admin::Pages::open(maker).value().answer(path, languages);
}

std::string path_of(const nlohmann::json& opened) {
  const std::string url = opened.at("url");
  return url.substr(url.find(kPagePrefix));
}

TEST_CASE("an address is given, shows the page in the browser's language, and is closed") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const auto opened = desk.json({"page", "open", worker});
  CHECK(opened.at("url").get<std::string>().starts_with("https://127.0.0.1:8443/office/"));
  CHECK(std::filesystem::exists(opened.at("certificate").get<std::string>()));
  const http::Response chinese = asked(desk, path_of(opened), "zh-CN,zh;q=0.9,en;q=0.8");
  CHECK(chinese.status == 200);
  CHECK(chinese.is_page);
  CHECK(chinese.body.find("同步概览") != std::string::npos);
  CHECK(chinese.body.find("三合村") != std::string::npos);
  CHECK(asked(desk, path_of(opened), "en-GB,en").body.find("how sync stands") != std::string::npos);
  CHECK(asked(desk, path_of(opened), "").body.find("同步概览") != std::string::npos);
  CHECK(desk.json({"page", "close", worker}).at("closed") == true);
  CHECK(asked(desk, path_of(opened), "zh").status == 404);
  CHECK(desk.try_json({"page", "close", worker}).error() == "page.closed");
}

TEST_CASE("the office reads what to do with the address") {
  const Desk desk;
  const std::string text = desk.text({"page", "open", desk.county_with_worker()});
  CHECK(text.find("bookmark") != std::string::npos);
  CHECK(text.find("authority.pem") != std::string::npos);
}

TEST_CASE("nobody gets a page who is not a worker") {
  const Desk desk;
  static_cast<void>(desk.county_with_worker());
  CHECK(desk.try_json({"page", "open", Id::make(1).text()}).error() == "worker.unknown");
  CHECK(desk.try_json({"page", "open", "nothing"}).error() == "id.malformed");
  CHECK(asked(desk, "/office/whatever", "zh").status == 404);
}

}  // namespace
}  // namespace lianxin::test
