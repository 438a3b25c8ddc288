#pragma once
// Names of things: records (UUIDv7, RFC 9562), replicas (random 64 bit), changes (replica, counter).
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin {

/// 128-bit record id. All zero = nil: "no record", and as a scope the county's reference shelf.
struct Id {
  std::array<std::uint8_t, 16> octets{};

  auto operator<=>(const Id&) const = default;
  [[nodiscard]] bool is_nil() const { return *this == Id{}; }
  [[nodiscard]] BytesView bytes() const {
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
  }
  /// Lower-case 8-4-4-4-12.
  [[nodiscard]] std::string text() const;
  /// Takes 36 characters with dashes, either case. Error "id.malformed".
  [[nodiscard]] static Result<Id> parse(std::string_view text);
  /// Exactly 16 bytes. Error "id.malformed".
  [[nodiscard]] static Result<Id> from_bytes(BytesView bytes);
  /// UUIDv7 from a wall time (ms since 1970) and 74 random bits.
  [[nodiscard]] static Id make(std::int64_t wall_ms);
};

/// One incarnation of one store (sync.md 1). 0 = none.
struct ReplicaId {
  std::uint64_t number = 0;

  auto operator<=>(const ReplicaId&) const = default;
  /// 16 lower-case hex digits.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] static Result<ReplicaId> parse(std::string_view text);
  [[nodiscard]] static ReplicaId random();
};

/// Name of one change: counter is dense from 1 per replica.
struct ChangeId {
  ReplicaId replica;
  std::uint64_t counter = 0;

  auto operator<=>(const ChangeId&) const = default;
  [[nodiscard]] bool is_none() const { return counter == 0; }
  /// "<16 hex>:<decimal>".
  [[nodiscard]] std::string text() const;
  [[nodiscard]] static Result<ChangeId> parse(std::string_view text);
};

/// Unpredictable bytes from the system.
[[nodiscard]] Bytes random_bytes(std::size_t count);

}  // namespace lianxin

template <>
struct std::hash<lianxin::Id> {
  std::size_t operator()(const lianxin::Id& id) const noexcept {
    return std::hash<std::string_view>{}(id.bytes());
  }
};
template <>
struct std::hash<lianxin::ChangeId> {
  std::size_t operator()(const lianxin::ChangeId& id) const noexcept {
    return std::hash<std::uint64_t>{}(id.replica.number * 0x9E3779B97F4A7C15ULL ^ id.counter);
  }
};
