#include "tests/bench/county.hpp"

#include <fstream>
#include <iostream>
#include <signal.h>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

#include "sync/merge/merge.hpp"
#include "sync/server/http/service_steps.hpp"
#include "sync/server/service/administration.hpp"
#include "sync/server/service/exchange.hpp"
#include "sync/server/service/inspection.hpp"
#include "tests/bench/bench_catalogue.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/people.hpp"

namespace lianxin::bench {

namespace server = sync::server;
namespace store = sync::server::store;

namespace {

constexpr std::size_t kStoreKeyBytes = 32;

std::string divisions() {
  std::string out = "code,name,level,parent\n" + std::string(kCountyCode) + ",量度县,county,\n";
  for (std::size_t i = 0; i < kTownshipCount; ++i)
    out += township_code(i) + ",第" + std::to_string(i + 1) + "乡,township," + kCountyCode + "\n";
  for (std::size_t i = 0; i < kLaptopCount; ++i)
    out += village_code(i) + ",第" + std::to_string(i + 1) + "村,village," + township_code(township_of(i)) +
           "\n";
  return out;
}

class Child {
 public:
  Child(const std::filesystem::path& folder, const domain::Catalogue& catalogue)
      : catalogue_(catalogue),
        store_(must(store::open_sqlite_store(folder / "server.db", Bytes(kStoreKeyBytes, 'k'), true))),
        tls_(must(server::http::make_tls_files("量度", {"127.0.0.1"}, clock_.now_ms()))),
        county_(must(server::make_county(
            *store_, catalogue_, clock_,
            {"量度", "https://127.0.0.1:1", "127.0.0.1:0", must(server::kept_password("a passphrase"))}))),
        admin_(must(server::Administration::open(*store_, catalogue_, clock_))),
        exchange_(must(server::Exchange::open(*store_, catalogue_, clock_))),
        api_(server::http::steps_of(*store_, exchange_, clock_), {}, metrics_) {
    bool told = false;
    (void)must(admin_.import_divisions([&]() -> Result<std::string> {
      if (std::exchange(told, true)) return std::string();
      return divisions();
    }));
    http_ = must(server::http::HttpServer::start(
        "127.0.0.1:0", tls_, {}, metrics_, [this](server::http::Request request, server::http::Reply reply) {
          api_.on_request(std::move(request), std::move(reply));
        }));
  }
  ~Child() {
    http_->stop();
    api_.stop();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  std::string answer(const std::string& line) {
    std::istringstream words(line);
    std::string what;
    std::string first;
    std::string second;
    words >> what >> first >> second;
    if (what == "unit") return must(must(store_->read())->unit_by_code(first)).value().id.text();
    if (what == "join") return join(first, second);
    if (what == "conflicts") return std::to_string(conflicts());
    if (what == "verify") return std::to_string(must(server::verify(*store_)).problems.size());
    if (what == "processor") return std::to_string(processor_seconds(CLOCK_PROCESS_CPUTIME_ID));
    return std::to_string(resident_megabytes("VmHWM:"));
  }

 private:
  std::string join(const std::string& role, const std::string& code) {
    const Id worker = must(admin_.add_worker("量度员", role, code));
    const server::AddedDevice added = must(admin_.add_device(worker));
    return server::join_line("https://127.0.0.1:" + std::to_string(http_->port()), added.code,
                             must(server::http::key_pin(tls_.certificate)));
  }

  std::size_t conflicts() {
    std::size_t count = 0;
    const auto reader = must(store_->read());
    must(reader->each_record([&](const store::RecordRow& row) -> Status {
      for (const store::StateRow& one : must(reader->states(row.id))) {
        sync::merge::RecordState state;
        state.kind = row.kind;
        state.classes[one.privacy] = must(sync::merge::decode_class_state(one.state));
        count += sync::merge::conflicts(state, catalogue_).size();
      }
      return {};
    }));
    return count;
  }

  const domain::Catalogue& catalogue_;
  SystemClock clock_;
  std::unique_ptr<store::Store> store_;
  server::http::TlsFiles tls_;
  server::County county_;
  server::Administration admin_;
  server::Exchange exchange_;
  server::http::Metrics metrics_;
  server::http::Api api_;
  std::unique_ptr<server::http::HttpServer> http_;
};

}  // namespace

int serve_county(const std::filesystem::path& folder, bool is_real) {
  signal(SIGPIPE, SIG_IGN);
  Child child(folder, is_real ? domain::Catalogue::base() : bench_catalogue());
  forget_peak();  // making the county hashed a password, which takes 64 MB once
  std::cout << "ready" << std::endl;
  for (std::string line; std::getline(std::cin, line);)
    std::cout << child.answer(line) << std::endl;
  return 0;
}

CountyProcess::CountyProcess(const std::filesystem::path& folder, bool is_real) {
  std::filesystem::create_directories(folder);
  int down[2];
  int up[2];
  if (pipe(down) != 0 || pipe(up) != 0) throw std::runtime_error("pipe");
  const std::string path = folder.string();
  pid_ = fork();
  if (pid_ == 0) {
    dup2(down[0], 0);
    dup2(up[1], 1);
    for (const int end : {down[0], down[1], up[0], up[1]})
      close(end);
    execl("/proc/self/exe", "lianxin-bench", is_real ? "serve_real" : "serve", path.c_str(),
          static_cast<char*>(nullptr));
    _exit(127);
  }
  close(down[0]);
  close(up[1]);
  to_ = fdopen(down[1], "w");
  from_ = fdopen(up[0], "r");
  if (pid_ < 0 || ask("") != "ready") throw std::runtime_error("the server does not start");
}

CountyProcess::~CountyProcess() {
  if (to_ != nullptr) (void)std::fclose(to_);
  if (from_ != nullptr) (void)std::fclose(from_);
  if (pid_ > 0) waitpid(pid_, nullptr, 0);
}

std::string CountyProcess::ask(const std::string& line) {
  if (!line.empty()) {
    (void)std::fputs((line + "\n").c_str(), to_);
    (void)std::fflush(to_);
  }
  std::string out;
  for (int c = std::fgetc(from_); c != EOF && c != '\n'; c = std::fgetc(from_))
    out += static_cast<char>(c);
  if (out.empty()) throw std::runtime_error("the server ended");
  return out;
}

Id CountyProcess::unit(const std::string& code) { return must(Id::parse(ask("unit " + code))); }

}  // namespace lianxin::bench
