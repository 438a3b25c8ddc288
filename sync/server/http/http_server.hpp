#pragma once
// HTTPS with libmicrohttpd, and the only file that knows it: a request comes in whole, its answer may be
// given now or later, from any thread.
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"
#include "sync/server/http/certificate.hpp"
#include "sync/server/http/metrics.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::server::http {

struct Request {
  std::string method;
  std::string path;
  std::string languages;     ///< the header Accept-Language, "" = none
  std::string content_type;  ///< headers as they came, "" = none
  std::string accept;
  Bytes body;
  std::int64_t arriving_ms = 0;  ///< from its header lines to its last octet
};

struct Response {
  int status = 200;
  std::string content_type;
  Bytes body;
  int retry_after_s = 0;  ///< > 0: the header Retry-After
  bool is_page = false;   ///< for a browser: not kept, not framed, runs nothing, tells nobody where it was
};

class Turn;  // one request on its way, private to http_server.cpp

/// The place where one answer goes. Dropped without an answer it sends status 500, so nobody waits for ever.
class Reply {
 public:
  explicit Reply(std::shared_ptr<Turn> turn) : turn_(std::move(turn)) {}
  Reply(Reply&&) noexcept = default;
  Reply& operator=(Reply&&) = delete;
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;
  ~Reply();
  /// Once; any thread. An answer to somebody who is gone is thrown away.
  void send(Response response);
  /// What is sent later, also the answer of a dropped place, goes through this first, on the thread that
  /// sends.
  void through(Response (*form)(Response)) { form_ = form; }

 private:
  std::shared_ptr<Turn> turn_;
  Response (*form_)(Response) = nullptr;
};

/// Called on a network thread: must not wait. Answers by `Reply`, now or later.
using OnRequest = std::function<void(Request, Reply)>;

/// What a client may cost. A worker's laptop on a bad line stays far inside; see the README for the reasons.
struct HttpLimits {
  std::size_t body_bytes = wire::kRequestBytesMax;  ///< above: 413, unread
  std::size_t body_bytes_all = 512 * 1024 * 1024;   ///< requests and answers in memory; above: 503
  unsigned connections = 1000;                      ///< above: not accepted until one ends
  unsigned connections_per_address = 250;           ///< an office shares one address
  unsigned silent_s = 30;                           ///< nothing sent or taken for so long: closed
  std::chrono::milliseconds grace{60'000};          ///< a request or an answer may take so long ...
  std::size_t bytes_per_s = 256;                    ///< ... and a second more for each so many bytes
  std::chrono::milliseconds stop_wait{20'000};      ///< stop: for requests under way
  unsigned threads = 2;
};

class HttpServer {
 public:
  /// Listens and answers from now on. `address` is "127.0.0.1:8443", "[::1]:8443" or ":8443" (every IPv4
  /// address); port 0 takes a free one. Errors: "http.address", "http.listen" {address}, "http.start".
  [[nodiscard]] static Result<std::unique_ptr<HttpServer>> start(const std::string& address,
                                                                 const TlsFiles& tls,
                                                                 const HttpLimits& limits, Metrics& metrics,
                                                                 OnRequest on_request);
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  /// Stops.
  ~HttpServer();

  /// "127.0.0.1:8443", with the port that was really taken.
  [[nodiscard]] const std::string& listening() const;
  [[nodiscard]] int port() const;
  /// Takes nobody new, lets everyone under way finish (`stop_wait`), then closes. Whoever must answer has to
  /// keep running until this returns.
  void stop();

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace lianxin::sync::server::http
