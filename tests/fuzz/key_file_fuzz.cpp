// Hostile key files, before anything is derived from a passphrase: the bytes as they are, and the bytes as
// the content of a file whose plain hash holds.
#include "client/store/key_file.hpp"
#include "shared/base/check.hpp"
#include "shared/base/hash.hpp"
#include "shared/codec/codec.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace lianxin::test::fuzz {

using namespace client::store;

namespace {

constexpr std::string_view kMagic = "LXKEYS01";
constexpr std::size_t kSumBytes = 32;
constexpr codec::Limits kLimits{kKeyFileBytesMax, 64, 4 * kKeyFileBytesMax};

void try_file(Bytes bytes) {
  const Bytes key(kSumBytes, 'n');  // not the seeds' own
  const auto read = decode_key_file(bytes);
  if (!read.ok()) {
    const std::string& code = read.error().code;
    LX_CHECK(code == "store.key_damaged" || code == "store.newer", "an error with a name");
    return;
  }
  LX_CHECK(read->bytes == bytes, "a key file is kept as it stands on the disk");
  LX_CHECK(encode_key_file(read->file, key).size() == bytes.size(), "a key file has two encodings");
  LX_CHECK(!is_genuine(*read, key), "nobody forges a key file without its key");
  LX_CHECK(!unseal_identity(read->file, key).ok(), "nobody forges an identity without its key");
  for (const KeySlot& slot : read->file.slots)
    (void)codec::decode<PassphraseSlot>(slot.content, kLimits);
}

}  // namespace

int fuzz_key_file(BytesView bytes) {
  try_file(Bytes(bytes));
  Bytes whole = Bytes(kMagic) + Bytes(bytes) + Bytes(kSumBytes, 'm');
  whole += hash256(whole).bytes();
  try_file(std::move(whole));
  return 0;
}

}  // namespace lianxin::test::fuzz
