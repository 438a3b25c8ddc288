#include "shared/domain/catalogue_reader.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "shared/base/text.hpp"
#include "shared/domain/catalogue_words.hpp"
#include "shared/domain/codes.hpp"
#include "shared/domain/named_check.hpp"

namespace lianxin::domain {
namespace {

constexpr std::size_t kKindWords = 5;
constexpr std::size_t kFieldWords = 11;

bool read_number(std::string_view text, std::uint64_t max, std::uint64_t& out) {
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
  return is_digits(text) && code == std::errc() && end == text.data() + text.size() && out <= max;
}

template <class T>
bool read_number(std::string_view text, T& out) {
  std::uint64_t wide = 0;
  if (!read_number(text, std::numeric_limits<T>::max(), wide)) return false;
  out = static_cast<T>(wide);
  return true;
}

/// snake_case: these words become SQL columns.
bool is_name(std::string_view text) {
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::string no_dash(const std::string& word) { return word == "-" ? std::string() : word; }

bool holds_codes(Type type) {
  return type == Type::kCode || type == Type::kCodeSet || type == Type::kCodeList;
}
bool holds_reference(Type type) { return type == Type::kReference || type == Type::kReferenceSet; }

}  // namespace

Result<Catalogue> Catalogue::parse(std::string_view tsv) { return CatalogueReader().read(tsv); }

Result<Catalogue> CatalogueReader::read(std::string_view tsv) {
  Bytes rows;
  for (const std::string& line : split(tsv, '\n')) {
    ++line_;
    const std::string_view text =
        line.ends_with('\r') ? std::string_view(line).substr(0, line.size() - 1) : line;
    if (text.empty() || text.front() == '#') continue;
    LX_DO(row(split(text, '\t')));
    rows.append(text).append(1, '\n');
  }
  LX_DO(whole());
  catalogue_.digest_ = hash256(rows);
  return std::move(catalogue_);
}

Status CatalogueReader::row(const Words& words) {
  if (words.front() == "version") return version_row(words);
  if (words.front() == "kind") return kind_row(words);
  if (words.front() == "field") return field_row(words);
  // Who may write what: edit_role.hpp, which needs the whole catalogue.
  if (words.front() == "edit" || words.front() == "new") return {};
  return malformed("unknown row " + words.front());
}

Status CatalogueReader::version_row(const Words& words) {
  if (words.size() != 2 || catalogue_.version_ != 0 || !read_number(words[1], catalogue_.version_) ||
      catalogue_.version_ == 0) {
    return malformed("version");
  }
  return {};
}

Status CatalogueReader::kind_row(const Words& words) {
  if (words.size() != kKindWords) return malformed("a kind has 5 columns");
  Kind kind;
  if (!read_number(words[1], kind.wire) || kind.wire == 0) return malformed("kind number " + words[1]);
  kind.name = words[2];
  if (!is_name(kind.name)) return malformed("kind name " + words[2]);
  if (words[3] != "fact" && words[3] != "profile") return malformed("neither fact nor profile: " + words[3]);
  kind.is_fact = words[3] == "fact";
  LX_DO(scope_words(words[4], kind));
  const std::size_t place = catalogue_.kinds_.size();
  if (!catalogue_.by_wire_.emplace(kind.wire, place).second)
    return malformed("kind number twice: " + words[1]);
  if (!catalogue_.by_name_.emplace(kind.name, place).second) return malformed("kind twice: " + kind.name);
  catalogue_.kinds_.push_back(std::move(kind));
  return {};
}

Status CatalogueReader::scope_words(std::string_view words, Kind& kind) const {
  if (words == "shelf") {
    kind.scope_rule = ScopeRule::kShelf;
  } else if (words.starts_with("field:")) {
    kind.scope_rule = ScopeRule::kField;
    kind.scope_field = words.substr(6);
  } else if (words.starts_with("parent:")) {
    kind.scope_rule = ScopeRule::kParent;
    const Words parts = split(words.substr(7), '|');
    kind.parent_fields = split(parts.front(), ',');
    if (parts.size() > 2) return malformed("scope " + std::string(words));
    if (parts.size() == 2) kind.scope_field = parts.back();
  } else {
    return malformed("scope " + std::string(words));
  }
  return {};
}

Status CatalogueReader::field_row(const Words& words) {
  if (words.size() != kFieldWords) return malformed("a field has 11 columns");
  if (catalogue_.kinds_.empty()) return malformed("a field before the first kind");
  Field field;
  LX_DO(field_words(words, field));
  return add_field(std::move(field));
}

Status CatalogueReader::field_words(const Words& words, Field& field) const {
  field.name = words[2];
  if (!is_name(field.name)) return malformed("field name " + words[2]);
  if (!read_number(words[1], field.wire) || field.wire < kFirstKindField)
    return malformed("field number " + words[1]);
  const auto type = type_of(words[3]);
  const auto policy = policy_of(words[4]);
  const auto privacy = privacy_of(words[5]);
  const auto required = required_of(words[6]);
  if (!type || !policy || !privacy || !required) return malformed("unknown word at field " + field.name);
  field.type = *type;
  field.policy = *policy;
  field.privacy = *privacy;
  field.required = *required;
  if (words[7] != "-" && (!read_number(words[7], field.group) || field.group == 0))
    return malformed("group " + words[7]);
  field.target = no_dash(words[8]);
  field.check = no_dash(words[9]);
  if (!read_number(words[10], field.since) || field.since == 0) return malformed("since " + words[10]);
  return {};
}

Status CatalogueReader::add_field(Field field) {
  Kind& kind = catalogue_.kinds_.back();
  if (kind.field(field.wire) != nullptr)
    return malformed("field number twice: " + kind.name + "." + field.name);
  if (kind.field(field.name) != nullptr) return malformed("field twice: " + kind.name + "." + field.name);
  // An element of a set is its own register; only "both" makes sense of it, and only there.
  if (field.is_set() != (field.policy == Policy::kBoth))
    return malformed("policy of " + kind.name + "." + field.name);
  kind.fields.push_back(std::move(field));
  return {};
}

Status CatalogueReader::whole() const {
  if (catalogue_.version_ == 0) return malformed("no version");
  for (const Kind& kind : catalogue_.kinds_) {
    LX_DO(whole_kind(kind));
    for (const Field& field : kind.fields)
      LX_DO(whole_field(kind, field));
  }
  return {};
}

Status CatalogueReader::whole_kind(const Kind& kind) const {
  std::vector<std::string> places = kind.parent_fields;
  if (!kind.scope_field.empty()) places.push_back(kind.scope_field);
  for (const std::string& name : places) {
    const Field* field = kind.field(name);
    if (field == nullptr || !holds_reference(field->type))
      return malformed("scope of " + kind.name + ": " + name);
  }
  return {};
}

Status CatalogueReader::whole_field(const Kind& kind, const Field& field) const {
  const std::string where = kind.name + "." + field.name;
  if (field.since > catalogue_.version_) return malformed("since of " + where);
  if (holds_codes(field.type) && code_list(field.target) == nullptr)
    return malformed("code list of " + where);
  if (holds_reference(field.type) && catalogue_.kind(field.target) == nullptr)
    return malformed("kind of " + where);
  if (!holds_codes(field.type) && !holds_reference(field.type) && !field.target.empty()) {
    return malformed("target of " + where);
  }
  for (const Field& other : kind.fields) {
    const bool together = field.group != 0 && other.group == field.group;
    if (together && other.privacy != field.privacy) return malformed("group across classes: " + where);
  }
  for (const std::string& word : check_words(field)) {
    if (!is_named_check(kind, word)) return malformed("check of " + where + ": " + word);
  }
  return {};
}

Error CatalogueReader::malformed(std::string why) const {
  return fail("catalogue.malformed", {{"line", std::to_string(line_)}, {"why", std::move(why)}});
}

}  // namespace lianxin::domain
