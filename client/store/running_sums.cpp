#include "client/store/running_sums.hpp"

namespace lianxin::client::store {

Status sum_anew(RecordsImpl& records, std::uint8_t privacy) {
  auto& database = records.database();
  auto erase = database.prepare("DELETE FROM digest WHERE privacy = ?");
  LX_DO(erase.bind(1, int{privacy}).run());
  LX_TRY(const RecordsImpl::Digests digests, records.count_digests());
  for (const auto& [place, sum] : digests.by_place) {
    if (place.second != privacy) continue;
    auto insert = database.prepare("INSERT INTO digest VALUES(?, ?, ?, ?)");
    insert.bind(1, place.first).bind(2, int{privacy}).bind(3, sum.first);
    LX_DO(insert.bind_blob(4, sum.second.bytes()).run());
  }
  return {};
}

}  // namespace lianxin::client::store
