#include "sync/server/admin/serve_command.hpp"

#include <doctest/doctest.h>
#include <signal.h>

#include "sync/laptop/session.hpp"
#include "sync/wire/signing.hpp"
#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

using namespace sync;  // NOLINT: a test's own file

/// The real program, on a port it chose itself.
struct Serving {
  explicit Serving(const Desk& desk, const std::vector<std::string>& more = {})
      : process(words(desk, more), {}, desk.file("log")) {
    listening = nlohmann::json::parse(process.first_line(20'000)).at("listening");
  }
  static std::vector<std::string> words(const Desk& desk, const std::vector<std::string>& more) {
    std::vector<std::string> all{
        program("lianxin-server").string(), "serve", "--data", desk.data(), "--listen", "127.0.0.1:0"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  Background process;
  std::string listening;
};

struct TestLaptop {
  laptop::DeviceKeys keys = laptop::make_device_keys();
  ReplicaId replica = ReplicaId::random();
  SystemClock clock;
  laptop::CancelFlag never{false};

  Result<wire::EnrolAnswer> enrol(const std::string& join_line) {
    const auto join = laptop::parse_join_line(join_line).value();
    laptop::ServerAddress address;
    address.url = join.url;
    address.key_pins = join.key_pins;
    transport = laptop::make_curl_transport(address);
    return laptop::enrol(*transport, join, replica, keys, clock, never);
  }
  Result<wire::ExchangeAnswer> exchange(const wire::EnrolAnswer& enrolled, std::uint64_t number) {
    wire::ExchangeRequest request;
    request.replica = replica;
    request.number = number;
    request.epoch = enrolled.epoch;
    request.wall_ms = clock.now_ms();
    wire::SignedRequest message;
    message.device = enrolled.device;
    message.number = number;
    message.payload = wire::encode_request(request);
    message.signature = sync::wire::sign(
        keys.sign_secret, wire::request_to_sign(enrolled.server, request.epoch, number, message.payload));
    LX_TRY(const Bytes answer, transport->post("/v1/exchange", wire::pack(message), {}, never));
    return wire::unpack<wire::ExchangeAnswer>(answer);
  }
  std::unique_ptr<laptop::Transport> transport;
};

TEST_CASE("a laptop enrols by the join line of a server on a port of its own choice, and syncs") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  Serving serving(desk);
  CHECK(desk.json({"stats"}).at("serving") == "https://" + serving.listening);
  const auto device = desk.json({"device", "add", "--worker", worker});
  TestLaptop laptop;
  const auto enrolled = laptop.enrol(device.at("join"));
  REQUIRE(enrolled.ok());
  CHECK(enrolled->worker_name == "甲");
  CHECK(enrolled->device.text() == device.at("device").get<std::string>());
  const auto answer = laptop.exchange(*enrolled, 1);
  REQUIRE(answer.ok());
  CHECK(answer->verdict == wire::ExchangeAnswer::Verdict::kTaken);
  CHECK(answer->scopes.size() == 2);
  CHECK_FALSE(answer->pages.empty());
  CHECK(desk.json({"device", "list"}).at(0).at("state") == "enrolled");

  TestLaptop second;  // the code has been used
  CHECK(second.enrol(device.at("join")).error().code.starts_with("enrol."));
  TestLaptop forger;  // right device, wrong key
  forger.transport = std::move(laptop.transport);
  CHECK(forger.exchange(*enrolled, 2).error().code == "exchange.signature");
}

TEST_CASE("a server that moved tells laptops its new name from then on") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const auto joins = [&](const std::string& url) {
    const std::string join = desk.json({"device", "add", "--worker", worker}).at("join");
    CHECK_MESSAGE(join.starts_with(url), join);
  };
  {
    const Serving moved(desk, {"--host", "county.example"});
    joins("https://county.example:" + moved.listening.substr(moved.listening.rfind(':') + 1) + "/#");
  }
  joins("https://county.example:");
  {
    const Serving later(desk);
    joins("https://county.example:" + later.listening.substr(later.listening.rfind(':') + 1) + "/#");
  }
  CHECK(desk.try_json({"serve", "--host", "no host"}).error() == "server.host");
}

TEST_CASE("SIGTERM ends it with 0, and the note of its address is gone") {
  const Desk desk;
  desk.init();
  Serving serving(desk);
  serving.process.signal(SIGTERM);
  CHECK(serving.process.wait() == 0);
  CHECK(desk.json({"stats"}).at("serving") == "");
}

TEST_CASE("one folder has one server; a restore into it is refused while it runs") {
  const Desk desk;
  desk.init();
  Serving serving(desk);
  static_cast<void>(desk.json({"backup", desk.file("b")}));
  CHECK(desk.try_json({"restore", desk.file("b")}).error() == "server.made");
  CHECK(desk.try_json({"serve"}).error() == "server.running");
  serving.process.signal(SIGKILL);
  serving.process.wait();
  const Serving again(desk);  // what a killed server left behind is in nobody's way
  CHECK_FALSE(again.listening.empty());
}

TEST_CASE("commands work while the server runs, and a dump and a proof are of one moment") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const Serving serving(desk);
  for (int i = 0; i < 5; ++i)
    static_cast<void>(desk.json({"device", "add", "--worker", worker}));
  CHECK(desk.json({"device", "list"}).size() == 5);
  CHECK(desk.json({"verify"}).at("ok") == true);
}

TEST_CASE("a port in use and a folder without a county are told in one line") {
  const Desk desk;
  CHECK(desk.try_json({"serve"}).error() == "server.not_made");
  desk.init();
  const Serving serving(desk);
  const Desk other;
  other.init();
  CHECK(other.try_json({"serve", "--listen", serving.listening}).error() == "http.listen");
}

}  // namespace
}  // namespace lianxin::test
