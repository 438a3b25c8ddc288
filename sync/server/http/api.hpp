#pragma once
// The server's paths: POST /v1/exchange, POST /v1/enrol, PUT and POST /v1/picture, GET /v1/health, GET
// /metrics, GET /office/... (the office's page).
#include <memory>

#include "sync/server/http/exchange_queue.hpp"
#include "sync/server/http/http_server.hpp"
#include "sync/server/http/metrics.hpp"
#include "sync/wire/pictures.hpp"

namespace lianxin::sync::server::http {

/// What stands behind the paths. `enrol` and `health` may be called by several threads at once.
struct ApiSteps {
  ExchangeSteps exchange;
  std::function<Result<wire::EnrolAnswer>(const wire::EnrolRequest&)> enrol;
  std::function<Status()> health;  ///< the store answers
  std::function<Result<wire::PictureAnswer>(BytesView)>
      put_picture;  ///< these two as `enrol`; unset = no such path
  std::function<Result<wire::PictureAnswer>(BytesView)> get_picture;
  /// What a browser asked for, any path below /office/; as `enrol`; unset = no such path.
  std::function<Response(const std::string& path, const std::string& languages)> page;
};

class Api {
 public:
  Api(ApiSteps steps, const QueueLimits& limits, Metrics& metrics);

  /// For HttpServer; does not wait.
  void on_request(Request request, Reply reply);
  /// Answers everything that was taken. Stop the HttpServer first.
  void stop() { queue_.stop(); }

 private:
  [[nodiscard]] Response enrol(BytesView message);
  [[nodiscard]] Response health();
  [[nodiscard]] Response picture(bool is_put, BytesView message);

  ApiSteps steps_;
  Metrics& metrics_;
  ExchangeQueue queue_;
};

}  // namespace lianxin::sync::server::http
