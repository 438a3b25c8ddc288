#include "shared/terminal/shown.hpp"

#include <doctest/doctest.h>

namespace lianxin {

TEST_CASE("what a terminal would obey is shown as a sign, all else as it is") {
  CHECK(shown("赵\x1B[31m连心\xC2\x9B\x7F") == "赵\xEF\xBF\xBD[31m连心\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(shown("a\xE2\x80\xAE"
              "b") ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(shown("a\nb\t𠮷") == "a\nb\t𠮷");
  CHECK(shown("").empty());
}

}  // namespace lianxin
