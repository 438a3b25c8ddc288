#include "sync/server/service/own_changes.hpp"

#include <charconv>
#include <map>
#include <utility>

#include "shared/base/text.hpp"
#include "sync/change/hlc.hpp"
#include "sync/server/service/offers.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::string_view kStampName = "own_stamp";

std::uint64_t number_in(const std::optional<Bytes>& text) {
  std::uint64_t number = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

/// Writes of one class by register, as a change wants them.
using ClassWrites = std::map<merge::RegisterKey, std::pair<change::WriteHead, change::WriteValue>>;

}  // namespace

Result<OwnChanges> OwnChanges::begin(store::Writer& writer, const domain::Catalogue& catalogue,
                                     const County& county, WallMs now_ms) {
  LX_DO(writer.lock({county.replica}, {}));
  LX_TRY(const auto replica, writer.replica(county.replica));
  LX_TRY(const auto stamp, writer.meta(kStampName));
  OwnChanges own(writer, catalogue, county, now_ms);
  own.end_.replica = county.replica;
  if (replica) {
    own.end_.counter = replica->counter;
    own.end_.hash = replica->hash;
  }
  own.last_stamp_ = number_in(stamp);
  return own;
}

Status OwnChanges::write(std::string_view kind_name, const Id& record, const std::vector<FieldValue>& values,
                         const Place& place) {
  const domain::Kind* kind = catalogue_->kind(kind_name);
  LX_CHECK(kind != nullptr, "a kind of the catalogue");
  LX_TRY(const merge::RecordState* state, workspace_.state_of(record));
  LX_TRY(const auto scopes, workspace_.scopes_of(record));
  const Id scope = scopes.empty() ? place.scope : scopes.front();
  const Id parent = state == nullptr ? place.parent : state->parent;
  std::map<std::uint8_t, ClassWrites> classes;
  for (const FieldValue& one : values) {
    const domain::Field* field = kind->field(one.field);
    LX_CHECK(field != nullptr && field->is_set() == !one.element.empty(), "a field of the kind");
    if (state == nullptr && !one.value) continue;
    // Laptops take no page with such a value: one would end every sync of the county.
    if (one.value && (!is_valid_text(*one.value) || one.value->size() > change::kValueBytesMax))
      return fail("own.text", {{"field", std::string(kind_name) + "." + one.field}});
    change::WriteHead head;
    head.field = field->wire;
    head.element = one.element;
    head.privacy = static_cast<std::uint8_t>(field->privacy);
    if (state != nullptr) {
      head.seen = merge::heads_of(*state, {field->wire, one.element});
      head.group_seen = merge::group_heads_of(*state, *kind, *field);
    }
    const std::uint8_t privacy = head.privacy;
    classes[privacy].insert_or_assign({field->wire, one.element},
                                      std::pair(std::move(head), change::WriteValue::of(one.value)));
  }
  LX_TRY(const auto purges, writer_->purges_of(record));
  const std::uint64_t action = end_.counter + 1;
  for (auto& [privacy, writes] : classes) {
    change::ChangeBody body;
    body.action = action;
    body.record = record;
    body.kind = kind->wire;
    body.author = author_;
    body.scope = scope;
    body.parent = parent;
    body.purge_number = purges.empty() ? 0 : purges.back().number;
    body.wall_ms = now_ms_;
    std::vector<change::WriteValue> of_class;
    for (auto& [field, write] : writes) {
      body.writes.push_back(std::move(write.first));
      of_class.push_back(std::move(write.second));
    }
    LX_DO(append(std::move(body), std::move(of_class)));
  }
  return {};
}

Status OwnChanges::append(change::ChangeBody body, std::vector<change::WriteValue> values) {
  change::Hlc clock{last_stamp_};
  body.hlc = clock.next(now_ms_);
  last_stamp_ = clock.last;
  const std::uint8_t privacy = body.writes.front().privacy;
  const Hash256 previous = end_.hash;
  change::Change change = change::link(end_, std::move(body), std::move(values));
  // So that it can be told from what anybody else may offer in our name after a restore (7.1).
  LX_TRY(const auto sign_secret, writer_->meta("sign_secret"));
  if (!sign_secret) return fail("server.not_made", {}, "sign_secret");
  change.values.secret = own_secret(*sign_secret, change.body_bytes, change.values.values);
  change.hash =
      change::head_hash(previous, change.body_bytes, change::value_hashes(change.body, change.values));
  end_.hash = change.hash;
  store::LogRow row;
  row.id = change.body.id;
  row.action = change.body.action;
  row.record = change.body.record;
  row.kind = change.body.kind;
  row.parent = change.body.parent;
  row.head_scope = change.body.scope;
  row.privacy = privacy;
  row.author = author_;
  row.body = change.body_bytes;
  row.values = change::encode_values(change.values);
  row.hash = change.hash;
  row.accepted_ms = now_ms_;
  row.effective_ms = now_ms_;
  LX_DO(writer_->append_change(row));
  LX_DO(workspace_.merge(row, change.body, change.values));
  return {};
}

Status OwnChanges::finish() {
  LX_DO(workspace_.flush());
  store::ReplicaRow row;
  row.replica = end_.replica;
  row.counter = end_.counter;
  row.hash = end_.hash;
  LX_DO(writer_->put_replica(row));
  return writer_->put_meta(kStampName, std::to_string(last_stamp_));
}

}  // namespace lianxin::sync::server
