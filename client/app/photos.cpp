#include "client/app/photos.hpp"

#include <algorithm>
#include <cstdlib>

#include "client/picture/picture.hpp"
#include "client/store/pictures.hpp"

namespace lianxin::client::app {
namespace {

constexpr const char* kAttachment = "attachment";

static_assert(picture::kBytesMax == sync::wire::kPictureBytesMax);

/// The field by which an attachment hangs on a record of this kind; nullptr = it cannot.
const domain::Field* parent_field(std::string_view kind) {
  const domain::Kind* attachment = domain::Catalogue::base().kind(kAttachment);
  for (const std::string& name : attachment->parent_fields) {
    const domain::Field* field = attachment->field(name);
    if (field->target == kind) return field;
  }
  return nullptr;
}

Result<store::RecordShown> shown(store::LaptopStore& store, const Id& id) {
  LX_TRY(auto record, store.records().get(id));
  if (!record) return fail("record.unknown", {{"id", id.text()}});
  return std::move(*record);
}

/// Kind of the record an attachment hangs on: what the first filled of its places refers to.
std::string parent_kind(const store::RecordShown& record) {
  const domain::Kind* attachment = domain::Catalogue::base().kind(kAttachment);
  for (const std::string& name : attachment->parent_fields) {
    if (!record.value(name).empty()) return attachment->field(name)->target;
  }
  return "member";
}

Result<Photo> photo_in(store::LaptopStore& store, const store::RecordShown& record) {
  Photo photo;
  photo.id = record.id;
  photo.parent_kind = parent_kind(record);
  photo.caption = record.value("caption");
  photo.taken_on = record.value("taken_on");
  photo.bytes = std::strtoull(record.value("bytes").c_str(), nullptr, 10);
  photo.width = static_cast<int>(std::strtol(record.value("width").c_str(), nullptr, 10));
  photo.height = static_cast<int>(std::strtol(record.value("height").c_str(), nullptr, 10));
  const auto thumbnail = from_base64(record.value("thumb"));
  if (thumbnail.ok()) photo.thumbnail = *thumbnail;
  const auto named = record.fields.find("sha256");
  photo.purged = named != record.fields.end() && named->second.purged;
  const auto octets = from_hex(record.value("sha256"));
  const auto name = Hash256::from_bytes(octets.ok() ? BytesView(*octets) : BytesView());
  if (name.ok()) {
    photo.name = *name;
    LX_TRY(const auto here, store.replica().pictures()->picture_here(*name));
    photo.here = here.whole;
  }
  LX_TRY(const bool unsent, store::is_picture_unsent(store.database(), record.id));
  photo.unsent = record.unsent || unsent;
  return photo;
}

store::Edit edit_of(const picture::TakenIn& taken, const domain::Field& parent, const Id& record,
                    const std::string& caption, const Date& today) {
  store::Edit edit;
  edit.kind = kAttachment;
  edit.fields = {{parent.name, store::FieldEdit::Op::kSet, record.text()},
                 {"taken_on", store::FieldEdit::Op::kSet, today.text()},
                 {"sha256", store::FieldEdit::Op::kSet, sha256(taken.jpeg).hex()},
                 {"mime", store::FieldEdit::Op::kSet, "image/jpeg"},
                 {"bytes", store::FieldEdit::Op::kSet, std::to_string(taken.jpeg.size())},
                 {"width", store::FieldEdit::Op::kSet, std::to_string(taken.width)},
                 {"height", store::FieldEdit::Op::kSet, std::to_string(taken.height)},
                 {"thumb", store::FieldEdit::Op::kSet, to_base64(taken.thumbnail)}};
  if (!caption.empty()) edit.fields.push_back({"caption", store::FieldEdit::Op::kSet, caption});
  edit.picture = taken.jpeg;
  return edit;
}

}  // namespace

Result<AddedPhoto> add_photo(store::LaptopStore& store, const Id& record, BytesView file,
                             const std::string& caption) {
  LX_TRY(const store::RecordShown parent, shown(store, record));
  const domain::Field* field = parent_field(parent.kind);
  if (field == nullptr) return fail("photo.parent", {{"kind", parent.kind}});
  LX_TRY(const picture::TakenIn taken, picture::take_in(file));
  AddedPhoto added;
  LX_TRY(const std::vector<Photo> before, photos_of(store, record));
  const Hash256 name = sha256(taken.jpeg);
  const auto same =
      std::find_if(before.begin(), before.end(), [&](const Photo& one) { return one.name == name; });
  if (same != before.end()) {
    added.photo = *same;
    added.already = true;
    added.saved.ok = true;
    return added;
  }
  LX_TRY(added.saved,
         store.records().save({edit_of(taken, *field, record, caption, Date::of(store.clock().now_ms()))}));
  if (!added.saved.ok) return added;
  LX_TRY(added.photo, photo(store, added.saved.records.front()));
  return added;
}

Result<std::vector<Photo>> photos_of(store::LaptopStore& store, const Id& record) {
  LX_TRY(const store::RecordShown parent, shown(store, record));
  std::vector<Photo> out;
  const auto children = parent.children.find(kAttachment);
  if (children == parent.children.end()) return out;
  for (const Id& id : children->second) {
    LX_TRY(const store::RecordShown one, shown(store, id));
    if (one.voided || one.deleted) continue;
    LX_TRY(out.emplace_back(), photo_in(store, one));
  }
  return out;
}

Result<Photo> photo(store::LaptopStore& store, const Id& attachment) {
  LX_TRY(const store::RecordShown record, shown(store, attachment));
  if (record.kind != kAttachment) return fail("photo.none", {{"id", attachment.text()}});
  return photo_in(store, record);
}

Result<std::optional<Bytes>> picture_of(store::LaptopStore& store, const Photo& photo) {
  if (!photo.name || !photo.here) return std::optional<Bytes>();
  LX_TRY(Bytes content, store.replica().pictures()->piece(*photo.name, 0, picture::kBytesMax));
  return std::optional(std::move(content));
}

}  // namespace lianxin::client::app
