// Every problem a check can name has its sentence; no sentence is left over.
#include <doctest/doctest.h>
#include <regex>
#include <set>
#include <string>

#include "assets/assets.hpp"
#include "shared/base/file.hpp"
#include "shared/base/message.hpp"

using namespace lianxin;

namespace {

/// The codes in the sources, as the functions that make problems are given them.
std::set<std::string> codes_in_sources() {
  // problem(field, "code"), if_not(good, field, "code"), blocking(place, "code"), warn("field", "code")
  static const std::regex kCode(
      R"rx((?:\b(?:field|field\.name|front\(\))|warn(?:_if_empty)?\(\s*"[a-z_]+"),\s*"([a-z_]+)")rx");
  const char* root = std::getenv("LX_SOURCE_DIR");
  REQUIRE(root != nullptr);
  std::set<std::string> codes;
  for (const std::string name : {"canonical.cpp", "check.cpp", "named_check.cpp", "record_rules.cpp"}) {
    const auto text = read_file(std::string(root) + "/shared/domain/" + name, 1 << 20);
    REQUIRE(text.ok());
    for (std::sregex_iterator it(text->begin(), text->end(), kCode), end; it != end; ++it)
      codes.insert((*it)[1].str());
  }
  for (const std::string why : {"malformed", "check_digit", "birth", "lost_digits"})
    codes.insert("id_number_" + why);
  return codes;
}

TEST_CASE("problems and their sentences match, in both languages") {
  const std::set<std::string> codes = codes_in_sources();
  // Of a whole record, not of a field's value: client/store/gone_members.cpp.
  std::set<std::string> of_records = {"recipient_deceased", "recipient_left"};
  // Of what stands beside it: client/store/stands_twice.cpp; of what the county does without: fields_off.cpp.
  of_records.insert({"second_outflow", "second_hardship", "second_certificate", "second_liaison",
                     "second_transfer", "second_with", "second_alike", "number_of_other", "books_none",
                     "books_missing", "books_version", "stock_below", "more_than_expected", "unit_circle",
                     "field_off", "reached_since", "field_fixed"});
  // Of a record nobody here has or that is void, of a unit that is no more: client/cli/put.cpp.
  of_records.insert({"not_here", "unit_ended", "unit_merged", "voided", "names_void"});
  // Of where it is put: client/store/place_held.cpp.
  of_records.insert({"place_shelf", "place_of_others", "place_of_others_county", "place_of_others_member"});
  // Of who is typing: client/store/rights.cpp.
  for (const std::string act : {"", "step_", "make_", "void_", "void_of_other_"}) {
    for (const std::string role : {"village", "township", "county"})
      of_records.insert("role_" + act + role);
  }
  CHECK(codes.size() > 40);
  for (const std::string_view language : {"zh-CN", "en"}) {
    const auto messages = Messages::parse(assets::texts(language));
    REQUIRE(messages.ok());
    for (const std::string& code : codes) {
      const std::string key = "problem." + code;
      REQUIRE_MESSAGE(messages->has(key), key);
      CHECK_MESSAGE(messages->get(key).find("{field}") != std::string::npos, key);
    }
    for (const std::string& key : messages->keys()) {
      if (!key.starts_with("problem.")) continue;
      if (of_records.count(key.substr(8)) > 0) CHECK(messages->get(key).size() > 10);
      CHECK_MESSAGE(codes.count(key.substr(8)) + of_records.count(key.substr(8)) == 1, key);
    }
  }
}

}  // namespace
