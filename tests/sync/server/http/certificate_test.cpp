#include "sync/server/http/certificate.hpp"

#include <doctest/doctest.h>

#include "shared/base/text.hpp"

namespace lianxin::test {
namespace {

using namespace sync::server::http;  // NOLINT: a test's own file

TEST_CASE("every county gets keys of its own; the pin belongs to the key, not to the certificate") {
  const TlsFiles one = make_tls_files("one", {"127.0.0.1"}, 1'795'000'000'000).value();
  const TlsFiles two = make_tls_files("one", {"127.0.0.1"}, 1'795'000'000'000).value();
  const std::string pin = key_pin(one.certificate).value();
  CHECK(pin.starts_with("sha256//"));
  CHECK(from_base64(pin.substr(8))->size() == 32);
  CHECK(pin != key_pin(two.certificate).value());
  CHECK(pin != key_pin(one.authority).value());
  CHECK(one.key.find("PRIVATE KEY") != std::string::npos);
  CHECK(one.certificate.ends_with(one.authority));
}

TEST_CASE("a renewed certificate has the same key, other hosts, and the same authority") {
  const TlsFiles one = make_tls_files("one", {"127.0.0.1"}, 1'795'000'000'000).value();
  const Bytes renewed = renew_certificate(one, "one", {"10.1.9.9"}, 1'795'000'000'000).value();
  CHECK(renewed != one.certificate);
  CHECK(key_pin(renewed).value() == key_pin(one.certificate).value());
  CHECK(renewed.ends_with(one.authority));
  TlsFiles mixed = one;
  mixed.authority_key = make_tls_files("one", {"h"}, 1'795'000'000'000)->authority_key;
  CHECK(renew_certificate(mixed, "one", {"h"}, 0).error().code == "tls.unreadable");
}

TEST_CASE("names of any length and writing, host names and both kinds of address are taken") {
  CHECK(make_tls_files("\xE9\x9D\x96\xE5\xAE\x87", {"10.0.0.7", "::1", "lianxin.example"}, 0).ok());
  CHECK(make_tls_files(std::string(500, 'n'), {"h"}, 1'795'000'000'000).ok());
  CHECK(make_tls_files("", {"h"}, 1'795'000'000'000).ok());
}

TEST_CASE("a certificate or key that is cut, or of another pair, is told as such") {
  const TlsFiles whole = make_tls_files("one", {"h"}, 1'795'000'000'000).value();
  CHECK(check_pair(whole).ok());
  TlsFiles cut = whole;
  cut.key.resize(cut.key.size() / 2);
  CHECK(check_pair(cut).error().code == "tls.pair");
  cut = whole;
  cut.certificate.resize(100);
  CHECK(check_pair(cut).error().code == "tls.pair");
  TlsFiles mixed = whole;
  mixed.key = make_tls_files("one", {"h"}, 1'795'000'000'000)->key;
  CHECK(check_pair(mixed).error().code == "tls.pair");
}

TEST_CASE("what is no certificate has no pin") {
  CHECK(key_pin("").error().code == "tls.unreadable");
  CHECK(key_pin("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").error().code ==
        "tls.unreadable");
}

}  // namespace
}  // namespace lianxin::test
