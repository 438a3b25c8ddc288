#include "client/view/span.hpp"

#include <doctest/doctest.h>
#include <limits>

#include "tests/client/view/work_store.hpp"

namespace lianxin::test {

namespace cv = client::view;

TEST_CASE("how long is said in the unit that fits, whichever way it goes") {
  const auto words = [](std::int64_t ms) {
    const cv::Span span = cv::span_of(ms);
    return wording().text(span.key(), {{"count", std::to_string(span.count)}});
  };
  CHECK(words(0) == "0 秒");
  CHECK(words(119'999) == "119 秒");
  CHECK(words(-120'000) == "2 分钟");
  CHECK(words(90LL * 60'000) == "90 分钟");
  CHECK(words(47LL * 3'600'000) == "47 小时");
  CHECK(words(-729LL * 24 * 3'600'000) == "729 天");
  CHECK(words(-819'936'000'000) == "26 年");
  CHECK(cv::span_of(std::numeric_limits<std::int64_t>::min()).unit == "years");
}

}  // namespace lianxin::test
