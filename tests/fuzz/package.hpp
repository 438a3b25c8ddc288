#pragma once
// Honest wrappers in memory, stored without compression, so that no checksum or code table stops the changes:
// an office file, a message on the wire.
#include <map>
#include <string>

#include "sync/wire/messages.hpp"

namespace lianxin::test::fuzz {

[[nodiscard]] std::string relation(const std::string& type, const std::string& target);
[[nodiscard]] std::string package_of(const std::map<std::string, std::string>& parts);
/// Less than 64 KB of plain bytes in an envelope, as one raw block of zstd: it costs nothing to make.
[[nodiscard]] Bytes message_of(sync::wire::MessageKind kind, BytesView plain);

}  // namespace lianxin::test::fuzz
