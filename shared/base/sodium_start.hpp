#pragma once
namespace lianxin {

/// libsodium must be started once before its first use; cheap afterwards, thread-safe.
void start_sodium();

}  // namespace lianxin
