#include "tests/client/store/records_fixture.hpp"

#include <doctest/doctest.h>

#include "shared/base/check.hpp"
#include "sync/change/hlc.hpp"

namespace lianxin::test {

namespace change = sync::change;
namespace merge = sync::merge;

Status FakeTail::saved(const std::vector<cs::JournalEntry>& added, const cs::HeadMark& end) {
  entries.insert(entries.end(), added.begin(), added.end());
  mark = end;
  return {};
}

Status FakeTail::acknowledged(ReplicaId, std::uint64_t, const cs::HeadMark& end) {
  mark = end;
  return {};
}

void SmallServer::push(const cs::JournalEntry& entry, bool quarantine) {
  if (has(entry.id)) return;
  const auto body = change::decode_body(entry.body);
  REQUIRE(body.ok());
  const auto values = change::decode_values(entry.values, *body);
  REQUIRE(values.ok());
  merge::RecordState& state = states_[body->record];
  state.record = body->record;
  state.kind = body->kind;
  state.parent = body->parent;
  const merge::IsMissing missing = [&](const ChangeId& id) { return !has(id); };
  const merge::HeadMeta meta{body->hlc, change::hlc_ms(body->hlc), false, body->author, body->cause};
  const merge::Applied applied = quarantine ? merge::apply_inert(state, *body, missing)
                                            : merge::apply(state, *body, *values, meta, missing);
  index_[entry.id] = log_.size();
  log_.push_back({entry.id, entry.body, entry.values, quarantine, applied.new_ghosts});
}

std::unique_ptr<cs::RecordsImpl> Desk::open() {
  lianxin::store::OpenOptions options;
  options.path = folder.path() / "store.db";
  options.create = true;
  auto opened = lianxin::store::Database::open(options);
  REQUIRE(opened.ok());
  database = std::make_unique<lianxin::store::Database>(std::move(*opened));
  auto made = cs::RecordsImpl::open(*database, clock);
  REQUIRE(made.ok());
  return std::move(*made);
}

Desk::Desk(std::uint64_t replica, const std::string& worker_id)
    : worker(*Id::parse(worker_id)),
      village(*Id::parse("0199bbbb-0000-7000-8000-000000000001")),
      impl(open()),
      records(*impl) {
  impl->set_tail(&tail);
  cs::OwnState own;
  own.end.replica = {replica};
  own.worker = worker;
  REQUIRE(impl->set_own(own).ok());
  REQUIRE(impl->set_held({{Id{}, "", "", {0, 1}}, {village, kVillageCode, "", {0, 1, 2, 3, 4}}}).ok());
}

cs::Edit Desk::edit(const std::string& kind, const Id& record,
                    const std::vector<std::pair<std::string, std::string>>& fields) const {
  cs::Edit out;
  out.kind = kind;
  out.record = record;
  for (const auto& [name, value] : fields) {
    const char last = name.back();
    if (last == '+' || last == '-') {
      out.fields.push_back({name.substr(0, name.size() - 1),
                            last == '+' ? cs::FieldEdit::Op::kAdd : cs::FieldEdit::Op::kRemove, value});
    } else {
      out.fields.push_back({name, cs::FieldEdit::Op::kSet, value});
    }
  }
  return out;
}

cs::Saved Desk::put(const std::string& kind, const Id& record,
                    const std::vector<std::pair<std::string, std::string>>& fields,
                    const cs::ShownHeads* shown) {
  clock.advance(1000);
  const auto saved = records.save({edit(kind, record, fields)}, shown);
  if (!saved.ok()) FAIL(saved.error().code << " " << saved.error().detail);
  if (!saved->ok) FAIL("blocked by " << saved->problems.front().field << " " << saved->problems.front().code);
  return *saved;
}

Id Desk::member(const std::string& name) {
  return put("member", Id{}, {{"name", name}, {"home_village_id", kVillageCode}}).records.front();
}

std::string Desk::value(const Id& record, const std::string& field) {
  const auto shown = records.get(record);
  REQUIRE(shown.ok());
  REQUIRE(shown->has_value());
  return (*shown)->value(field);
}

void Desk::push(SmallServer& server) {
  for (; pushed_ < tail.entries.size(); ++pushed_)
    server.push(tail.entries[pushed_]);
  auto transaction = lianxin::store::Transaction::begin(*database);
  REQUIRE(transaction.ok());
  REQUIRE(impl->acknowledge(tail.entries.size()).ok());
  REQUIRE(transaction->commit().ok());
}

void Desk::pull(const SmallServer& server, std::size_t limit) {
  auto transaction = lianxin::store::Transaction::begin(*database);
  REQUIRE(transaction.ok());
  const auto own = impl->own();
  REQUIRE(own.ok());
  cs::FeedWriter feed(*impl);
  const cs::LookingAhead looking(impl->log());
  REQUIRE(impl->log().look_ahead().ok());
  for (std::size_t taken = 0; pulled_ < server.log().size() && taken < limit; ++pulled_, ++taken) {
    const Kept& kept = server.log()[pulled_];
    const auto body = change::decode_body(kept.body);
    const cs::FeedPlace place{body->scope, body->writes.front().privacy};
    const cs::FeedVerdict verdict{change::hlc_ms(body->hlc), false, kept.ghosts};
    const auto done = kept.id.replica == own->end.replica
                          ? feed.own(place, kept.id, kept.quarantined, verdict)
                      : kept.quarantined ? feed.inert(place, kept.body, verdict)
                                         : feed.applied(place, *body, kept.body, kept.values, verdict);
    if (!done.ok()) FAIL(done.error().code << " " << done.error().detail);
  }
  REQUIRE(feed.finish().ok());
  REQUIRE(transaction->commit().ok());
}

std::vector<std::string> Desk::problems() {
  std::vector<std::string> out;
  const auto verified = impl->verify(
      [&](std::string_view invariant, std::string_view record, std::string_view what) {
        out.push_back(std::string(invariant) + " " + std::string(record) + " " + std::string(what));
      },
      [](std::string_view, std::uint64_t) {});
  REQUIRE(verified.ok());
  return out;
}

std::string Desk::dump() {
  std::string out;
  REQUIRE(records.dump("", true, [&](std::string_view line) { out += std::string(line) + "\n"; }).ok());
  return out;
}

}  // namespace lianxin::test
