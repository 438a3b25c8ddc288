#include "sync/server/service/enrolment.hpp"

#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

struct Joining {
  Office office;
  Id worker = office.worker("甲", "worker", kSanhe);
  server::AddedDevice added = must(office.admin().add_device(worker));
  wire::EnrolRequest request;
  Joining() {
    request.code = added.code;
    request.replica = ReplicaId::random();
    request.sign_key = server::make_sign_keys().open;
    request.seal_key = server::make_seal_keys().open;
    request.wall_ms = office.clock.now_ms();
  }
  Result<wire::EnrolAnswer> enrol() {
    return server::enrol(office.store(), office.exchange().county(), request, office.clock.now_ms());
  }
  std::string error() {
    const auto answer = enrol();
    return answer.ok() ? "" : answer.error().code;
  }
};

TEST_CASE("a code makes a laptop a device of its worker, and tells it who the server is") {
  Joining joining;
  const auto answer = must(joining.enrol());
  CHECK(answer.device == joining.added.device);
  CHECK(answer.worker == joining.worker);
  CHECK(answer.worker_name == "甲");
  CHECK(answer.server_name == "靖宇");
  CHECK(answer.epoch == 1);
  CHECK(answer.server_sign_key == joining.office.exchange().county().sign_keys.open);
  REQUIRE(answer.scopes.size() == 2);
  CHECK(answer.scopes[0].code.empty());
  CHECK(answer.scopes[1].code == kSanhe);
}

TEST_CASE("a code may be typed in small letters with blanks and dashes") {
  Joining joining;
  std::string typed;
  for (const char c : joining.added.code)
    typed += std::string(1, static_cast<char>(std::tolower(static_cast<unsigned char>(c)))) +
             (typed.size() == 8 ? "-" : " ");
  joining.request.code = typed;
  CHECK(joining.error().empty());
}

TEST_CASE("a code works once; the same laptop asking again gets the same answer") {
  Joining joining;
  const auto first = must(joining.enrol());
  const auto again = must(joining.enrol());
  CHECK(again.device == first.device);
  joining.request.sign_key = server::make_sign_keys().open;
  CHECK(joining.error() == "enrol.used");
}

TEST_CASE("a code of yesterday has expired") {
  Joining joining;
  joining.office.clock.advance(server::kJoinLifeMs + 1);
  CHECK(joining.error() == "enrol.expired");
}

TEST_CASE("a wrong code is wrong, and after five wrong tries the right one as well") {
  Joining joining;
  const std::string right = joining.request.code;
  joining.request.code = right.substr(0, 9) + (right[9] == 'A' ? 'B' : 'A');
  for (int i = 0; i < 5; ++i)
    CHECK(joining.error() == "enrol.code");
  joining.request.code = right;
  CHECK(joining.error() == "enrol.code");
  joining.request.code = "";
  CHECK(joining.error() == "enrol.code");
}

TEST_CASE("a device revoked before it came, keys of another size, a replica that is taken") {
  Joining joining;
  const Bytes key = joining.request.sign_key;
  joining.request.sign_key = "short";
  CHECK(joining.error() == "enrol.request");
  joining.request.sign_key = key;
  joining.request.replica = joining.office.exchange().county().replica;
  CHECK(joining.error() == "exchange.replica");
  joining.request.replica = ReplicaId::random();
  must(joining.office.admin().revoke_device(joining.added.device));
  CHECK(joining.error() == "enrol.code");
}

TEST_CASE("a device of a worker nobody knows") {
  Joining joining;
  CHECK(joining.office.admin().add_device(Id::make(1)).error().code == "worker.unknown");
}

TEST_CASE(
    "a laptop that was given another worker's code comes again with the right one, and only that laptop") {
  Joining joining;
  (void)must(joining.enrol());
  const Id right = joining.office.worker("乙", "worker", kSanhe);
  const auto code = [&] { return must(joining.office.admin().add_device(right)).code; };
  wire::EnrolRequest stranger = joining.request;
  stranger.code = code();
  stranger.sign_key = server::make_sign_keys().open;
  std::swap(joining.request, stranger);
  CHECK(joining.error() == "exchange.replica");
  std::swap(joining.request, stranger);
  joining.request.code = code();
  const auto again = must(joining.enrol());
  CHECK(again.worker == right);
  CHECK(must(joining.office.reader()->replica(joining.request.replica))->device == again.device);
}

}  // namespace
