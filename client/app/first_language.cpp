#include "client/app/first_language.hpp"

#include <cstdlib>

namespace lianxin::client::app {

std::string first_language(const std::filesystem::path& home, std::string_view asked,
                           std::string_view of_terminal) {
  if (!asked.empty()) return std::string(asked);
  const char* own = std::getenv("LIANXIN_LANG");
  if (own != nullptr && *own != '\0') return std::string(of_terminal);
  std::error_code ignored;
  return std::filesystem::exists(home / "laptop.json", ignored) ? std::string() : std::string(of_terminal);
}

}  // namespace lianxin::client::app
