#pragma once
// A server of a test on a free port of this machine.
#include <memory>
#include <string>

#include "sync/laptop/transport.hpp"
#include "sync/server/http/http_server.hpp"

namespace lianxin::test {

/// Made once: a P-256 pair takes no time, but every test wants one.
const sync::server::http::TlsFiles& test_tls();

struct Running {
  explicit Running(sync::server::http::OnRequest on_request,
                   const sync::server::http::HttpLimits& limits = {});
  sync::server::http::Metrics metrics;
  std::unique_ptr<sync::server::http::HttpServer> server;
  [[nodiscard]] int port() const { return server->port(); }
  /// As a laptop knows it; without a pin of its own the right one is taken.
  [[nodiscard]] sync::laptop::ServerAddress address(const std::string& pin = "") const;
  [[nodiscard]] std::unique_ptr<sync::laptop::Transport> laptop() const;
};

/// Answers 200 with the body that came.
void echo(sync::server::http::Request request, sync::server::http::Reply reply);

/// A POST as a laptop sends it.
Result<Bytes> post(sync::laptop::Transport& transport, const std::string& path, const Bytes& body);

}  // namespace lianxin::test
