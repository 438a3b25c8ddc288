#include "sync/server/service/pictures.hpp"

#include <algorithm>

#include "shared/base/log.hpp"
#include "sync/merge/record_state.hpp"
#include "sync/server/service/keys.hpp"
#include "sync/wire/signing.hpp"

namespace lianxin::sync::server {
namespace {

using wire::PictureStanding;

/// The kind and the field that name pictures; null where the catalogue has none.
struct Naming {
  const domain::Kind* kind = nullptr;
  const domain::Field* field = nullptr;
};

Naming naming_of(const domain::Catalogue& catalogue) {
  const domain::Kind* kind = catalogue.kind("attachment");
  const domain::Field* field = kind == nullptr ? nullptr : kind->field("sha256");
  return field == nullptr ? Naming{} : Naming{kind, field};
}

std::optional<Hash256> name_in(const std::string& text) {
  const auto bytes = from_hex(text);
  if (!bytes.ok()) return std::nullopt;
  const auto name = Hash256::from_bytes(*bytes);
  return name.ok() ? std::optional(*name) : std::nullopt;
}

Status add_names(const store::LogRow& row, const Naming& naming, std::vector<Hash256>& names) {
  if (naming.field == nullptr || row.kind != naming.kind->wire) return {};
  LX_TRY(const change::ChangeBody body, change::decode_body(row.body));
  LX_TRY(const change::ChangeValues values, change::decode_values(row.values, body));
  for (std::size_t i = 0; i < body.writes.size(); ++i) {
    if (body.writes[i].field != naming.field->wire) continue;
    const auto name = name_in(values.values[i].value().value_or(""));
    if (name) names.push_back(*name);
  }
  return {};
}

Result<bool> is_named(store::Reader& reader, const domain::Catalogue& catalogue,
                      const wire::PictureName& name) {
  LX_TRY(const auto names, pictures_named(reader, catalogue, name.record));
  return std::binary_search(names.begin(), names.end(), name.sha256);
}

/// A head of the record's class state, as this worker's feed has it, names the picture.
Result<bool> is_shown_to(store::Reader& reader, const Naming& naming, const Access& access,
                         const wire::PictureName& name) {
  LX_TRY(const auto record, reader.record(name.record));
  if (!record || naming.field == nullptr || record->kind != naming.kind->wire) return false;
  LX_TRY(const auto states, reader.states(name.record));
  for (const Held& held : access.scopes) {
    if (std::find(record->scopes.begin(), record->scopes.end(), held.scope) == record->scopes.end()) continue;
    for (const HeldClass& one : held.classes) {
      for (const store::StateRow& row : states) {
        const bool is_held = row.privacy == one.privacy && row.audience == one.audience &&
                             row.privacy == static_cast<std::uint8_t>(naming.field->privacy);
        if (!is_held) continue;
        LX_TRY(const merge::ClassState state, merge::decode_class_state(row.state));
        const auto reg = state.registers.find({naming.field->wire, ""});
        if (reg == state.registers.end()) continue;
        const bool shows = std::any_of(
            reg->second.heads.begin(), reg->second.heads.end(),
            [&](const merge::Head& head) { return head.value.value_or("") == name.sha256.hex(); });
        if (shows) return true;
      }
    }
  }
  return false;
}

}  // namespace

Result<std::vector<Hash256>> pictures_named(store::Reader& reader, const domain::Catalogue& catalogue,
                                            const Id& record) {
  std::vector<Hash256> names;
  LX_TRY(const auto rows, reader.changes_of_record(record));
  for (const store::LogRow& row : rows)
    LX_DO(add_names(row, naming_of(catalogue), names));
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::set<Hash256>> all_pictures_named(store::Reader& reader, const domain::Catalogue& catalogue) {
  std::set<Hash256> out;
  const Naming naming = naming_of(catalogue);
  if (naming.field == nullptr) return out;
  std::vector<Hash256> names;
  LX_TRY(const auto records, reader.records_of_kind(naming.kind->wire));
  for (const Id& record : records) {
    LX_TRY(names, pictures_named(reader, catalogue, record));
    out.insert(names.begin(), names.end());
  }
  names.clear();
  LX_TRY(const auto aside, reader.quarantined());
  for (const store::LogRow& row : aside)
    LX_DO(add_names(row, naming, names));
  out.insert(names.begin(), names.end());
  return out;
}

template <class M>
Result<M> Pictures::verified(store::Reader& reader, BytesView message, Result<M> (*decode)(BytesView),
                             Id& worker) const {
  LX_TRY(const wire::SignedRequest request, wire::unpack<wire::SignedRequest>(message));
  LX_TRY(const auto device, reader.device(request.device));
  if (!device || device->enrolled_ms == 0)
    return fail("exchange.device", {{"device", request.device.text()}});
  LX_TRY(M payload, decode(request.payload));
  const Bytes words = wire::picture_to_sign(county_.server, payload.epoch, request.number, request.payload);
  if (!wire::is_signed_by(device->sign_key, words, request.signature))
    return fail("exchange.signature", {{"device", request.device.text()}});
  // What somebody wrote down of an earlier request is worth nothing after the next exchange.
  if (request.number < device->last_number)
    return fail("exchange.number", {{"last", std::to_string(device->last_number)}});
  if (device->revoked_ms != 0) return fail("sync.revoked");
  worker = device->worker;
  return payload;
}

Result<wire::PictureAnswer> Pictures::put(BytesView message) {
  Id worker;
  wire::PictureAnswer answer;
  LX_TRY(auto reader, store_.read());
  LX_TRY(const auto put, verified(*reader, message, &wire::decode_picture_put, worker));
  answer.state.sha256 = put.name.sha256;
  LX_TRY(const bool named, is_named(*reader, catalogue_, put.name));
  if (!named) return answer;
  reader.reset();
  LX_TRY(const auto now, files_.append(put.name.sha256, put.size, put.offset, put.content));
  answer.state.offset = now.bytes;
  answer.state.standing = now.whole   ? PictureStanding::kKept
                          : now.wrong ? PictureStanding::kRefused
                                      : PictureStanding::kWanted;
  if (now.wrong) log_event("picture.refused", {{"record", put.name.record.text()}});
  if (!now.whole) return answer;
  // A purge may have come between: then nobody names it any more.
  LX_TRY(const auto later, store_.read());
  LX_TRY(const bool still, is_named(*later, catalogue_, put.name));
  if (still) return answer;
  LX_TRY(const auto others, all_pictures_named(*later, catalogue_));
  if (others.count(put.name.sha256) == 0) LX_DO(files_.remove(put.name.sha256));
  answer.state = {put.name.sha256, PictureStanding::kUnnamed, 0};
  return answer;
}

Result<wire::PictureAnswer> Pictures::get(BytesView message) {
  Id worker;
  LX_TRY(const auto reader, store_.read());
  LX_TRY(const auto get, verified(*reader, message, &wire::decode_picture_get, worker));
  wire::PictureAnswer answer;
  answer.state = {get.name.sha256, PictureStanding::kNotHere, get.offset};
  LX_TRY(const Access access, access_of(*reader, worker, Date::of(clock_.now_ms())));
  LX_TRY(const bool may, is_shown_to(*reader, naming_of(catalogue_), access, get.name));
  if (!may) return answer;
  LX_TRY(const auto picture, files_.read(get.name.sha256));
  if (!picture || get.offset >= picture->size()) return answer;
  answer.state.standing = PictureStanding::kKept;
  answer.size = picture->size();
  answer.content = picture->substr(get.offset, wire::kPicturePieceBytes);
  return answer;
}

Result<wire::PictureTold> tell_pictures(store::Reader& reader, const domain::Catalogue& catalogue,
                                        const store::PictureFiles& files, const wire::PictureAsk& ask) {
  wire::PictureTold told;
  for (const wire::PictureName& name : ask.pictures) {
    wire::PictureState state{name.sha256, PictureStanding::kUnnamed, 0};
    LX_TRY(const bool named, is_named(reader, catalogue, name));
    if (named) {
      const store::PictureFiles::Kept kept = files.kept(name.sha256);
      state.standing = kept.whole ? PictureStanding::kKept : PictureStanding::kWanted;
      state.offset = std::min<std::uint64_t>(kept.bytes, wire::kPictureBytesMax);
    }
    told.pictures.push_back(state);
  }
  return told;
}

Result<std::uint64_t> sweep_pictures(store::Store& store, const domain::Catalogue& catalogue,
                                     store::PictureFiles& files, std::int64_t unnamed_kept_s) {
  std::uint64_t gone = 0;
  const auto here = files.list();
  if (here.empty()) return gone;
  LX_TRY(const auto reader, store.read());
  LX_TRY(const auto named, all_pictures_named(*reader, catalogue));
  for (const store::PictureFiles::Entry& file : here) {
    const bool is_named = named.count(file.name) > 0;
    const std::int64_t kept_s = !is_named ? unnamed_kept_s : kComingKeptS;
    if ((file.whole && is_named) || file.age_s < kept_s) continue;
    LX_TRY(const bool removed, files.remove(file.name));
    gone += removed ? 1 : 0;
  }
  if (gone > 0) log_event("pictures.swept", {{"count", std::to_string(gone)}});
  return gone;
}

Status verify_pictures(store::Store& store, const domain::Catalogue& catalogue,
                       const store::PictureFiles& files, Verification& found) {
  LX_TRY(const auto reader, store.read());
  LX_TRY(auto awaited, all_pictures_named(*reader, catalogue));
  std::uint64_t checked = 0;
  for (const store::PictureFiles::Entry& file : files.list()) {
    if (!file.whole) continue;
    ++checked;
    awaited.erase(file.name);
    LX_TRY(const auto content, files.read(file.name));
    if (!content)
      found.problems.push_back({"picture", file.name.hex(), "the file is not what its name says"});
  }
  found.checked["pictures"] = checked;
  found.checked["pictures_awaited"] = awaited.size();
  return {};
}

}  // namespace lianxin::sync::server
