#include "shared/base/id.hpp"

#include <doctest/doctest.h>
#include <set>

#include "shared/base/clock.hpp"

namespace lianxin {
namespace {

TEST_CASE("record ids are UUIDv7: they carry their millisecond, sort by it, and never repeat") {
  constexpr WallMs kNow = 1790726400123;
  std::set<Id> seen;
  for (int i = 0; i < 10000; ++i) {
    const Id id = Id::make(kNow);
    CHECK_MESSAGE(seen.insert(id).second, id.text());
    REQUIRE((id.octets[6] >> 4) == 7);
    REQUIRE((id.octets[8] >> 6) == 2);
  }
  WallMs stamp = 0;
  for (int i = 0; i < 6; ++i)
    stamp = stamp << 8 | seen.begin()->octets[static_cast<std::size_t>(i)];
  CHECK(stamp == kNow);
  CHECK(Id::make(kNow) < Id::make(kNow + 1));
}

TEST_CASE("ids are read in either case and nothing else is") {
  const Id id = Id::make(1);
  CHECK(Id::parse(id.text()).value() == id);
  std::string upper = id.text();
  for (char& c : upper)
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  CHECK(Id::parse(upper).value() == id);
  for (const std::string& text : {std::string(), id.text().substr(1), id.text() + "0", std::string(36, '-'),
                                  "{" + id.text() + "}", std::string(36, 'g')})
    CHECK_MESSAGE(Id::parse(text).error().code == "id.malformed", text);
  // Any one character that is wrong, at any place.
  for (std::size_t at = 0; at < upper.size(); ++at) {
    for (const char wrong : {'-', '0', 'g', '/', ':', '@', '`', ' ', '\0', '\xE4'}) {
      std::string text = id.text();
      const bool fits = (text[at] == '-') == (wrong == '-') && (wrong == '-' || wrong == '0');
      text[at] = wrong;
      CHECK_MESSAGE(Id::parse(text).ok() == fits, text);
    }
  }
  CHECK(Id::from_bytes(BytesView("\x01\x9f\xab\xcd\xef\x01\x72\x34\x85\x67\x89\x0a\xbc\xde\xf0\x12", 16))
            .value()
            .text() == "019fabcd-ef01-7234-8567-890abcdef012");
  CHECK(Id{}.is_nil());
  CHECK(Id::parse(Id{}.text()).value().is_nil());
  CHECK_FALSE(Id::from_bytes("15 bytes ......").ok());
}

TEST_CASE("a replica is 16 hex digits, a change its replica and counter") {
  const ReplicaId replica{0x0123456789abcdefULL};
  CHECK(replica.text() == "0123456789abcdef");
  CHECK(ReplicaId::parse("0123456789abcdef").value() == replica);
  CHECK_FALSE(ReplicaId::parse("123").ok());
  CHECK_FALSE(ReplicaId::parse("0123456789abcdeg").ok());
  const ChangeId change{replica, 42};
  CHECK(change.text() == "0123456789abcdef:42");
  CHECK(ChangeId::parse(change.text()).value() == change);
  for (const char* text : {"", "0123456789abcdef", "0123456789abcdef:", "0123456789abcdef:x", ":1",
                           "0123456789abcdef:-1", "0123456789abcdef:99999999999999999999999"})
    CHECK_FALSE_MESSAGE(ChangeId::parse(text).ok(), text);
}

TEST_CASE("random replicas and bytes differ") {
  CHECK(ReplicaId::random() != ReplicaId::random());
  CHECK(ReplicaId::random().number != 0);
  CHECK(random_bytes(32) != random_bytes(32));
  CHECK(random_bytes(5).size() == 5);
}

}  // namespace
}  // namespace lianxin
