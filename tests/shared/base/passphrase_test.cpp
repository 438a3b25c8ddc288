#include "shared/base/passphrase.hpp"

#include <doctest/doctest.h>
#include <string>

namespace lianxin::test {
namespace {

TEST_CASE("twelve characters of any writing are enough, blanks around them are none") {
  CHECK(passphrase_fault("twelve chars") == PassphraseFault::kNone);
  CHECK(passphrase_fault("eleven char") == PassphraseFault::kShort);
  CHECK(passphrase_fault("  four        ") == PassphraseFault::kShort);
  CHECK(passphrase_fault("靖宇县的心连着每一家人") == PassphraseFault::kShort);  // eleven
  CHECK(passphrase_fault("靖宇县的心连着每一户人家") == PassphraseFault::kNone);
  CHECK(passphrase_fault("") == PassphraseFault::kShort);
  CHECK(passphrase_fault("\xFF\xFE\xFF\xFE\xFF\xFE\xFF\xFE\xFF\xFE\xFF\xFE") == PassphraseFault::kShort);
}

TEST_CASE("a passphrase has at most 1,024 bytes") {
  CHECK(passphrase_fault(std::string(kPassphraseBytesMax, 'x')) == PassphraseFault::kNone);
  CHECK(passphrase_fault(std::string(kPassphraseBytesMax + 1, 'x')) == PassphraseFault::kLong);
  CHECK(passphrase_fault(std::string(100 * kPassphraseBytesMax, 'x')) == PassphraseFault::kLong);
}

}  // namespace
}  // namespace lianxin::test
