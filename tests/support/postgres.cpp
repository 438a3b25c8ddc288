#include "tests/support/postgres.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <thread>
#include <unistd.h>

namespace lianxin::test {
namespace {

namespace fs = std::filesystem;

constexpr int kNobody = 65534;
constexpr int kTries = 100;

/// Debian's way of keeping several versions beside each other; the newest.
fs::path find_programs() {
  fs::path newest;
  std::error_code ignored;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
    const fs::path programs = version.path() / "bin";
    if (fs::exists(programs / "initdb") && newest < programs) newest = programs;
  }
  return newest;
}

/// It refuses to run as root, and ends with this process.
std::vector<std::string> as_somebody(std::vector<std::string> argv) {
  std::vector<std::string> out = {"/usr/bin/setpriv", "--pdeathsig", "KILL"};
  if (geteuid() == 0) {
    for (const char* word : {"--reuid=65534", "--regid=65534", "--clear-groups"})
      out.emplace_back(word);
  }
  out.insert(out.end(), argv.begin(), argv.end());
  return out;
}

}  // namespace

bool is_postgres_wanted() {
  const char* const wanted = std::getenv("LX_TEST_STORE");
  return wanted != nullptr && std::string_view(wanted) == "postgres";
}

Postgres::Postgres(fs::path programs) : programs_(std::move(programs)) {}

Postgres::~Postgres() {
  if (server_ == nullptr) return;
  server_->signal(SIGINT);  // at once, but tidily: what it shares with its workers goes with it
  (void)server_->wait();
}

bool Postgres::start() {
  const fs::path home = folder_.path() / "pg";
  fs::create_directory(home);
  if (geteuid() == 0) {
    fs::permissions(folder_.path(), fs::perms(0711));
    if (chown(home.c_str(), kNobody, kNobody) != 0) return false;
  }
  const fs::path data = home / "data";
  const Ran made = run(as_somebody(
      {programs_ / "initdb", "-D", data, "-A", "trust", "-U", "lianxin", "-E", "UTF8", "--locale=C", "-N"}));
  if (made.exit_code != 0) return false;
  server_ = std::make_unique<Background>(
      as_somebody({programs_ / "postgres", "-D", data, "-k", home, "-c", "listen_addresses=", "-c",
                   "dynamic_shared_memory_type=mmap"}),
      Environment{}, home / "log");
  for (int i = 0; i < kTries; ++i) {
    if (run({programs_ / "pg_isready", "-q", "-h", home}).exit_code == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

Postgres* Postgres::running() {
  static const std::unique_ptr<Postgres> one = [] {
    const fs::path programs = find_programs();
    std::unique_ptr<Postgres> out;
    if (!programs.empty()) out.reset(new Postgres(programs));
    if (out != nullptr && !out->start()) out.reset();
    return out;
  }();
  return one.get();
}

std::string Postgres::sql(const std::string& database, const std::string& text) {
  return run({programs_ / "psql", "-h", folder_.path() / "pg", "-U", "lianxin", "-d", database, "-qAtc",
              text})
      .out;
}

std::string Postgres::new_database() {
  const std::string name = "county" + std::to_string(++databases_);
  (void)sql("postgres", "CREATE DATABASE " + name);
  return "postgresql:///" + name + "?user=lianxin&host=" + (folder_.path() / "pg").string();
}

std::string Postgres::new_schema() {
  if (shared_.empty()) shared_ = new_database();
  const std::string name = "s" + std::to_string(++schemas_);
  (void)sql(shared_, "CREATE SCHEMA " + name);
  return shared_ + "&options=-csearch_path%3D" + name;
}

void Postgres::cut_connections() {
  (void)sql(
      "postgres",
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lianxin-server'");
}

}  // namespace lianxin::test
