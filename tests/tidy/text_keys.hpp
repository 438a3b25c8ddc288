#pragma once
// What people read: both languages complete, every error with its sentence, no sentence in code.
#include <map>
#include <string>

#include "tests/tidy/source_tree.hpp"

namespace lianxin::test::tidy {

struct TextLine {
  std::string text;
  std::string where;  ///< path:line
};

/// Key -> text of one language ("zh-CN", "en"): assets/text/<language>.txt and assets/text/<language>/*.txt.
/// A key given twice, or a line that is neither a comment nor `key = text`, goes to `problems`.
std::map<std::string, TextLine> texts_of(const Tree& tree, const std::string& language, Problems& problems);

/// Both languages have the same keys and the same {names} in each.
Problems check_languages(const Tree& tree);

/// Every code given to fail() or Error{} in the sources has a sentence `error.<code>`.
Problems check_error_codes(const Tree& tree);

/// No Chinese in sources outside comments, except where the table of exceptions says why.
Problems check_no_text_in_code(const Tree& tree);

}  // namespace lianxin::test::tidy
