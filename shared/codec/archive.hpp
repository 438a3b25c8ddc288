#pragma once
// Bounded cereal archives: the only encoding of messages, heads and states. cereal's own readers trust
// lengths (33 bytes can ask for 1.5 GB) and its sizes take eight bytes; these check every length before
// allocating and write varints, so that a value has exactly one encoding: what decodes re-encodes to the same
// bytes.
//
//   unsigned, enum   minimal LEB128           signed      zig-zag, then as unsigned
//   bool             one byte 0 or 1          Fixed64     eight bytes, little-endian
//   string, vector   varint count, content    std::array<uint8_t, N>  its bytes
//   optional         bool, value              pair        both
#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <cstring>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "shared/base/bytes.hpp"

namespace lianxin::codec {

/// What a foreign byte string may ask for.
struct Limits {
  std::size_t string_bytes_max = 4 * 1024 * 1024;
  std::size_t elements_max = 1'000'000;
  std::size_t memory_budget_bytes = 64 * 1024 * 1024;
};

/// Eight bytes on the wire: for random numbers, where a varint would take ten.
struct Fixed64 {
  std::uint64_t& number;
};

/// Thrown inside this folder only; `decode` turns it into an Error.
struct Malformed {
  const char* code;
};

class Writer : public cereal::OutputArchive<Writer, cereal::AllowEmptyClassElision> {
 public:
  explicit Writer(Bytes& out) : OutputArchive(this), out_(out) {}

  void raw(const void* data, std::size_t size) { out_.append(static_cast<const char*>(data), size); }
  void varint(std::uint64_t value) {
    // Most numbers take one octet.
    if (value < 0x80) {
      out_.push_back(static_cast<char>(value));
      return;
    }
    std::array<char, 10> octets;
    std::size_t size = 0;
    for (; value >= 0x80; value >>= 7)
      octets[size++] = static_cast<char>(value | 0x80);
    octets[size++] = static_cast<char>(value);
    out_.append(octets.data(), size);
  }

 private:
  Bytes& out_;
};

class Reader : public cereal::InputArchive<Reader, cereal::AllowEmptyClassElision> {
 public:
  Reader(BytesView bytes, const Limits& limits)
      : InputArchive(this), rest_(bytes), limits_(limits), budget_(limits.memory_budget_bytes) {}

  void raw(void* data, std::size_t size) {
    if (size > rest_.size()) throw Malformed{"codec.truncated"};
    if (size > 0) std::memcpy(data, rest_.data(), size);
    rest_.remove_prefix(size);
  }
  /// The next octets where they lie.
  BytesView octets(std::size_t size) {
    if (size > rest_.size()) throw Malformed{"codec.truncated"};
    const BytesView out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return out;
  }
  std::uint64_t varint() {
    // Most numbers take one octet.
    if (rest_.empty() || static_cast<std::uint8_t>(rest_.front()) >= 0x80) return long_varint();
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  /// A count of things of `element_bytes` in memory, each taking at least one byte here; charged before
  /// anything is allocated.
  std::size_t count(std::size_t element_bytes, std::size_t maximum);
  [[nodiscard]] const Limits& limits() const { return limits_; }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::uint64_t long_varint();
  BytesView rest_;
  const Limits& limits_;
  std::size_t budget_;
};

template <class T>
concept Unsigned = std::is_unsigned_v<T> && !std::is_same_v<T, bool>;
template <class T>
concept Signed = std::is_integral_v<T> && std::is_signed_v<T>;

// --- numbers

template <Unsigned T>
void CEREAL_SAVE_FUNCTION_NAME(Writer& a, const T& value) {
  a.varint(value);
}
template <Unsigned T>
void CEREAL_LOAD_FUNCTION_NAME(Reader& a, T& value) {
  const std::uint64_t wide = a.varint();
  if (wide > std::numeric_limits<T>::max()) throw Malformed{"codec.malformed"};
  value = static_cast<T>(wide);
}

template <Signed T>
void CEREAL_SAVE_FUNCTION_NAME(Writer& a, const T& value) {
  const auto wide = static_cast<std::int64_t>(value);
  a.varint(static_cast<std::uint64_t>(wide) << 1 ^ static_cast<std::uint64_t>(wide >> 63));
}
template <Signed T>
void CEREAL_LOAD_FUNCTION_NAME(Reader& a, T& value) {
  const std::uint64_t zigzag = a.varint();
  const auto wide = static_cast<std::int64_t>(zigzag >> 1) ^ -static_cast<std::int64_t>(zigzag & 1);
  if (wide < std::numeric_limits<T>::min() || wide > std::numeric_limits<T>::max())
    throw Malformed{"codec.malformed"};
  value = static_cast<T>(wide);
}

template <class T>
requires std::is_same_v<T, bool>
void CEREAL_SAVE_FUNCTION_NAME(Writer& a, const T& value) { a.varint(value ? 1 : 0); }
template <class T>
requires std::is_same_v<T, bool>
void CEREAL_LOAD_FUNCTION_NAME(Reader& a, T& value) {
  const std::uint64_t wide = a.varint();
  if (wide > 1) throw Malformed{"codec.malformed"};
  value = wide == 1;
}

// Enums go through cereal as their underlying number: any number of that width comes through; whether it is a
// known word is the caller's check.

inline void CEREAL_SAVE_FUNCTION_NAME(Writer& a, const Fixed64& value) {
  std::array<std::uint8_t, 8> octets{};
  for (std::size_t i = 0; i < 8; ++i)
    octets[i] = static_cast<std::uint8_t>(value.number >> (8 * i));
  a.raw(octets.data(), octets.size());
}
inline void CEREAL_LOAD_FUNCTION_NAME(Reader& a, Fixed64& value) {
  std::array<std::uint8_t, 8> octets{};
  a.raw(octets.data(), octets.size());
  value.number = 0;
  for (std::size_t i = 8; i-- > 0;)
    value.number = value.number << 8 | octets[i];
}

// --- strings and containers

inline void CEREAL_SAVE_FUNCTION_NAME(Writer& a, const std::string& value) {
  a.varint(value.size());
  a.raw(value.data(), value.size());
}
inline void CEREAL_LOAD_FUNCTION_NAME(Reader& a, std::string& value) {
  value.assign(a.octets(a.count(1, a.limits().string_bytes_max)));
}

template <std::size_t N>
void CEREAL_SAVE_FUNCTION_NAME(Writer& a, const std::array<std::uint8_t, N>& value) {
  a.raw(value.data(), N);
}
template <std::size_t N>
void CEREAL_LOAD_FUNCTION_NAME(Reader& a, std::array<std::uint8_t, N>& value) {
  a.raw(value.data(), N);
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(Writer& a, const std::vector<T>& value) {
  a.varint(value.size());
  for (const T& one : value)
    a(one);
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(Reader& a, std::vector<T>& value) {
  value.clear();
  value.resize(a.count(sizeof(T), a.limits().elements_max));
  for (T& one : value)
    a(one);
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(Writer& a, const std::optional<T>& value) {
  a(value.has_value());
  if (value) a(*value);
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(Reader& a, std::optional<T>& value) {
  bool has = false;
  a(has);
  value.reset();
  if (has) a(value.emplace());
}

template <class A, class B>
void CEREAL_SAVE_FUNCTION_NAME(Writer& a, const std::pair<A, B>& value) {
  a(value.first, value.second);
}
template <class A, class B>
void CEREAL_LOAD_FUNCTION_NAME(Reader& a, std::pair<A, B>& value) {
  a(value.first, value.second);
}

}  // namespace lianxin::codec

CEREAL_REGISTER_ARCHIVE(lianxin::codec::Writer)
CEREAL_REGISTER_ARCHIVE(lianxin::codec::Reader)
CEREAL_SETUP_ARCHIVE_TRAITS(lianxin::codec::Reader, lianxin::codec::Writer)
