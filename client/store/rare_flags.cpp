#include "client/store/rare_flags.hpp"

#include "shared/base/check.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

Status each_flagged(lianxin::store::Database& database, std::uint16_t kind, std::uint32_t wanted,
                    const std::function<void(const Id& record)>& take) {
  static_assert(kRareFlags == 451);
  LX_CHECK((wanted & ~kRareFlags) == 0, "a flag that is not rare");
  auto next =
      database.prepare("SELECT min(flags) FROM record WHERE kind = ? AND flags > ? AND flags & 451 <> 0");
  auto select = database.prepare("SELECT id FROM record WHERE kind = ? AND flags = ? AND flags & 451 <> 0");
  for (std::int64_t flags = 0;;) {
    LX_TRY(const bool found, next.bind(1, int{kind}).bind(2, flags).step());
    if (!found || next.is_null(0)) return {};
    flags = next.integer(0);
    next.reset();
    if ((flags & wanted) == 0) continue;
    select.bind(1, int{kind}).bind(2, flags);
    LX_DO(each_row(select, [&] { take(select.id(0)); }));
    select.reset();
  }
}

}  // namespace lianxin::client::store
