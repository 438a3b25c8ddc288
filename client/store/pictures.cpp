#include "client/store/pictures.hpp"

#include "client/store/seal.hpp"
#include "client/store/store_opening.hpp"

namespace lianxin::client::store {

namespace laptop = sync::laptop;
namespace wire = sync::wire;

namespace {

/// Whole, and not known to be kept by the server of the present epoch.
constexpr std::string_view kUnsent =
    "whole = 1 AND kept_epoch != coalesce((SELECT value FROM meta WHERE name = 'epoch'), 0)";

std::string unsent_sql(std::string_view columns, std::string_view more) {
  return "SELECT " + std::string(columns) + " FROM picture p WHERE " + std::string(kUnsent) +
         std::string(more);
}

Result<std::optional<Bytes>> content_of(lianxin::store::Database& database, const Hash256& name) {
  auto select = database.prepare("SELECT content FROM picture WHERE sha256 = ?");
  LX_TRY(const bool found, select.bind_blob(1, name.bytes()).step());
  return found ? std::optional(select.blob(0)) : std::nullopt;
}

Status name_picture(lianxin::store::Database& database, const Id& record, const Hash256& name) {
  auto insert = database.prepare(
      "INSERT INTO picture_of VALUES(?, ?) ON CONFLICT DO UPDATE SET sha256 = excluded.sha256");
  return insert.bind(1, record).bind_blob(2, name.bytes()).run();
}

}  // namespace

Status keep_picture(lianxin::store::Database& database, const Id& record, BytesView picture) {
  const Hash256 name = sha256(picture);
  auto insert = database.prepare(
      "INSERT INTO picture(sha256, size, whole, content) VALUES(?, ?, 1, ?) ON CONFLICT(sha256) DO UPDATE "
      "SET size = "
      "excluded.size, whole = 1, content = excluded.content WHERE whole = 0");
  insert.bind_blob(1, name.bytes()).bind(2, static_cast<std::uint64_t>(picture.size())).bind_blob(3, picture);
  LX_DO(insert.run());
  return name_picture(database, record, name);
}

Status forget_picture(lianxin::store::Database& database, const Id& record) {
  Bytes name;
  {
    auto select = database.prepare("SELECT sha256 FROM picture_of WHERE record = ?");
    LX_TRY(const bool found, select.bind(1, record).step());
    if (!found) return {};
    name = select.blob(0);
  }
  auto unname = database.prepare("DELETE FROM picture_of WHERE record = ?");
  LX_DO(unname.bind(1, record).run());
  auto erase = database.prepare(
      "DELETE FROM picture WHERE sha256 = ?1 AND NOT EXISTS (SELECT 1 FROM picture_of WHERE sha256 = ?1)");
  return erase.bind_blob(1, name).run();
}

Result<bool> is_picture_unsent(lianxin::store::Database& database, const Id& record) {
  auto select = database.prepare(
      unsent_sql("1", " AND sha256 IN (SELECT sha256 FROM picture_of WHERE record = ?) LIMIT 1"));
  return select.bind(1, record).step();
}

Result<laptop::UnsentPictures> count_unsent_pictures(lianxin::store::Database& database) {
  auto select = database.prepare(unsent_sql("count(*), coalesce(sum(size), 0)", ""));
  LX_TRY(const bool found, select.step());
  return found ? laptop::UnsentPictures{select.natural(0), select.natural(1)} : laptop::UnsentPictures{};
}

Result<std::vector<Id>> attachments_around(lianxin::store::Database& database, const Id& record) {
  std::vector<Id> out;
  // The word about nil lets the index on parents be used.
  auto select = database.prepare(
      "SELECT r.id FROM record r JOIN k_attachment a ON a.r_id = r.id WHERE r.parent != "
      "x'00000000000000000000000000000000' AND r.parent IN (SELECT ?1 UNION ALL SELECT id FROM record WHERE "
      "parent != "
      "x'00000000000000000000000000000000' AND parent = ?1) AND r.flags & ?2 = 0 ORDER BY r.id DESC");
  select.bind(1, record).bind(2, static_cast<std::int64_t>(kVoided | kDeleted));
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    out.push_back(select.id(0));
  }
}

Result<std::uint64_t> StorePictures::epoch() {
  LX_TRY(const auto epoch, records_.meta().integer(kMetaEpoch));
  return static_cast<std::uint64_t>(epoch.value_or(0));
}

Result<Bytes> StorePictures::ask() {
  wire::PictureAsk ask;
  auto select = records_.database().prepare(unsent_sql(
      "sha256, (SELECT record FROM picture_of o WHERE o.sha256 = p.sha256 ORDER BY record LIMIT 1)",
      " AND EXISTS (SELECT 1 FROM picture_of o WHERE o.sha256 = p.sha256) ORDER BY id LIMIT ?"));
  select.bind(1, static_cast<std::uint64_t>(wire::kPicturesAskedMax));
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) break;
    LX_TRY(const Hash256 name, Hash256::from_bytes(select.blob(0)));
    ask.pictures.push_back({name, select.id(1)});
  }
  return ask.pictures.empty() ? Bytes() : wire::encode_pictures(ask);
}

Status StorePictures::take(const wire::ExchangeAnswer& answer) {
  wanted_.clear();
  const Bytes* part = wire::find_part(answer.parts, wire::kPartPictures);
  if (part == nullptr) return {};
  LX_TRY(const wire::PictureTold told, wire::decode_picture_told(*part));
  for (const wire::PictureState& state : told.pictures) {
    if (state.standing == wire::PictureStanding::kKept) LX_DO(note_kept(state.sha256));
    if (state.standing != wire::PictureStanding::kWanted) continue;
    auto select = records_.database().prepare(
        "SELECT p.size, o.record FROM picture p JOIN picture_of o USING(sha256) WHERE sha256 = ? AND whole = "
        "1 ORDER "
        "BY o.record LIMIT 1");
    LX_TRY(const bool found, select.bind_blob(1, state.sha256.bytes()).step());
    if (found) wanted_.push_back({{state.sha256, select.id(1)}, select.natural(0), state.offset});
  }
  return {};
}

Result<laptop::PictureCall> StorePictures::picture_call() {
  laptop::PictureCall call{identity_.server, identity_.device, 0, 0};
  LX_TRY(call.epoch, epoch());
  LX_TRY(const auto number, records_.meta().integer(kMetaExchangeNumber));
  call.number = static_cast<std::uint64_t>(number.value_or(0));
  return call;
}

Result<Bytes> StorePictures::sign_picture(BytesView message) { return sign_as_device(identity_, message); }

Result<Bytes> StorePictures::piece(const Hash256& name, std::uint64_t offset, std::size_t bytes_max) {
  LX_TRY(const auto content, content_of(records_.database(), name));
  if (!content || offset > content->size()) return fail("picture.not_here");
  return content->substr(static_cast<std::size_t>(offset), bytes_max);
}

Status StorePictures::note_kept(const Hash256& name) {
  LX_TRY(const std::uint64_t now, epoch());
  auto update =
      records_.database().prepare("UPDATE picture SET kept_epoch = ? WHERE sha256 = ? AND whole = 1");
  return update.bind(1, now).bind_blob(2, name.bytes()).run();
}

Result<laptop::UnsentPictures> StorePictures::unsent_pictures() {
  return count_unsent_pictures(records_.database());
}

Result<std::uint64_t> StorePictures::settle_pictures() {
  LX_TRY(auto transaction, lianxin::store::Transaction::begin(records_.database()));
  LX_TRY(const std::uint64_t gone, records_.erase_leaving());
  LX_DO(transaction.commit());
  if (gone > 0) LX_DO(erased_());
  return gone;
}

Result<laptop::PictureHere> StorePictures::picture_here(const Hash256& name) {
  auto select = records_.database().prepare("SELECT whole, length(content) FROM picture WHERE sha256 = ?");
  LX_TRY(const bool found, select.bind_blob(1, name.bytes()).step());
  return found ? laptop::PictureHere{select.integer(0) != 0, select.natural(1)} : laptop::PictureHere{};
}

Status StorePictures::keep_piece(const wire::PictureName& name, std::uint64_t size, std::uint64_t offset,
                                 BytesView content) {
  auto& database = records_.database();
  LX_TRY(auto transaction, lianxin::store::Transaction::begin(database));
  LX_TRY(const auto before, content_of(database, name.sha256));
  Bytes now = before.value_or("");
  if (offset != now.size() || content.empty() || size > wire::kPictureBytesMax ||
      content.size() > size - offset)
    return fail("wire.malformed", {}, "piece of a picture");
  now += content;
  const bool is_whole = now.size() == size;
  if (is_whole && sha256(now) != name.sha256) {
    auto erase = database.prepare("DELETE FROM picture WHERE sha256 = ?");
    LX_DO(erase.bind_blob(1, name.sha256.bytes()).run());
    LX_DO(transaction.commit());
    return fail("picture.wrong");
  }
  LX_TRY(const std::uint64_t kept_epoch, epoch());
  auto upsert = database.prepare(
      "INSERT INTO picture(sha256, size, whole, kept_epoch, content) VALUES(?, ?, ?, ?, ?) ON "
      "CONFLICT(sha256) DO UPDATE "
      "SET size = excluded.size, whole = excluded.whole, kept_epoch = excluded.kept_epoch, content = "
      "excluded.content");
  upsert.bind_blob(1, name.sha256.bytes()).bind(2, size).bind(3, is_whole).bind(4, is_whole ? kept_epoch : 0);
  LX_DO(upsert.bind_blob(5, now).run());
  LX_DO(name_picture(database, name.record, name.sha256));
  return transaction.commit();
}

}  // namespace lianxin::client::store
