#pragma once
// The files of this folder as bytes inside the programs: nothing has to be found on the disk at run time.
#include <string>
#include <string_view>
#include <vector>

namespace lianxin::assets {

/// Content by path from the root ("assets/text/en/ui.txt"); empty for an unknown path.
[[nodiscard]] std::string_view file(std::string_view path);
/// All paths, sorted.
[[nodiscard]] std::vector<std::string_view> files();
/// Every text file of a language ("zh-CN", "en").
[[nodiscard]] std::vector<std::string_view> texts(std::string_view language);

}  // namespace lianxin::assets
