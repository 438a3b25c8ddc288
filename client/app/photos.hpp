#pragma once
// Photos of a record: taken in, added, listed. Shared by the window and lianxinctl. Store thread.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/store/laptop_store.hpp"
#include "shared/base/hash.hpp"

namespace lianxin::client::app {

struct Photo {
  Id id;                        ///< of the attachment
  std::string parent_kind;      ///< of the record it hangs on: "visit"
  std::optional<Hash256> name;  ///< nullopt = this laptop is not told of the picture, only that there is one
  std::uint64_t bytes = 0;
  int width = 0;
  int height = 0;
  std::string caption;
  std::string taken_on;
  Bytes thumbnail;      ///< JPEG
  bool here = false;    ///< the whole picture
  bool unsent = false;  ///< the record or its picture is only here
  bool purged = false;
};

struct AddedPhoto {
  store::Saved saved;
  Photo photo;
  bool already = false;  ///< the record has this picture; nothing was saved
};
/// Takes a file's bytes in (client/picture) and keeps picture and attachment in one commit. Errors: those of
/// picture::take_in, "photo.parent" {kind}, "record.unknown" {id}, those of a save.
[[nodiscard]] Result<AddedPhoto> add_photo(store::LaptopStore& store, const Id& record, BytesView file,
                                           const std::string& caption);
/// Those of a record that stand (not void), oldest first. Error "record.unknown" {id}.
[[nodiscard]] Result<std::vector<Photo>> photos_of(store::LaptopStore& store, const Id& record);
/// Error "record.unknown" {id}, "photo.none" {id} (no attachment).
[[nodiscard]] Result<Photo> photo(store::LaptopStore& store, const Id& attachment);
/// The whole picture; nullopt = only its thumbnail is here.
[[nodiscard]] Result<std::optional<Bytes>> picture_of(store::LaptopStore& store, const Photo& photo);

}  // namespace lianxin::client::app
