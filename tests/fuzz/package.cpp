#include "tests/fuzz/package.hpp"

#include <array>

#include "shared/base/check.hpp"

namespace lianxin::test::fuzz {
namespace {

constexpr std::size_t kNamesAreUtf8 = 0x800;

Bytes number(std::size_t value, std::size_t octets) {
  Bytes out;
  for (std::size_t i = 0; i < octets; ++i)
    out += static_cast<char>(value >> (8 * i));
  return out;
}

constexpr std::array<std::uint32_t, 256> crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    table[i] = i;
    for (int bit = 0; bit < 8; ++bit)
      table[i] = table[i] >> 1U ^ (table[i] % 2 == 1 ? 0xEDB88320U : 0U);
  }
  return table;
}

std::uint32_t crc32(BytesView bytes) {
  static constexpr std::array<std::uint32_t, 256> kTable = crc_table();
  std::uint32_t sum = ~0U;
  for (const char c : bytes)
    sum = sum >> 8U ^ kTable[(sum ^ static_cast<unsigned char>(c)) & 0xFFU];
  return ~sum;
}

}  // namespace

std::string relation(const std::string& type, const std::string& target) {
  return "<Relationships><Relationship Id=\"a\" Type=\"x/" + type + "\" Target=\"" + target +
         "\"/></Relationships>";
}

std::string package_of(const std::map<std::string, std::string>& parts) {
  Bytes out;
  Bytes directory;
  for (const auto& [name, content] : parts) {
    Bytes about = number(20, 2) + number(kNamesAreUtf8, 2);  // version needed; flags
    about += number(0, 2) + number(0x210000, 4);             // stored; 1980-01-01
    about += number(crc32(content), 4) + number(content.size(), 4) + number(content.size(), 4);
    about += number(name.size(), 2) + number(0, 2);  // nothing extra
    directory += "PK\x01\x02" + number(20, 2) + about + Bytes(10, '\0') + number(out.size(), 4) + name;
    out += "PK\x03\x04" + about + name + content;
  }
  const Bytes end = number(parts.size(), 2) + number(parts.size(), 2) + number(directory.size(), 4) +
                    number(out.size(), 4) + number(0, 2);
  return out + directory + "PK\x05\x06" + Bytes(4, '\0') + end;
}

Bytes message_of(sync::wire::MessageKind kind, BytesView plain) {
  LX_CHECK(plain.size() < 65536, "one block takes it");
  Bytes out = "LX\x01";
  out += static_cast<char>(kind);
  out += number(plain.size(), 4);
  out += "\x28\xB5\x2F\xFD\xA0";  // of a frame: magic; one segment, its length in four octets
  out += number(plain.size(), 4);
  out += number(plain.size() << 3 | 1, 3);  // the last block, raw
  return out.append(plain);
}

}  // namespace lianxin::test::fuzz
