#pragma once
// The messages of /v1/exchange and /v1/enrol as JSON (design.md 6), for debugging and for programs of others:
// a request by `Content-Type: application/json`, an answer or error by `Accept: application/json`. Everything
// behind the door sees the packed message; who may do what, and what is signed, is the same.
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"
#include "sync/server/http/http_server.hpp"
#include "sync/wire/json.hpp"

namespace lianxin::sync::server::http {

/// By its header; parameters such as a charset are passed over.
[[nodiscard]] bool is_json(const std::string& content_type);
[[nodiscard]] bool takes_json(const std::string& accept);

/// A body as a packed message: unchanged unless it is JSON. Errors those of wire::from_json.
template <class M>
[[nodiscard]] Result<Bytes> packed(BytesView body);

/// A packed answer or error as JSON; anything else as it is.
[[nodiscard]] Response in_json(Response response);

}  // namespace lianxin::sync::server::http
