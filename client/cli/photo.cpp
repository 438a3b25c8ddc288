// photo add, list, get: pictures of a visit, a member, a delivery, a question, a consultation.
#include <filesystem>

#include "client/app/photos.hpp"
#include "client/cli/record_shape.hpp"
#include "client/cli/reveal.hpp"
#include "client/cli/warnings.hpp"
#include "client/picture/picture.hpp"
#include "shared/base/file.hpp"
#include "sync/laptop/pictures.hpp"

namespace lianxin::client::cli {
namespace {

Json photo_json(const app::Photo& photo) {
  return {{"id", photo.id.text()},      {"sha256", photo.name ? Json(photo.name->hex()) : Json()},
          {"bytes", photo.bytes},       {"width", photo.width},
          {"height", photo.height},     {"caption", photo.caption},
          {"taken_on", photo.taken_on}, {"thumbnail_bytes", photo.thumbnail.size()},
          {"here", photo.here},         {"unsent", photo.unsent},
          {"purged", photo.purged}};
}

std::string kilobytes(std::uint64_t bytes) { return std::to_string((bytes + 1023) / 1024); }

void say_photo(Call& call, const app::Photo& photo) {
  const char* where = photo.purged   ? "photo.where.purged"
                      : !photo.name  ? "photo.where.hidden"
                      : photo.unsent ? "photo.where.unsent"
                      : photo.here   ? "photo.where.here"
                                     : "photo.where.county";
  call.terminal.say("photo.line", {{"id", photo.id.text()},
                                   {"date", photo.taken_on},
                                   {"width", std::to_string(photo.width)},
                                   {"height", std::to_string(photo.height)},
                                   {"kilobytes", kilobytes(photo.bytes)},
                                   {"caption", photo.caption},
                                   {"where", call.terminal.words(where)}});
}

/// Brings it from the server where only the thumbnail is here. True = it had to.
Result<bool> bring(Call& call, store::LaptopStore& store, app::Photo& photo) {
  if (photo.purged) return fail("photo.purged", {{"id", photo.id.text()}});
  if (!photo.name) return fail("photo.hidden", {{"id", photo.id.text()}});
  if (photo.here) return false;
  const auto transport = sync::laptop::make_curl_transport(address_of(call, store));
  const sync::laptop::CancelFlag never{false};
  LX_DO(sync::laptop::fetch_picture(*store.replica().pictures(), *transport, {*photo.name, photo.id}, never));
  LX_TRY(photo, app::photo(store, photo.id));
  return true;
}

}  // namespace

Exit photo_add(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Id record, store->records().find_id(call.options.id));
  LX_TRY(const Bytes file, read_file(call.options.file, picture::kFileBytesMax));
  auto added = app::add_photo(*store, record, file, call.options.text);
  if (!added.ok()) {
    Error error = std::move(added).error();
    error.record = call.options.id;
    return error;
  }
  if (!added->saved.ok) return refuse(call, "attachment", added->saved.problems);
  Json json = photo_json(added->photo);
  const Json warnings = place_warnings(call, *call.terminal.catalogue().kind("attachment"), added->saved);
  if (!warnings.empty()) json["warnings"] = warnings;
  json["change"] = added->saved.changes.empty() ? Json() : Json(added->saved.changes.front().text());
  json["already"] = added->already;
  if (call.terminal.json()) {
    call.terminal.value(with_copies(call, std::move(json)));
    return 0;
  }
  call.terminal.say(added->already ? "photo.already" : "photo.added");
  say_photo(call, added->photo);
  say_warnings(call, warnings);
  call.terminal.say("photo.no_id_cards");
  return 0;
}

Exit photo_list(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Id record, store->records().find_id(call.options.id));
  LX_TRY(const std::vector<app::Photo> photos, app::photos_of(*store, record));
  Json json = Json::array();
  for (const app::Photo& photo : photos) {
    json.push_back(photo_json(photo));
    if (!call.terminal.json()) say_photo(call, photo);
  }
  if (call.terminal.json()) {
    call.terminal.value(json);
  } else if (photos.empty()) {
    call.terminal.say("photo.none_yet");
  }
  return 0;
}

Exit photo_get(Call& call) {
  namespace fs = std::filesystem;
  std::error_code none;
  if (fs::exists(call.options.out, none)) return fail("photo.exists", {{"file", call.options.out}});
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Id id, store->records().find_id(call.options.id));
  LX_TRY(app::Photo photo, app::photo(*store, id));
  auto fetched = bring(call, *store, photo);
  if (!fetched.ok()) {
    Error error = std::move(fetched).error();
    error.record = call.options.id;
    return error;
  }
  LX_TRY(const auto content, app::picture_of(*store, photo));
  if (!content) return fail("picture.not_there");
  LX_DO(note_export(call, *store, {"photo", Id{}, "", id, 1}));
  LX_DO(replace_file(call.options.out, *content));
  if (call.terminal.json()) {
    call.terminal.value({{"id", photo.id.text()},
                         {"file", call.options.out},
                         {"bytes", content->size()},
                         {"fetched", *fetched}});
  } else {
    call.terminal.say(*fetched ? "photo.fetched" : "photo.written",
                      {{"file", call.options.out}, {"kilobytes", kilobytes(content->size())}});
  }
  return 0;
}

}  // namespace lianxin::client::cli
