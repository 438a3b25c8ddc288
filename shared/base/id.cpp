#include "shared/base/id.hpp"

#include <charconv>
#include <cstring>
#include <sodium.h>

#include "shared/base/sodium_start.hpp"

namespace lianxin {

Bytes random_bytes(std::size_t count) {
  start_sodium();
  Bytes out(count, '\0');
  randombytes_buf(out.data(), out.size());
  return out;
}

namespace {

/// Before these characters of a text stands a dash.
constexpr bool is_dash(std::size_t at) { return at == 8 || at == 13 || at == 18 || at == 23; }
constexpr std::size_t kTextLength = 36;

/// -1 = none.
constexpr int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string Id::text() const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out(kTextLength, '-');
  std::size_t at = 0;
  for (const std::uint8_t octet : octets) {
    if (is_dash(at)) ++at;
    out[at++] = kDigits[octet >> 4U];
    out[at++] = kDigits[octet & 0x0FU];
  }
  return out;
}

Result<Id> Id::parse(std::string_view text) {
  if (text.size() != kTextLength) return fail("id.malformed");
  Id id;
  std::size_t at = 0;
  for (std::uint8_t& octet : id.octets) {
    if (is_dash(at) && text[at++] != '-') return fail("id.malformed");
    const int high = hex_digit(text[at++]);
    const int low = hex_digit(text[at++]);
    if (high < 0 || low < 0) return fail("id.malformed");
    octet = static_cast<std::uint8_t>(high << 4 | low);
  }
  return id;
}

Result<Id> Id::from_bytes(BytesView bytes) {
  Id id;
  if (bytes.size() != id.octets.size()) return fail("id.malformed");
  std::memcpy(id.octets.data(), bytes.data(), bytes.size());
  return id;
}

Id Id::make(std::int64_t wall_ms) {
  const Bytes random = random_bytes(10);
  Id id;
  const auto ms = static_cast<std::uint64_t>(wall_ms < 0 ? 0 : wall_ms);
  for (std::size_t i = 0; i < 6; ++i)
    id.octets[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  std::memcpy(id.octets.data() + 6, random.data(), random.size());
  id.octets[6] = static_cast<std::uint8_t>((id.octets[6] & 0x0F) | 0x70);
  id.octets[8] = static_cast<std::uint8_t>((id.octets[8] & 0x3F) | 0x80);
  return id;
}

std::string ReplicaId::text() const {
  Bytes big(8, '\0');
  for (std::size_t i = 0; i < 8; ++i)
    big[i] = static_cast<char>((number >> (56 - 8 * i)) & 0xFF);
  return to_hex(big);
}

Result<ReplicaId> ReplicaId::parse(std::string_view text) {
  ReplicaId id;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.number, 16);
  if (text.size() != 16 || error != std::errc{} || end != text.data() + text.size())
    return fail("id.malformed");
  return id;
}

ReplicaId ReplicaId::random() {
  ReplicaId id;
  while (id.number == 0)
    std::memcpy(&id.number, random_bytes(8).data(), 8);
  return id;
}

std::string ChangeId::text() const { return replica.text() + ':' + std::to_string(counter); }

Result<ChangeId> ChangeId::parse(std::string_view text) {
  if (text.size() < 18 || text[16] != ':') return fail("id.malformed");
  LX_TRY(const ReplicaId replica, ReplicaId::parse(text.substr(0, 16)));
  ChangeId id{replica, 0};
  const std::string_view digits = text.substr(17);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id.counter);
  if (error != std::errc{} || end != digits.data() + digits.size() || id.counter == 0)
    return fail("id.malformed");
  return id;
}

}  // namespace lianxin
