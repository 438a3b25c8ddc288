// Every message as JSON and back, field by field; and what is refused.
#include "sync/wire/json.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "shared/codec/codec.hpp"
#include "sync/wire/serialize.hpp"
#include "tests/sync/wire/samples.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
using namespace lianxin::sync::wire;
using Json = nlohmann::ordered_json;

template <class M>
void comes_back(const M& message) {
  const std::string text = to_json(message);
  CAPTURE(text);
  const auto again = from_json<M>(text);
  REQUIRE(again.ok());
  CHECK(codec::encode(*again) == codec::encode(message));
  CHECK(to_json(*again) == text);
}

template <class M>
std::string refused_at(const std::string& text) {
  const auto read = from_json<M>(text);
  REQUIRE_FALSE(read.ok());
  return read.error().code + (read.error().args.empty() ? "" : " " + read.error().args.front().value);
}

/// The text with one field taken away or put in place of what was there.
std::string with(const std::string& text, const char* field, const Json& value) {
  Json json = Json::parse(text);
  if (value.is_discarded())
    json.erase(field);
  else
    json[field] = value;
  return json.dump();
}
const Json kGone = Json(Json::value_t::discarded);

TEST_CASE("every message comes back from its JSON as it was") {
  comes_back(sample_request());
  comes_back(sample_signed_request());
  comes_back(sample_answer());
  comes_back(sample_folding_answer());
  comes_back(sample_enrol_request());
  comes_back(sample_enrol_answer());
  comes_back(sample_error());
  comes_back(ExchangeRequest{});
  comes_back(ExchangeAnswer{});
}

TEST_CASE("ids, replicas, hashes and octets are written as everywhere, enumerations as words") {
  const Json request = Json::parse(to_json(sample_request()));
  CHECK(Id::parse(request.at("cursors").at(0).at("scope").get<std::string>()).ok());
  CHECK(request.at("replica").get<std::string>().size() == 16);
  CHECK(request.at("own_hash").get<std::string>().size() == 64);
  CHECK(from_base64(request.at("changes").at(0).at("body").get<std::string>()).ok());
  const Json answer = Json::parse(to_json(sample_answer()));
  CHECK(answer.at("verdict").is_string());
  const Json& entry = answer.at("pages").at(0).at("entries").at(0);
  CHECK(ChangeId::parse(entry.at("id").get<std::string>()).ok());
}

TEST_CASE("a signed request shows its payload, or keeps its octets where that would not give them back") {
  SignedRequest signed_request = sample_signed_request();
  signed_request.payload = encode_request(sample_request());
  const Json shown = Json::parse(to_json(signed_request));
  CHECK(shown.at("request").at("number") == sample_request().number);
  CHECK_FALSE(shown.contains("payload"));
  comes_back(signed_request);
  signed_request.payload = "octets of a newer program";
  CHECK(Json::parse(to_json(signed_request)).contains("payload"));
  comes_back(signed_request);
}

TEST_CASE("a field that is missing, of another type, too large or unknown is named") {
  const std::string text = to_json(sample_enrol_request());
  CHECK(refused_at<EnrolRequest>(with(text, "code", kGone)) == "wire.malformed code");
  CHECK(refused_at<EnrolRequest>(with(text, "code", 5)) == "wire.malformed code");
  CHECK(refused_at<EnrolRequest>(with(text, "replica", "00")) == "wire.malformed replica");
  CHECK(refused_at<EnrolRequest>(with(text, "sign_key", "no base64!")) == "wire.malformed sign_key");
  CHECK(refused_at<EnrolRequest>(with(text, "more", true)) == "wire.malformed ");
  CHECK(refused_at<EnrolRequest>("[]") == "wire.malformed ");
  CHECK(refused_at<EnrolRequest>("{\"code\":") == "wire.malformed ");
  CHECK(refused_at<EnrolRequest>(std::string(100'000, '[')) == "wire.malformed ");
  const std::string request = to_json(sample_request());
  CHECK(refused_at<ExchangeRequest>(with(request, "catalogue", 65536)) == "wire.malformed catalogue");
  CHECK(refused_at<ExchangeRequest>(with(request, "number", -1)) == "wire.malformed number");
  CHECK(refused_at<ExchangeRequest>(with(request, "number", 1.5)) == "wire.malformed number");
  CHECK(refused_at<ExchangeRequest>(with(request, "changes", "none")) == "wire.malformed changes");
  CHECK(refused_at<ExchangeRequest>(with(request, "protocol", kProtocol + 1)) == "wire.newer");
  CHECK(refused_at<ExchangeAnswer>(with(to_json(sample_answer()), "verdict", "perhaps")) ==
        "wire.malformed verdict");
}

}  // namespace
