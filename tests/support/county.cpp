#include "tests/support/county.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cstdlib>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/postgres.hpp"

namespace lianxin::test {
namespace {

/// Trying a passphrase is made cheap: a story opens its stores hundreds of times.
const Environment kSecrets = {
    {"LIANXIN_PASSPHRASE", kPassphrase}, {"LANG", "C.UTF-8"}, {"LIANXIN_KDF_MIB", "8"}};

Json lines_of(const std::string& out) {
  Json lines = Json::array();
  std::size_t at = 0;
  while (at < out.size()) {
    const std::size_t end = std::min(out.find('\n', at), out.size());
    if (end > at) lines.push_back(Json::parse(out.substr(at, end - at), nullptr, false));
    at = end + 1;
  }
  return lines;
}

Json parse_out(const std::string& out) {
  Json whole = Json::parse(out, nullptr, false);
  return whole.is_discarded() ? lines_of(out) : whole;
}

Said say(const std::vector<std::string>& argv, const Environment& env) {
  Environment all = kSecrets;
  for (const auto& [name, value] : env)
    all[name] = value;
  const Ran ran = run(argv, all);
  // A list of one is still a list. Those of these are one array, not lines.
  const auto has = [&](const char* word) { return std::find(argv.begin(), argv.end(), word) != argv.end(); };
  const bool is_list = ran.exit_code == 0 && has("list") && !has("conflict") && !has("duplicate") &&
                       !has("photo") && !has("device");
  return {ran.exit_code, is_list ? lines_of(ran.out) : parse_out(ran.out), ran.out, ran.err};
}

int free_port() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  close(fd);
  return ntohs(address.sin_port);
}

std::string source_dir() {
  const char* dir = std::getenv("LX_SOURCE_DIR");
  return dir != nullptr ? dir : ".";
}

}  // namespace

std::vector<std::string> Laptop::words(const std::vector<std::string>& rest) const {
  std::vector<std::string> argv = {program("lianxinctl").string(), "--home", home_.string(), "--json"};
  argv.insert(argv.end(), rest.begin(), rest.end());
  return argv;
}

std::string Laptop::text(const std::vector<std::string>& rest) const {
  std::vector<std::string> argv = words(rest);
  std::replace(argv.begin(), argv.end(), std::string("--json"), std::string("--lang=zh"));
  const Ran ran = run(argv, kSecrets);
  return ran.out + ran.err;
}

Said Laptop::try_ctl(const std::vector<std::string>& rest, const Environment& env) const {
  return say(words(rest), env);
}

Json Laptop::ctl(const std::vector<std::string>& rest, const Environment& env) const {
  Said said = try_ctl(rest, env);
  INFO(name_, " ", rest.front(), ": ", said.out, said.err);
  REQUIRE(said.exit_code == 0);
  return said.json;
}

std::string Laptop::dump() const {
  const Said said = try_ctl({"dump"});
  INFO(said.err);
  REQUIRE(said.exit_code == 0);
  return said.out;
}

County::County() {
  port_ = free_port();
  const std::string listen = "127.0.0.1:" + std::to_string(port_);
  std::vector<std::string> init = {"init", "--name", "靖宇", "--host", "127.0.0.1", "--listen", listen};
  if (is_postgres_wanted()) {
    REQUIRE(Postgres::running() != nullptr);
    init.insert(init.end(), {"--store", Postgres::running()->new_database()});
  }
  server(init);
  const Json counts = server({"division", "import", source_dir() + "/assets/divisions/divisions-220622.csv"});
  REQUIRE(counts.at("village") == 118);
  start();
}

County::~County() = default;

Said County::try_server(const std::vector<std::string>& words) const {
  std::vector<std::string> argv = {program("lianxin-server").string()};
  argv.insert(argv.end(), words.begin(), words.end());
  argv.insert(argv.end(), {"--data", data().string(), "--json"});
  return say(argv, {});
}

Json County::server(const std::vector<std::string>& words) const {
  Said said = try_server(words);
  INFO("server ", words.front(), ": ", said.out, said.err);
  REQUIRE(said.exit_code == 0);
  return said.json;
}

void County::start(const Environment& env) {
  Environment all = kSecrets;
  for (const auto& [name, value] : env)
    all[name] = value;
  process_ = std::make_unique<Background>(
      std::vector<std::string>{program("lianxin-server").string(), "serve", "--data", data().string()}, all,
      folder_.path() / "server.log");
  REQUIRE(process_->first_line(20000).find("listening") != std::string::npos);
}

int County::stop() {
  process_->signal(SIGTERM);
  const int code = process_->wait();
  process_.reset();
  return code;
}

void County::put_back(const std::filesystem::path& backup, bool with_lists) {
  stop();
  const auto lost = folder_.path() / "lost-server";
  std::filesystem::rename(data(), lost);
  std::vector<std::string> words = {"restore", backup.string()};
  if (with_lists) words.insert(words.end(), {"--lists", lost.string()});
  CHECK(server(words).at("lists") == with_lists);
  start();
}

void County::kill() {
  process_->signal(SIGKILL);
  process_->wait();
  process_.reset();
}

Laptop County::laptop(const std::string& worker_name, const std::string& role, const std::string& scope) {
  const Json worker = server({"worker", "add", "--name", worker_name, "--role", role, "--scope", scope});
  workers_[worker_name] = worker.at("worker").get<std::string>();
  return laptop_of(workers_[worker_name], worker_name);
}

Laptop County::laptop_of(const std::string& worker_id, const std::string& name) {
  const Json device = server({"device", "add", "--worker", worker_id});
  Laptop laptop(folder_.path() / name, name);
  laptop.ctl({"enrol", device.at("join").get<std::string>()});
  return laptop;
}

std::string County::worker_id(const std::string& name) const { return workers_.at(name); }

std::string County::dump(const std::vector<std::string>& options) const {
  std::vector<std::string> words = {"dump"};
  words.insert(words.end(), options.begin(), options.end());
  const Said said = try_server(words);
  INFO(said.err);
  REQUIRE(said.exit_code == 0);
  return said.out;
}

void County::settle(const std::vector<Laptop*>& laptops) {
  for (int round = 0; round < 2; ++round) {
    for (const Laptop* laptop : laptops)
      laptop->ctl({"sync"});
  }
  for (const Laptop* laptop : laptops) {
    INFO("all equal, nothing lost: ", laptop->name());
    CHECK(laptop->ctl({"sync"}).at("complete") == true);
    const Json status = laptop->ctl({"status"});
    CHECK(status.at("unsent") == 0);
    CHECK(laptop->ctl({"verify"}).at("ok") == true);
    CHECK(laptop->dump() == dump({"--worker", status.at("worker").get<std::string>()}));
  }
  CHECK(server({"verify"}).at("ok") == true);
}

}  // namespace lianxin::test
