#pragma once
// Pictures in the laptop's database, content-addressed and each once (migrations/0008). They come with the
// save of the record that names them, in its transaction, and go with the last record that does. One thread.
//
// `kept_epoch` says which life of the server has a picture, so that a restored one is asked anew. The journal
// has no pictures: one that was not sent has one copy.
#include <functional>
#include <utility>
#include <vector>

#include "client/store/identity.hpp"
#include "client/store/records_impl.hpp"
#include "sync/laptop/picture_store.hpp"

namespace lianxin::client::store {

/// Inside the transaction of a save: the picture of a new attachment.
[[nodiscard]] Status keep_picture(lianxin::store::Database& database, const Id& record, BytesView picture);
/// The record has left or its picture was purged: the picture goes with the last record that names it.
[[nodiscard]] Status forget_picture(lianxin::store::Database& database, const Id& record);
/// The record's picture is here and not known to be at the server of the present epoch.
[[nodiscard]] Result<bool> is_picture_unsent(lianxin::store::Database& database, const Id& record);
[[nodiscard]] Result<sync::laptop::UnsentPictures> count_unsent_pictures(lianxin::store::Database& database);

/// Attachments of a record and of what hangs on it, newest first; not the void ones.
[[nodiscard]] Result<std::vector<Id>> attachments_around(lianxin::store::Database& database,
                                                         const Id& record);

/// The store's half of sending and fetching (sync/laptop/pictures.hpp).
class StorePictures final : public sync::laptop::PictureStore {
 public:
  /// All must outlive it. `erased` = called after records have left, so that no log keeps them.
  StorePictures(RecordsImpl& records, const Identity& identity, std::function<Status()> erased)
      : records_(records), identity_(identity), erased_(std::move(erased)) {}

  /// For the next request; "" = nothing is unsent. At most kPicturesAskedMax, the oldest.
  [[nodiscard]] Result<Bytes> ask();
  /// Inside the transaction of an answer. Without the part nothing is wanted.
  [[nodiscard]] Status take(const sync::wire::ExchangeAnswer& answer);

  [[nodiscard]] Result<sync::laptop::PictureCall> picture_call() override;
  [[nodiscard]] Result<Bytes> sign_picture(BytesView message) override;
  [[nodiscard]] Result<std::vector<sync::laptop::WantedPicture>> wanted() override { return wanted_; }
  [[nodiscard]] Result<Bytes> piece(const Hash256& name, std::uint64_t offset,
                                    std::size_t bytes_max) override;
  [[nodiscard]] Status note_kept(const Hash256& name) override;
  [[nodiscard]] Result<sync::laptop::UnsentPictures> unsent_pictures() override;
  [[nodiscard]] Result<std::uint64_t> settle_pictures() override;
  [[nodiscard]] Result<sync::laptop::PictureHere> picture_here(const Hash256& name) override;
  [[nodiscard]] Status keep_piece(const sync::wire::PictureName& name, std::uint64_t size,
                                  std::uint64_t offset, BytesView content) override;

 private:
  [[nodiscard]] Result<std::uint64_t> epoch();

  RecordsImpl& records_;
  const Identity& identity_;
  std::function<Status()> erased_;
  std::vector<sync::laptop::WantedPicture> wanted_;
};

}  // namespace lianxin::client::store
