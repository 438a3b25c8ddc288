// Messages as JSON: refused, or a message that gives back the same JSON. The first octet chooses the message.
#include "shared/base/check.hpp"
#include "sync/wire/json.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace lianxin::test::fuzz {

using namespace sync::wire;

namespace {

template <class M>
void try_json(BytesView text) {
  const auto message = from_json<M>(text);
  if (!message.ok()) return;
  const std::string written = to_json(*message);
  const auto again = from_json<M>(written);
  LX_CHECK(again.ok() && to_json(*again) == written, "a message changes on its way through JSON");
}

}  // namespace

int fuzz_json(BytesView all) {
  if (all.empty()) return -1;
  const BytesView text = all.substr(1);
  switch (static_cast<unsigned char>(all[0]) % 4) {
    case 0:
      try_json<SignedRequest>(text);
      break;
    case 1:
      try_json<ExchangeAnswer>(text);
      break;
    case 2:
      try_json<EnrolRequest>(text);
      break;
    default:
      try_json<WireError>(text);
  }
  return 0;
}

}  // namespace lianxin::test::fuzz
