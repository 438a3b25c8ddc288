#pragma once
// Tells a copied folder from the one that was enrolled (sync.md 1): a small file that names the machine and
// its own place on the disk. A copy lies in another place, or on another machine; moving the folder changes
// nothing.
#include <filesystem>
#include <string_view>

#include "shared/base/result.hpp"

namespace lianxin::client::store {

/// Where a folder's mark lies.
[[nodiscard]] std::filesystem::path machine_mark_file(const std::filesystem::path& home);
/// `secret` = Identity::machine_mark.
[[nodiscard]] Status write_machine_mark(const std::filesystem::path& home, std::string_view secret);
/// False: no mark, one of another secret, another place, another machine.
[[nodiscard]] bool is_marked_here(const std::filesystem::path& home, std::string_view secret);

}  // namespace lianxin::client::store
