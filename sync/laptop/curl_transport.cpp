// The only file with libcurl. What was tried on Debian 12's 7.88.1 stands in the folder's README.
#include <curl/curl.h>
#include <exception>
#include <memory>
#include <mutex>

#include "sync/laptop/transport.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::laptop {
namespace {

constexpr long kConnectTimeoutMs = 10'000;
constexpr long kStalledBytesPerSecond = 64;
constexpr long kStalledSeconds = 20;

struct CloseHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// What the call-backs of one request share. What one of them throws may not pass the library: it is kept,
/// and thrown on when the library has returned.
struct Request {
  Bytes answer;
  bool too_large = false;
  std::exception_ptr thrown;
  const TransferProgress* progress = nullptr;
  const CancelFlag* cancel = nullptr;
};

std::size_t on_data(char* data, std::size_t size, std::size_t count, void* opaque) noexcept {
  auto* request = static_cast<Request*>(opaque);
  if (request->answer.size() + size * count > wire::kMessageBytesMax) {
    request->too_large = true;
    return 0;
  }
  try {
    request->answer.append(data, size * count);
  } catch (...) {
    request->thrown = std::current_exception();
    return 0;
  }
  return size * count;
}

int on_progress(void* opaque, curl_off_t, curl_off_t received, curl_off_t, curl_off_t sent) noexcept {
  auto* request = static_cast<Request*>(opaque);
  try {
    if (request->progress != nullptr && *request->progress)
      (*request->progress)(static_cast<std::uint64_t>(sent), static_cast<std::uint64_t>(received));
  } catch (...) {
    request->thrown = std::current_exception();
    return 1;
  }
  return request->cancel->load() ? 1 : 0;
}

Error error_of(CURLcode code, const Request& request, const std::string& url) {
  const std::string detail = curl_easy_strerror(code);
  switch (code) {
    case CURLE_ABORTED_BY_CALLBACK:
      return fail("sync.cancelled", {}, detail);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
      return fail("net.certificate", {{"server", url}}, detail);
    case CURLE_OPERATION_TIMEDOUT:
      return fail("net.timeout", {{"server", url}}, detail);
    case CURLE_WRITE_ERROR:
      if (request.too_large) return fail("wire.too_large", {}, detail);
      [[fallthrough]];
    default:
      return fail("net.unreachable", {{"server", url}}, detail);
  }
}

/// An answer with an error status carries a packed WireError when it comes from our server.
Error error_of_status(long status, const Bytes& answer) {
  if (const auto error = wire::unpack<wire::WireError>(answer); error.ok()) return error->error();
  return fail("net.server", {{"status", std::to_string(status)}});
}

class CurlTransport final : public Transport {
 public:
  explicit CurlTransport(ServerAddress address) : address_(std::move(address)) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    handle_.reset(curl_easy_init());
  }

  Result<Bytes> post(const std::string& path, BytesView body, const TransferProgress& progress,
                     const CancelFlag& cancel) override {
    return send("POST", path, body, progress, cancel);
  }
  Result<Bytes> put(const std::string& path, BytesView body, const TransferProgress& progress,
                    const CancelFlag& cancel) override {
    return send("PUT", path, body, progress, cancel);
  }
  bool runs_aside() const override { return true; }

 private:
  Result<Bytes> send(const char* method, const std::string& path, BytesView body,
                     const TransferProgress& progress, const CancelFlag& cancel) {
    if (address_.key_pins.empty() && address_.certificate.empty())
      return fail("net.certificate", {{"server", address_.url}});
    Request request;
    request.progress = &progress;
    request.cancel = &cancel;
    const std::string url = address_.url + path;
    prepare(url, body, request);
    curl_easy_setopt(handle_.get(), CURLOPT_CUSTOMREQUEST, method);  // the body goes the way of a POST
    const std::unique_ptr<curl_slist, FreeList> headers(
        curl_slist_append(curl_slist_append(nullptr, "Content-Type: application/x-lianxin"), "Expect:"));
    curl_easy_setopt(handle_.get(), CURLOPT_HTTPHEADER, headers.get());
    const CURLcode code = curl_easy_perform(handle_.get());
    if (request.thrown) std::rethrow_exception(request.thrown);
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_PINNEDPUBKEYNOTMATCH) {
      if (is_portal(cancel)) return fail("net.portal");
    }
    if (code != CURLE_OK) return error_of(code, request, address_.url);
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) return error_of_status(status, request.answer);
    return std::move(request.answer);
  }

  void prepare(const std::string& url, BytesView body, Request& request) {
    CURL* h = handle_.get();
    curl_easy_reset(h);  // keeps the connection
    curl_easy_setopt(h, CURLOPT_URL, url.c_str());
    curl_easy_setopt(h, CURLOPT_POST, 1L);
    curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(h, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(h, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));
    curl_easy_setopt(h, CURLOPT_PINNEDPUBLICKEY, address_.key_pins.c_str());
    if (address_.certificate.empty()) {
      // The pin is the root of trust: it holds without a certificate authority (measured; README).
      curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 0L);
      curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 0L);
    } else {
      curl_blob blob{const_cast<char*>(address_.certificate.data()), address_.certificate.size(),
                     CURL_BLOB_COPY};
      curl_easy_setopt(h, CURLOPT_CAINFO_BLOB, &blob);
    }
    curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
    curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, kStalledBytesPerSecond);
    curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME, kStalledSeconds);
    curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(h, CURLOPT_XFERINFODATA, &request);
    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, on_data);
    curl_easy_setopt(h, CURLOPT_WRITEDATA, &request);
  }

  /// A network that wants a log-in page answers plain HTTP for everybody, with a redirect or a page. Nothing
  /// of ours is sent.
  bool is_portal(const CancelFlag& cancel) const {
    const std::size_t host = address_.url.find("://");
    if (host == std::string::npos) return false;
    std::string name = address_.url.substr(host + 3);
    name = name.substr(0, name.find(':'));
    const std::unique_ptr<CURL, CloseHandle> probe(curl_easy_init());
    Request request;
    request.cancel = &cancel;
    curl_easy_setopt(probe.get(), CURLOPT_URL, ("http://" + name + "/").c_str());
    curl_easy_setopt(probe.get(), CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(probe.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(probe.get(), CURLOPT_CONNECTTIMEOUT_MS, 2000L);
    curl_easy_setopt(probe.get(), CURLOPT_TIMEOUT_MS, 4000L);
    curl_easy_setopt(probe.get(), CURLOPT_WRITEFUNCTION, on_data);
    curl_easy_setopt(probe.get(), CURLOPT_WRITEDATA, &request);
    if (curl_easy_perform(probe.get()) != CURLE_OK) return false;
    long status = 0;
    curl_easy_getinfo(probe.get(), CURLINFO_RESPONSE_CODE, &status);
    return status >= 200 && status < 400;
  }

  ServerAddress address_;
  std::unique_ptr<CURL, CloseHandle> handle_;
};

}  // namespace

std::unique_ptr<Transport> make_curl_transport(const ServerAddress& address) {
  return std::make_unique<CurlTransport>(address);
}

}  // namespace lianxin::sync::laptop
