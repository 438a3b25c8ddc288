#include "sync/server/http/http_server.hpp"

#include <atomic>
#include <chrono>
#include <doctest/doctest.h>
#include <mutex>
#include <new>
#include <thread>
#include <vector>

#include "shared/base/log.hpp"
#include "tests/sync/server/http/running.hpp"
#include "tests/sync/server/http/tls_client.hpp"

namespace lianxin::test {
namespace {

using namespace sync::server::http;  // NOLINT: a test's own file
using namespace std::chrono_literals;

const std::string kGet = "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n";

/// Answers from a thread of its own, some time later.
class Later {
 public:
  explicit Later(std::chrono::milliseconds wait) : wait_(wait) {}
  ~Later() {
    for (std::thread& thread : threads_)
      thread.join();
  }
  void operator()(Request request, Reply reply) {
    const std::lock_guard lock(mutex_);
    threads_.emplace_back([wait = wait_, body = std::move(request.body), to = std::move(reply)]() mutable {
      std::this_thread::sleep_for(wait);
      to.send({.status = 200, .content_type = "application/x-lianxin", .body = std::move(body)});
    });
  }

 private:
  std::chrono::milliseconds wait_;
  std::mutex mutex_;
  std::vector<std::thread> threads_;
};

TEST_CASE("a laptop's curl takes the pin this server computes, and only that one") {
  Running running(echo);
  auto laptop = running.laptop();
  CHECK(post(*laptop, "/v1/exchange", "hello").value() == "hello");

  const TlsFiles other = make_tls_files("other", {"127.0.0.1"}, SystemClock().now_ms()).value();
  const std::string wrong = key_pin(other.certificate).value();
  auto stranger = sync::laptop::make_curl_transport(running.address(wrong));
  CHECK(post(*stranger, "/v1/exchange", "hello").error().code == "net.certificate");
  auto rotating = sync::laptop::make_curl_transport(
      running.address(wrong + ";" + key_pin(test_tls().certificate).value()));
  CHECK(post(*rotating, "/v1/exchange", "hello").ok());
}

TEST_CASE("with the county's own authority the name is checked as well") {
  Running running(echo);
  sync::laptop::ServerAddress address = running.address();
  address.certificate = test_tls().authority;
  CHECK(post(*sync::laptop::make_curl_transport(address), "/v1/exchange", "hello").ok());
  address.url = "https://localhost:" + std::to_string(running.port());
  CHECK(post(*sync::laptop::make_curl_transport(address), "/v1/exchange", "hello").ok());
}

TEST_CASE("TLS 1.2 is refused, TLS 1.3 is taken") {
  Running running(echo);
  CHECK_FALSE(TlsClient(running.port(), "NORMAL:-VERS-ALL:+VERS-TLS1.2").is_open());
  CHECK(TlsClient(running.port(), "NORMAL:-VERS-ALL:+VERS-TLS1.3").is_open());
}

TEST_CASE("an answer may come later, from another thread") {
  Later later(30ms);
  Running running(std::ref(later));
  auto laptop = running.laptop();
  for (const char* body : {"one", "two", "three"})
    CHECK(post(*laptop, "/v1/exchange", body).value() == body);
  CHECK(running.metrics.connections == 1);  // kept open between requests
}

TEST_CASE("an answer that nobody gave is status 500, so no laptop waits for ever") {
  Running running([](Request, const Reply&) {});
  const auto answer = post(*running.laptop(), "/v1/exchange", "x");
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().code == "server.failed");
  CHECK(running.metrics.answers_by_class[5] == 1);
}

TEST_CASE("what a handler throws ends its own connection and not the server") {
  set_log_target("off");
  Running running([](Request request, Reply reply) {
    if (request.body == "bad") throw std::bad_alloc();
    echo(std::move(request), std::move(reply));
  });
  for (int round = 0; round < 2; ++round) {
    CHECK_FALSE(post(*running.laptop(), "/v1/exchange", "bad").ok());
    CHECK(post(*running.laptop(), "/v1/exchange", "good").value() == "good");
  }
  running.server->stop();
  set_log_target("");
}

TEST_CASE("an answer to a client that has gone hurts nobody") {
  Later later(100ms);
  Running running(std::ref(later));
  {
    TlsClient client(running.port());
    client.send("POST /v1/exchange HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
  }
  CHECK(post(*running.laptop(), "/v1/exchange", "still here").value() == "still here");
}

TEST_CASE("sixteen laptops at once get each their own answer, a megabyte is no trouble") {
  Later later(5ms);
  Running running(std::ref(later));
  std::atomic<int> right{0};
  std::vector<std::thread> laptops;
  for (int i = 0; i < 16; ++i) {
    laptops.emplace_back([&running, &right, i] {
      auto laptop = running.laptop();
      for (int round = 0; round < 5; ++round) {
        const Bytes body(round == 4 ? 1'000'000 : 1000, static_cast<char>('a' + i));
        const auto answer = post(*laptop, "/v1/exchange", body);
        if (answer.ok() && *answer == body) ++right;
      }
    });
  }
  for (std::thread& laptop : laptops)
    laptop.join();
  CHECK(right == 16 * 5);
}

TEST_CASE("a body above the limit is refused before it is read") {
  HttpLimits limits;
  limits.body_bytes = 1000;
  std::atomic<int> calls{0};
  Running running(
      [&](Request request, Reply reply) {
        ++calls;
        echo(std::move(request), std::move(reply));
      },
      limits);
  TlsClient announced(running.port());
  announced.send("POST /v1/exchange HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n");
  CHECK(announced.read_until("\r\n", 3000).starts_with("HTTP/1.1 413"));
  TlsClient chunked(running.port());
  chunked.send("POST /v1/exchange HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "200\r\n" + std::string(0x200, 'x') + "\r\n";
  chunked.send(chunk + chunk + chunk);
  CHECK(chunked.is_closed_within(3000));
  CHECK(calls == 0);
  CHECK(running.metrics.cut_large == 2);
  CHECK(post(*running.laptop(), "/v1/exchange", Bytes(1000, 'x')).ok());
}

TEST_CASE("bodies together above the limit are put off with Retry-After, not taken and lost") {
  HttpLimits limits;
  limits.body_bytes_all = 1000;
  Running running(echo, limits);
  TlsClient client(running.port());
  client.send("POST /v1/exchange HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n");
  const std::string answer = client.read_until("\r\n\r\n", 3000);
  CHECK(answer.starts_with("HTTP/1.1 503"));
  CHECK(answer.find("Retry-After: 5") != std::string::npos);
  CHECK(running.metrics.turned_away == 1);
}

TEST_CASE("what is no HTTP is answered with 400 or cut, and the server goes on") {
  Running running(echo);
  const std::vector<std::string> nonsense = {
      "\r\n\r\n\r\n",
      std::string("\0\1\2\3\r\n\r\n", 8),
      "GET\r\n\r\n",
      "POST /v1/exchange HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
      "POST /v1/exchange HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n",
      "POST /v1/exchange HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "GET /" + std::string(100'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1\r\nX: " + std::string(1'000'000, 'a'),
  };
  for (std::size_t i = 0; i < nonsense.size(); ++i) {
    INFO("nonsense ", i);
    TlsClient client(running.port());
    REQUIRE(client.is_open());
    client.send(nonsense[i]);
    const std::string answer = client.read_all(300);
    const bool refused =
        answer.empty() || answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.0 4");
    CHECK(refused);
  }
  CHECK(post(*running.laptop(), "/v1/exchange", "fine").value() == "fine");
}

TEST_CASE("a client that drips its request is cut, one that goes on at a slow line's pace is not") {
  HttpLimits limits;
  limits.grace = 400ms;
  limits.bytes_per_s = 1000;
  std::atomic<std::int64_t> arriving_ms{0};
  Running running(
      [&](Request request, Reply reply) {
        arriving_ms = request.arriving_ms;
        echo(std::move(request), std::move(reply));
      },
      limits);
  TlsClient dripping(running.port());
  dripping.send("POST /v1/exchange HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n");
  TlsClient silent(running.port());
  TlsClient slow(running.port());
  slow.send("POST /v1/exchange HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n");
  for (int i = 0; i < 10; ++i) {  // 2,000 bytes a second
    dripping.send("x");
    REQUIRE(slow.send(std::string(400, 'x')));
    std::this_thread::sleep_for(200ms);
  }
  CHECK(slow.read_until("\r\n", 2000).starts_with("HTTP/1.1 200"));
  CHECK(arriving_ms >= 1000);
  CHECK(dripping.is_closed_within(1000));
  CHECK(silent.is_closed_within(1000));
  CHECK(running.metrics.cut_slow >= 2);
}

TEST_CASE("a hundred stalled uploads keep nobody else waiting") {
  Running running(echo);
  std::vector<std::unique_ptr<TlsClient>> stalled;
  for (int i = 0; i < 100; ++i) {
    stalled.push_back(std::make_unique<TlsClient>(running.port()));
    stalled.back()->send("POST /v1/exchange HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nab");
  }
  CHECK(post(*running.laptop(), "/v1/exchange", "quick").value() == "quick");
}

TEST_CASE("one address cannot take all connections") {
  HttpLimits limits;
  limits.connections_per_address = 4;
  limits.threads = 1;
  Running running(echo, limits);
  std::vector<std::unique_ptr<TlsClient>> clients;
  int open = 0;
  for (int i = 0; i < 8; ++i) {
    clients.push_back(std::make_unique<TlsClient>(running.port()));
    open += clients.back()->is_open() ? 1 : 0;
  }
  CHECK(open == 4);
  clients.clear();
}

TEST_CASE("a stop lets everyone under way finish and takes nobody new") {
  Later later(300ms);
  Running running(std::ref(later));
  const int port = running.port();
  std::atomic<int> right{0};
  std::vector<std::thread> laptops;
  for (int i = 0; i < 8; ++i) {
    laptops.emplace_back([&running, &right] {
      if (post(*running.laptop(), "/v1/exchange", "work").ok()) ++right;
    });
  }
  while (running.metrics.bytes_in < 8 * 4)
    std::this_thread::sleep_for(2ms);
  running.server->stop();
  CHECK_FALSE(TlsClient(port).is_open());
  for (std::thread& laptop : laptops)
    laptop.join();
  CHECK(right == 8);
}

TEST_CASE("stopping in the middle of a rush cuts no request that was taken, time after time") {
  for (int round = 0; round < 8; ++round) {
    std::atomic<int> handled{0};
    std::atomic<int> right{0};
    std::atomic<bool> enough{false};
    Running running([&](Request request, Reply reply) {
      ++handled;
      echo(std::move(request), std::move(reply));
    });
    std::vector<std::thread> laptops;
    for (int i = 0; i < 4; ++i) {
      laptops.emplace_back([&] {
        for (auto laptop = running.laptop(); !enough; laptop = running.laptop()) {
          if (post(*laptop, "/v1/exchange", "work").ok()) ++right;
        }
      });
    }
    while (handled < 12)
      std::this_thread::sleep_for(1ms);
    running.server->stop();
    enough = true;
    for (std::thread& laptop : laptops)
      laptop.join();
    CHECK(right == handled);
  }
}

TEST_CASE("a stop does not wait for ever for an answer that never comes") {
  std::mutex mutex;
  std::vector<Reply> kept;
  HttpLimits limits;
  limits.stop_wait = 200ms;
  Running running(
      [&](Request, Reply reply) {
        const std::lock_guard lock(mutex);
        kept.push_back(std::move(reply));
      },
      limits);
  TlsClient client(running.port());
  client.send(kGet);
  for (;;) {
    std::this_thread::sleep_for(2ms);
    const std::lock_guard lock(mutex);
    if (!kept.empty()) break;
  }
  const auto began = std::chrono::steady_clock::now();
  running.server->stop();
  CHECK(std::chrono::steady_clock::now() - began < 5s);
}

TEST_CASE("a port in use and an address that is none are told apart") {
  Running running(echo);
  Metrics metrics;
  const auto again = HttpServer::start(running.server->listening(), test_tls(), {}, metrics, echo);
  REQUIRE_FALSE(again.ok());
  CHECK(again.error().code == "http.listen");
  for (const char* address :
       {"", "8443", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "nowhere:80", "127.0.0.1:80x"}) {
    INFO(address);
    const auto wrong = HttpServer::start(address, test_tls(), {}, metrics, echo);
    REQUIRE_FALSE(wrong.ok());
    CHECK(wrong.error().code == "http.address");
  }
}

}  // namespace
}  // namespace lianxin::test
