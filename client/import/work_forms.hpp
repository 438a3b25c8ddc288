#pragma once
// Tables with names in them that are no rosters: lists of work this program prints, and forms about one
// person. Taken for rosters they would enter people a second time. Pure, any thread.
#include <string_view>

#include "client/import/workbook.hpp"

namespace lianxin::client::import {

/// What a row with 姓名 heads instead of a roster: "work_list" (attendance F12, points F13, changes F8,
/// questions F15), "filled_form" (姓名 张三 性别 男: labels with their values beside them, F3, F6), "" =
/// neither.
[[nodiscard]] std::string_view work_form_headed_by(const Row& row);

}  // namespace lianxin::client::import
