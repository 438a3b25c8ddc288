#pragma once
// What a person says of a write, beside it (the note of a resolution, of a shift): a value of its own in the
// same change, so that a purge takes it as any other (sync.md 11). Changes of earlier programs have it in
// their head.
#include <cstdint>

namespace lianxin::domain {

/// Common field "decided": element = wire number of the field it is about; the later one stands.
inline constexpr std::uint16_t kFieldDecided = 7;

}  // namespace lianxin::domain
