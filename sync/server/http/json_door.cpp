#include "sync/server/http/json_door.hpp"

#include "shared/base/text.hpp"

namespace lianxin::sync::server::http {
namespace {

constexpr std::string_view kJson = "application/json";

template <class M>
Result<std::string> as_json(BytesView body) {
  LX_TRY(const M message, wire::unpack<M>(body));
  return wire::to_json(message) + "\n";
}

Result<std::string> any_as_json(BytesView body) {
  LX_TRY(const wire::MessageKind kind, wire::kind_of(body));
  if (kind == wire::MessageKind::kExchangeAnswer) return as_json<wire::ExchangeAnswer>(body);
  if (kind == wire::MessageKind::kEnrolAnswer) return as_json<wire::EnrolAnswer>(body);
  if (kind == wire::MessageKind::kError) return as_json<wire::WireError>(body);
  return fail("wire.malformed");
}

}  // namespace

bool is_json(const std::string& content_type) {
  return trim(to_lower_ascii(content_type.substr(0, content_type.find(';')))) == kJson;
}

bool takes_json(const std::string& accept) {
  for (const std::string& one : split(accept, ',')) {
    if (is_json(one)) return true;
  }
  return false;
}

template <class M>
Result<Bytes> packed(BytesView body) {
  // A packed message begins with the letters of its envelope.
  if (!body.starts_with('{')) return Bytes(body);
  LX_TRY(const M message, wire::from_json<M>(body));
  return wire::pack(message);
}

template Result<Bytes> packed<wire::SignedRequest>(BytesView);
template Result<Bytes> packed<wire::EnrolRequest>(BytesView);

Response in_json(Response response) {
  auto text = any_as_json(response.body);
  if (!text.ok()) return response;
  response.content_type = kJson;
  response.body = std::move(*text);
  return response;
}

}  // namespace lianxin::sync::server::http
