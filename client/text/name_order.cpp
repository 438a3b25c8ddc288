#include "client/text/name_order.hpp"

#include <memory>
#include <unicode/coll.h>

#include "shared/base/check.hpp"

namespace lianxin::client::text {

int compare_names(std::string_view a, std::string_view b) {
  static const std::unique_ptr<icu::Collator> order = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> made(
        icu::Collator::createInstance(icu::Locale("zh@collation=pinyin"), status));
    LX_CHECK(U_SUCCESS(status), "ICU's collations");
    return made;
  }();
  UErrorCode status = U_ZERO_ERROR;
  const UCollationResult by_pinyin =
      order->compareUTF8({a.data(), static_cast<std::int32_t>(a.size())},
                         {b.data(), static_cast<std::int32_t>(b.size())}, status);
  return U_SUCCESS(status) && by_pinyin != UCOL_EQUAL ? static_cast<int>(by_pinyin) : a.compare(b);
}

}  // namespace lianxin::client::text
