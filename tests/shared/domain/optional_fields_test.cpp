#include "shared/domain/optional_fields.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <map>

#include "shared/domain/catalogue.hpp"
#include "shared/domain/record_rules.hpp"

using namespace lianxin::domain;

TEST_CASE("what a county may do without stands in the catalogue, is sorted, and nothing asks for it") {
  const auto& all = optional_fields();
  CHECK(std::is_sorted(all.begin(), all.end()));
  for (const std::string_view name : all) {
    CAPTURE(name);
    const auto dot = name.find('.');
    const Kind* kind = Catalogue::base().kind(name.substr(0, dot));
    REQUIRE(kind != nullptr);
    const Field* field = kind->field(name.substr(dot + 1));
    REQUIRE(field != nullptr);
    CHECK(field->required == Required::kNo);
  }
}

TEST_CASE("a parameter that switches off names such a field") {
  const Kind& kind = *Catalogue::base().kind("parameter");
  const auto code = [&](const std::string& value) {
    RecordValues values;
    values.scalars = {{"name", "field_off"}, {"value", value}};
    const auto problems = cross_field_problems(kind, values);
    return problems.empty() ? std::string() : problems.front().code;
  };
  CHECK(code("member.native_place") == "");
  CHECK(code("member.name") == "parameter_field");
  CHECK(code("1") == "parameter_field");
}

TEST_CASE("records of processing are kept three years at least, and who gets a login was trained") {
  const auto told = [](const char* kind, std::map<std::string, std::string> scalars) {
    RecordValues values;
    values.scalars = std::move(scalars);
    const auto problems = cross_field_problems(*Catalogue::base().kind(kind), values);
    return problems.empty() ? std::string() : problems.front().code;
  };
  CHECK(told("parameter", {{"name", "keep_audit_years"}, {"value", "2"}}) == "audit_years");
  CHECK(told("parameter", {{"name", "keep_audit_years"}, {"value", "3"}}) == "");
  CHECK(told("parameter", {{"name", "keep_notes_years"}, {"value", "1"}}) == "");
  CHECK(told("worker", {{"login", "gu"}}) == "needed_with");
  CHECK(told("worker", {{"login", "gu"}, {"trained_on", "2026"}}) == "");
}
