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

/// Reads with archives of this folder. Errors as of `decode`.
template <class F>
[[nodiscard]] Status guarded(F&& read) {
  try {
    std::forward<F>(read)();
    return {};
  } catch (const Malformed& malformed) {
    return fail(malformed.code);
  }
}

/// As `decode`, into a value that knows something already; after an error it may hold anything.
template <class T>
[[nodiscard]] Status decode_into(T& value, BytesView bytes, const Limits& limits = {}) {
  return guarded([&] {
    Reader reader(bytes, limits);
    reader(value);
    if (reader.left() > 0) throw Malformed{"codec.trailing"};
  });
}

/// The value, if the bytes are exactly one canonical encoding within the limits. Errors "codec.truncated",
/// "codec.limit", "codec.malformed", "codec.trailing".
template <class T>
[[nodiscard]] Result<T> decode(BytesView bytes, const Limits& limits = {}) {
  T value{};
  LX_DO(decode_into(value, bytes, limits));
  return value;
}

}  // namespace lianxin::codec
