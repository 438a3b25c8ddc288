#include "client/store/offers.hpp"

namespace lianxin::client::store {

namespace wire = sync::wire;

namespace {

constexpr std::size_t kBytesAtOnce = 512 * 1024;
constexpr int kAskedAtOnce = 100'000;  // the server looks each of them up

}  // namespace

Status Offers::gather() {
  return records_.database().exec(
      "INSERT OR REPLACE INTO offer(replica, counter, body, vals, effective_ms, suspect) SELECT c.replica, "
      "c.counter, c.body, coalesce(s.vals, c.vals), c.effective_ms, c.suspect FROM change c LEFT JOIN sealed "
      "s "
      "USING(replica, counter) WHERE c.hash IS NULL AND length(coalesce(s.vals, c.vals)) > 0");
}

Result<std::uint64_t> Offers::left() {
  auto select = records_.database().prepare("SELECT count(*) FROM offer");
  LX_TRY(const bool found, select.step());
  return found ? select.natural(0) : std::uint64_t{0};
}

Result<std::vector<wire::IdRun>> Offers::to_ask() {
  std::vector<ChangeId> ids;
  auto select = records_.database().prepare(
      "SELECT replica, counter FROM offer WHERE lacking = 0 ORDER BY replica, counter LIMIT ?");
  select.bind(1, kAskedAtOnce);
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return wire::runs_of(ids);
    ids.push_back({ReplicaId{select.natural(0)}, select.natural(1)});
  }
}

Result<Bytes> Offers::request() {
  offered_.clear();
  asked_.clear();
  LX_TRY(const std::uint64_t count, left());
  if (count == 0) return Bytes();
  wire::OfferRequest request;
  LX_TRY(asked_, to_ask());
  if (!asked_.empty()) {
    request.have = asked_;
  } else {
    auto select = records_.database().prepare(
        "SELECT replica, counter, body, vals, effective_ms, suspect FROM offer WHERE lacking = 1 ORDER BY "
        "replica, counter");
    std::size_t bytes = 0;
    for (;;) {
      LX_TRY(const bool found, select.step());
      if (!found || (bytes > kBytesAtOnce)) break;
      request.changes.push_back(
          {{select.blob(2), select.blob(3)}, select.integer(4), select.integer(5) != 0});
      bytes += request.changes.back().change.body.size() + request.changes.back().change.values.size();
      offered_.push_back({ReplicaId{select.natural(0)}, select.natural(1)});
    }
  }
  ++unanswered_;
  return wire::encode_part(request);
}

Status Offers::take(const wire::OfferAnswer& answer) {
  auto& database = records_.database();
  unanswered_ = 0;
  const auto each = [&](const std::vector<wire::IdRun>& runs, std::string_view sql) -> Status {
    for (const wire::IdRun& run : runs) {
      auto statement = database.prepare(sql);
      LX_DO(statement.bind(1, run.replica.number).bind(2, run.first).bind(3, run.last).run());
    }
    return {};
  };
  if (!asked_.empty()) {
    LX_DO(each(answer.lacking,
               "UPDATE offer SET lacking = 1 WHERE replica = ?1 AND counter BETWEEN ?2 AND ?3"));
    LX_DO(each(asked_, "DELETE FROM offer WHERE lacking = 0 AND replica = ?1 AND counter BETWEEN ?2 AND ?3"));
  }
  for (const ChangeId& id : offered_) {
    auto erase = database.prepare("DELETE FROM offer WHERE replica = ?1 AND counter = ?2");
    LX_DO(erase.bind(1, id.replica.number).bind(2, id.counter).run());
  }
  asked_.clear();
  offered_.clear();
  return {};
}

}  // namespace lianxin::client::store
