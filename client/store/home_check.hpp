#pragma once
// What a folder holds, before anything in it is opened, made or restored.
#include "client/store/home.hpp"

namespace lianxin::client::store {

/// Whether somebody's work is here, with a key or without: nothing is made or restored over it.
[[nodiscard]] bool holds_work(const HomePaths& home);
/// One of the two key files is enough. Errors: store.missing (nobody's work is here), store.keyless (it is,
/// but neither key file).
[[nodiscard]] Status must_open(const HomePaths& home);
/// A database with all that stands beside it, as far as it is there. Before another file gets the name: a log
/// that was left behind would be taken for that one's.
void remove_database(const std::filesystem::path& file);

}  // namespace lianxin::client::store
