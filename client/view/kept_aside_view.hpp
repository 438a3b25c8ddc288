#pragma once
// What the county keeps aside of this laptop's changes, who decides, and what was decided since.
#include <cstdint>
#include <string>
#include <vector>

#include "client/view/part_view.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::view {

struct KeptAsideView {
  /// A change that is safe at the county and does not count there yet, or was not taken over.
  struct Row {
    std::string change;  ///< for the id
    std::string what;    ///< "赵志远 · 联系电话 138****1234、单位 宏达电子"
    std::string why;     ///< "不在本人负责的范围内", of a closed one the office's own words
    Words state;         ///< "等待 三合村 处理", "未采用"
    std::string when;    ///< the day it was written
    Id member;           ///< whose file the row opens; nil = none
  };
  /// A decision about one's own change that was not looked at yet.
  struct Decision {
    std::string change;  ///< given back in DismissDecided
    std::string sentence;
    Id member;
  };
  std::vector<Row> rows;  ///< oldest first, at most 200
  std::uint32_t total = 0;
  std::vector<Decision> decisions;
};

}  // namespace lianxin::client::view
