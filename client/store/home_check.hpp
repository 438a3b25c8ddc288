#pragma once
// What a folder holds, before anything in it is opened, made or restored.
#include "client/store/home.hpp"

namespace lianxin::client::store {

/// Whether somebody's work is here, with a key or without: nothing is made or restored over it.
[[nodiscard]] bool holds_work(const HomePaths& home);
/// One of the two key files is enough. Errors: store.missing (nobody's work is here), store.keyless (it is,
/// but neither key file).
[[nodiscard]] Status must_open(const HomePaths& home);

/// Room held back on the disk for an opening when it is full; there while a store is open, unless it was
/// needed or did not fit.
[[nodiscard]] std::filesystem::path spare_file(const std::filesystem::path& folder);
/// Under 16 MB are free where the folder lies; false where the system does not say.
[[nodiscard]] bool is_nearly_full(const std::filesystem::path& folder);
/// Of an open store: soon nothing can be saved any more, or it was opened in the room held back.
[[nodiscard]] bool lacks_room(const std::filesystem::path& folder);

}  // namespace lianxin::client::store
