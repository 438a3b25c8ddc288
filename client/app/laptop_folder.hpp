#pragma once
// The folder of this laptop's stores: a person each, in a folder of his own, or one store directly in it (as
// lianxinctl makes it). Beside them `laptop.json`: names for the unlock screen and how the screen looks,
// nothing of the work.
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "client/view/settings_view.hpp"
#include "client/view/unlock_view.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::app {

/// How the screen looks before anybody has unlocked.
struct ScreenLook {
  std::string language = "zh-CN";
  std::uint32_t text_percent = 100;
  view::Contrast contrast = view::Contrast::kLight;
};

/// Where the stores lie: `given` (--home), else LIANXIN_HOME, else the person's data folder; whole paths.
/// Error "cli.no_home".
[[nodiscard]] Result<std::filesystem::path> home_folder(const std::string& given);
/// Where a person looks for files: the home folder.
[[nodiscard]] std::filesystem::path documents_folder();

/// Where somebody works and as what, by language.
using PlaceWords = std::map<std::string, std::string>;

class LaptopFolder {
 public:
  explicit LaptopFolder(std::filesystem::path folder);

  /// A damaged or missing laptop.json counts as empty: it can all be had again.
  [[nodiscard]] const ScreenLook& look() const { return look_; }
  [[nodiscard]] Status set_look(const ScreenLook& look);
  /// For this run only (--lang).
  void use_language(const std::string& language) { look_.language = language; }
  /// People with a store here, by name; without their place where it is not known in the language of now.
  [[nodiscard]] std::vector<view::StoreOwner> owners() const;
  /// Folder of an owner's store (`StoreOwner::store`); the path itself never came from the person.
  [[nodiscard]] std::filesystem::path store_folder(const std::string& store) const;
  /// Where a new person's store goes: the folder itself while it holds none, else one below.
  [[nodiscard]] std::filesystem::path next_folder() const;
  /// Name of the store in `folder`, as in StoreOwner::store.
  [[nodiscard]] std::string name_of(const std::filesystem::path& folder) const;
  /// Notes who unlocked, for the next time.
  [[nodiscard]] Status remember_owner(const std::string& store, const std::string& person,
                                      const PlaceWords& places);
  [[nodiscard]] const std::filesystem::path& path() const { return folder_; }

 private:
  struct Known {
    std::string store;
    std::string person;
    PlaceWords places;
  };
  [[nodiscard]] Status write() const;

  std::filesystem::path folder_;
  ScreenLook look_;
  std::vector<Known> known_;
};

}  // namespace lianxin::client::app
