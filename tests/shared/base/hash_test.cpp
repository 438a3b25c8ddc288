#include "shared/base/hash.hpp"

#include <doctest/doctest.h>

namespace lianxin {
namespace {

TEST_CASE("BLAKE2b-256 gives the published values") {
  CHECK(hash256("").hex() == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  CHECK(hash256("abc").hex() == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST_CASE("SHA-256 gives the published values") {
  CHECK(sha256("").hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("pieces hash like the whole, and a key changes everything") {
  const Bytes text = "the quick brown fox";
  CHECK(Hasher().add("the quick").add("").add(" brown fox").finish() == hash256(text));
  CHECK(Hasher("key").add(text).finish() == hash256(text, "key"));
  CHECK(hash256(text, "key") != hash256(text));
  CHECK(hash256(text, "key") != hash256(text, "kez"));
}

TEST_CASE("a hash is 32 bytes, a digest 16, nothing else is taken") {
  CHECK(Hash256::from_bytes(hash256("x").bytes()).value() == hash256("x"));
  CHECK_FALSE(Hash256::from_bytes("short").ok());
  CHECK(Digest128::from_bytes(digest128("x").bytes()).value() == digest128("x"));
  CHECK_FALSE(Digest128::from_bytes(Bytes(17, 'x')).ok());
}

TEST_CASE("digests add in any order, carry, and come apart again") {
  const Digest128 a = digest128("a");
  const Digest128 b = digest128("b");
  const Digest128 c = digest128("c");
  Digest128 forth{};
  forth += a;
  forth += b;
  forth += c;
  Digest128 back{};
  back += c;
  back += b;
  back += a;
  CHECK(forth == back);
  back -= b;
  back -= c;
  back -= a;
  CHECK(back == Digest128{});
  Digest128 top{~std::uint64_t{0}, 1};
  top += Digest128{1, 0};
  CHECK(top == Digest128{0, 2});
  top -= Digest128{1, 0};
  CHECK(top == Digest128{~std::uint64_t{0}, 1});
}

}  // namespace
}  // namespace lianxin
