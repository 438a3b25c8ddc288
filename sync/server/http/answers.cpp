#include "sync/server/http/answers.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace lianxin::sync::server::http {
namespace {

constexpr int kRetryAfterSeconds = 5;
constexpr const char* kMessageType = "application/x-lianxin";

/// The first row whose beginning fits.
constexpr std::array<std::pair<std::string_view, int>, 16> kStatusByCode = {{
    {"wire.too_large", 413},
    {"wire.", 400},
    {"server.busy", 503},
    {"server.clock_jumped", 503},
    {"store.busy", 503},
    {"store.unreachable", 503},  // a database that is being started again
    {"store.", 500},
    {"server.no_such_path", 404},
    {"server.method", 405},
    {"server.", 500},
    {"exchange.device", 403},
    {"exchange.signature", 403},
    {"exchange.", 409},
    {"sync.revoked", 403},
    {"file.", 500},
    {"enrol.", 403},
}};

int status_of(std::string_view code) {
  for (const auto& [beginning, status] : kStatusByCode) {
    if (code.starts_with(beginning)) return status;
  }
  return 400;
}

}  // namespace

Response error_response(const Error& error) {
  Response response;
  response.status = status_of(error.code);
  // What is wrong inside this machine is for its own log, not for whoever asks.
  const bool is_inside = response.status == 500 || error.code.starts_with("store.");
  response.content_type = kMessageType;
  response.body =
      wire::pack(is_inside ? wire::WireError{response.status == 500 ? "server.failed" : "server.busy", {}}
                           : wire::WireError::of(error));
  if (response.status == 503) response.retry_after_s = kRetryAfterSeconds;
  return response;
}

Response message_response(Bytes packed) {
  return {.status = 200, .content_type = kMessageType, .body = std::move(packed)};
}

Response text_response(std::string text, std::string content_type) {
  return {.status = 200, .content_type = std::move(content_type), .body = std::move(text)};
}

}  // namespace lianxin::sync::server::http
