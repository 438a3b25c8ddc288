// Feeds: changes, one by one.
#include <algorithm>

#include "client/store/erasure.hpp"
#include "client/store/feed_opened.hpp"
#include "client/store/purging.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;
namespace change = sync::change;

namespace {

merge::IsMissing among(const std::vector<ChangeId>& ghosts) {
  return
      [&ghosts](const ChangeId& id) { return std::find(ghosts.begin(), ghosts.end(), id) != ghosts.end(); };
}

merge::HeadMeta meta_of(const change::ChangeBody& body, const FeedVerdict& verdict) {
  return {body.hlc, verdict.effective_ms, verdict.suspect, body.author, body.cause};
}

}  // namespace

void FeedWriter::Opened::keep_written(std::uint8_t privacy, const change::ChangeBody& body) {
  Touched& touched = touch(privacy);
  const bool is_first = !touched.shown_before;
  if (is_first) touched.shown_before.emplace();
  const merge::ClassState released = is_first ? release_shown(privacy) : merge::ClassState{};
  const merge::ClassState& shown = is_first ? released : box.base.classes[privacy];
  if (!box.is_known) return;
  for (const change::WriteHead& write : body.writes) {
    const merge::RegisterKey key{write.field, write.element};
    // What an earlier one has written already was kept as it was before that.
    if (!is_first && touched.shown_before->registers.find(key) != touched.shown_before->registers.end())
      continue;
    const auto found = shown.registers.find(key);
    merge::Register& before = touched.shown_before->registers[key];
    if (found == shown.registers.end()) continue;
    before = found->second;
    for (const merge::Head& head : found->second.heads)
      touched.shown_before->metas[head.id] = shown.metas.at(head.id);
  }
}

void FeedWriter::Opened::merge_change(const change::ChangeBody& body, const change::ChangeValues& values,
                                      const FeedVerdict& verdict, std::int64_t seq) {
  const std::uint8_t privacy = body.privacy();
  const bool is_alone = box.base.classes[privacy].empty() && verdict.ghosts.empty() && seq != 0;
  (void)merge::apply(box.base, body, values, meta_of(body, verdict), among(verdict.ghosts));
  if (is_alone) {
    box.told_by[privacy] = {seq, true};
  } else {
    box.told_by.erase(privacy);
  }
}

bool FeedWriter::Opened::is_in_already() const { return !stands_here() && has_base(box); }

FeedWriter::FeedWriter(RecordsImpl& records, bool in_file) : records_(records), in_file_(in_file) {}
FeedWriter::~FeedWriter() = default;

Status FeedWriter::store_waiting() {
  if (!waiting_) return {};
  const std::unique_ptr<Opened> opened = std::move(waiting_);
  return opened->is_taken ? close(*opened) : Status();
}

/// The record that waits, where the change is about it and told in the same scope; else it is stored and that
/// of the change waits.
Result<FeedWriter::Opened*> FeedWriter::take_up(const FeedPlace& place, const change::ChangeBody& body) {
  if (waiting_ && waiting_->scope == place.scope && waiting_->box.base.record == body.record) {
    (void)waiting_->touch(place.privacy);
    return waiting_.get();
  }
  LX_DO(store_waiting());
  LX_TRY(Opened opened, open(place, body.record, body.kind, body.parent));
  LX_DO(begin_anew(place, opened));
  waiting_ = std::make_unique<Opened>(std::move(opened));
  return waiting_.get();
}

void FeedWriter::learn(const ChangeId& id) {
  std::uint64_t& counter = known_[id.replica.number];
  counter = std::max(counter, id.counter);
}

/// A page of a file may be older than a purge that is known here (11).
Result<bool> FeedWriter::lose_purged(const change::ChangeBody& body, change::ChangeValues& values) {
  if (!has_purges_) {
    auto select = records_.database().prepare("SELECT 1 FROM purge LIMIT 1");
    LX_TRY(has_purges_, select.step());
  }
  if (!*has_purges_) return false;
  return drop_purged(records_.database(), body, values);
}

/// What the log has of it. Under its name may stand what a server had taken before it was restored: that
/// makes way, as no id has two bodies (12).
Result<std::optional<LoggedChange>> FeedWriter::found_as(const change::ChangeBody& body) {
  LX_TRY(auto known, records_.log().find(body.id));
  if (!known || (known->body.record == body.record && known->body.hlc == body.hlc)) return known;
  auto erase =
      records_.database().prepare("DELETE FROM change WHERE replica = ? AND counter = ? AND hash IS NULL");
  LX_DO(erase.bind(1, body.id.replica.number).bind(2, body.id.counter).run());
  LX_TRY(const bool is_own, records_.log().has(body.id));
  // Over a line the chains are compared before anything is told; a file nobody asked for has compared
  // nothing.
  if (is_own && in_file_) return fail("bundle.other_copy");
  if (is_own) return known;
  LX_DO(store_waiting());
  LX_TRY(RecordBox box, records_.load(known->body.record));
  if (box.is_known) LX_DO(records_.show_again(box));
  return std::optional<LoggedChange>();
}

Result<bool> FeedWriter::applied(const FeedPlace& place, const change::ChangeBody& body, BytesView body_bytes,
                                 BytesView values_bytes, const FeedVerdict& verdict) {
  LX_TRY(change::ChangeValues values, change::decode_values(values_bytes, body));
  LX_TRY(const bool lost, lose_purged(body, values));
  Bytes left;
  if (lost) {
    left = change::encode_values(values);
    values_bytes = left;
  }
  learn(body.id);
  if (!verdict.suspect) newest_stamp_ = std::max(newest_stamp_, body.hlc);
  FeedChange told{place, body, body_bytes, values, values_bytes, verdict};
  LX_TRY(const Opened* const opened, take_up(place, body));
  if (opened->is_silent) {
    LX_TRY(const auto known, found_as(body));
    (void)known;
    return false;
  }
  // Nearly always it is new: the log says so as it takes it in.
  LX_TRY(const bool is_new,
         records_.log().put_new(body, body_bytes, values_bytes, verdict.effective_ms, verdict.suspect));
  if (!is_new) return applied_again(told);
  told.seq = records_.database().last_row_number();
  return merge_in(told);
}

/// Something has stood under its name before.
Result<bool> FeedWriter::applied_again(const FeedChange& told) {
  const change::ChangeBody& body = told.body;
  LX_TRY(const auto known, found_as(body));
  LX_TRY(Opened* const opened, take_up(told.place, body));
  const bool is_here =
      known && known->in_base && !opened->begins_anew && known->status == ChangeStatus::kApplied;
  if (!is_here) {
    LX_DO(records_.log().put_foreign(body, told.body_bytes, told.values_bytes, told.verdict.effective_ms,
                                     told.verdict.suspect, ChangeStatus::kApplied));
    if (known) LX_DO(Erasure(records_.database()).came_back(body.id));
    LX_TRY(const bool is_taken, merge_in(told));
    // Own work that comes back, also under a branch's name, is no news.
    return is_taken && (!known || known->status != ChangeStatus::kApplied);
  }
  if (opened->stands_here()) return false;
  if (opened->is_in_already()) {
    LX_DO(records_.show_again(opened->box));
    waiting_.reset();
    return false;
  }
  opened->is_taken = true;
  if (!opened->may_wait()) LX_DO(store_waiting());
  return false;
}

/// Into the record that waits, once the log has it. False = another scope has brought it already.
Result<bool> FeedWriter::merge_in(const FeedChange& told) {
  Opened& opened = *waiting_;
  if (opened.is_in_already()) {
    LX_DO(records_.show_again(opened.box));
    waiting_.reset();
    return false;
  }
  opened.keep_written(told.place.privacy, told.body);
  opened.merge_change(told.body, told.values, told.verdict, told.seq);
  opened.is_taken = true;
  if (!opened.may_wait()) LX_DO(store_waiting());
  return true;
}

Status FeedWriter::keep(BytesView body_bytes, BytesView values_bytes, const FeedVerdict& verdict) {
  LX_DO(store_waiting());
  LX_TRY(const change::ChangeBody body, change::decode_body(body_bytes));
  LX_TRY(change::ChangeValues values, change::decode_values(values_bytes, body));
  LX_TRY(const bool lost, lose_purged(body, values));
  learn(body.id);
  if (!verdict.suspect) newest_stamp_ = std::max(newest_stamp_, body.hlc);
  LX_TRY(const auto known, found_as(body));
  LX_DO(records_.log().put_foreign(body, body_bytes,
                                   lost ? change::encode_values(values) : Bytes(values_bytes),
                                   verdict.effective_ms, verdict.suspect, ChangeStatus::kApplied));
  return known ? Erasure(records_.database()).came_back(body.id) : Status();
}

Result<bool> FeedWriter::inert(const FeedPlace& place, BytesView body_bytes, const FeedVerdict& verdict) {
  LX_DO(store_waiting());
  LX_TRY(const change::ChangeBody body, change::decode_body(body_bytes));
  learn(body.id);
  LX_TRY(const auto known, found_as(body));
  LX_TRY(Opened opened, open(place, body.record, body.kind, body.parent));
  LX_DO(begin_anew(place, opened));
  const bool is_here = known && known->in_base && !opened.begins_anew;
  if (opened.is_silent || is_here || opened.is_in_already()) return false;
  opened.keep_written(place.privacy, body);
  (void)merge::apply_inert(opened.box.base, body, among(verdict.ghosts));
  LX_DO(records_.log().put_foreign(body, body_bytes, {}, verdict.effective_ms, verdict.suspect,
                                   ChangeStatus::kQuarantined));
  LX_DO(close(opened));
  return true;
}

Result<bool> FeedWriter::own(const FeedPlace& place, const ChangeId& id, bool is_inert,
                             const FeedVerdict& verdict) {
  LX_DO(store_waiting());
  learn(id);
  LX_TRY(const auto known, records_.log().find(id));
  if (!known) return fail("feed.own_missing", {{"id", id.text()}});
  LX_TRY(Opened opened, open(place, known->body.record, known->body.kind, known->body.parent));
  LX_DO(begin_anew(place, opened));
  if (opened.is_silent) return false;
  if (opened.is_in_already()) {
    LX_DO(records_.log().settle(id, verdict.effective_ms, verdict.suspect, true));
    LX_DO(records_.show_again(opened.box));
    return false;
  }
  const bool was_inert = known->status != ChangeStatus::kApplied;
  const bool is_here = known->in_base && !opened.begins_anew && (is_inert || !was_inert);
  if (is_here && opened.is_member) return false;
  if (!is_here) opened.keep_written(place.privacy, known->body);
  if (!is_here && is_inert) {
    (void)merge::apply_inert(opened.box.base, known->body, among(verdict.ghosts));
    if (!was_inert)
      LX_DO(records_.log().set_status(id, ChangeStatus::kQuarantined, known->reason, known->owner));
  } else if (!is_here && known->values) {
    opened.merge_change(known->body, *known->values, verdict, known->seq);
    if (was_inert) LX_DO(records_.log().set_status(id, ChangeStatus::kApplied, "", ""));
  }
  LX_DO(records_.log().settle(id, verdict.effective_ms, verdict.suspect, true));
  LX_DO(close(opened));
  return !is_here && was_inert && !is_inert;  // only what was kept aside and is released now is news
}

}  // namespace lianxin::client::store
