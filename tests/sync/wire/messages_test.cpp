#include "sync/wire/messages.hpp"

#include <doctest/doctest.h>
#include <thread>

#include "sync/wire/bounded.hpp"
#include "sync/wire/serialize.hpp"
#include "tests/sync/change/sample.hpp"
#include "tests/sync/wire/samples.hpp"

using namespace lianxin;
using namespace lianxin::test;
using namespace lianxin::sync::wire;

namespace {

template <class M>
void check_round_trip(const M& message, MessageKind kind) {
  const Bytes bytes = pack(message);
  CHECK(kind_of(bytes).value() == kind);
  const auto read = unpack<M>(bytes);
  REQUIRE(read.ok());
  CHECK(codec::encode(*read) == codec::encode(message));
  CHECK(pack(*read) == bytes);
}

std::string error_of(const Result<ExchangeAnswer>& result) { return result.ok() ? "" : result.error().code; }

/// What was packed by the first program of this protocol is still read as the same message. The frames of
/// another zstd may differ, so what is inside is compared.
template <class M>
void check_golden(const char* name, const M& message) {
  CAPTURE(name);
  const std::string kept = golden(std::string("wire/") + name + ".hex");
  CHECK_MESSAGE(!kept.empty(), to_hex(pack(message)));
  const auto bytes = from_hex(kept);
  REQUIRE(bytes.ok());
  const auto read = unpack<M>(*bytes);
  REQUIRE(read.ok());
  CHECK(codec::encode(*read) == codec::encode(message));
}

}  // namespace

TEST_CASE("Every message comes out as it went in") {
  check_round_trip(sample_signed_request(), MessageKind::kSignedRequest);
  check_round_trip(sample_answer(), MessageKind::kExchangeAnswer);
  check_round_trip(sample_enrol_request(), MessageKind::kEnrolRequest);
  check_round_trip(sample_enrol_answer(), MessageKind::kEnrolAnswer);
  check_round_trip(sample_error(), MessageKind::kError);
  check_round_trip(ExchangeAnswer{}, MessageKind::kExchangeAnswer);
  const auto request = decode_request(encode_request(sample_request()));
  REQUIRE(request.ok());
  CHECK(encode_request(*request) == encode_request(sample_request()));
}

TEST_CASE("Entries of every kind keep what their kind carries") {
  const auto read = unpack<ExchangeAnswer>(pack(sample_answer()));
  REQUIRE(read.ok());
  const std::vector<FeedEntry>& entries = read->pages.at(0).entries;
  REQUIRE(entries.size() == 5);
  CHECK(entries[0].ghosts == std::vector<ChangeId>{{{0x11}, 4}, {{0x22}, 900}});
  CHECK(entries[0].values == sync::change::encode_values(sample_values()));
  CHECK(entries[1].body == sync::change::encode_body(sample_body()));
  CHECK(entries[2].own_inert);
  CHECK(entries[3].state == "state of a class");
  CHECK(entries[4].record == id_of(2));
  CHECK(read->ack.outcomes.at(0).reason == "no_right");
  CHECK(read->digests.at(0).digest == digest128("digest"));
}

TEST_CASE("Bytes kept from the first program are still understood") {
  check_golden("signed_request", sample_signed_request());
  check_golden("exchange_answer", sample_answer());
  check_golden("enrol_request", sample_enrol_request());
  check_golden("enrol_answer", sample_enrol_answer());
  check_golden("error", sample_error());
  const ExchangeAnswer answer = sample_answer();
  CHECK(to_hex(encode_request(sample_request())) == golden("wire/exchange_request.hex"));
  CHECK(to_hex(request_to_sign(id_of(8), 2, 17, "payload")) == golden("wire/request_to_sign.hex"));
  CHECK(to_hex(acknowledgement_to_sign(id_of(8), answer.ack)) == golden("wire/acknowledgement_to_sign.hex"));
}

TEST_CASE("An error comes out as it went in, but for what only this machine's log should know") {
  const Error error = fail("exchange.number", {{"last", "7"}, {"device", "abc"}}, "errno 5");
  const auto packed = unpack<WireError>(pack(WireError::of(error)));
  REQUIRE(packed.ok());
  const Error told = packed->error();
  CHECK(told.code == "exchange.number");
  REQUIRE(told.args.size() == 2);
  CHECK(told.args[0].name + "=" + told.args[0].value == "last=7");
  CHECK(told.args[1].name + "=" + told.args[1].value == "device=abc");
  CHECK(told.detail.empty());
}

TEST_CASE("What is signed depends on every part, never on the signature, and serves one purpose") {
  const Bytes request = request_to_sign(id_of(8), 2, 17, "payload");
  CHECK(request_to_sign(id_of(9), 2, 17, "payload") != request);
  CHECK(request_to_sign(id_of(8), 3, 17, "payload") != request);
  CHECK(request_to_sign(id_of(8), 2, 18, "payload") != request);
  CHECK(request_to_sign(id_of(8), 2, 17, "other") != request);

  Acknowledgement ack = sample_answer().ack;
  const Bytes acknowledgement = acknowledgement_to_sign(id_of(8), ack);
  CHECK(acknowledgement_to_sign(id_of(9), ack) != acknowledgement);
  ack.signature = "another";
  CHECK(acknowledgement_to_sign(id_of(8), ack) == acknowledgement);
  ack.outcomes[0].outcome = Outcome::kConflict;
  CHECK(acknowledgement_to_sign(id_of(8), ack) != acknowledgement);
  ack = sample_answer().ack;
  ++ack.counter;
  CHECK(acknowledgement_to_sign(id_of(8), ack) != acknowledgement);

  CHECK(request.starts_with("lianxin request 1\n"));
  CHECK(acknowledgement.starts_with("lianxin acknowledgement 1\n"));
}

TEST_CASE("Parts travel with the second protocol and are left out of the first") {
  ExchangeRequest request = sample_request();
  request.parts = {{9, "nine"}, {60000, "of a program to come"}};
  CHECK(decode_request(encode_request(request)).value().parts.empty());
  request.protocol = kProtocol;
  const auto read = decode_request(encode_request(request));
  REQUIRE(read.ok());
  REQUIRE(find_part(read->parts, 9) != nullptr);
  CHECK(*find_part(read->parts, 9) == "nine");
  CHECK(find_part(read->parts, 8) == nullptr);

  ExchangeAnswer answer = sample_answer();
  answer.parts = request.parts;
  CHECK(unpack<ExchangeAnswer>(pack(answer)).value().parts.empty());
  answer.protocol = kProtocol;
  CHECK(unpack<ExchangeAnswer>(pack(answer)).value().parts.size() == 2);
}

TEST_CASE("A newer program's messages are named as such, whatever their shape") {
  Bytes newer = pack(sample_error());
  newer[2] = 2;
  CHECK(kind_of(newer).error().code == "wire.newer");
  CHECK(unpack<WireError>(newer).error().code == "wire.newer");
  CHECK(decode_request("\x04 of another shape").error().code == "wire.newer");
  CHECK(decode_request("\xFF\x01").error().code == "wire.newer");
  ExchangeRequest request = sample_request();
  request.protocol = 0;
  CHECK(decode_request(encode_request(request)).error().code == "wire.malformed");
  CHECK(decode_request("").error().code == "wire.malformed");
}

TEST_CASE("What is no message, or another one, is refused") {
  const Bytes honest = pack(sample_error());
  CHECK(kind_of("LX").error().code == "wire.malformed");
  CHECK(kind_of("PK" + honest.substr(2)).error().code == "wire.malformed");
  for (const char kind : {'\0', '\x08', '\xFF'}) {
    Bytes other = honest;
    other[3] = kind;
    CHECK(kind_of(other).error().code == "wire.malformed");
  }
  CHECK(unpack<EnrolRequest>(honest).error().code == "wire.malformed");
  CHECK(unpack<ExchangeAnswer>(packed_plain(MessageKind::kExchangeAnswer, codec::encode(sample_error())))
            .error()
            .code == "wire.malformed");
}

TEST_CASE("Words no program of this version knows are refused") {
  CHECK(error_of(unpack<ExchangeAnswer>(pack(sample_answer()))).empty());
  ExchangeAnswer answer = sample_answer();
  answer.verdict = static_cast<ExchangeAnswer::Verdict>(5);
  CHECK(error_of(unpack<ExchangeAnswer>(pack(answer))) == "wire.malformed");
  answer = sample_answer();
  answer.ack.outcomes[0].outcome = static_cast<Outcome>(5);
  CHECK(error_of(unpack<ExchangeAnswer>(pack(answer))) == "wire.malformed");
  answer = sample_answer();
  answer.pages[0].entries[4].kind = static_cast<EntryKind>(5);
  CHECK(error_of(unpack<ExchangeAnswer>(pack(answer))) == "wire.malformed");
}

TEST_CASE("A clock that no laptop can show is refused: no reckoning with it may leave its range") {
  constexpr WallMs kMost = WallMs{1} << 53;
  for (const WallMs wall_ms : {-kMost - 1, kMost + 1, INT64_MIN, INT64_MAX}) {
    CAPTURE(wall_ms);
    ExchangeRequest request = sample_request();
    request.wall_ms = wall_ms;
    CHECK(decode_request(encode_request(request)).error().code == "wire.malformed");
    EnrolRequest enrolment = sample_enrol_request();
    enrolment.wall_ms = wall_ms;
    CHECK(unpack<EnrolRequest>(pack(enrolment)).error().code == "wire.malformed");
  }
  ExchangeRequest request = sample_request();
  request.wall_ms = -kMost;
  CHECK(decode_request(encode_request(request)).ok());
}

TEST_CASE("Threads may pack and unpack the same message at once") {
  const ExchangeAnswer answer = sample_answer();
  const Bytes expected = pack(answer);
  std::vector<int> right(4, 0);
  std::vector<std::thread> threads;
  threads.reserve(right.size());
  for (int& mine : right) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        const auto read = unpack<ExchangeAnswer>(expected);
        if (pack(answer) == expected && read.ok() && pack(*read) == expected) ++mine;
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  CHECK(right == std::vector<int>(4, 50));
}

TEST_CASE("an answer that grew beyond a message is an error, not the end of the program") {
  ExchangeAnswer answer = sample_answer();
  CHECK(pack_bounded(answer).value() == pack(answer));
  answer.protocol = kProtocol;
  answer.parts.push_back({900, Bytes(kMessageBytesMax, 'x')});
  CHECK(pack_bounded(answer).error().code == "wire.too_large");
}
