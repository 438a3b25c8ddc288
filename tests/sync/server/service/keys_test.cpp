#include "sync/server/service/keys.hpp"

#include <set>

#include "sync/wire/signing.hpp"
#include "tests/sync/server/service/office.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("a pair of keys signs, and each server has its own") {
  const server::KeyPair keys = server::make_sign_keys();
  const Bytes signature = sync::wire::sign(keys.secret, "message");
  CHECK(sync::wire::is_signed_by(keys.open, "message", signature));
  CHECK(!sync::wire::is_signed_by(server::make_sign_keys().open, "message", signature));
  CHECK(server::make_seal_keys().open.size() == 32);
}

TEST_CASE("a password is known by its hash, which does not hold it") {
  const std::string hash = must(server::hash_password("密码 password"));
  CHECK(hash.find("password") == std::string::npos);
  CHECK(server::is_password(hash, "密码 password"));
  CHECK(!server::is_password(hash, "密码 passwort"));
  CHECK(!server::is_password("no hash", "密码 password"));
}

TEST_CASE("codes have ten letters without look-alikes and do not repeat") {
  std::set<std::string> codes;
  for (int i = 0; i < 200; ++i) {
    const std::string text = server::make_join_code().text;
    CHECK(text.size() == 10);
    CHECK(text.find_first_of("IO01") == std::string::npos);
    codes.insert(text);
  }
  CHECK(codes.size() == 200);
  CHECK(server::read_join_code(" ab-c d").text == "ABCD");
  CHECK(server::join_hash({"ABC"}) != server::join_hash({"ABD"}));
}

}  // namespace
