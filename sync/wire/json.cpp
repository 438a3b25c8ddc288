#include "sync/wire/json.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "sync/wire/json_fields.hpp"

namespace lianxin::sync::wire {
namespace {

using Json = nlohmann::ordered_json;

struct BadField {
  std::string name;
};

class JsonWriter {
 public:
  template <class T>
  void number(const char* name, const T& value) {
    out_[name] = value;
  }
  void flag(const char* name, bool value) { out_[name] = value; }
  void text(const char* name, const std::string& value) { out_[name] = value; }
  void octets(const char* name, BytesView value) { out_[name] = to_base64(value); }
  void id(const char* name, const Id& value) { out_[name] = value.text(); }
  void replica(const char* name, ReplicaId value) { out_[name] = value.text(); }
  void hash(const char* name, const Hash256& value) { out_[name] = value.hex(); }
  void digest(const char* name, const Digest128& value) { out_[name] = value.hex(); }
  void change(const char* name, const ChangeId& value) { out_[name] = value.text(); }
  void changes(const char* name, const std::vector<ChangeId>& values) {
    Json& list = out_[name] = Json::array();
    for (const ChangeId& value : values)
      list.push_back(value.text());
  }
  void numbers(const char* name, const std::vector<std::uint8_t>& values) {
    Json& list = out_[name] = Json::array();
    for (const std::uint8_t value : values)
      list.push_back(value);
  }
  void pairs(const char* name, const std::vector<std::pair<std::string, std::string>>& values) {
    Json& list = out_[name] = Json::array();
    for (const auto& [first, second] : values)
      list.push_back(Json::array({first, second}));
  }
  template <class E, std::size_t N>
  void word(const char* name, E value, const std::array<const char*, N>& words) {
    out_[name] = words.at(static_cast<std::size_t>(value));
  }
  template <class M>
  void one(const char* name, M& message) {
    out_[name] = written(message);
  }
  template <class M>
  void list(const char* name, std::vector<M>& messages) {
    Json& list = out_[name] = Json::array();
    for (M& message : messages)
      list.push_back(written(message));
  }
  template <class M>
  void maybe(const char* name, std::optional<M>& message) {
    out_[name] = message ? written(*message) : Json();
  }
  void protocol(std::uint16_t /*value*/) {}

  template <class M>
  [[nodiscard]] static Json written(M& message) {
    JsonWriter writer;
    fields(writer, message);
    return std::move(writer.out_);
  }

 private:
  Json out_ = Json::object();
};

class JsonReader {
 public:
  explicit JsonReader(const Json& in) : in_(in) {
    if (!in.is_object()) throw BadField{};
  }

  template <class T>
  void number(const char* name, T& value) {
    value = narrow<T>(name, at(name));
  }
  void flag(const char* name, bool& value) {
    const Json& found = at(name);
    if (!found.is_boolean()) throw BadField{name};
    value = found.get<bool>();
  }
  void text(const char* name, std::string& value) { value = words(name, at(name)); }
  void octets(const char* name, Bytes& value) { value = taken(name, from_base64(words(name, at(name)))); }
  void id(const char* name, Id& value) { value = taken(name, Id::parse(words(name, at(name)))); }
  void replica(const char* name, ReplicaId& value) {
    value = taken(name, ReplicaId::parse(words(name, at(name))));
  }
  void hash(const char* name, Hash256& value) { value = taken(name, Hash256::from_bytes(hex(name))); }
  void digest(const char* name, Digest128& value) { value = taken(name, Digest128::from_bytes(hex(name))); }
  void change(const char* name, ChangeId& value) {
    value = taken(name, ChangeId::parse(words(name, at(name))));
  }
  void changes(const char* name, std::vector<ChangeId>& values) {
    for (const Json& one : array(name))
      values.push_back(taken(name, ChangeId::parse(words(name, one))));
  }
  void numbers(const char* name, std::vector<std::uint8_t>& values) {
    for (const Json& one : array(name))
      values.push_back(narrow<std::uint8_t>(name, one));
  }
  void pairs(const char* name, std::vector<std::pair<std::string, std::string>>& values) {
    for (const Json& one : array(name)) {
      if (!one.is_array() || one.size() != 2) throw BadField{name};
      values.emplace_back(words(name, one[0]), words(name, one[1]));
    }
  }
  template <class E, std::size_t N>
  void word(const char* name, E& value, const std::array<const char*, N>& all) {
    const std::string found = words(name, at(name));
    const auto place = std::find(all.begin(), all.end(), found);
    if (place == all.end()) throw BadField{name};
    value = static_cast<E>(place - all.begin());
  }
  template <class M>
  void one(const char* name, M& message) {
    read(at(name), message);
  }
  template <class M>
  void list(const char* name, std::vector<M>& messages) {
    for (const Json& one : array(name))
      read(one, messages.emplace_back());
  }
  template <class M>
  void maybe(const char* name, std::optional<M>& message) {
    const Json& found = at(name);
    if (!found.is_null()) read(found, message.emplace());
  }
  void protocol(std::uint16_t value) const {
    if (value < kProtocolFirst || value > kProtocol) throw BadField{"protocol"};
  }

  template <class M>
  static void read(const Json& in, M& message) {
    JsonReader reader(in);
    fields(reader, message);
    reader.end();
  }
  /// Nothing but what was asked for.
  void end() const {
    if (in_.size() != taken_) throw BadField{};
  }

  [[nodiscard]] bool has(const char* name) const { return in_.contains(name); }
  [[nodiscard]] const Json& at(const char* name) {
    const auto found = in_.find(name);
    if (found == in_.end()) throw BadField{name};
    ++taken_;
    return *found;
  }

 private:
  [[nodiscard]] const Json& array(const char* name) {
    const Json& found = at(name);
    if (!found.is_array()) throw BadField{name};
    return found;
  }
  [[nodiscard]] static const std::string& words(const char* name, const Json& found) {
    if (!found.is_string()) throw BadField{name};
    return found.get_ref<const std::string&>();
  }
  [[nodiscard]] Bytes hex(const char* name) { return taken(name, from_hex(words(name, at(name)))); }
  template <class T>
  [[nodiscard]] static T taken(const char* name, Result<T> value) {
    if (!value.ok()) throw BadField{name};
    return std::move(*value);
  }
  template <class T>
  [[nodiscard]] static T narrow(const char* name, const Json& found) {
    const bool is_natural = found.is_number_unsigned();
    if (!is_natural && !(std::is_signed_v<T> && found.is_number_integer())) throw BadField{name};
    const T value = found.get<T>();
    const bool same = is_natural
                          ? value >= 0 && static_cast<std::uint64_t>(value) == found.get<std::uint64_t>()
                          : static_cast<std::int64_t>(value) == found.get<std::int64_t>();
    if (!same) throw BadField{name};
    return value;
  }

  const Json& in_;
  std::size_t taken_ = 0;
};

/// Its payload as a request where that is the same.
Json written_signed(const SignedRequest& message) {
  Json out = Json::object();
  out["device"] = message.device.text();
  out["number"] = message.number;
  auto request = decode_request(message.payload);
  if (request.ok() && encode_request(*request) == message.payload)
    out["request"] = JsonWriter::written(*request);
  else
    out["payload"] = to_base64(message.payload);
  out["signature"] = to_base64(message.signature);
  return out;
}

void read_signed(const Json& in, SignedRequest& message) {
  JsonReader reader(in);
  reader.id("device", message.device);
  reader.number("number", message.number);
  if (reader.has("request")) {
    ExchangeRequest request;
    reader.one("request", request);
    message.payload = encode_request(request);
  } else {
    reader.octets("payload", message.payload);
  }
  reader.octets("signature", message.signature);
  reader.end();
}

Result<Json> parsed(BytesView text) {
  bool is_deep = false;
  const auto watch = [&](int depth, Json::parse_event_t /*event*/, Json& /*value*/) {
    is_deep = is_deep || depth > static_cast<int>(kJsonDepthMax);
    return !is_deep;
  };
  Json json = Json::parse(text, watch, false);
  if (is_deep || json.is_discarded()) return fail("wire.malformed", {{"field", ""}});
  return json;
}

}  // namespace

template <class M>
std::string to_json(const M& message) {
  if constexpr (std::is_same_v<M, SignedRequest>) {
    return written_signed(message).dump(-1, ' ', false, Json::error_handler_t::replace);
  } else {
    M copy = message;
    return JsonWriter::written(copy).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
}

template <class M>
Result<M> from_json(BytesView text) {
  LX_TRY(const Json json, parsed(text));
  M message;
  try {
    if constexpr (std::is_same_v<M, SignedRequest>)
      read_signed(json, message);
    else
      JsonReader::read(json, message);
  } catch (const BadField& bad) {
    if (bad.name == "protocol") return fail("wire.newer");
    return fail("wire.malformed", {{"field", bad.name}});
  }
  return message;
}

#define LX_JSON(M)                        \
  template std::string to_json(const M&); \
  template Result<M> from_json(BytesView);
LX_JSON(SignedRequest)
LX_JSON(ExchangeRequest)
LX_JSON(ExchangeAnswer)
LX_JSON(EnrolRequest)
LX_JSON(EnrolAnswer)
LX_JSON(WireError)
#undef LX_JSON

}  // namespace lianxin::sync::wire
