// The only file with libmicrohttpd. What was tried on Debian 12's 0.9.75 stands in the folder's README.
#include "sync/server/http/http_server.hpp"

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <cstring>
#include <malloc.h>
#include <microhttpd.h>
#include <mutex>
#include <optional>
#include <set>
#include <sys/socket.h>

#include "shared/base/log.hpp"
#include "sync/server/http/acceptor.hpp"
#include "sync/server/http/address.hpp"
#include "sync/server/http/answers.hpp"
#include "sync/server/http/deadlines.hpp"

namespace lianxin::sync::server::http {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr const char* kTlsPriorities = "NORMAL:-VERS-ALL:+VERS-TLS1.3";
constexpr std::chrono::milliseconds kHandshakeWait{2000};
constexpr std::size_t kConnectionMemory = 32 * 1024;  // header lines; a bomb is cut here

std::int64_t milliseconds_since(SteadyClock::time_point then) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - then).count();
}

Response busy() { return error_response(fail("server.busy")); }

/// A body on its way out; the library frees it when it has gone or the client has.
struct Outgoing {
  Bytes body;
  std::atomic<std::size_t>& held;
};

void free_outgoing(void* opaque) {
  const std::unique_ptr<Outgoing> outgoing(static_cast<Outgoing*>(opaque));
  outgoing->held -= outgoing->body.size();
}

/// Threads share two heaps. With one each, as they get them of themselves, what a large answer leaves free in
/// one is of no use to the others: a third more memory in all.
void share_heaps() { (void)mallopt(M_ARENA_MAX, 2); }

void add_page_headers(MHD_Response* out) {
  MHD_add_response_header(out, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  MHD_add_response_header(out, "Referrer-Policy", "no-referrer");
  MHD_add_response_header(out, "X-Content-Type-Options", "nosniff");
  MHD_add_response_header(
      out, "Content-Security-Policy",
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; form-action 'none'");
}

std::string header_of(MHD_Connection* connection, const char* name) {
  const char* value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
  return value == nullptr ? "" : value;
}

/// Nothing that is thrown may pass the library: where it calls, it ends the one connection.
template <class Call>
MHD_Result at_the_edge_of(const Call& call) {
  try {
    return call();
  } catch (...) {
    log_thrown("http.threw");
    return MHD_NO;
  }
}

struct FreeResponse {
  void operator()(MHD_Response* response) const { MHD_destroy_response(response); }
};

}  // namespace

/// Guarded by its mutex where another thread may answer: `suspended`, `answer`, `connection`.
class Turn {
 public:
  explicit Turn(MHD_Connection* connection) : connection_(connection) {}

  /// Gives the answer, once. False when it had one already.
  bool answer(Response response) {
    const std::lock_guard lock(mutex_);
    if (answered_) return false;
    answered_ = true;
    answer_ = std::move(response);
    if (connection_ != nullptr && suspended_) {
      suspended_ = false;
      MHD_resume_connection(connection_);
    }
    return true;
  }

  /// The answer if it is there, else the connection sleeps until it is.
  std::optional<Response> take_answer_or_sleep() {
    const std::lock_guard lock(mutex_);
    if (answered_) return std::move(answer_);
    suspended_ = true;
    MHD_suspend_connection(connection_);
    return std::nullopt;
  }

  /// The library is done with the connection.
  void forget_connection() {
    const std::lock_guard lock(mutex_);
    connection_ = nullptr;
    answered_ = true;
  }

  // Network thread only:
  Request request;
  SteadyClock::time_point began = SteadyClock::now();
  std::size_t received = 0;
  bool handed_over = false;

 private:
  std::mutex mutex_;
  MHD_Connection* connection_;
  bool suspended_ = false;
  bool answered_ = false;
  Response answer_;
};

Reply::~Reply() {
  if (turn_) send(error_response(fail("server.failed")));
}

void Reply::send(Response response) {
  LX_CHECK(turn_ != nullptr, "a second answer");
  turn_->answer(form_ == nullptr ? std::move(response) : form_(std::move(response)));
  turn_.reset();
}

struct HttpServer::Impl {
  using TurnPointer = std::shared_ptr<Turn>;

  Impl(const TlsFiles& files, const HttpLimits& bounds, Metrics& counts, OnRequest handler)
      : tls(files),
        limits(bounds),
        metrics(counts),
        on_request(std::move(handler)),
        deadlines([&counts](int fd) {
          ++counts.cut_slow;
          shutdown(fd, SHUT_RDWR);
        }) {}

  Status start(ListenSocket socket);
  MHD_Result on_call(MHD_Connection* connection, const char* url, const char* method, const char* data,
                     size_t* size, void** turn);
  MHD_Result begin(MHD_Connection* connection, const char* url, const char* method, void** turn);
  MHD_Result on_body(MHD_Connection* connection, Turn& turn, const char* data, size_t* size);
  MHD_Result send(MHD_Connection* connection, Response response);
  void on_completed(MHD_Connection* connection, void** turn);
  void on_connection(MHD_Connection* connection, bool is_open);
  void stop();
  /// When something that takes `bytes` on the line must be through.
  [[nodiscard]] SteadyClock::time_point due(SteadyClock::time_point began, std::size_t bytes) const {
    return began + limits.grace + std::chrono::seconds(bytes / limits.bytes_per_s);
  }

  TlsFiles tls;
  HttpLimits limits;
  Metrics& metrics;
  OnRequest on_request;
  Deadlines deadlines;
  MHD_Daemon* daemon = nullptr;
  std::optional<Acceptor> acceptor;
  std::string listening;
  int port = 0;

  std::atomic<bool> draining{false};       ///< nobody new, answers close their connections
  std::atomic<bool> closing{false};        ///< nobody may sleep any more
  std::atomic<std::size_t> body_bytes{0};  ///< of requests and answers
  std::mutex mutex;
  std::condition_variable idle;
  std::set<TurnPointer> turns;   ///< requests under way
  std::set<const void*> silent;  ///< connections without a first request yet
};

namespace {

std::shared_ptr<Turn>* holder_of(void* turn) { return static_cast<std::shared_ptr<Turn>*>(turn); }

}  // namespace

Status HttpServer::Impl::start(ListenSocket socket) {
  port = socket.port();
  const auto call = [](void* self, MHD_Connection* connection, const char* url, const char* method,
                       const char*, const char* data, size_t* size, void** turn) -> MHD_Result {
    return at_the_edge_of([&] {
      return static_cast<HttpServer::Impl*>(self)->on_call(connection, url, method, data, size, turn);
    });
  };
  const auto completed = [](void* self, MHD_Connection* connection, void** turn, MHD_RequestTerminationCode) {
    static_cast<HttpServer::Impl*>(self)->on_completed(connection, turn);
  };
  const auto connected = [](void* self, MHD_Connection* connection, void**,
                            MHD_ConnectionNotificationCode code) {
    (void)at_the_edge_of([&] {
      static_cast<HttpServer::Impl*>(self)->on_connection(connection, code == MHD_CONNECTION_NOTIFY_STARTED);
      return MHD_YES;
    });
  };
  LX_DO(check_pair(tls));
  daemon = MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TLS | MHD_USE_SUSPEND_RESUME | MHD_USE_ITC |
          MHD_USE_NO_LISTEN_SOCKET,
      0, nullptr, nullptr, static_cast<MHD_AccessHandlerCallback>(call), this,                             //
      MHD_OPTION_HTTPS_MEM_KEY, tls.key.c_str(), MHD_OPTION_HTTPS_MEM_CERT, tls.certificate.c_str(),       //
      MHD_OPTION_HTTPS_PRIORITIES, kTlsPriorities,                                                         //
      MHD_OPTION_THREAD_POOL_SIZE, limits.threads, MHD_OPTION_CONNECTION_MEMORY_LIMIT, kConnectionMemory,  //
      MHD_OPTION_CONNECTION_LIMIT, limits.connections,                                                     //
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, limits.connections_per_address,                                  //
      MHD_OPTION_CONNECTION_TIMEOUT, limits.silent_s,                                                      //
      MHD_OPTION_NOTIFY_COMPLETED, static_cast<MHD_RequestCompletedCallback>(completed), this,             //
      MHD_OPTION_NOTIFY_CONNECTION, static_cast<MHD_NotifyConnectionCallback>(connected), this,            //
      MHD_OPTION_END);
  if (daemon == nullptr) return fail("http.start", {}, std::strerror(errno));
  acceptor.emplace(
      std::move(socket), [this] { return metrics.connections_open < limits.connections; },
      [this](const Accepted& one) {  // the library closes the socket, also when it refuses
        MHD_add_connection(daemon, one.fd, reinterpret_cast<const sockaddr*>(&one.address), one.address_size);
      });
  return {};
}

MHD_Result HttpServer::Impl::on_call(MHD_Connection* connection, const char* url, const char* method,
                                     const char* data, size_t* size, void** turn) {
  if (*turn == nullptr) return begin(connection, url, method, turn);
  Turn& current = **holder_of(*turn);
  if (*size > 0) return on_body(connection, current, data, size);
  if (!current.handed_over) {
    current.handed_over = true;
    deadlines.set(connection, Deadlines::Moment::max());
    if (closing) return send(connection, busy());
    current.request.arriving_ms = milliseconds_since(current.began);
    on_request(std::move(current.request), Reply(*holder_of(*turn)));
  }
  std::optional<Response> answer = current.take_answer_or_sleep();
  return answer ? send(connection, std::move(*answer)) : MHD_YES;
}

MHD_Result HttpServer::Impl::begin(MHD_Connection* connection, const char* url, const char* method,
                                   void** turn) {
  auto fresh = std::make_shared<Turn>(connection);
  fresh->request.method = method;
  fresh->request.path = url;
  fresh->request.languages = header_of(connection, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);
  fresh->request.content_type = header_of(connection, MHD_HTTP_HEADER_CONTENT_TYPE);
  fresh->request.accept = header_of(connection, MHD_HTTP_HEADER_ACCEPT);
  {
    const std::lock_guard lock(mutex);
    turns.insert(fresh);
    silent.erase(connection);
  }
  *turn = new std::shared_ptr<Turn>(fresh);  // NOLINT: the library's pointer, deleted in on_completed
  deadlines.set(connection, due(fresh->began, 0));
  const char* length =
      MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
  if (length == nullptr) return MHD_YES;
  std::uint64_t bytes = 0;
  const char* end = length + std::strlen(length);
  const auto [stop, error] = std::from_chars(length, end, bytes);
  if (error != std::errc() || stop != end) return send(connection, error_response(fail("wire.malformed")));
  if (bytes > limits.body_bytes) {
    ++metrics.cut_large;
    return send(connection, error_response(fail("wire.too_large")));
  }
  if (body_bytes + bytes > limits.body_bytes_all) {
    ++metrics.turned_away;
    return send(connection, busy());
  }
  return MHD_YES;
}

MHD_Result HttpServer::Impl::on_body(MHD_Connection* connection, Turn& turn, const char* data, size_t* size) {
  // A length nobody announced cannot be refused politely any more: the connection is cut.
  if (turn.received + *size > limits.body_bytes || body_bytes + *size > limits.body_bytes_all) {
    ++metrics.cut_large;
    return MHD_NO;
  }
  turn.request.body.append(data, *size);
  turn.received += *size;
  body_bytes += *size;
  metrics.bytes_in += *size;
  deadlines.set(connection, due(turn.began, turn.received));
  *size = 0;
  return MHD_YES;
}

MHD_Result HttpServer::Impl::send(MHD_Connection* connection, Response response) {
  const auto digit = static_cast<std::size_t>(response.status / 100);
  ++metrics.answers_by_class.at(std::min(digit, metrics.answers_by_class.size() - 1));
  metrics.bytes_out += response.body.size();
  deadlines.set(connection, due(SteadyClock::now(), response.body.size()));
  auto outgoing = std::make_unique<Outgoing>(Outgoing{std::move(response.body), body_bytes});
  body_bytes += outgoing->body.size();
  Bytes& body = outgoing->body;
  const std::unique_ptr<MHD_Response, FreeResponse> out(
      MHD_create_response_from_buffer_with_free_callback_cls(body.size(), body.data(), free_outgoing,
                                                             outgoing.get()));
  if (!out) {
    body_bytes -= body.size();
    return MHD_NO;
  }
  static_cast<void>(outgoing.release());  // the library calls free_outgoing
  if (!response.content_type.empty())
    MHD_add_response_header(out.get(), MHD_HTTP_HEADER_CONTENT_TYPE, response.content_type.c_str());
  if (response.retry_after_s > 0) {
    const std::string seconds = std::to_string(response.retry_after_s);
    MHD_add_response_header(out.get(), MHD_HTTP_HEADER_RETRY_AFTER, seconds.c_str());
  }
  if (response.is_page) add_page_headers(out.get());
  if (draining) MHD_add_response_header(out.get(), MHD_HTTP_HEADER_CONNECTION, "close");
  return MHD_queue_response(connection, static_cast<unsigned>(response.status), out.get());
}

void HttpServer::Impl::on_completed(MHD_Connection* connection, void** turn) {
  if (*turn == nullptr) return;
  std::shared_ptr<Turn>* holder = holder_of(*turn);
  (*holder)->forget_connection();
  body_bytes -= (*holder)->received;
  deadlines.set(connection, due(SteadyClock::now(), 0));
  {
    const std::lock_guard lock(mutex);
    turns.erase(*holder);
  }
  idle.notify_all();
  delete holder;  // NOLINT
  *turn = nullptr;
}

void HttpServer::Impl::on_connection(MHD_Connection* connection, bool is_open) {
  if (!is_open) {
    --metrics.connections_open;
    deadlines.close(connection);
    const std::lock_guard lock(mutex);
    silent.erase(connection);
    idle.notify_all();
    return;
  }
  ++metrics.connections;
  ++metrics.connections_open;
  {
    const std::lock_guard lock(mutex);
    silent.insert(connection);
  }
  const MHD_ConnectionInfo* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  deadlines.open(connection, info->connect_fd, due(SteadyClock::now(), 0));
}

void HttpServer::Impl::stop() {
  if (daemon == nullptr) return;
  draining = true;
  acceptor->stop();
  std::unique_lock lock(mutex);
  idle.wait_for(lock, limits.stop_wait, [this] { return turns.empty(); });
  // Who was let in and has not said anything yet is in the middle of a handshake.
  idle.wait_for(lock, std::min(limits.stop_wait, kHandshakeWait),
                [this] { return turns.empty() && silent.empty(); });
  // The library may not be stopped while a connection sleeps. Whoever begins after this line sees `closing`.
  closing = true;
  const std::set<TurnPointer> left = turns;
  lock.unlock();
  for (const TurnPointer& turn : left)
    turn->answer(busy());
  MHD_stop_daemon(daemon);
  daemon = nullptr;
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

HttpServer::~HttpServer() { stop(); }

Result<std::unique_ptr<HttpServer>> HttpServer::start(const std::string& address, const TlsFiles& tls,
                                                      const HttpLimits& limits, Metrics& metrics,
                                                      OnRequest on_request) {
  share_heaps();
  LX_TRY(ListenAddress wanted, parse_address(address));
  LX_TRY(ListenSocket socket, ListenSocket::open(wanted));
  auto impl = std::make_unique<Impl>(tls, limits, metrics, std::move(on_request));
  wanted.port = socket.port();
  impl->listening = text_of(wanted);
  LX_DO(impl->start(std::move(socket)));
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

const std::string& HttpServer::listening() const { return impl_->listening; }
int HttpServer::port() const { return impl_->port; }
void HttpServer::stop() { impl_->stop(); }

}  // namespace lianxin::sync::server::http
