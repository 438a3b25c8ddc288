#include "client/store/records_impl.hpp"

#include <algorithm>
#include <bit>
#include <set>

#include "client/store/approval.hpp"
#include "client/store/erasure.hpp"
#include "client/store/kind_count.hpp"
#include "client/store/own_fields.hpp"
#include "client/store/pictures.hpp"
#include "client/store/told_state.hpp"
#include "client/text/name_order.hpp"
#include "shared/base/check.hpp"
#include "shared/store/each_row.hpp"

namespace lx_client_store_migrations {
std::string_view file(std::string_view path);
std::vector<std::string_view> files();
}  // namespace lx_client_store_migrations

namespace lianxin::client::store {

namespace merge = sync::merge;
namespace change = sync::change;

std::vector<lianxin::store::Migration> laptop_migrations() {
  return lianxin::store::migrations_of(lx_client_store_migrations::files(),
                                       &lx_client_store_migrations::file);
}

RecordsImpl::RecordsImpl(lianxin::store::Database& database, const Clock& clock,
                         const domain::Catalogue& catalogue)
    : database_(database),
      clock_(clock),
      base_(catalogue),
      catalogue_(&catalogue),
      own_words_(words_of_rows({})),
      meta_(database),
      log_(database),
      membership_(database),
      tables_(database, catalogue),
      search_(database, catalogue,
              [this](const Id& record) -> Result<SearchText> {
                LX_TRY(const RecordBox box, load(record));
                const domain::Kind* kind = catalogue_->kind(box.shown.kind);
                if (!box.is_known || kind == nullptr || !has_search_text(*kind, box.flags))
                  return SearchText{};
                const bool is_number = kind->name == "contact_point";
                return SearchText{is_number ? box.shown.parent : record, search_text(box.shown, *kind)};
              }),
      clusters_(database, catalogue),
      twins_(database, catalogue),
      twin_pairs_(*this) {}

namespace {

Status migrate(lianxin::store::Database& database, UpgradeSteps& upgrade) {
  const auto steps = laptop_migrations();
  LX_TRY(const int version, database.version());
  for (std::size_t i = 0; version != 0 && i < steps.size(); ++i) {
    if (steps[i].number <= version) continue;
    upgrade.begin();
    LX_DO(database.migrate({steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(i) + 1}));
  }
  return database.migrate(steps);
}

}  // namespace

Result<std::unique_ptr<RecordsImpl>> RecordsImpl::open(lianxin::store::Database& database, const Clock& clock,
                                                       const domain::Catalogue& catalogue,
                                                       UpgradeSteps* upgrade) {
  UpgradeSteps untold({}, clock);
  if (upgrade == nullptr) upgrade = &untold;
  database.add_order("pinyin", &text::compare_names);
  add_state_function(database);
  LX_DO(migrate(database, *upgrade));
  std::unique_ptr<RecordsImpl> impl(new RecordsImpl(database, clock, catalogue));
  impl->upgrade_ = upgrade;
  LX_TRY(auto transaction, lianxin::store::Transaction::begin(database));
  LX_DO(impl->tables_.make([&] { upgrade->begin(); }));
  LX_DO(impl->follow_catalogue());
  LX_DO(impl->make_anew_once());
  LX_DO(transaction.commit());
  database.count_writes("state");  // shown_revision
  impl->upgrade_ = nullptr;
  return impl;
}

/// What an older program kept of a newer one's fields and kinds was only bytes to it.
Status RecordsImpl::follow_catalogue() {
  const BytesView now = base_.digest().bytes();
  LX_TRY(const auto before, meta_.bytes(kMetaCatalogue));
  if (before && *before == now) return follow_own_fields();
  if (const domain::Kind* kind = base_.kind(domain::kCustomFieldKind)) LX_DO(store_kind(kind->wire));
  LX_DO(follow_own_fields());
  LX_DO(rebuild());
  return meta_.set_bytes(kMetaCatalogue, now);
}

SaveTail& RecordsImpl::tail() const {
  LX_CHECK(tail_ != nullptr, "a save before the journal is there");
  return *tail_;
}

Result<bool> RecordsImpl::is_missing(const ChangeId& id) {
  LX_TRY(const bool here, log_.has(id));
  if (here) return false;
  auto select = database_.prepare("SELECT 1 FROM known WHERE replica = ? AND counter >= ?");
  LX_TRY(const bool dead, select.bind(1, id.replica.number).bind(2, id.counter).step());
  return !dead;
}

Status RecordsImpl::lay_overlay(RecordBox& box) {
  merge::RecordState before = std::move(box.shown);
  box.shown = box.base;
  box.shown.parent = before.parent.is_nil() ? box.base.parent : before.parent;
  // Classes of which nothing is left are written once more, as empty.
  for (const auto& [privacy, owner] : before.classes)
    (void)box.shown.classes[privacy];
  box.has_overlay = false;
  Status failed;
  const merge::IsMissing missing = [&](const ChangeId& id) {
    const auto is = is_missing(id);
    if (!is.ok()) failed = is.error();
    return is.ok() && *is;
  };
  LX_DO(log_.overlay_of(box.base.record, [&](const LoggedChange& row) -> Status {
    box.has_overlay = true;
    if (row.values) (void)merge::apply(box.shown, row.body, *row.values, row.meta(), missing);
    return {};
  }));
  return failed;
}

Status RecordsImpl::show_again(RecordBox& box) {
  LX_DO(lay_overlay(box));
  if (!has_base(box) && !box.has_overlay) LX_DO(meta_.set(kMetaSweep, std::int64_t{1}));
  return store(box);
}

Result<RecordsImpl::Place> RecordsImpl::place_of(const merge::RecordState& shown) {
  const domain::Kind* kind = catalogue_->kind(shown.kind);
  if (kind == nullptr) return Place{};
  if (kind->scope_rule == domain::ScopeRule::kShelf) return Place{Id{}, true};
  if (kind->scope_rule == domain::ScopeRule::kParent && !shown.parent.is_nil()) {
    auto parent = database_.prepare("SELECT scope, kind FROM record WHERE id = ?");
    LX_TRY(const bool found, parent.bind(1, shown.parent).step());
    if (found) {
      // A parent on the shelf is an organisation unit: the record lives in that unit, not with everybody.
      const Id scope = parent.id(0);
      return Place{scope.is_nil() ? shown.parent : scope, false};
    }
  }
  const domain::Field* field = kind->scope_field.empty() ? nullptr : kind->field(kind->scope_field);
  if (field == nullptr) return Place{};
  const auto unit = Id::parse(shown_value(shown, *field).value_or(""));
  return unit.ok() ? Place{*unit, false} : Place{};
}

Result<Id> RecordsImpl::scope_seen(const RecordBox& box, const Id& supposed) {
  auto held = database_.prepare("SELECT 1 FROM held WHERE scope = ?");
  LX_TRY(const bool is_held, held.bind(1, supposed).step());
  if (is_held) return supposed;
  for (const Id& record : {box.base.record, box.shown.parent}) {
    // A rebuilt store has not been told yet what it holds.
    auto member = database_.prepare(
        "SELECT scope FROM membership WHERE record = ?1 AND scope != x'00000000000000000000000000000000' AND "
        "(scope IN (SELECT scope FROM held) OR NOT EXISTS (SELECT 1 FROM held)) ORDER BY scope != ?2, scope");
    LX_TRY(const bool found, member.bind(1, record).bind(2, supposed).step());
    if (found) return member.id(0);
  }
  return supposed;
}

Result<std::string> RecordsImpl::code_of(const Id& scope) {
  if (scope.is_nil()) return std::string();
  {
    auto unit = database_.prepare("SELECT code FROM k_org_unit WHERE r_id = ? AND code IS NOT NULL");
    LX_TRY(const bool found, unit.bind(1, scope).step());
    if (found) return unit.text(0);
  }
  auto held = database_.prepare("SELECT code FROM held WHERE scope = ?");
  LX_TRY(const bool found, held.bind(1, scope).step());
  return found ? held.text(0) : std::string();
}

Result<std::optional<Id>> RecordsImpl::unit_of(std::string_view code) {
  {
    // Of two with one code the one that still exists, else the newer.
    auto unit = database_.prepare(
        "SELECT r_id FROM k_org_unit WHERE code = ? AND r_flags & 3 = 0 ORDER BY \"to\" IS NULL DESC, r_id "
        "DESC");
    LX_TRY(const bool found, unit.bind_text(1, code).step());
    if (found) return std::optional(unit.id(0));
  }
  auto held = database_.prepare("SELECT scope FROM held WHERE code = ? AND code != ''");
  LX_TRY(const bool found, held.bind_text(1, code).step());
  if (!found) return std::optional<Id>{};
  return std::optional(held.id(0));
}

namespace {

bool waits(const merge::RecordState& state, const domain::Catalogue& catalogue) {
  for (const auto& [privacy, owner] : state.classes) {
    for (const auto& [key, reg] : owner.registers) {
      if (reg.ghosts.empty()) continue;
      if (merge::shown(reg, merge::policy_of(catalogue, state.kind, key.field), owner).waiting) return true;
    }
  }
  return false;
}

std::string common_value(const merge::RecordState& state, std::uint16_t wire) {
  for (const domain::Field& field : domain::Catalogue::common_fields()) {
    if (field.wire == wire) return shown_value(state, field).value_or("");
  }
  return "";
}

/// A reason that was purged still removes the record.
bool is_voided(const merge::RecordState& state) {
  for (const auto& [privacy, owner] : state.classes) {  // the mark stands in the kind's least private class
    const auto reg = owner.registers.find({domain::kFieldVoided, ""});
    if (reg == owner.registers.end() || reg->second.heads.empty()) continue;
    const merge::Shown shown = merge::shown(reg->second, domain::Policy::kReview, owner);
    return shown.purged || !shown.value.value_or("").empty();
  }
  return false;
}

}  // namespace

Result<std::uint32_t> RecordsImpl::flags_of(const RecordBox& box) {
  std::uint32_t flags = box.flags & (kLeaving | kAliased);
  if (is_voided(box.shown)) flags |= kVoided;
  if (common_value(box.shown, domain::kFieldDeleted) == "1") flags |= kDeleted;
  if (!common_value(box.shown, domain::kFieldDuplicateOf).empty()) flags |= kCountedElsewhere;
  LX_TRY(const auto conflicts, conflicts_of(box.shown, flags));
  if (!conflicts.empty()) flags |= kInDispute;
  if (waits(box.shown, *catalogue_)) flags |= kWaiting;
  LX_TRY(const bool quarantined, log_.keeps_aside(box.base.record));
  if (quarantined) flags |= kQuarantined;
  const domain::Kind* kind = catalogue_->kind(box.shown.kind);
  if (kind != nullptr && is_own_approval(box.shown, *kind)) flags |= kOwnApproval;
  if (!merge::has_heads(box.shown)) {
    LX_TRY(const bool is_own, log_.keeps_own_aside(box.base.record));
    if (!is_own) flags |= kUnapplied;
  }
  return flags;
}

Status RecordsImpl::store(RecordBox& box, ClassMask only, const merge::ClassState* before) {
  if (const domain::Kind* kind = catalogue_->kind(box.shown.kind)) {
    const Id parent = shown_parent(box.shown, *kind);
    if (!parent.is_nil()) box.shown.parent = parent;
  }
  LX_TRY(const Place place, place_of(box.shown));
  const Id scope_before = box.scope;
  const Id parent_before = box.row.parent;
  if (place.shelf || !place.scope.is_nil()) {
    box.scope = place.scope;
  } else if (!box.is_known && box.enters) {
    box.scope = *box.enters;
  } else {
    LX_TRY(const auto scopes, membership_.scopes_of(box.base.record));
    if (!scopes.empty()) box.scope = scopes.front();
  }
  const bool was_in_dispute = (box.flags & kInDispute) != 0;
  LX_TRY(box.flags, flags_of(box));
  const RowBefore row{box.row.scope, box.row.parent, box.row.flags,
                      static_cast<std::uint8_t>(std::countr_zero(only)), before};
  const bool had_row = box.is_known && (box.row.flags & kUnapplied) == 0;
  LX_DO(write_record_row(box));
  LX_DO(write_states(box, only));
  LX_TRY(const RowChange change, tables_.write({box.row.number, box.shown, box.scope, box.flags}, had_row,
                                               before != nullptr && had_row ? &row : nullptr));
  if (change.any()) {
    LX_DO(search_.touch(box.shown, box.flags, change));
    LX_DO(twins_.touch(box.shown, had_row));
  }
  if (had_row && (box.flags & kUnapplied) != 0) LX_DO(forget_texts(box.shown));
  LX_DO(clusters_.take(box));
  if (was_in_dispute || (box.flags & kInDispute) != 0) LX_DO(write_conflicts(box, was_in_dispute));
  const bool moved = !box.is_known || scope_before != box.scope;
  box.is_known = true;
  if (moved) LX_DO(move_children(box.base.record, 0));
  for (const Id& parent : std::set<Id>{parent_before, box.row.parent})
    LX_DO(look_again(parent));
  return {};
}

/// It has no row any more: neither is it found, nor like another.
Status RecordsImpl::forget_texts(const merge::RecordState& shown) {
  LX_DO(search_.erase(shown.record));
  LX_DO(twins_.touch(shown, true));
  return twins_.erase(shown.record);
}

Status RecordsImpl::write_record_row(RecordBox& box) {
  RecordRow now{box.shown.kind, box.shown.parent, box.scope, box.flags, box.row.number};
  if (box.is_known && box.row == now) return {};
  RecordRow marked = box.row;
  marked.flags = now.flags;
  const bool is_marked_only = box.is_known && marked == now;  // leaves the index by parent alone
  // It stands where it stood, wherever it is shown.
  const bool may_move = box.is_known && !is_marked_only;
  std::vector<Standing> standings;
  if (may_move) {
    LX_TRY(standings, membership_.of(box.base.record));
  }
  auto write = database_.prepare(
      is_marked_only ? "UPDATE record SET flags = ?2 WHERE number = ?1"
      : box.is_known
          ? "UPDATE record SET flags = ?2, kind = ?3, parent = ?4, scope = ?5 WHERE number = ?1"
          : "INSERT INTO record(id, flags, kind, parent, scope, stands) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
  if (box.is_known) write.bind(1, box.row.number);
  if (!box.is_known) write.lend(1, box.base.record);
  write.bind(2, static_cast<std::int64_t>(now.flags));
  if (!is_marked_only) write.bind(3, int{now.kind}).lend(4, now.parent).lend(5, now.scope);
  if (!box.is_known) write.bind(6, box.enters == now.scope);
  LX_DO(write.run());
  if (!box.is_known) now.number = database_.last_row_number();
  if (may_move) LX_DO(membership_.set(box.base.record, standings));
  if (!box.is_known && box.enters && *box.enters != now.scope)
    LX_DO(membership_.add(box.base.record, *box.enters));
  LX_DO(count_row(database_, box.is_known ? &box.row : nullptr, now));
  box.row = now;
  return {};
}

Result<std::vector<Id>> RecordsImpl::children_of(const Id& record) {
  std::vector<Id> children;
  auto select = database_.prepare(
      "SELECT id FROM record WHERE parent = ? AND parent != x'00000000000000000000000000000000'");
  select.bind(1, record);
  LX_DO(each_row(select, [&] { children.push_back(select.id(0)); }));
  return children;
}

/// What hangs on a record lives where it lives.
Status RecordsImpl::move_children(const Id& record, int depth) {
  if (depth >= kDepthMax) return {};
  LX_TRY(const std::vector<Id> children, children_of(record));
  for (const Id& child : children) {
    LX_TRY(RecordBox box, load(child));
    LX_TRY(const Place place, place_of(box.shown));
    if (place.scope.is_nil() || place.scope == box.scope) continue;
    box.scope = place.scope;
    LX_DO(write_record_row(box));
    LX_TRY(const RowChange change, tables_.write({box.row.number, box.shown, box.scope, box.flags}, true));
    (void)change;
    LX_DO(move_children(child, depth + 1));
  }
  return {};
}

Status RecordsImpl::write_conflicts(const RecordBox& box, bool was_in_dispute) {
  std::set<std::string> before;
  if (was_in_dispute) {
    auto select = database_.prepare("SELECT id FROM conflict WHERE record = ?");
    select.bind(1, box.base.record);
    LX_DO(each_row(select, [&] { before.insert(select.text(0)); }));
  }
  std::int64_t place = 0;
  std::set<std::string> now;
  LX_TRY(const auto conflicts, conflicts_of(box.shown, box.flags));
  for (const merge::Conflict& conflict : conflicts) {
    const std::string id = conflict_id(box.base.record, conflict);
    now.insert(id);
    auto upsert = database_.prepare(
        "INSERT INTO conflict VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET place = excluded.place");
    LX_DO(upsert.bind_text(1, id).bind(2, box.base.record).bind(3, place++).run());
  }
  for (const std::string& id : before) {
    if (now.count(id) > 0) continue;
    auto erase = database_.prepare("DELETE FROM conflict WHERE id = ?");
    LX_DO(erase.bind_text(1, id).run());
    auto forget = database_.prepare("DELETE FROM postponed WHERE conflict = ?");
    LX_DO(forget.bind_text(1, id).run());
  }
  return {};
}

std::string conflict_id(const Id& record, const merge::Conflict& conflict) {
  Bytes bytes(record.bytes());
  bytes += static_cast<char>(conflict.kind);
  // A removal once had no class of its own; the names of its conflicts stay.
  const int privacy = conflict.kind == merge::ConflictKind::kDelete ? 0 : conflict.privacy;
  bytes += std::to_string(conflict.key.field) + "/" + std::to_string(privacy) + "/" + conflict.key.element;
  constexpr std::size_t kHexDigits = 16;
  return hash256(bytes).hex().substr(0, kHexDigits);
}

Status RecordsImpl::remove(const Id& record) {
  LX_TRY(const RecordBox box, load(record));
  if (box.is_known) ++removed_;
  if (box.is_known) LX_DO(tables_.erase(record, box.shown.kind));
  LX_DO(forget_texts(box.shown));
  LX_DO(forget_picture(database_, record));
  // Own changes stay, and what lies sealed for the county.
  constexpr const char* kForgetOthersChanges =
      "DELETE FROM change WHERE record = ? AND hash IS NULL AND NOT EXISTS (SELECT 1 FROM sealed s WHERE "
      "s.replica = change.replica AND s.counter = change.counter)";
  constexpr const char* kForgetStates =
      "DELETE FROM state WHERE place BETWEEN 256 * (SELECT number FROM record WHERE id = ?1) AND 255 + 256 * "
      "(SELECT number FROM record WHERE id = ?1)";
  LX_DO(Erasure(database_).put_away(record, seal_key_, clock_.now_ms()));
  LX_DO(membership_.erase(record));
  for (const std::string_view sql :
       {kForgetStates, "DELETE FROM record WHERE id = ?",
        "DELETE FROM postponed WHERE conflict IN (SELECT id FROM conflict WHERE record = ?)",
        "DELETE FROM conflict WHERE record = ?", "DELETE FROM told WHERE record = ?", kForgetOthersChanges,
        "UPDATE change SET in_overlay = 0, in_base = 0 WHERE record = ?"}) {
    auto statement = database_.prepare(sql);
    LX_DO(statement.bind(1, record).run());
  }
  LX_DO(look_again(box.row.parent));
  return clusters_.erase(record, box.shown.kind);
}

}  // namespace lianxin::client::store
