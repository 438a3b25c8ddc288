#include "sync/server/http/api.hpp"

#include <doctest/doctest.h>

#include "shared/base/log.hpp"
#include "sync/server/http/answers.hpp"
#include "sync/server/http/json_door.hpp"
#include "sync/server/http/metrics.hpp"
#include "tests/sync/server/http/fake_steps.hpp"
#include "tests/sync/server/http/running.hpp"
#include "tests/sync/server/http/tls_client.hpp"

namespace lianxin::test {
namespace {

using namespace sync::server::http;  // NOLINT: a test's own file

/// The whole front with fakes behind it.
struct Front {
  Front()
      : api(steps(), {}, metrics), running([this](Request request, Reply reply) {
          api.on_request(std::move(request), std::move(reply));
        }) {
    set_log_target("off");
  }
  ~Front() {
    running.server->stop();
    api.stop();
    set_log_target("");
  }
  ApiSteps steps() {
    ApiSteps out;
    out.exchange = fake.steps();
    out.enrol = [](const sync::wire::EnrolRequest& request) -> Result<sync::wire::EnrolAnswer> {
      if (request.code != "RIGHT") return fail("enrol.code");
      sync::wire::EnrolAnswer answer;
      answer.worker_name = "worker";
      return answer;
    };
    out.health = [this]() -> Status {
      if (store_gone) return fail("store.io");
      return {};
    };
    out.put_picture = [](BytesView message) -> Result<sync::wire::PictureAnswer> {
      if (message == "revoked") return fail("sync.revoked");
      return sync::wire::PictureAnswer{
          {sha256(message), sync::wire::PictureStanding::kWanted, message.size()}, 0, ""};
    };
    out.get_picture = [](BytesView message) -> Result<sync::wire::PictureAnswer> {
      return sync::wire::PictureAnswer{{sha256(message), sync::wire::PictureStanding::kKept, 0}, 5, "bytes"};
    };
    out.page = [](const std::string& path, const std::string& languages) {
      Response response;
      response.content_type = "text/html; charset=utf-8";
      response.is_page = true;
      response.body = path + "|" + languages;
      return response;
    };
    return out;
  }
  /// Status line of a request without a body.
  std::string status(const std::string& method, const std::string& path) {
    TlsClient client(running.port());
    client.send(method + " " + path +
                " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    const std::string all = client.read_all(3000);
    return all.substr(0, all.find("\r\n"));
  }
  std::string body(const std::string& path) {
    TlsClient client(running.port());
    client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string all = client.read_all(3000);
    return all.substr(all.find("\r\n\r\n") + 4);
  }

  FakeSteps fake;
  std::atomic<bool> store_gone{false};
  Metrics metrics;
  Api api;
  Running running;
};

TEST_CASE("paths and methods that do not exist are told apart") {
  Front front;
  CHECK(front.status("GET", "/v1/health") == "HTTP/1.1 200 OK");
  CHECK(front.status("GET", "/metrics") == "HTTP/1.1 200 OK");
  CHECK(front.status("GET", "/").starts_with("HTTP/1.1 404"));
  CHECK(front.status("POST", "/v1/exchange/..").starts_with("HTTP/1.1 404"));
  CHECK(front.status("GET", "/v1/exchange").starts_with("HTTP/1.1 405"));
  CHECK(front.status("DELETE", "/v1/enrol").starts_with("HTTP/1.1 405"));
  CHECK(front.status("POST", "/v1/exchange").starts_with("HTTP/1.1 400"));  // an empty message is none
}

TEST_CASE("a laptop enrols, and a wrong code comes back as an error it can say") {
  Front front;
  sync::wire::EnrolRequest request;
  request.code = "RIGHT";
  const auto answer = post(*front.running.laptop(), "/v1/enrol", sync::wire::pack(request));
  REQUIRE(answer.ok());
  CHECK(sync::wire::unpack<sync::wire::EnrolAnswer>(*answer)->worker_name == "worker");
  request.code = "WRONG";
  CHECK(post(*front.running.laptop(), "/v1/enrol", sync::wire::pack(request)).error().code == "enrol.code");
  CHECK(post(*front.running.laptop(), "/v1/enrol", "nonsense").error().code == "wire.malformed");
  CHECK(front.metrics.enrolments == 1);
}

TEST_CASE("an exchange goes through the queue, another kind of message is malformed") {
  Front front;
  const auto answer = post(*front.running.laptop(), "/v1/exchange", FakeSteps::message(7));
  REQUIRE(answer.ok());
  CHECK(sync::wire::unpack<sync::wire::ExchangeAnswer>(*answer)->ack.counter == 7);
  const auto wrong =
      post(*front.running.laptop(), "/v1/exchange", sync::wire::pack(sync::wire::EnrolRequest{}));
  CHECK(wrong.error().code == "wire.malformed");
}

TEST_CASE("the same messages go as JSON for whoever asks for it, errors too") {
  Front front;
  const auto ask = [&](const std::string& path, const std::string& type, const std::string& body) {
    TlsClient client(front.running.port());
    client.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type +
                "\r\nAccept: text/html, Application/JSON; q=0.9\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
    return client.read_all(3000);
  };
  const auto message = sync::wire::unpack<sync::wire::SignedRequest>(FakeSteps::message(7));
  const std::string json = sync::wire::to_json(*message);
  const std::string all = ask("/v1/exchange", "application/json; charset=utf-8", json);
  CHECK(all.starts_with("HTTP/1.1 200"));
  CHECK(all.find("Content-Type: application/json") != std::string::npos);
  const auto answer = sync::wire::from_json<sync::wire::ExchangeAnswer>(all.substr(all.find("\r\n\r\n") + 4));
  REQUIRE(answer.ok());
  CHECK(answer->ack.counter == 7);
  // What a device packed is answered as JSON too, and a wrong form is an error in the form asked for.
  CHECK(ask("/v1/exchange", "application/x-lianxin", FakeSteps::message(7)).find("\"verdict\"") !=
        std::string::npos);
  for (const auto& [type, body] : {std::pair<std::string, std::string>{"application/json", "nonsense"},
                                   {"application/json", "{\"device\":5}"},
                                   {"application/x-lianxin", json}}) {
    const std::string refused = ask("/v1/exchange", type, body);
    CHECK(refused.starts_with("HTTP/1.1 400"));
    CHECK(refused.find("{\"code\":\"wire.malformed\"") != std::string::npos);
  }
  sync::wire::EnrolRequest request;
  request.code = "RIGHT";
  CHECK(
      ask("/v1/enrol", "application/json", sync::wire::to_json(request)).find("\"worker_name\":\"worker\"") !=
      std::string::npos);
  request.code = "WRONG";
  CHECK(ask("/v1/enrol", "application/json", sync::wire::to_json(request)).find("enrol.code") !=
        std::string::npos);
  CHECK(front.metrics.enrolments == 1);
}

TEST_CASE("pieces of pictures come by PUT and go by POST on one path") {
  Front front;
  const auto laptop = front.running.laptop();
  const sync::laptop::CancelFlag never{false};
  const auto put = laptop->put("/v1/picture", "a piece", {}, never);
  REQUIRE(put.ok());
  CHECK(sync::wire::unpack<sync::wire::PictureAnswer>(*put)->state.offset == 7);
  const auto got = laptop->post("/v1/picture", "a question", {}, never);
  REQUIRE(got.ok());
  CHECK(sync::wire::unpack<sync::wire::PictureAnswer>(*got)->content == "bytes");
  CHECK(laptop->put("/v1/picture", "revoked", {}, never).error().code == "sync.revoked");
  CHECK(laptop->put("/v1/exchange", "x", {}, never).error().code == "server.method");
  CHECK(front.status("GET", "/v1/picture").starts_with("HTTP/1.1 405"));
  CHECK(front.status("DELETE", "/v1/picture").starts_with("HTTP/1.1 405"));
  CHECK(front.metrics.picture_pieces_in == 1);
  CHECK(front.metrics.picture_pieces_out == 1);
}

TEST_CASE("a server without pictures has no such path") {
  Metrics metrics;
  ApiSteps steps;
  steps.health = [] { return Status{}; };
  Api api(std::move(steps), {}, metrics);
  Running running(
      [&](Request request, Reply reply) { api.on_request(std::move(request), std::move(reply)); });
  const sync::laptop::CancelFlag never{false};
  CHECK(running.laptop()->put("/v1/picture", "a piece", {}, never).error().code == "server.no_such_path");
  running.server->stop();
  api.stop();
}

TEST_CASE("health tells whether the store answers") {
  Front front;
  CHECK(front.body("/v1/health") == "{\"ok\":true}\n");
  front.store_gone = true;
  CHECK(front.status("GET", "/v1/health").starts_with("HTTP/1.1 503"));
}

TEST_CASE("metrics count what happened, in a form Prometheus reads") {
  Front front;
  REQUIRE(post(*front.running.laptop(), "/v1/exchange", FakeSteps::message(1)).ok());
  const std::string text = front.body("/metrics");
  CHECK(text.find("# TYPE lianxin_exchanges_total counter\nlianxin_exchanges_total 1\n") !=
        std::string::npos);
  CHECK(text.find("lianxin_commits_total 1\n") != std::string::npos);
  CHECK(text.ends_with("\n"));
}

TEST_CASE("what is wrong inside the server is not told to whoever asks") {
  const Response response = error_response(fail("store.io", {{"file", "secret-place"}}));
  CHECK(response.status == 500);
  const auto error = sync::wire::unpack<sync::wire::WireError>(response.body);
  CHECK(error->code == "server.failed");
  CHECK(error->args.empty());
  CHECK(error_response(fail("exchange.device")).status == 403);
  CHECK(error_response(fail("exchange.number")).status == 409);
  CHECK(error_response(fail("store.busy")).retry_after_s > 0);
  // A database that is away is the county's matter as well; the laptop comes again.
  const Response away = error_response(fail("store.unreachable", {{"where", "secret-host/county"}}));
  CHECK(away.status == 503);
  CHECK(away.retry_after_s > 0);
  CHECK(away.body.find("secret-host") == std::string::npos);
  CHECK(sync::wire::unpack<sync::wire::WireError>(away.body)->code == "server.busy");
}

TEST_CASE("a page goes to browsers with what keeps it from being stored, framed or followed") {
  Front front;
  TlsClient client(front.running.port());
  client.send("GET /office/a/b HTTP/1.1\r\nHost: x\r\nAccept-Language: en-GB\r\nConnection: close\r\n\r\n");
  const std::string all = client.read_all(3000);
  CHECK(all.starts_with("HTTP/1.1 200"));
  CHECK(all.find("text/html") != std::string::npos);
  CHECK(all.find("no-store") != std::string::npos);
  CHECK(all.find("Content-Security-Policy: default-src 'none'") != std::string::npos);
  CHECK(all.find("no-referrer") != std::string::npos);
  CHECK(all.ends_with("/office/a/b|en-GB"));
  CHECK(front.status("POST", "/office/a/b").starts_with("HTTP/1.1 405"));
  CHECK(front.body("/v1/health") == "{\"ok\":true}\n");
}

}  // namespace
}  // namespace lianxin::test
