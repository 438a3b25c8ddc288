#pragma once
// Code lists: national ones (GB/T 2261.1, 3304, 4658, 2260 provinces) and the program's own English words.
// Data in assets/codes.
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"

namespace lianxin::domain {

struct Code {
  std::string code;
  std::string zh;
  std::string en;
  std::vector<std::string> synonyms;  ///< as offices write it ("汉", "汉族")
};

/// Codes of a list in its order; nullptr for an unknown list.
[[nodiscard]] const std::vector<Code>* code_list(std::string_view list);
[[nodiscard]] bool is_code(std::string_view list, std::string_view code);
/// Code from what an office wrote (code, name or synonym; blanks ignored). Error "code.unknown" {list, text}.
[[nodiscard]] Result<std::string> read_code(std::string_view list, std::string_view text);
/// Name in "zh" or "en"; the code itself when it is not in the list.
[[nodiscard]] std::string code_name(std::string_view list, std::string_view code, std::string_view language);

/// A list of a county's own, known to all functions above from now on. Its name ("own:...") is made of what
/// it holds: the same list has the same name everywhere, and no two lists one name. Any thread. Errors
/// "codes.malformed", "codes.many".
[[nodiscard]] Result<std::string> own_code_list(const std::vector<Code>& codes);

}  // namespace lianxin::domain
