#pragma once
// Settings of this laptop and of the person on it.
#include <cstdint>
#include <string>
#include <vector>

#include "client/view/folder_view.hpp"
#include "client/view/part_view.hpp"

namespace lianxin::client::view {

enum class Contrast : std::uint8_t { kLight, kHigh };

struct SettingsView {
  ListState state;
  std::string language = "zh-CN";    ///< "zh-CN", "en"
  std::uint32_t text_percent = 100;  ///< 100, 112, 125, 150
  Contrast contrast = Contrast::kLight;
  std::uint32_t idle_lock_minutes = 10;

  bool changing_passphrase = false;
  Problems passphrase_problems;  ///< fields: old, next, again
  std::uint64_t passphrase_answered = 0;
  std::uint32_t passphrase_letters_min = 12;

  std::string second_copy_folder;  ///< empty = none
  Words second_copy_state;         ///< "✓ 最新", "只有一份"
  Problems second_copy_problems;
  FolderView folder;  ///< where the second copy may go: the answer to BrowseFolder

  std::vector<Words> about;  ///< version, device, store, input method
};

}  // namespace lianxin::client::view
