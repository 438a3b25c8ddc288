#include "sync/server/admin/tls_command.hpp"

#include <doctest/doctest.h>
#include <filesystem>

#include "shared/base/file.hpp"
#include "sync/server/http/certificate.hpp"
#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

namespace http = sync::server::http;

std::string pem(const Desk& desk, const std::string& name) {
  return read_file(desk.data() + "/" + name, 65536).value();
}

TEST_CASE("a certificate is made anew for the same key, so that laptops know the county") {
  const Desk desk;
  desk.init();
  const std::string before = pem(desk, "certificate.pem");
  const std::string key = pem(desk, "key.pem");
  const auto answer = desk.json({"tls", "renew", "--host", "10.1.9.9", "--host", "lianxin.example"});
  CHECK(answer.at("hosts").size() == 2);
  CHECK(answer.at("pin") == http::key_pin(before).value());
  const std::string after = pem(desk, "certificate.pem");
  CHECK(after != before);
  CHECK(pem(desk, "key.pem") == key);
  CHECK(http::check_pair({{}, {}, after, key}).ok());
  CHECK(after.ends_with(pem(desk, "authority.pem")));
  CHECK(desk.text({"audit"}).find("10.1.9.9 lianxin.example") != std::string::npos);
}

TEST_CASE("without a word the certificate names the address that laptops are told") {
  const Desk desk;
  desk.init();
  CHECK(desk.json({"tls", "renew"}).at("hosts").at(0) == "127.0.0.1");
}

TEST_CASE("an authority's key that is kept elsewhere is asked for, and a wrong word changes nothing") {
  const Desk desk;
  desk.init();
  const std::string before = pem(desk, "certificate.pem");
  CHECK(desk.try_json({"tls", "renew", "--host", "no host"}).error() == "server.host");
  std::filesystem::remove(desk.data() + "/authority-key.pem");
  CHECK(desk.try_json({"tls", "renew"}).error() == "server.tls.authority");
  CHECK(pem(desk, "certificate.pem") == before);
}

}  // namespace
}  // namespace lianxin::test
