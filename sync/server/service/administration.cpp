#include "sync/server/service/administration.hpp"

#include <algorithm>
#include <sodium.h>

#include "shared/base/passphrase.hpp"
#include "shared/base/text.hpp"
#include "sync/server/service/access.hpp"
#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/enrolment.hpp"
#include "sync/server/service/keys.hpp"
#include "sync/server/service/names.hpp"
#include "sync/server/service/own_changes.hpp"
#include "sync/server/service/standing.hpp"
#include "sync/server/service/worker_cards.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::string_view kAdministrator = "admin";
constexpr std::size_t kNameCharactersMax = 50;

store::AuditRow by_administrator(WallMs now_ms, std::string_view action, const Id& record,
                                 const AuditParts& parts = {}) {
  return audit_row(now_ms, kByAdministrator, action, record, parts);
}

/// Puts a worker on the shelf.
Status write_worker(OwnChanges& own, const Id& worker, std::string_view name, Role role, const Id& division,
                    const Date& today) {
  std::vector<FieldValue> values{{"name", std::string(name)}, {"from", today.text()}};
  values.push_back({"roles", "1", worker_role(role)});
  if (!division.is_nil()) values.push_back({"org_id", division.text()});
  return own.write("worker", worker, values);
}

Result<store::UnitRow> unit_of_code(store::Reader& reader, std::string_view code) {
  LX_TRY(auto unit, reader.unit_by_code(code));
  if (!unit) return fail("division.unknown", {{"code", std::string(code)}});
  return std::move(*unit);
}

Result<Date> day_or_today(std::string_view typed, WallMs now_ms) {
  return typed.empty() ? Result<Date>(Date::of(now_ms)) : Date::parse(typed);
}

Status must_be_worker(store::Reader& reader, const domain::Catalogue& catalogue, const Id& worker) {
  LX_TRY(const auto row, reader.record(worker));
  if (!row || row->kind != catalogue.kind("worker")->wire)
    return fail("worker.unknown", {{"worker", worker.text()}});
  return {};
}

}  // namespace

Status check_new_password(std::string_view password) {
  return fit_to_choose(password,
                       fail("server.password", {{"min", std::to_string(kPassphraseCharactersMin)}}));
}

Result<std::string> kept_password(std::string_view password) {
  LX_DO(check_new_password(password));
  return hash_password(password);
}

Status check_county_name(std::string_view name) {
  if (is_valid_text(name) && !trim(name).empty() && code_points(name) <= kNameCharactersMax) return {};
  return fail("server.name", {{"most", std::to_string(kNameCharactersMax)}});
}

Result<County> make_county(store::Store& store, const domain::Catalogue& catalogue, const Clock& clock,
                           const NewCounty& wanted) {
  LX_DO(check_county_name(wanted.name));
  const WallMs now = clock.now_ms();
  LX_TRY(const auto writer, store.write());
  LX_TRY(const auto made, writer->meta("server"));
  if (made) return fail("server.made");
  County county;
  county.server = Id::make(now);
  county.name = wanted.name;
  county.epoch = 1;
  county.replica = ReplicaId::random();
  county.sign_keys = make_sign_keys();
  county.seal_keys = make_seal_keys();
  county.administrator = Id::make(now);
  county.url = wanted.url;
  county.listen = wanted.listen;
  LX_DO(save_county(*writer, county));
  LX_DO(writer->put_account({std::string(kAdministrator), county.administrator,
                             std::string(word(Role::kAdministrator)), wanted.kept_password}));
  LX_TRY(OwnChanges own, OwnChanges::begin(*writer, catalogue, county, now));
  LX_DO(write_worker(own, county.administrator, wanted.name, Role::kAdministrator, Id{}, Date::of(now)));
  LX_DO(own.finish());
  LX_DO(writer->append_audit(by_administrator(now, "server.init", county.administrator)));
  LX_DO(writer->commit());
  return county;
}

Status check_administrator(store::Store& store, std::string_view password) {
  LX_TRY(const auto reader, store.read());
  LX_TRY(const auto account, reader->account(kAdministrator));
  if (!account) return fail("server.not_made");
  if (!is_password(account->password_hash, password)) return fail("server.login");
  return {};
}

Status change_password(store::Store& store, const Clock& clock, std::string_view old_password,
                       std::string_view next) {
  LX_TRY(std::string kept, kept_password(next));
  LX_TRY(const auto writer, store.write());
  LX_TRY(auto account, writer->account(kAdministrator));
  if (!account) return fail("server.not_made");
  if (!is_password(account->password_hash, old_password)) return fail("server.login");
  account->password_hash = std::move(kept);
  LX_DO(writer->put_account(*account));
  LX_DO(writer->append_audit(by_administrator(clock.now_ms(), "server.passphrase", account->worker)));
  return writer->commit();
}

Result<County> begin_new_epoch(store::Store& store, const Clock& clock) {
  LX_TRY(const auto writer, store.write());
  LX_TRY(County county, load_county(*writer));
  // One backup may be restored twice: each life is numbered by the second in which it begins, and by chance
  // within the next days where the clock is behind what was there before.
  constexpr std::uint32_t kChanceSeconds = 1'000'000;
  const auto second = static_cast<std::uint64_t>(std::max<WallMs>(clock.now_ms(), 0) / 1000);
  county.epoch = second < county.epoch ? county.epoch + 1 + randombytes_uniform(kChanceSeconds)
                                       : std::max(county.epoch + 1, second);
  county.replica = ReplicaId::random();
  LX_DO(save_county(*writer, county));
  store::ReplicaRow replica;
  replica.replica = county.replica;
  LX_DO(writer->put_replica(replica));
  LX_DO(writer->append_audit(
      by_administrator(clock.now_ms(), "server.restore", Id{}, {{"epoch", std::to_string(county.epoch)}})));
  LX_DO(writer->commit());
  return county;
}

std::string join_line(std::string_view url, std::string_view code, std::string_view pins) {
  std::string line(url);
  while (!line.empty() && line.back() == '/')
    line.pop_back();
  return line.append("/#").append(code).append("#").append(pins);
}

Result<Administration> Administration::open(store::Store& store, const domain::Catalogue& catalogue,
                                            const Clock& clock) {
  LX_TRY(const auto reader, store.read());
  LX_TRY(County county, load_county(*reader));
  return Administration(store, catalogue, clock, std::move(county));
}

Result<std::vector<store::UnitRow>> Administration::divisions(std::string_view under) const {
  LX_TRY(const auto reader, store_->read());
  if (under.empty()) return reader->units(0);
  LX_TRY(const store::UnitRow unit, unit_of_code(*reader, under));
  return reader->units_under(unit.id);
}

Result<Id> Administration::add_worker(std::string_view typed, std::string_view role, std::string_view code) {
  if (!is_valid_text(typed)) return fail("own.text", {{"field", "worker.name"}});  // before it is trimmed
  const std::string name = trim(typed);
  if (name.empty()) return fail("worker.name");
  if (code_points(name) > kNameCharactersMax)
    return fail("worker.name_long", {{"most", std::to_string(kNameCharactersMax)}});
  LX_TRY(const Role known, parse_role(role));
  const WallMs now = clock_->now_ms();
  LX_TRY(const auto writer, store_->write());
  LX_TRY(const store::UnitRow unit, unit_of_code(*writer, code));
  const Id worker = Id::make(now);
  LX_TRY(OwnChanges own, OwnChanges::begin(*writer, *catalogue_, county_, now));
  LX_DO(must_stand(*writer, own.workspace(), *catalogue_, unit, Date::of(now)));
  LX_DO(write_worker(own, worker, name, known, unit.id, Date::of(now)));
  LX_DO(own.finish());
  LX_DO(writer->put_grant(
      {Id::make(now), worker, unit.id, std::string(word(known)), Date::of(now).text(), ""}));
  LX_DO(writer->append_audit(
      by_administrator(now, "worker.add", worker, {{"role", std::string(role)}, {"place", unit.code}})));
  LX_DO(writer->commit());
  return worker;
}

Result<Id> Administration::grant(const Id& worker, std::string_view role, std::string_view code,
                                 const Days& days) {
  LX_TRY(const Role known, parse_role(role));
  const WallMs now = clock_->now_ms();
  LX_TRY(const Date from, day_or_today(days.from, now));
  if (!days.to.empty()) {
    LX_TRY(const Date to, Date::parse(days.to));
    if (to.text() < from.text()) return fail("grant.days", {{"from", from.text()}, {"to", to.text()}});
  }
  LX_TRY(const auto writer, store_->write());
  LX_DO(must_be_worker(*writer, *catalogue_, worker));
  LX_TRY(const store::UnitRow unit, unit_of_code(*writer, code));
  LX_TRY(OwnChanges own, OwnChanges::begin(*writer, *catalogue_, county_, now));
  LX_TRY(const std::string last, last_day_of(own.workspace(), *catalogue_, unit.id));
  const bool is_past = !days.to.empty() && days.to <= last;  // days on which the division stood
  if (!is_past) LX_DO(must_stand(*writer, own.workspace(), *catalogue_, unit, std::max(from, Date::of(now))));
  const Id id = Id::make(now);
  const store::GrantRow grant{id, worker, unit.id, std::string(word(known)), from.text(), days.to};
  LX_DO(writer->put_grant(grant));
  LX_TRY(const std::string over, first_day_without(grant));
  LX_DO(write_role(own, grant, over));
  LX_DO(write_card_roles(*writer, own, worker, Date::of(now)));
  LX_DO(own.finish());
  LX_DO(writer->append_audit(
      by_administrator(now, "worker.grant", worker, {{"role", std::string(role)}, {"place", unit.code}})));
  LX_DO(writer->commit());
  return id;
}

Result<std::uint64_t> Administration::end_grant(const Id& worker_or_grant, std::string_view on) {
  const WallMs now = clock_->now_ms();
  LX_TRY(const Date first_without, day_or_today(on, now));
  const std::string yesterday = first_without.plus_days(-1).text();
  LX_TRY(const auto writer, store_->write());
  LX_TRY(auto grants, writer->grants(worker_or_grant));
  if (grants.empty()) {
    LX_TRY(auto one, writer->grant(worker_or_grant));
    if (!one) return fail("grant.unknown", {{"id", worker_or_grant.text()}});
    grants.push_back(std::move(*one));
  }
  std::uint64_t ended = 0;
  LX_TRY(OwnChanges own, OwnChanges::begin(*writer, *catalogue_, county_, now));
  for (store::GrantRow& grant : grants) {
    if (!grant.to.empty() && grant.to <= yesterday) continue;
    grant.to = yesterday;
    LX_DO(writer->put_grant(grant));
    LX_DO(write_role(own, grant, first_without.text()));
    LX_DO(writer->append_audit(
        by_administrator(now, "worker.end", grant.worker, {{"grant", grant.id.text()}})));
    ++ended;
  }
  if (ended > 0) {
    LX_DO(write_card_roles(*writer, own, grants.front().worker, Date::of(now)));
    LX_DO(own.finish());
  }
  LX_DO(writer->commit());
  return ended;
}

Result<std::vector<WorkerEntry>> Administration::workers() const {
  LX_TRY(const auto reader, store_->read());
  LX_TRY(const auto ids, reader->records_of_kind(catalogue_->kind("worker")->wire));
  std::vector<WorkerEntry> workers;
  for (const Id& id : ids) {
    WorkerEntry entry;
    entry.worker = id;
    LX_TRY(entry.name, worker_name(*reader, *catalogue_, id));
    LX_TRY(entry.grants, reader->grants(id));
    for (const store::GrantRow& grant : entry.grants) {
      LX_TRY(std::string code, code_of(*reader, grant.division));
      entry.codes.push_back(std::move(code));
      LX_TRY(const auto unit, reader->record(grant.division));
      std::string place;
      if (unit) {
        LX_TRY(place, record_name(*reader, *catalogue_, *unit));
      }
      entry.places.push_back(std::move(place));
    }
    workers.push_back(std::move(entry));
  }
  return workers;
}

Result<AddedDevice> Administration::add_device(const Id& worker, WallMs join_life_ms) {
  const WallMs now = clock_->now_ms();
  const JoinCode code = make_join_code();
  LX_TRY(const auto writer, store_->write());
  LX_DO(must_be_worker(*writer, *catalogue_, worker));
  store::DeviceRow device;
  device.id = Id::make(now);
  device.worker = worker;
  device.join_selector = code.selector();
  device.join_hash = join_hash(code);
  device.join_expires_ms = now + join_life_ms;
  device.added_ms = now;
  LX_DO(writer->put_device(device));
  LX_DO(writer->append_audit(by_administrator(now, "device.add", worker, {{"device", device.id.text()}})));
  LX_DO(writer->commit());
  return AddedDevice{device.id, code.text, device.join_expires_ms};
}

Result<std::vector<store::DeviceRow>> Administration::devices() const {
  LX_TRY(const auto reader, store_->read());
  return reader->devices();
}

Status Administration::revoke_device(const Id& device) {
  const WallMs now = clock_->now_ms();
  LX_TRY(const auto writer, store_->write());
  LX_TRY(auto row, writer->device(device));
  if (!row) return fail("device.unknown", {{"device", device.text()}});
  if (row->revoked_ms != 0) return {};
  row->revoked_ms = now;
  LX_DO(writer->put_device(*row));
  LX_DO(
      writer->append_audit(by_administrator(now, "device.revoke", row->worker, {{"device", device.text()}})));
  return writer->commit();
}

Result<store::Counts> Administration::stats() const {
  LX_TRY(const auto reader, store_->read());
  return reader->counts();
}

Result<std::vector<store::AuditRow>> Administration::audit(const store::AuditFilter& filter) const {
  LX_TRY(const auto reader, store_->read());
  return reader->audit(filter);
}

}  // namespace lianxin::sync::server
