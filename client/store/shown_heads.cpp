// ShownHeads of records.hpp as a text: "1", or "2 <renamings>", and one piece per register, "|<record>
// <field> <element> <change>,<change>"; field 0 = the record as a whole.
#include <algorithm>
#include <charconv>

#include "client/store/records.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::store {

void ShownHeads::add(const Id& record, std::uint16_t field, std::string_view element, Seen heads) {
  heads_[{record, field, std::string(element)}] = std::move(heads);
}

const Seen* ShownHeads::find(const Id& record, std::uint16_t field, std::string_view element) const {
  auto found = heads_.find({record, field, std::string(element)});
  if (found == heads_.end()) found = heads_.find({record, 0, ""});
  return found == heads_.end() ? nullptr : &found->second;
}

void ShownHeads::rename(const std::function<void(sync::change::SeenRef&)>& give_name) {
  for (auto& [key, heads] : heads_) {
    for (sync::change::SeenRef& ref : heads)
      give_name(ref);
    std::sort(heads.begin(), heads.end());
  }
}

std::string ShownHeads::token() const {
  std::string out = renamings_ ? "2 " + std::to_string(*renamings_) : "1";
  for (const auto& [key, heads] : heads_) {
    out += "|" + key.record.text() + " " + std::to_string(key.field) + " " + key.element + " ";
    bool first = true;
    for (const sync::change::SeenRef& ref : heads) {
      if (!first) out += ",";
      first = false;
      out += ref.id.text();
      if (ref.hash8)
        out += "/" + to_hex({reinterpret_cast<const char*>(ref.hash8->data()), ref.hash8->size()});
    }
  }
  return out;
}

namespace {

Result<sync::change::SeenRef> parse_ref(const std::string& text) {
  sync::change::SeenRef ref;
  const std::size_t slash = text.find('/');
  LX_TRY(ref.id, ChangeId::parse(text.substr(0, slash)));
  if (slash == std::string::npos) return ref;
  LX_TRY(const Bytes bytes, from_hex(text.substr(slash + 1)));
  std::array<std::uint8_t, 8> hash{};
  if (bytes.size() != hash.size()) return fail("token.malformed");
  for (std::size_t i = 0; i < hash.size(); ++i)
    hash[i] = static_cast<std::uint8_t>(bytes[i]);
  ref.hash8 = hash;
  return ref;
}

Result<std::optional<std::uint64_t>> parse_renamings(const std::string& text) {
  if (text == "1") return std::optional<std::uint64_t>();
  std::uint64_t count = 0;
  const char* end = text.data() + text.size();
  if (!text.starts_with("2 ")) return fail("token.malformed");
  const auto [rest, error] = std::from_chars(text.data() + 2, end, count);
  if (error != std::errc{} || rest != end) return fail("token.malformed");
  return std::optional(count);
}

}  // namespace

Result<ShownHeads> ShownHeads::parse(std::string_view token) {
  const std::vector<std::string> pieces = split(token, '|');
  ShownHeads out;
  LX_TRY(out.renamings_, parse_renamings(pieces.empty() ? std::string() : pieces.front()));
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const std::vector<std::string> words = split(pieces[i], ' ');
    constexpr std::size_t kWords = 4;
    if (words.size() != kWords) return fail("token.malformed");
    const auto record = Id::parse(words[0]);
    std::uint16_t field = 0;
    const char* end = words[1].data() + words[1].size();
    const auto [rest, error] = std::from_chars(words[1].data(), end, field);
    if (!record.ok() || error != std::errc{} || rest != end) return fail("token.malformed");
    Seen heads;
    for (const std::string& one : split(words[3], ',')) {
      if (one.empty()) continue;
      const auto ref = parse_ref(one);
      if (!ref.ok()) return fail("token.malformed");
      heads.push_back(*ref);
    }
    out.add(*record, field, words[2], std::move(heads));
  }
  return out;
}

}  // namespace lianxin::client::store
