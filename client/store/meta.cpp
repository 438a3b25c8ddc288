#include "client/store/meta.hpp"

namespace lianxin::client::store {

Result<std::optional<std::int64_t>> Meta::integer(std::string_view name) {
  auto select = database_.prepare("SELECT value FROM meta WHERE name = ?");
  select.bind_text(1, name);
  LX_TRY(const bool found, select.step());
  if (!found) return std::optional<std::int64_t>{};
  return std::optional(select.integer(0));
}

Result<std::optional<Bytes>> Meta::bytes(std::string_view name) {
  auto select = database_.prepare("SELECT value FROM meta WHERE name = ?");
  select.bind_text(1, name);
  LX_TRY(const bool found, select.step());
  if (!found) return std::optional<Bytes>{};
  return std::optional(Bytes(select.blob(0)));
}

Status Meta::set(std::string_view name, std::int64_t value) {
  auto insert =
      database_.prepare("INSERT INTO meta VALUES(?, ?) ON CONFLICT DO UPDATE SET value = excluded.value");
  return insert.bind_text(1, name).bind(2, value).run();
}

Status Meta::set_bytes(std::string_view name, BytesView value) {
  auto insert =
      database_.prepare("INSERT INTO meta VALUES(?, ?) ON CONFLICT DO UPDATE SET value = excluded.value");
  return insert.bind_text(1, name).bind_blob(2, value).run();
}

namespace {

Result<std::uint64_t> number_of(Meta& meta, std::string_view name) {
  LX_TRY(const auto value, meta.integer(name));
  return static_cast<std::uint64_t>(value.value_or(0));
}

}  // namespace

Result<OwnState> read_own(lianxin::store::Database& database) {
  Meta meta(database);
  OwnState own;
  LX_TRY(own.end.replica.number, number_of(meta, kMetaReplica));
  LX_TRY(own.end.counter, number_of(meta, kMetaCounter));
  LX_TRY(own.acknowledged, number_of(meta, kMetaAcknowledged));
  LX_TRY(own.hlc.last, number_of(meta, kMetaHlc));
  LX_TRY(const auto offset, meta.integer(kMetaClockOffset));
  own.clock_offset_ms = offset.value_or(0);
  LX_TRY(const auto hash, meta.bytes(kMetaHash));
  if (hash) {
    LX_TRY(own.end.hash, Hash256::from_bytes(*hash));
  }
  LX_TRY(const auto worker, meta.bytes(kMetaWorker));
  if (worker) {
    LX_TRY(own.worker, Id::from_bytes(*worker));
  }
  return own;
}

Status write_own(lianxin::store::Database& database, const OwnState& own) {
  Meta meta(database);
  const auto number = [&](std::string_view name, std::uint64_t value) {
    return meta.set(name, static_cast<std::int64_t>(value));
  };
  LX_DO(number(kMetaReplica, own.end.replica.number));
  LX_DO(number(kMetaCounter, own.end.counter));
  LX_DO(number(kMetaAcknowledged, own.acknowledged));
  LX_DO(number(kMetaHlc, own.hlc.last));
  LX_DO(meta.set(kMetaClockOffset, own.clock_offset_ms));
  LX_DO(meta.set_bytes(kMetaHash, own.end.hash.bytes()));
  return meta.set_bytes(kMetaWorker, own.worker.bytes());
}

}  // namespace lianxin::client::store
