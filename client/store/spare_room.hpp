#pragma once
// Room held back on the disk (spare.lx). A full disk refuses what a person writes, but what is saved must
// still be looked at and taken away, and that writes a little: an opening, the number of a bundle, the audit
// of who took what. For these steps alone the room is given up, and taken back as far as there is any.
#include <filesystem>

#include "shared/base/result.hpp"

namespace lianxin::client::store {

/// Holds it back where it is not yet and the disk has plenty.
void keep_spare_room(const std::filesystem::path& home);
/// False: there was none to give up.
[[nodiscard]] bool give_up_spare_room(const std::filesystem::path& home);
/// As much of it as fits again.
void take_back_spare_room(const std::filesystem::path& home);

/// Of an open store: under 16 MB are free beside it, or the room was needed and has not come back. A person
/// is told. False where the system does not say.
[[nodiscard]] bool lacks_room(const std::filesystem::path& home);

[[nodiscard]] bool is_full_disk(const Error& error);
/// "store.no_spare" for a disk that is full even for what the room is held back for; other errors as they
/// are.
[[nodiscard]] Error without_spare_room(const Error& error);

}  // namespace lianxin::client::store
