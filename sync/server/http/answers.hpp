#pragma once
// What goes back: packed messages, and errors as packed WireError with a status that says whose fault it is.
#include <string>

#include "sync/server/http/http_server.hpp"

namespace lianxin::sync::server::http {

/// 400 cannot be read, 403 may not, 404, 405, 409 comes out of order, 413 too large, 500 our fault, 503 too
/// busy (with Retry-After). The laptop says the sentence of the code in its own language.
[[nodiscard]] Response error_response(const Error& error);
[[nodiscard]] Response message_response(Bytes packed);
/// Text of the programs that watch the server.
[[nodiscard]] Response text_response(std::string text, std::string content_type);

}  // namespace lianxin::sync::server::http
