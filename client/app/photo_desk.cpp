// Photos from the window: added, listed, brought from the county and shown large.
#include "client/app/photo_desk.hpp"

#include <algorithm>

#include "client/app/desk.hpp"
#include "client/app/photos.hpp"
#include "client/app/replica_proxy.hpp"
#include "client/app/save_words.hpp"
#include "client/picture/picture.hpp"
#include "client/store/pictures.hpp"
#include "shared/base/file.hpp"
#include "shared/base/log.hpp"
#include "sync/laptop/pictures.hpp"

namespace lianxin::client::app {
namespace {

using view::Mark;
using view::Tone;

view::PicturePointer decoded(BytesView jpeg) {
  auto pixels = picture::pixels_of(jpeg);
  if (!pixels.ok()) return nullptr;
  return std::make_shared<const view::Picture>(
      view::Picture{pixels->width, pixels->height, std::move(pixels->rgba)});
}

view::Words where_of(const view::Wording& wording, const Photo& photo) {
  if (photo.purged) return {wording.text("photo.where.purged"), Tone::kQuiet, Mark::kNone};
  if (!photo.name) return {wording.text("photo.where.hidden"), Tone::kQuiet, Mark::kNone};
  if (photo.unsent) return {wording.text("photo.where.unsent"), Tone::kAgeing, Mark::kDue};
  return {wording.text(photo.here ? "photo.where.here" : "photo.where.county"), Tone::kQuiet, Mark::kNone};
}

Result<Photo> photo_wanted(Desk& desk, const Id& id) {
  LX_TRY(const Photo found, photo(*desk.store, id));
  if (found.purged) return fail("photo.purged", {{"id", id.text()}});
  if (!found.name) return fail("photo.hidden", {{"id", id.text()}});
  return found;
}

/// Shows it large when it is here.
Status show_large(Desk& desk, const Id& id) {
  view::PhotosView& view = desk.screens.member.photos;
  view.fetching = false;
  LX_TRY(const Photo wanted, photo_wanted(desk, id));
  LX_TRY(const auto content, picture_of(*desk.store, wanted));
  if (!content) return fail("picture.not_here");
  view.large = decoded(*content);
  view.open = view.large ? id : Id();
  return view.large ? Status() : fail("photo.damaged");
}

void finish_fetch(Desk& desk, std::uint64_t session, const Id& id, const Status& fetched) {
  if (desk.session != session || !desk.store) return;
  view::PhotosView& view = desk.screens.member.photos;
  view.fetching = false;
  // Another file may have been opened meanwhile: a photo is only ever shown over its own.
  const bool is_wanted = std::any_of(view.rows.begin(), view.rows.end(),
                                     [&](const view::PhotoRow& row) { return row.photo == id; });
  const Status shown = fetched.ok() && is_wanted ? show_large(desk, id) : fetched;
  if (!shown.ok()) desk.toast(shown.error());
  desk.refresh();
  desk.publish();
}

void fetch(Desk& desk, const Photo& wanted) {
  const auto self = desk.store->bundles().self();
  if (!self.ok()) return desk.toast(self.error());
  desk.screens.member.photos.fetching = true;
  const std::uint64_t session = desk.session;
  const sync::wire::PictureName name{*wanted.name, wanted.id};
  desk.fetching = std::make_shared<sync::laptop::CancelFlag>(false);
  desk.net_thread.post([&desk, session, name, address = self->address, cancel = desk.fetching] {
    ReplicaProxy replica(desk, session);
    const auto transport = desk.transport(address);
    const Status fetched = sync::laptop::fetch_picture(replica, *transport, name, *cancel);
    desk.store_thread.post(
        [&desk, session, name, fetched] { finish_fetch(desk, session, name.record, fetched); });
  });
}

}  // namespace

Result<view::PhotosView> build_photos(store::LaptopStore& store, const view::Wording& wording,
                                      const Id& member) {
  view::PhotosView view;
  LX_TRY(std::vector<Id> photos, store::attachments_around(store.database(), member));
  view.total = static_cast<std::uint32_t>(photos.size());
  if (photos.size() > kPhotosShownMax) photos.resize(kPhotosShownMax);
  for (const Id& id : photos) {
    LX_TRY(const Photo one, photo(store, id));
    view::PhotoRow row;
    row.photo = one.id;
    const std::string of =
        one.parent_kind == "member" ? std::string() : wording.text("kind." + one.parent_kind);
    row.title =
        view::Wording::dotted({wording.day(one.taken_on, Date::of(store.clock().now_ms())), of, one.caption});
    row.where = where_of(wording, one);
    if (!one.thumbnail.empty()) row.small = decoded(one.thumbnail);
    row.can_open = one.name && !one.purged;
    view.rows.push_back(std::move(row));
  }
  return view;
}

void handle(Desk& desk, const AddPhoto& command) {
  const auto add = [&]() -> Result<AddedPhoto> {
    LX_TRY(const Bytes file, read_file(command.path, picture::kFileBytesMax));
    return add_photo(*desk.store, command.record, file, command.caption);
  };
  const auto added = add();
  if (!added.ok()) {
    desk.toast(added.error());
  } else if (!added->saved.ok) {
    desk.toast(desk.refusal(added->saved, "attachment"), {}, Tone::kNeedsYou);
  } else {
    const domain::Kind& kind = *desk.store->records().catalogue().kind("attachment");
    desk.toast(
        with_warnings(desk.wording, desk.wording.text(added->already ? "photo.already" : "photo.added"),
                      place_warnings(desk.wording, kind, added->saved)),
        added->saved.undo_token);
  }
  desk.refresh();
  desk.publish();
}

void handle(Desk& desk, const OpenPhoto& command) {
  view::PhotosView& view = desk.screens.member.photos;
  view.open = Id();
  view.large.reset();
  if (command.photo.is_nil()) return desk.publish();
  const auto wanted = photo_wanted(desk, command.photo);
  if (!wanted.ok()) {
    desk.toast(wanted.error());
  } else if (wanted->here) {
    if (const Status shown = show_large(desk, command.photo); !shown.ok()) desk.toast(shown.error());
  } else if (!view.fetching) {
    fetch(desk, *wanted);
  }
  desk.publish();
}

}  // namespace lianxin::client::app
