#include "sync/server/service/page_links.hpp"

#include <doctest/doctest.h>

#include "tests/sync/server/service/office.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

struct Opened {
  Office office;
  Id worker = office.worker("乙", "township_officer", kTownship);
  std::string open() {
    return must(server::open_page(office.store(), office.catalogue(), office.clock, worker));
  }
  std::string error(const std::string& path) {
    const auto owner = server::page_owner(*office.reader(), path);
    return owner.ok() ? owner->text() : owner.error().code;
  }
};

TEST_CASE("an address opens the page of its person, and no other address does") {
  Opened opened;
  const std::string path = opened.open();
  CHECK(opened.error(path) == opened.worker.text());
  const std::string secret = path.substr(path.size() - 32);
  const Id other = opened.office.worker("丙", "secretary", kSanhe);
  for (const std::string& wrong :
       {path + "0", path.substr(0, path.size() - 1), path.substr(0, path.size() - 33),
        std::string("/office/"), "/office/" + other.text() + "/" + secret, std::string("/office/x/y"),
        std::string(), "/office/" + opened.worker.text() + "/"}) {
    CAPTURE(wrong);
    CHECK(opened.error(wrong) == "page.unknown");
  }
}

TEST_CASE("the letters of an address are nowhere in the store") {
  Opened opened;
  const std::string path = opened.open();
  const auto account = must(opened.office.reader()->account("page:" + opened.worker.text()));
  REQUIRE(account);
  CHECK(account->password_hash.find(path.substr(path.size() - 32)) == std::string::npos);
}

TEST_CASE("a new address ends the one before, and closing ends the last") {
  Opened opened;
  const std::string first = opened.open();
  const std::string second = opened.open();
  CHECK(first != second);
  CHECK(opened.error(first) == "page.unknown");
  CHECK(opened.error(second) == opened.worker.text());
  must(server::close_page(opened.office.store(), opened.office.clock, opened.worker));
  CHECK(opened.error(second) == "page.unknown");
  CHECK(opened.error("/office/" + opened.worker.text() + "/") == "page.unknown");
  CHECK(server::close_page(opened.office.store(), opened.office.clock, opened.worker).error().code ==
        "page.closed");
}

TEST_CASE("only a worker has a page, and the audit says who got one") {
  Opened opened;
  const auto nobody =
      server::open_page(opened.office.store(), opened.office.catalogue(), opened.office.clock, Id::make(1));
  REQUIRE_FALSE(nobody.ok());
  CHECK(nobody.error().code == "worker.unknown");
  (void)opened.open();
  store::AuditFilter filter;
  filter.record = opened.worker;
  const auto rows = must(opened.office.admin().audit(filter));
  CHECK(rows.back().action == "page.open");
}

}  // namespace
