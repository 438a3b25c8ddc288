#pragma once
// The little HTML the office's page needs: text that can be nothing but text, elements that are always
// closed.
#include <string>
#include <string_view>

namespace lianxin::sync::server::web {

/// `inner` is HTML already, what people wrote in it through `markup_escaped`; `kind` is the class, "" = none.
[[nodiscard]] std::string element(std::string_view tag, std::string_view kind, std::string_view inner);
/// A whole page; `style` is CSS, `body` HTML, `language` as in the attribute lang.
[[nodiscard]] std::string document(std::string_view language, std::string_view title, std::string_view style,
                                   std::string_view body);

}  // namespace lianxin::sync::server::web
