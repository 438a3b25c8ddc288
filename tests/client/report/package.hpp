#pragma once
// Files of a .docx taken apart and put together again, with one of them changed.
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "shared/base/bytes.hpp"

namespace lianxin::test {

/// Each part by its name.
[[nodiscard]] std::map<std::string, std::string> unpacked(const Bytes& package);
[[nodiscard]] std::string part(const Bytes& package, const std::string& name);
[[nodiscard]] Bytes repacked(const Bytes& package, const std::string& name,
                             const std::function<std::string(std::string)>& change);
/// Every first occurrence, in this order. Fails where there is none.
[[nodiscard]] std::string replaced(std::string text,
                                   const std::vector<std::pair<std::string, std::string>>& edits);

}  // namespace lianxin::test
