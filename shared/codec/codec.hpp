#pragma once
// encode and decode: types declare `template <class A> void serialize(A& a) { a(x, y); }`.
#include "shared/base/result.hpp"
#include "shared/codec/archive.hpp"

namespace lianxin::codec {

/// Canonical bytes of a value.
template <class T>
[[nodiscard]] Bytes encode(const T& value) {
  Bytes out;
  Writer writer(out);
  writer(value);
  return out;
}

/// The value, if the bytes are exactly one canonical encoding within the limits. Errors "codec.truncated",
/// "codec.limit", "codec.malformed", "codec.trailing".
template <class T>
[[nodiscard]] Result<T> decode(BytesView bytes, const Limits& limits = {}) {
  try {
    Reader reader(bytes, limits);
    T value{};
    reader(value);
    if (reader.left() > 0) return fail("codec.trailing");
    return value;
  } catch (const Malformed& malformed) {
    return fail(malformed.code);
  }
}

}  // namespace lianxin::codec
