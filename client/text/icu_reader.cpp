#include "client/text/icu_reader.hpp"

#include <regex>
#include <unicode/parseerr.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "shared/base/check.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::text {
namespace {

using Transliterator = std::unique_ptr<icu::Transliterator>;

constexpr const char* kNames = "Han-Latin/Names";
constexpr const char* kWords = "Han-Latin";

Transliterator of_id(const char* id) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  Transliterator made(icu::Transliterator::createInstance(id, UTRANS_FORWARD, where, status));
  LX_CHECK(U_SUCCESS(status), "ICU reads Hanzi");
  return made;
}

std::string utf8_of(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

}  // namespace

struct IcuReader::Rules {
  Transliterator read;
};

IcuReader::IcuReader() : rules_(std::make_unique<Rules>()) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  const std::string rules =
      std::string(":: ") + kNames + "; :: NFD; u\\u0308 > v; :: [:Nonspacing Mark:] Remove; :: NFC;";
  rules_->read.reset(
      icu::Transliterator::createFromRules("names", rules.c_str(), UTRANS_FORWARD, where, status));
  LX_CHECK(U_SUCCESS(status), "ICU reads names");
}

IcuReader::~IcuReader() = default;

std::vector<std::string> IcuReader::read(std::u32string_view hanzi) const {
  icu::UnicodeString text = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(hanzi.data()),
                                                          static_cast<std::int32_t>(hanzi.size()));
  rules_->read->transliterate(text);
  std::vector<std::string> syllables;
  for (const std::string& part : split(utf8_of(text), ' ')) {
    if (!part.empty()) syllables.push_back(to_lower_ascii(part));
  }
  return syllables;
}

std::vector<std::pair<char32_t, char32_t>> IcuReader::pairs() const {
  // A line of ICU's rules: {令}' '?狐 > líng;
  static const std::regex line("\\{([^\\[\\]{}]+)\\}' '\\?([^\\[\\]{} ]+) >");
  std::vector<std::pair<char32_t, char32_t>> found;
  for (const char* id : {kNames, kWords}) {
    icu::UnicodeString rules;
    of_id(id)->toRules(rules, false);
    const std::string text = utf8_of(rules);
    for (std::sregex_iterator at(text.begin(), text.end(), line); at != std::sregex_iterator(); ++at) {
      const std::u32string first = to_utf32((*at)[1].str());
      const std::u32string next = to_utf32((*at)[2].str());
      LX_CHECK(first.size() == 1 && next.size() == 1, "a rule of ICU's for two Hanzi");
      found.emplace_back(first[0], next[0]);
    }
  }
  return found;
}

}  // namespace lianxin::client::text
