#include "shared/domain/catalogue.hpp"

#include <algorithm>

#include "assets/assets.hpp"
#include "shared/base/check.hpp"

namespace lianxin::domain {
namespace {

template <class Match>
const Field* find(const Kind& kind, Match matches) {
  for (const Field& field : kind.fields) {
    if (matches(field)) return &field;
  }
  for (const Field& field : Catalogue::common_fields()) {
    if (matches(field)) return &field;
  }
  return nullptr;
}

Field common(std::uint16_t wire, std::string name, Type type, Policy policy) {
  Field field;
  field.wire = wire;
  field.name = std::move(name);
  field.type = type;
  field.policy = policy;
  return field;
}

/// Type, policy, class and whether it counts, in the words of the rows.
std::string word_of(const Field& field) {
  std::string out;
  for (const std::string_view one :
       {word(field.type), word(field.policy), word(field.privacy), word(field.required)})
    out.append(one).append(1, ' ');
  return out;
}

}  // namespace

const Field* Kind::field(std::string_view wanted) const {
  return find(*this, [&](const Field& field) { return field.name == wanted; });
}

const Field* Kind::field(std::uint16_t wanted) const {
  return find(*this, [&](const Field& field) { return field.wire == wanted; });
}

PrivacyClass Kind::mark_class() const {
  const auto least = std::min_element(fields.begin(), fields.end(), [](const Field& one, const Field& other) {
    return one.privacy < other.privacy;
  });
  return least == fields.end() ? PrivacyClass::kGeneral : least->privacy;
}

const std::vector<Field>& Catalogue::common_fields() {
  // Confirmations and "looked at" marks carry an element each, but no rivals: the later mark stands. What is
  // said of two records carries the other one as its element, and two who say otherwise are rivals.
  static const std::vector<Field> kFields{
      common(kFieldDeleted, "deleted", Type::kBool, Policy::kReview),
      common(kFieldVoided, "voided", Type::kText, Policy::kReview),
      common(kFieldDuplicateOf, "duplicate_of", Type::kReference, Policy::kReview),
      common(kFieldAliasOf, "alias_of", Type::kBool, Policy::kReview),
      common(kFieldConfirmed, "confirmed", Type::kDate, Policy::kLatest),
      common(kFieldLookedAt, "looked_at", Type::kBool, Policy::kLatest),
      common(kFieldDecided, "decided", Type::kText, Policy::kLatest),
  };
  return kFields;
}

const Catalogue& Catalogue::base() {
  static const Result<Catalogue> kBase = parse(assets::file("assets/catalogue/base.tsv"));
  LX_CHECK(kBase.ok(), "the program's own catalogue is malformed");
  return *kBase;
}

Catalogue Catalogue::with(const std::vector<OwnRow>& own) const {
  Catalogue out = *this;
  Hasher hasher;
  hasher.add(digest_.bytes());
  for (const OwnRow& row : own) {
    const auto place = out.by_wire_.find(row.kind);
    LX_CHECK(place != out.by_wire_.end() && row.field.own != nullptr, "an own field of a kind that is here");
    const Field& field = row.field;
    for (const std::string& word :
         {std::to_string(row.kind), std::to_string(field.wire), field.name, word_of(field), field.target,
          field.check, std::string(field.own->retired ? "retired" : "")})
      hasher.add(word + "\n");
    out.kinds_[place->second].fields.push_back(field);
  }
  out.digest_ = hasher.finish();
  return out;
}

const Kind* Catalogue::kind(std::string_view name) const {
  const auto found = by_name_.find(std::string(name));
  return found == by_name_.end() ? nullptr : &kinds_[found->second];
}

const Kind* Catalogue::kind(std::uint16_t wire) const {
  const auto found = by_wire_.find(wire);
  return found == by_wire_.end() ? nullptr : &kinds_[found->second];
}

}  // namespace lianxin::domain
