#pragma once
// Fields that a form or a figure of the program may show: what is handed in keeps them as they were
// (domain.md K7).
#include <string_view>

namespace lianxin::domain {

/// Its name stands in the text of a form, or of what forms are filled from. By the name alone: of a name that
/// several kinds have all may be shown. A county's own field stands on none.
[[nodiscard]] bool may_stand_on_form(std::string_view field);

}  // namespace lianxin::domain
