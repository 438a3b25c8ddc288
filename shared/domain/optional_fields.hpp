#pragma once
// Fields a county may do without (domain.md 7, articles 5 and 6): it says so by a parameter "field_off" for
// each. What the work cannot go on without is not among them: what says who, when, how and with what result
// (who signed for a parcel may be left out, that it was not the member himself may not).
#include <string>
#include <string_view>
#include <vector>

namespace lianxin::domain {

/// "member.native_place" and so on, sorted.
[[nodiscard]] const std::vector<std::string_view>& optional_fields();
/// Also every field of the county's own ("member.own_...", extension.hpp).
[[nodiscard]] bool is_optional_field(std::string_view kind_and_field);

}  // namespace lianxin::domain
