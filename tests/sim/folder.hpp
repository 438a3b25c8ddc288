#pragma once
// Disks that can be copied: folders in memory where the machine has such a place.
#include <filesystem>
#include <set>
#include <string>

#include "shared/store/database.hpp"

namespace lianxin::sim {

/// A new empty folder, removed by the destructor.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// What lies in a laptop's home, without its machine mark: what a disk image brings back on the same machine.
void copy_disk(const std::filesystem::path& from, const std::filesystem::path& to);
/// Puts an image in the place of what is there; the mark stays, so the program cannot notice.
void put_back_disk(const std::filesystem::path& image, const std::filesystem::path& home);

/// The first of these texts that stands in any column of any table, also within other bytes; "" = none.
[[nodiscard]] std::string first_text_in(lianxin::store::Database& database,
                                        const std::set<std::string>& texts);

}  // namespace lianxin::sim
