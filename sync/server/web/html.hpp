#pragma once
// The little HTML the office's page needs: text that can be nothing but text, elements that are always
// closed.
#include <string>
#include <string_view>

namespace lianxin::sync::server::web {

/// Characters that mean something in HTML become references, so that a name is a name whatever it holds.
[[nodiscard]] std::string escaped(std::string_view text);
/// `inner` is HTML already; `kind` is the class, "" = none.
[[nodiscard]] std::string element(std::string_view tag, std::string_view kind, std::string_view inner);
/// A whole page; `style` is CSS, `body` HTML, `language` as in the attribute lang.
[[nodiscard]] std::string document(std::string_view language, std::string_view title, std::string_view style,
                                   std::string_view body);

}  // namespace lianxin::sync::server::web
