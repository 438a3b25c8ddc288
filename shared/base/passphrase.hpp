#pragma once
// What a passphrase that is chosen now must be: the same on a laptop and at the server.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "shared/base/result.hpp"

namespace lianxin {

inline constexpr std::size_t kPassphraseCharactersMin = 12;
/// More is no sentence that anybody types: a whole file given by mistake.
inline constexpr std::size_t kPassphraseBytesMax = 1024;

enum class PassphraseFault : std::uint8_t { kNone, kShort, kLong };

/// Only asked of a new one: whatever was chosen before opens what it closed. Blanks around it do not count as
/// characters; what is no UTF-8 has none.
[[nodiscard]] PassphraseFault passphrase_fault(std::string_view passphrase);
/// The same as a status: `when_short` is what each end calls it; else "passphrase.long" {most}.
[[nodiscard]] Status fit_to_choose(std::string_view passphrase, Error when_short);

}  // namespace lianxin
