#pragma once
// Bytes are std::string holding raw octets: what SQLite, curl and the codec all take without copying.
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace lianxin {

using Bytes = std::string;
using BytesView = std::string_view;

[[nodiscard]] std::string to_hex(BytesView bytes);
/// Error "text.not_hex" on odd length or other characters (both cases are accepted).
[[nodiscard]] Result<Bytes> from_hex(std::string_view hex);
[[nodiscard]] std::string to_base64(BytesView bytes);
[[nodiscard]] Result<Bytes> from_base64(std::string_view text);

}  // namespace lianxin
