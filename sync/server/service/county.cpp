#include "sync/server/service/county.hpp"

#include <algorithm>
#include <charconv>

namespace lianxin::sync::server {
namespace {

/// "EPOCH MS": when the first exchange of a life that a restore began was.
constexpr std::string_view kMetaFirstExchange = "first_exchange";

std::string first_word(std::uint64_t epoch) { return std::to_string(epoch) + " "; }

Result<Bytes> must(store::Reader& reader, std::string_view name) {
  LX_TRY(auto value, reader.meta(name));
  if (!value) return fail("server.not_made", {}, std::string(name));
  return std::move(*value);
}

}  // namespace

Result<County> load_county(store::Reader& reader) {
  County county;
  LX_TRY(const Bytes server, must(reader, "server"));
  LX_TRY(county.server, Id::from_bytes(server));
  LX_TRY(county.name, must(reader, "name"));
  LX_TRY(const Bytes epoch, must(reader, "epoch"));
  county.epoch = std::strtoull(epoch.c_str(), nullptr, 10);
  LX_TRY(const Bytes replica, must(reader, "replica"));
  LX_TRY(county.replica, ReplicaId::parse(replica));
  LX_TRY(county.sign_keys.open, must(reader, "sign_public"));
  LX_TRY(county.sign_keys.secret, must(reader, "sign_secret"));
  LX_TRY(county.seal_keys.open, must(reader, "seal_public"));
  LX_TRY(county.seal_keys.secret, must(reader, "seal_secret"));
  LX_TRY(const Bytes administrator, must(reader, "administrator"));
  LX_TRY(county.administrator, Id::from_bytes(administrator));
  LX_TRY(county.url, must(reader, "url"));
  LX_TRY(county.listen, must(reader, "listen"));
  return county;
}

Result<WallMs> restored_ms(store::Reader& reader, const County& county) {
  if (county.epoch <= kEpochFirst) return WallMs{0};
  const auto told = static_cast<WallMs>(county.epoch) * 1000;
  LX_TRY(const auto first, reader.meta(kMetaFirstExchange));
  if (!first || !first->starts_with(first_word(county.epoch))) return told;
  WallMs at = 0;
  const char* digits = first->data() + first_word(county.epoch).size();
  std::from_chars(digits, first->data() + first->size(), at);
  return std::max(told, at);
}

Status note_exchange(store::Writer& writer, const County& county, WallMs now_ms) {
  if (county.epoch <= kEpochFirst) return {};
  LX_TRY(const auto first, writer.meta(kMetaFirstExchange));
  const std::string word = first_word(county.epoch);
  if (first && first->starts_with(word)) return {};
  return writer.put_meta(kMetaFirstExchange, word + std::to_string(now_ms));
}

Status save_county(store::Writer& writer, const County& county) {
  LX_DO(writer.put_meta("server", county.server.bytes()));
  LX_DO(writer.put_meta("name", county.name));
  LX_DO(writer.put_meta("epoch", std::to_string(county.epoch)));
  LX_DO(writer.put_meta("replica", county.replica.text()));
  LX_DO(writer.put_meta("sign_public", county.sign_keys.open));
  LX_DO(writer.put_meta("sign_secret", county.sign_keys.secret));
  LX_DO(writer.put_meta("seal_public", county.seal_keys.open));
  LX_DO(writer.put_meta("seal_secret", county.seal_keys.secret));
  LX_DO(writer.put_meta("administrator", county.administrator.bytes()));
  LX_DO(writer.put_meta("url", county.url));
  return writer.put_meta("listen", county.listen);
}

}  // namespace lianxin::sync::server
