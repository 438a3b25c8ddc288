#include "sync/server/admin/program.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <streambuf>
#include <sys/stat.h>

#include "sync/server/admin/command.hpp"
#include "sync/server/admin/init_command.hpp"
#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("init makes everything once: the second time it refuses and changes nothing") {
  const Desk desk;
  desk.init();
  const std::string stats = desk.json({"stats"}).dump();
  const Answer again = desk.try_json({"init", "--name", "other", "--host", "h", "--listen", "127.0.0.1:1"});
  CHECK(again.exit_code == 1);
  CHECK(again.error() == "server.made");
  CHECK(desk.json({"stats"}).dump() == stats);
}

TEST_CASE("wrong words end with 2 and one line, whatever bytes they are") {
  const Desk desk;
  for (const char* words : {"frobnicate", "\xFF\xFE", "--\xFF"}) {
    const Answer refused = desk.try_json({words});
    CHECK(refused.exit_code == 2);
    const std::string message = refused.json().at("error").at("message");
    CHECK(message.find('\n') == std::string::npos);
  }
}

TEST_CASE("everything in the data folder is for its owner alone") {
  const Desk desk;
  umask(077);  // as the program's main does
  static_cast<void>(desk.json({"init", "--name", "n", "--host", "h", "--listen", "127.0.0.1:8443"}));
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(desk.data())) {
    INFO(entry.path().string());
    CHECK((entry.status().permissions() & std::filesystem::perms(077)) == std::filesystem::perms::none);
    ++files;
  }
  CHECK(files >= 6);
  CHECK((std::filesystem::status(desk.data()).permissions() & std::filesystem::perms(077)) ==
        std::filesystem::perms::none);
}

TEST_CASE("an init that a power cut ended half way is finished by the next one") {
  const Desk desk;
  desk.init();
  std::filesystem::remove(desk.data() + "/server.db");
  CHECK(desk.try_json({"stats"}).error() == "server.not_made");
  // The key is there already.
  static_cast<void>(desk.json({"init", "--name", "n", "--host", "h", "--listen", "127.0.0.1:8443"}));
  CHECK(desk.json({"verify"}).at("ok") == true);
}

TEST_CASE("init refuses what cannot work, before anything is made") {
  const Desk desk;
  const auto init = [&](const std::string& host, const std::string& listen, const std::string& store) {
    return desk.try_json({"init", "--name", "n", "--host", host, "--listen", listen, "--store", store})
        .error();
  };
  CHECK(init("h", "nowhere", "sqlite") == "http.address");
  CHECK(init("h#x", "127.0.0.1:8443", "sqlite") == "server.host");
  CHECK(init("", "127.0.0.1:8443", "sqlite") == "server.host");
  CHECK(init("h", "127.0.0.1:8443", "mysql://h/db") == "server.store_kind");
  CHECK(init("h", "127.0.0.1:8443", "postgresql:///db?host=/nowhere") == "store.unreachable");
  CHECK_FALSE(std::filesystem::exists(desk.data()));
  CHECK(sync::server::admin::server_url("::1", 8443).value() == "https://[::1]:8443");
}

TEST_CASE("sentences about the data folder name it") {
  const Desk desk;
  const Answer none = desk.try_json({"stats"});
  CHECK(none.json().at("error").at("message").get<std::string>().find(desk.data()) != std::string::npos);
}

TEST_CASE("a failure is one line that says what and what to do, in both languages, and JSON beside") {
  const Desk desk;
  const Answer json = desk.try_json({"stats"});
  CHECK(json.exit_code == 1);
  CHECK(json.error() == "server.not_made");
  CHECK(json.json().at("error").at("message").get<std::string>().size() > 10);
  CHECK(json.json().at("error").contains("record"));
  CHECK(std::count(json.out.begin(), json.out.end(), '\n') == 1);
  for (const char* language : {"zh", "en"}) {
    const Answer text = run_words({"restore", desk.file("none"), "--data", desk.data(), "--lang", language});
    CHECK(text.exit_code == 1);
    CHECK(text.out.empty());
    CHECK(std::count(text.err.begin(), text.err.end(), '\n') == 1);
    CHECK(text.err.find("error.") == std::string::npos);  // a sentence, not a key
  }
}

TEST_CASE("wrong words end with 2, with --json as an error too; help is no failure") {
  CHECK(run_words({"frobnicate", "--data", "x"}).exit_code == 2);
  const Answer json = run_words({"frobnicate", "--json"});
  CHECK(json.exit_code == 2);
  CHECK(json.error() == "words");
  CHECK(run_words({"--help"}).exit_code == 0);
  CHECK(run_words({"--help"}).out.find("division") != std::string::npos);
}

TEST_CASE("the record an error is about is named") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  CHECK(desk.try_json({"worker", "end", "no-id"}).json().at("error").at("record") == "no-id");
  std::string unknown = worker;
  unknown.back() = unknown.back() == '0' ? '1' : '0';
  const Answer answer = desk.try_json({"device", "add", "--worker", unknown});
  CHECK(answer.error() == "worker.unknown");
  CHECK(answer.json().at("error").at("record") == unknown);
}

TEST_CASE("an answer nobody could read is a failure") {
  const Desk desk;
  desk.init();
  std::ofstream full("/dev/full");
  std::ostringstream err;
  const std::string data = desk.data();
  const std::vector<const char*> argv = {"lianxin-server", "stats", "--json", "--data", data.c_str()};
  CHECK(sync::server::admin::run_program(static_cast<int>(argv.size()), argv.data(), full, err) == 1);
  CHECK_FALSE(err.str().empty());
}

/// Where writing throws, as where no memory is left.
class Torn final : public std::streambuf {
  int_type overflow(int_type /*octet*/) override { throw std::runtime_error("torn"); }
};

/// Where the sentence is told; from then on the other stream is bad, but throws no more.
class Told final : public std::stringbuf {
 public:
  explicit Told(std::ostream& other) : other_(other) {}

 private:
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    other_.exceptions(std::ios::goodbit);
    return std::stringbuf::xsputn(text, size);
  }
  std::ostream& other_;
};

TEST_CASE("what a command throws is told like an error, and the program ends with 1") {
  const Desk desk;
  desk.init();
  Torn torn;
  std::ostream out(&torn);
  out.exceptions(std::ios::badbit);
  Told told(out);
  std::ostream err(&told);
  const std::string data = desk.data();
  const std::vector<const char*> words = {"lianxin-server", "stats", "--data", data.c_str(), "--lang", "en"};
  CHECK(sync::server::admin::run_program(static_cast<int>(words.size()), words.data(), out, err) == 1);
  CHECK(told.str().find("Something went wrong inside the program (torn)") != std::string::npos);
}

}  // namespace
}  // namespace lianxin::test
