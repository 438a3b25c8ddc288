#pragma once
// The folder of one person's store (mode 0700): names in one place.
#include <filesystem>

#include "shared/base/result.hpp"

namespace lianxin::client::store {

struct HomePaths {
  explicit HomePaths(std::filesystem::path home) : folder(std::move(home)) {}
  std::filesystem::path folder;
  [[nodiscard]] std::filesystem::path database() const { return folder / "store.db"; }
  [[nodiscard]] std::filesystem::path key_file() const { return folder / "keys.lx"; }
  [[nodiscard]] std::filesystem::path journal() const { return folder / "journal.lx"; }
  [[nodiscard]] std::filesystem::path head_mark() const { return folder / "head.lx"; }
  [[nodiscard]] std::filesystem::path lock() const { return folder / "lock"; }
};

}  // namespace lianxin::client::store
