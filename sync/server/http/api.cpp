#include "sync/server/http/api.hpp"

#include "shared/base/log.hpp"
#include "sync/server/http/answers.hpp"
#include "sync/server/http/json_door.hpp"
#include "sync/server/service/page_links.hpp"

namespace lianxin::sync::server::http {

namespace {

/// Verifies either form, on the thread that verifies.
ExchangeSteps in_either_form(ExchangeSteps steps) {
  steps.verify = [verify = std::move(steps.verify)](BytesView body) -> Result<Verified> {
    LX_TRY(const Bytes message, packed<wire::SignedRequest>(body));
    return verify(message);
  };
  return steps;
}

}  // namespace

Api::Api(ApiSteps steps, const QueueLimits& limits, Metrics& metrics)
    : steps_(std::move(steps)), metrics_(metrics), queue_(in_either_form(steps_.exchange), limits, metrics) {}

void Api::on_request(Request request, Reply reply) {
  const bool is_exchange = request.path == "/v1/exchange";
  const bool is_enrol = request.path == "/v1/enrol";
  const bool is_health = request.path == "/v1/health";
  const bool is_metrics = request.path == "/metrics";
  const bool is_picture = request.path == "/v1/picture" && steps_.put_picture && steps_.get_picture;
  const bool is_put = request.method == "PUT";
  if ((is_exchange || is_enrol) && takes_json(request.accept)) reply.through(in_json);
  const bool is_page = steps_.page && request.path.starts_with(kPagePrefix);
  if (is_picture && (is_put || request.method == "POST")) {
    queue_.run([this, is_put, body = std::move(request.body)] { return picture(is_put, body); },
               std::move(reply));
  } else if (is_page && request.method == "GET") {
    queue_.run([this, request = std::move(request)] { return steps_.page(request.path, request.languages); },
               std::move(reply));
  } else if (!is_exchange && !is_enrol && !is_health && !is_metrics && !is_picture && !is_page) {
    reply.send(error_response(fail("server.no_such_path")));
  } else if (is_picture || is_page || request.method != (is_exchange || is_enrol ? "POST" : "GET")) {
    reply.send(error_response(fail("server.method")));
  } else if ((is_exchange || is_enrol) && is_json(request.content_type) != request.body.starts_with('{')) {
    reply.send(error_response(fail("wire.malformed")));
  } else if (is_exchange) {
    queue_.submit(std::move(request.body), request.arriving_ms, std::move(reply));
  } else if (is_enrol) {
    queue_.run([this, body = std::move(request.body)] { return enrol(body); }, std::move(reply));
  } else if (is_health) {
    queue_.run([this] { return health(); }, std::move(reply));
  } else {
    reply.send(text_response(metrics_.text(), "text/plain; version=0.0.4"));
  }
}

Response Api::enrol(BytesView message) {
  const auto body = packed<wire::EnrolRequest>(message);
  if (!body.ok()) return error_response(body.error());
  const auto request = wire::unpack<wire::EnrolRequest>(*body);
  if (!request.ok()) return error_response(request.error());
  const auto answer = steps_.enrol(*request);
  if (!answer.ok()) {
    log_error("enrol.refused", answer.error());
    return error_response(answer.error());
  }
  ++metrics_.enrolments;
  log_event("enrol", {{"device", answer->device.text()}});
  return message_response(wire::pack(*answer));
}

Response Api::picture(bool is_put, BytesView message) {
  const auto answer = is_put ? steps_.put_picture(message) : steps_.get_picture(message);
  if (!answer.ok()) {
    log_error("picture.refused", answer.error());
    return error_response(answer.error());
  }
  ++(is_put ? metrics_.picture_pieces_in : metrics_.picture_pieces_out);
  return message_response(wire::pack(*answer));
}

Response Api::health() {
  if (const Status status = steps_.health(); !status.ok()) {
    log_error("health", status.error());
    return error_response(fail("server.busy"));
  }
  return text_response("{\"ok\":true}\n", "application/json");
}

}  // namespace lianxin::sync::server::http
