#include "client/store/kind_count.hpp"

namespace lianxin::client::store {
namespace {

Status add(lianxin::store::Database& database, std::uint16_t kind, int records) {
  auto count = database.prepare(
      "INSERT INTO kind_count VALUES(?1, ?2) ON CONFLICT DO UPDATE SET counted = counted + ?2");
  return count.bind(1, int{kind}).bind(2, records).run();
}

}  // namespace

Status count_row(lianxin::store::Database& database, const RecordRow* before, const RecordRow& now) {
  const bool did = before != nullptr && (before->flags & kNotInKindCount) == 0;
  const bool does = (now.flags & kNotInKindCount) == 0;
  if (did && does && before->kind == now.kind) return {};
  if (did) LX_DO(add(database, before->kind, -1));
  return does ? add(database, now.kind, 1) : Status();
}

}  // namespace lianxin::client::store
