#pragma once
// A village in which a file of hardship is kept, and those who may be paired with its member.
#include <filesystem>

#include "shared/base/bytes.hpp"
#include "shared/store/database.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace lianxin::test {

/// A village with a secretary who keeps a file, and two workers in the field.
struct PairingVillage {
  Office office;
  FakeLaptop secretary{office, office.worker("书记", "secretary", kSanhe)};
  FakeLaptop worker{office, office.worker("网格员", "worker", kSanhe)};
  FakeLaptop other{office, office.worker("另一网格员", "worker", kSanhe)};
  Id scope = office.unit(kSanhe);
  Id member = secretary.member("王五", kSanhe);
  Id file = Id::make(office.clock.now_ms());
  Id aid = Id::make(office.clock.now_ms() + 1);
  Id pair = Id::make(office.clock.now_ms() + 2);

  PairingVillage() {
    secretary.put("member", member, scope, {{"care_flag", "ill"}});
    write(secretary, {{"member_id", member.text()}, {"active", "1"}, {"cause_class", "illness"}});
    secretary.put(
        "aid", aid, scope,
        {{"member_id", member.text()}, {"occurred_on", "2026-02-10"}, {"kind", "money"}, {"goods", "棉被"}},
        member);
    write(secretary, {{"cause_class", "disaster"}});
    all();
  }
  void write(FakeLaptop& by, const Values& values) { by.put("hardship_record", file, scope, values, member); }
  void pair_with(const Id& who, const Values& more = {}) {
    Values values = more;
    values.emplace_back("helper_worker_id", who.text());
    values.emplace_back("member_id", member.text());
    secretary.put("support_pair", pair, scope, values, member);
    (void)secretary.sync();
  }
  void end_pair() {
    secretary.put("support_pair", pair, scope, {{"to", "2026-01-01"}}, member);
    (void)secretary.sync();
  }
  void all() {
    for (FakeLaptop* laptop : {&secretary, &worker, &other})
      (void)laptop->sync();
  }
  /// A county served by an older program: the feed of a view does not say of what it showed nothing that it
  /// left. Of a store in a file; one in PostgreSQL stays as it is.
  void forget_departures(const Id& audience) const {
    if (!std::filesystem::exists(office.file())) return;
    lianxin::store::OpenOptions options;
    options.path = office.file();
    options.key = store_key();
    auto database = must(lianxin::store::Database::open(options));
    const std::string of_view =
        " WHERE scope = x'" + to_hex(scope.bytes()) + "' AND audience = x'" + to_hex(audience.bytes()) + "'";
    must(database.exec("DELETE FROM feed" + of_view +
                       " AND kind = 4; UPDATE feed_head SET position = " + "(SELECT count(*) FROM feed" +
                       of_view + " AND privacy = feed_head.privacy)" + of_view));
  }
  [[nodiscard]] bool is_hidden_from(const FakeLaptop& laptop) const {
    return !laptop.has(file) && !laptop.has(aid) && laptop.shown(member, "care_flag").empty();
  }
};

}  // namespace lianxin::test
