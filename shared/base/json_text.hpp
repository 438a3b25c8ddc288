#pragma once
// Writing JSON text, where reading it is not needed (log lines, dumps): the layers below the command lines
// have no JSON library.
#include <string>
#include <string_view>

namespace lianxin {

/// The text in quotes, with the escapes JSON demands and nothing more: equal texts give equal bytes.
[[nodiscard]] std::string json_quote(std::string_view utf8);

}  // namespace lianxin
