// Hostile changes: refused, or a body, values and a state with just this encoding.
//   change: length of the body (2 octets) | body | values
#include "shared/base/check.hpp"
#include "sync/change/change.hpp"
#include "sync/merge/record_state.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace lianxin::test::fuzz {

using namespace sync::change;

int fuzz_change(BytesView bytes) {
  if (bytes.size() < 2) return -1;
  const std::size_t wanted = static_cast<unsigned char>(bytes[0]) |
                             static_cast<unsigned>(static_cast<unsigned char>(bytes[1])) << 8U;
  const std::size_t length = std::min(wanted, bytes.size() - 2);
  const BytesView body_bytes = bytes.substr(2, length);
  const BytesView value_bytes = bytes.substr(2 + length);
  const auto body = decode_body(body_bytes);
  if (!body.ok()) return 0;
  LX_CHECK(encode_body(*body) == body_bytes, "a body has two encodings");
  auto values = decode_values(value_bytes, *body);
  if (!values.ok()) return 0;
  LX_CHECK(encode_values(*values) == value_bytes, "values have two encodings");
  ChainEnd end{body->id.replica, body->id.counter - 1, {}};
  const auto linked = follow(end, Bytes(body_bytes), Bytes(value_bytes));
  // What can be read can be linked to a chain that ends just before it, and a purge changes no head hash.
  if (linked.ok()) {
    purge_values(*body, *values, {});
    ChainEnd purged{body->id.replica, body->id.counter - 1, {}};
    const auto after = follow(purged, Bytes(body_bytes), encode_values(*values));
    LX_CHECK(after.ok() && after->hash == linked->hash, "a purge breaks the chain");
  }
  return 0;
}

int fuzz_state(BytesView bytes) {
  const auto state = sync::merge::decode_class_state(bytes);
  if (!state.ok()) return 0;
  LX_CHECK(sync::merge::encode_class_state(*state) == bytes, "a state has two encodings");
  (void)sync::merge::digest_leaf(Id{}, 0, *state);
  return 0;
}

}  // namespace lianxin::test::fuzz
