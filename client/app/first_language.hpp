#pragma once
// In which language the window opens where nobody has said so with --lang.
#include <filesystem>
#include <string>
#include <string_view>

namespace lianxin::client::app {

/// "zh", "en", or "" = the one this laptop remembers. LIANXIN_LANG is for this program and counts like
/// --lang; the terminal's language (`of_terminal`, as language_of() tells it) only where no look is
/// remembered yet.
[[nodiscard]] std::string first_language(const std::filesystem::path& home, std::string_view asked,
                                         std::string_view of_terminal);

}  // namespace lianxin::client::app
