// Records: who may be one person, and what people said about it (sync.md 3.8).
#include <algorithm>

#include "client/store/action.hpp"
#include "client/store/renamings.hpp"
#include "shared/base/text.hpp"
#include "shared/store/each_row.hpp"
#include "sync/merge/dump_line.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;

namespace {

/// People join so few that more is a mistake; the server takes more.
constexpr std::size_t kJoinedMax = 16;

Result<std::vector<Id>> records_that_say(RecordsImpl& records) {
  auto select = records.database().prepare("SELECT DISTINCT record FROM alias ORDER BY record");
  std::vector<Id> out;
  LX_DO(each_row(select, [&] { out.push_back(select.id(0)); }));
  return out;
}

/// The two records of a word, and the one it stands on.
Result<RecordBox> box_to_say_on(RecordsImpl& records, const Id& one, const Id& other) {
  if (one == other) return fail("duplicate.self");
  RecordBox boxes[2];
  for (int i = 0; i < 2; ++i) {
    const Id& id = i == 0 ? one : other;
    LX_TRY(boxes[i], records.load(id));
    if (!boxes[i].is_known) return fail("record.unknown", {{"id", id.text()}});
  }
  if (boxes[0].shown.kind != boxes[1].shown.kind || !records.clusters().may_join(boxes[0].shown.kind))
    return fail("duplicate.kinds");
  RecordBox& greater = boxes[one < other ? 1 : 0];
  RecordBox& smaller = boxes[one < other ? 0 : 1];
  // What somebody said on the other of the two is answered there.
  const bool stands_there =
      smaller.shown.find(domain::kFieldAliasOf, std::max(one, other).text()) != nullptr &&
      greater.shown.find(domain::kFieldAliasOf, std::min(one, other).text()) == nullptr;
  RecordBox& box = stands_there ? smaller : greater;
  if ((box.flags & kLeaving) != 0) return fail("record.read_only", {{"id", box.base.record.text()}});
  return std::move(box);
}

/// The neighbours through which a record is in its cluster.
Result<std::string> joined_with(RecordsImpl& records, const Id& record) {
  auto select = records.database().prepare(
      "SELECT other FROM alias WHERE record = ?1 AND same UNION SELECT record FROM alias WHERE other = ?1 "
      "AND same");
  select.bind(1, record);
  std::vector<std::string> ids;
  LX_DO(each_row(select, [&] { ids.push_back(select.id(0).text()); }));
  return join(ids, ", ");
}

Status check_word(RecordsImpl& records, const Id& one, const Id& other, TwinWord word) {
  LX_TRY(const std::vector<Id> ours, records.clusters().records_of(one));
  const bool are_one = std::find(ours.begin(), ours.end(), other) != ours.end();
  LX_TRY(const auto said, records.clusters().said_of(one, other));
  if (word == TwinWord::kSame && !are_one) {
    LX_TRY(const std::vector<Id> theirs, records.clusters().records_of(other));
    if (ours.size() + theirs.size() > kJoinedMax)
      return fail("duplicate.many", {{"max", std::to_string(kJoinedMax)}});
  }
  const bool only_through = are_one && said != std::optional(true);
  if (word != TwinWord::kSame && only_through) {
    LX_TRY(const std::string ids, joined_with(records, one));
    return fail("duplicate.through", {{"id", one.text()}, {"ids", ids}});
  }
  if (word == TwinWord::kUnsaid && !said)
    return fail("duplicate.unsaid", {{"id", one.text()}, {"other", other.text()}});
  return {};
}

}  // namespace

Result<bool> Records::read_twins(std::size_t records) { return impl_.twins().refresh(records); }

Result<std::size_t> Records::unread_twins() {
  auto count = impl_.database().prepare("SELECT count(*) FROM twin_todo");
  LX_TRY(const bool found, count.step());
  return found ? static_cast<std::size_t>(count.natural(0)) : std::size_t{0};
}

Result<bool> Records::compare_twins(std::size_t pairs) {
  LX_TRY(const Twins found, impl_.twin_pairs().find(1, pairs));
  return found.uncompared;
}

Result<Twins> Records::twins(std::size_t limit, std::size_t compared) {
  LX_TRY(Twins out, impl_.twin_pairs().find(limit, compared));
  auto todo = impl_.database().prepare("SELECT 1 FROM twin_todo LIMIT 1");
  LX_TRY(out.unread, todo.step());
  return out;
}

Result<std::vector<Id>> Records::cluster(const Id& record) {
  LX_TRY(std::vector<Id> ids, impl_.clusters().records_of(record));
  LX_TRY(const Id canonical, impl_.clusters().canonical_of(record));
  std::stable_partition(ids.begin(), ids.end(), [&](const Id& id) { return id == canonical; });
  return ids;
}

Result<std::vector<TwinSaid>> Records::said_of_twins() {
  LX_TRY(const std::vector<Id> records, records_that_say(impl_));
  std::vector<TwinSaid> out;
  for (const Id& record : records) {
    LX_TRY(const RecordBox box, impl_.load(record));
    if (!box.is_known) continue;
    const merge::ClassState& owner = box.shown.classes.at(0);
    for (const auto& [other, reg] : said_on(box.shown)) {
      const merge::Shown now = merge::shown(*reg, domain::Policy::kReview, owner);
      if (!now.value) continue;
      TwinSaid said{merge::dump_kind(impl_.catalogue(), box.shown.kind),
                    std::min(record, other),
                    std::max(record, other),
                    *now.value == "1",
                    now.in_dispute,
                    Id{},
                    0};
      if (const auto meta = owner.metas.find(now.head); meta != owner.metas.end()) {
        said.author = meta->second.author;
        said.effective_ms = meta->second.effective_ms;
      }
      out.push_back(std::move(said));
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const TwinSaid& a, const TwinSaid& b) { return a.effective_ms > b.effective_ms; });
  return out;
}

Result<Saved> Records::say_twins(const Id& one, const Id& other, TwinWord word, const ShownHeads* on_form) {
  LX_TRY(const auto by_now, Renamings(impl_.database()).by_names_of_now(on_form));
  const ShownHeads* shown = by_now ? &*by_now : nullptr;
  LX_TRY(RecordBox box, box_to_say_on(impl_, one, other));
  LX_DO(check_word(impl_, one, other, word));
  NewWrite write;
  write.field = domain::kFieldAliasOf;
  write.element = (box.base.record == one ? other : one).text();
  write.seen = seen_of(box, shown, write.field, write.element);
  if (word != TwinWord::kUnsaid) write.value = word == TwinWord::kSame ? "1" : "0";
  Saved saved;
  saved.records.push_back(box.base.record);
  LX_TRY(Action action, Action::begin(impl_));
  const merge::Register* present = box.shown.find(write.field, write.element);
  const bool stands =
      present != nullptr && present->heads.size() == 1 && present->heads.front().value == write.value;
  if (!stands) LX_DO(action.write(box, box.scope, {write}, {}));
  return action.commit(std::move(saved));
}

}  // namespace lianxin::client::store
