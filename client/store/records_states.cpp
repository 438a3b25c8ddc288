// Class states of a record, as table `state` has them.
#include <set>

#include "client/store/records_impl.hpp"
#include "client/store/told_state.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;

Result<RecordBox> RecordsImpl::load(const Id& record) {
  RecordBox box;
  box.base.record = record;
  auto select = database_.prepare(
      "SELECT r.number, r.kind, r.parent, r.scope, r.flags, s.place & 255, s.base, s.shown, r.stands, c.seq, "
      "c.body, c.vals, c.effective_ms, c.suspect FROM record r LEFT JOIN state s ON s.place BETWEEN 256 * "
      "r.number AND 256 * r.number + 255 LEFT JOIN change c ON c.seq = s.base WHERE r.id = ?");
  select.lend(1, record);
  LX_TRY(bool found, select.step());
  box.is_known = found;
  if (box.is_known) {
    box.base.kind = static_cast<std::uint16_t>(select.integer(1));
    box.base.parent = select.id(2);
    box.scope = select.id(3);
    box.flags = static_cast<std::uint32_t>(select.integer(4));
    box.row = {box.base.kind, box.base.parent, box.scope, box.flags, select.integer(0)};
    box.stands = static_cast<std::uint8_t>(select.integer(8));
  }
  box.shown = box.base;
  while (found && !select.is_null(5)) {
    const auto privacy = static_cast<std::uint8_t>(select.integer(5));
    if (!select.is_null(9)) {
      LX_TRY(box.base.classes[privacy],
             state_of_change(select.view(10), select.view(11), select.integer(12), select.integer(13) != 0));
      box.told_by[privacy] = {select.integer(9), false};
    } else if (const BytesView base = select.view(6); !base.empty()) {
      LX_TRY(box.base.classes[privacy], merge::decode_class_state(base));
    }
    if (select.is_null(7)) {
      box.shown.classes[privacy] = box.base.classes[privacy];
    } else {
      box.has_overlay = true;
      LX_TRY(box.shown.classes[privacy], merge::decode_class_state(select.view(7)));
    }
    LX_TRY(found, select.step());
  }
  return box;
}

/// The change that alone makes this class of the base, by its `seq`; 0 = there is none, or nobody knows.
Result<std::int64_t> RecordsImpl::told_by_one(const RecordBox& box, std::uint8_t privacy) {
  const auto told_by = box.told_by.find(privacy);
  if (told_by == box.told_by.end()) return std::int64_t{0};
  const std::int64_t seq = told_by->second.seq;
  if (told_by->second.is_certain) return seq;
  const merge::ClassState& base = box.base.classes.at(privacy);
  if (base.metas.size() != 1) return std::int64_t{0};
  auto select = database_.prepare("SELECT body, vals, effective_ms, suspect FROM change WHERE seq = ?");
  LX_TRY(const bool found, select.bind(1, seq).step());
  if (!found) return std::int64_t{0};
  LX_TRY(const merge::ClassState told,
         state_of_change(select.view(0), select.view(1), select.integer(2), select.integer(3) != 0));
  return told == base ? seq : 0;
}

Status RecordsImpl::write_states(RecordBox& box, ClassMask only) {
  std::set<std::uint8_t> classes;
  for (const auto& [privacy, owner] : box.base.classes)
    classes.insert(privacy);
  for (const auto& [privacy, owner] : box.shown.classes)
    classes.insert(privacy);
  static const merge::ClassState kNothing;
  for (const std::uint8_t privacy : classes) {
    if ((only & mask_of(privacy)) == 0) continue;
    const auto base = box.base.classes.find(privacy);
    const auto shown = box.shown.classes.find(privacy);
    const merge::ClassState& before = base == box.base.classes.end() ? kNothing : base->second;
    const merge::ClassState& after = shown == box.shown.classes.end() ? kNothing : shown->second;
    const std::int64_t place = state_place(box.row.number, privacy);
    if (before.empty() && after.empty()) {
      auto erase = database_.prepare("DELETE FROM state WHERE place = ?");
      LX_DO(erase.bind(1, place).run());
      continue;
    }
    auto upsert = database_.prepare(
        "INSERT INTO state VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET base = excluded.base, shown = "
        "excluded.shown");
    LX_TRY(const std::int64_t told_by, told_by_one(box, privacy));
    const Bytes base_bytes = told_by != 0 || before.empty() ? Bytes() : merge::encode_class_state(before);
    upsert.bind(1, place);
    if (told_by != 0) upsert.bind(2, told_by);
    if (told_by == 0) upsert.lend_blob(2, base_bytes);
    if (before != after) upsert.bind_blob(3, merge::encode_class_state(after));
    LX_DO(upsert.run());
  }
  for (auto& [privacy, told_by] : box.told_by)
    told_by.is_certain = false;
  return {};
}

}  // namespace lianxin::client::store
