#include "shared/domain/catalogue_words.hpp"

#include <array>

#include "shared/base/check.hpp"

namespace lianxin::domain {
namespace {

template <class T>
struct Named {
  T value;
  std::string_view word;
};

constexpr std::array<Named<Type>, 14> kTypes{{
    {Type::kText, "text"},
    {Type::kLongText, "long_text"},
    {Type::kDate, "date"},
    {Type::kPartialDate, "partial_date"},
    {Type::kTime, "time"},
    {Type::kInteger, "integer"},
    {Type::kBool, "bool"},
    {Type::kCode, "code"},
    {Type::kReference, "reference"},
    {Type::kCodeSet, "code_set"},
    {Type::kReferenceSet, "reference_set"},
    {Type::kStrokes, "strokes"},
    {Type::kCodeList, "code_list"},
    {Type::kThumbnail, "thumbnail"},
}};
constexpr std::array<Named<Policy>, 6> kPolicies{{
    {Policy::kFact, "fact"},
    {Policy::kReview, "review"},
    {Policy::kLatest, "latest"},
    {Policy::kBoth, "both"},
    {Policy::kMax, "max"},
    {Policy::kMin, "min"},
}};
constexpr std::array<Named<PrivacyClass>, kPrivacyClassCount> kClasses{{
    {PrivacyClass::kGeneral, "general"},
    {PrivacyClass::kContact, "contact"},
    {PrivacyClass::kIdentity, "identity"},
    {PrivacyClass::kHardship, "hardship"},
    {PrivacyClass::kNotes, "notes"},
}};
constexpr std::array<Named<Required>, 3> kRequired{{
    {Required::kNo, "-"},
    {Required::kComplete, "complete"},
    {Required::kBlocks, "blocks"},
}};

template <class T, std::size_t N>
std::string_view word_in(const std::array<Named<T>, N>& table, T value) {
  for (const Named<T>& row : table) {
    if (row.value == value) return row.word;
  }
  LX_CHECK(false, "a value without a word in the catalogue's tables");
  return {};
}

template <class T, std::size_t N>
std::optional<T> value_in(const std::array<Named<T>, N>& table, std::string_view word) {
  for (const Named<T>& row : table) {
    if (row.word == word) return row.value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view word(Type type) { return word_in(kTypes, type); }
std::string_view word(Policy policy) { return word_in(kPolicies, policy); }
std::string_view word(PrivacyClass privacy) { return word_in(kClasses, privacy); }
std::string_view word(Required required) { return word_in(kRequired, required); }

std::optional<Type> type_of(std::string_view word) { return value_in(kTypes, word); }
std::optional<Policy> policy_of(std::string_view word) { return value_in(kPolicies, word); }
std::optional<PrivacyClass> privacy_of(std::string_view word) { return value_in(kClasses, word); }
std::optional<Required> required_of(std::string_view word) { return value_in(kRequired, word); }

}  // namespace lianxin::domain
