#include "sync/server/admin/serve_command.hpp"

#include <chrono>
#include <signal.h>
#include <sys/resource.h>
#include <thread>

#include "shared/base/log.hpp"
#include "sync/server/admin/init_command.hpp"
#include "sync/server/admin/list_check.hpp"
#include "sync/server/admin/page_commands.hpp"
#include "sync/server/http/address.hpp"
#include "sync/server/http/service_steps.hpp"
#include "sync/server/service/server_clock.hpp"

namespace lianxin::sync::server::admin {
namespace {

constexpr rlim_t kOpenFilesWanted = 8192;
constexpr int kLockTries = 30;
constexpr std::chrono::milliseconds kLockPause{100};

/// Every connection is an open file; the usual limit of 1,024 is as good as the limit of connections.
void raise_open_files() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= kOpenFilesWanted) return;
  limit.rlim_cur = std::min(kOpenFilesWanted, limit.rlim_max);
  setrlimit(RLIMIT_NOFILE, &limit);
}

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

/// A command that only looks whether a server runs holds the lock for a moment: tried for three seconds.
Result<FileLock> lock_for_serving(const DataFolder& folder) {
  auto lock = folder.lock();
  for (int tries = 1; !lock.ok() && lock.error().code == "server.running" && tries < kLockTries; ++tries) {
    std::this_thread::sleep_for(kLockPause);
    lock = folder.lock();
  }
  return lock;
}

/// The address laptops know, with the port that is really open.
Result<std::string> url_with_port(const std::string& url, int port) {
  const std::size_t colon = url.rfind(':');
  LX_CHECK(colon != std::string::npos, "an address without port");
  return url.substr(0, colon + 1) + std::to_string(port);
}

/// The county has moved: laptops are told this host from now on, and --listen is kept where it has a port.
Status move_to(store::Store& store, const Options& options) {
  County county;
  {
    LX_TRY(const auto reader, store.read());
    LX_TRY(county, load_county(*reader));
  }
  LX_TRY(http::ListenAddress address, http::parse_address(county.listen));
  if (!options.listen.empty()) {
    LX_TRY(const http::ListenAddress asked, http::parse_address(options.listen));
    if (asked.port != 0) {
      county.listen = options.listen;
      address = asked;
    }
  }
  LX_TRY(county.url, server_url(options.hosts.front(), address.port));
  LX_TRY(const auto writer, store.write());
  LX_DO(save_county(*writer, county));
  return writer->commit();
}

/// Until a signal asks for the end. Once a day what is kept of pictures for nobody is removed.
int wait_for_end(const sigset_t& signals, store::Store& store, store::PictureFiles& pictures) {
  const timespec day{24 * 3600, 0};
  for (;;) {
    const auto swept = sweep_pictures(store, domain::Catalogue::base(), pictures, kUnnamedKeptS);
    if (!swept.ok()) log_error("pictures.sweep", swept.error());
    const int number = sigtimedwait(&signals, nullptr, &day);
    if (number > 0) return number;
  }
}

}  // namespace

Result<int> serve_command(const Context& context) {
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);  // nobody reading the log is no reason to end
  raise_open_files();
  const DataFolder folder = context.folder();
  LX_TRY(const auto store, folder.open_store());
  LX_TRY(const FileLock only_one, lock_for_serving(folder));
  if (!context.options.clock_is_right) {
    LX_TRY(const auto reader, store->read());
    LX_DO(check_clock(*reader, context.clock.now_ms()));
  }
  {
    LX_TRY(const OpenCounty county, open_county(context));
    LX_DO(complete_lists(county, store::Lists(folder.root())));
  }
  if (!context.options.hosts.empty()) LX_DO(move_to(*store, context.options));
  LX_TRY(Exchange exchange, Exchange::open(*store, domain::Catalogue::base(), context.clock));
  LX_TRY(const auto tls, folder.read_tls());
  const std::string listen =
      context.options.listen.empty() ? exchange.county().listen : context.options.listen;
  LX_TRY(const auto files, folder.open_pictures());
  exchange.know_pictures(files.get());
  Pictures pictures(*store, domain::Catalogue::base(), context.clock, exchange.county(), *files);
  http::Metrics metrics;
  http::ApiSteps steps = http::steps_of(*store, exchange, context.clock);
  http::add_pictures(steps, pictures);
  http::add_clock_watch(steps, context.clock, passed_ms);
  OverviewMaker overviews(*store, domain::Catalogue::base(), context.clock);
  LX_TRY(const Pages pages, Pages::open(overviews));
  steps.page = [&pages](const std::string& path, const std::string& languages) {
    return pages.answer(path, languages);
  };
  http::Api api(std::move(steps), {}, metrics);
  LX_TRY(const auto server,
         http::HttpServer::start(listen, tls, {}, metrics, [&api](http::Request request, http::Reply reply) {
           api.on_request(std::move(request), std::move(reply));
         }));
  LX_TRY(const std::string url, url_with_port(exchange.county().url, server->port()));
  LX_DO(folder.note_serving(url));
  context.out.raw(Json{{"listening", server->listening()}}.dump());
  LX_DO(context.out.flush());
  log_event("serve.began", {{"listening", server->listening()}});
  const int number = wait_for_end(signals, *store, *files);
  log_event("serve.stopping", {{"signal", std::to_string(number)}});
  server->stop();
  api.stop();
  folder.forget_serving();
  log_event("serve.ended", {{"exchanges", std::to_string(metrics.exchanges)}});
  return 0;
}

}  // namespace lianxin::sync::server::admin
