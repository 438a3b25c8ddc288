#include "tests/support/postgres.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <unistd.h>

namespace lianxin::test {
namespace {

namespace fs = std::filesystem;

constexpr int kNobody = 65534;
constexpr int kTries = 600;

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

/// The folder for what passes, or the nearest above it that others may enter: root's own is closed to them.
fs::path reachable_folder() {
  const auto is_closed = [](const fs::path& folder) {
    for (fs::path at = folder; at != at.parent_path(); at = at.parent_path()) {
      if ((fs::status(at).permissions() & fs::perms::others_exec) == fs::perms::none) return true;
    }
    return false;
  };
  fs::path folder = fs::temp_directory_path();
  while (geteuid() == 0 && is_closed(folder))
    folder = folder.parent_path();
  return folder;
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
  if (server_ != nullptr) {
    server_->signal(SIGINT);  // at once, but tidily: what it shares with its workers goes with it
    (void)server_->wait();
  }
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void Postgres::start() {
  std::string name = (reachable_folder() / "lianxin-postgres-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for PostgreSQL: " + name);
  folder_ = name;
  const fs::path home = folder_ / "pg";
  fs::create_directory(home);
  if (geteuid() == 0) {
    fs::permissions(folder_, fs::perms(0711));
    if (chown(home.c_str(), kNobody, kNobody) != 0)
      throw std::runtime_error("PostgreSQL cannot have " + name);
  }
  const fs::path data = home / "data";
  const Ran made = run(as_somebody(
      {programs_ / "initdb", "-D", data, "-A", "trust", "-U", "lianxin", "-E", "UTF8", "--locale=C", "-N"}));
  if (made.exit_code != 0) throw std::runtime_error("initdb: " + made.out + made.err);
  server_ = std::make_unique<Background>(
      as_somebody({programs_ / "postgres", "-D", data, "-k", home, "-c", "listen_addresses=", "-c",
                   "dynamic_shared_memory_type=mmap"}),
      Environment{}, home / "log");
  for (int i = 0; i < kTries; ++i) {
    if (run({programs_ / "pg_isready", "-q", "-h", home}).exit_code == 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  throw std::runtime_error("PostgreSQL is here and does not start: " + home.string());
}

Postgres* Postgres::running() {
  static const std::unique_ptr<Postgres> one = [] {
    const fs::path programs = find_programs();
    std::unique_ptr<Postgres> out;
    if (!programs.empty()) out.reset(new Postgres(programs));
    if (out != nullptr) out->start();
    return out;
  }();
  return one.get();
}

std::string Postgres::sql(const std::string& database, const std::string& text) {
  return run({programs_ / "psql", "-h", folder_ / "pg", "-U", "lianxin", "-d", database, "-qAtc", text}).out;
}

std::string Postgres::new_database() {
  const std::string name = "county" + std::to_string(++databases_);
  (void)sql("postgres", "CREATE DATABASE " + name);
  return "postgresql:///" + name + "?user=lianxin&host=" + (folder_ / "pg").string();
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
