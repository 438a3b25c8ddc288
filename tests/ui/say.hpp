#pragma once
// Sample texts in one of two languages.
#include <string>

namespace lianxin::test::ui {

struct Say {
  bool english = false;
  [[nodiscard]] std::string operator()(const char* chinese, const char* other) const {
    return english ? other : chinese;
  }
};

}  // namespace lianxin::test::ui
