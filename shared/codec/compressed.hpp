#pragma once
// zstd frames that say their size, so that nothing is allocated on a foreign byte string's word.
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin::codec {

/// The same bytes for the same bytes and level. Any thread.
[[nodiscard]] Bytes compress(BytesView plain, int level = 3);
/// `expected` is what the frame must unpack to, and the caller has bounded it. Error "codec.malformed".
[[nodiscard]] Result<Bytes> decompress(BytesView packed, std::size_t expected);

}  // namespace lianxin::codec
