#include "assets/assets.hpp"

namespace lianxin::assets {

std::vector<std::string_view> texts(std::string_view language) {
  const std::string folder = "assets/text/" + std::string(language) + "/";
  std::vector<std::string_view> out;
  for (const std::string_view path : files()) {
    if (path.starts_with(folder)) out.push_back(file(path));
  }
  return out;
}

}  // namespace lianxin::assets
