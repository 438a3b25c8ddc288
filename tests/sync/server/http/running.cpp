#include "tests/sync/server/http/running.hpp"

#include <doctest/doctest.h>

namespace lianxin::test {

using namespace sync::server::http;  // NOLINT: a test's own file

const TlsFiles& test_tls() {
  static const TlsFiles kFiles =
      make_tls_files("test", {"127.0.0.1", "localhost"}, SystemClock().now_ms()).value();
  return kFiles;
}

Running::Running(OnRequest on_request, const HttpLimits& limits) {
  auto started = HttpServer::start("127.0.0.1:0", test_tls(), limits, metrics, std::move(on_request));
  REQUIRE(started.ok());
  server = std::move(*started);
}

sync::laptop::ServerAddress Running::address(const std::string& pin) const {
  sync::laptop::ServerAddress address;
  address.url = "https://" + server->listening();
  address.key_pins = pin.empty() ? key_pin(test_tls().certificate).value() : pin;
  return address;
}

std::unique_ptr<sync::laptop::Transport> Running::laptop() const {
  return sync::laptop::make_curl_transport(address());
}

void echo(Request request, Reply reply) {
  reply.send({.status = 200, .content_type = "application/x-lianxin", .body = std::move(request.body)});
}

Result<Bytes> post(sync::laptop::Transport& transport, const std::string& path, const Bytes& body) {
  const sync::laptop::CancelFlag never{false};
  return transport.post(path, body, {}, never);
}

}  // namespace lianxin::test
