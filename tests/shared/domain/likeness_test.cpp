#include "shared/domain/likeness.hpp"

#include <doctest/doctest.h>

namespace {

using namespace lianxin;
using namespace lianxin::domain;

const Id kSanhe = Id::make(1);
const Id kDajing = Id::make(2);

PersonFacts person(std::string name, std::string reading, std::string born = "", std::string id_no = "") {
  PersonFacts facts;
  facts.name = std::move(name);
  facts.reading = std::move(reading);
  facts.born = std::move(born);
  facts.id_no = std::move(id_no);
  facts.village = kSanhe;
  return facts;
}

using Reasons = std::vector<std::string>;

TEST_CASE("births agree as far as both are known") {
  CHECK(compare_births("1979-03-05", "1979-03") == BirthMatch::kMonth);
  CHECK(compare_births("1979", "1979-03") == BirthMatch::kYear);
  CHECK(compare_births("1979-03", "1979-04") == BirthMatch::kDiffers);
  CHECK(compare_births("", "1979-04") == BirthMatch::kUnknown);
  CHECK(is_same_birth("1979-03-05", "1979-03", false));
  CHECK(is_same_birth("1979", "1979-03", true));
  CHECK_FALSE(is_same_birth("1979", "1979-03", false));
}

TEST_CASE("one valid ID number is strong whatever else stands there; a number with a slip says nothing") {
  const std::string valid = "220699197903050015";
  CHECK(compare_people(person("赵连心", "zhaolianxin", "1979-03", valid),
                       person("另一人", "lingyiren", "1980", valid))
            .reasons == Reasons{"id"});
  const std::string slip = "220699197903050011";
  CHECK(compare_people(person("赵连心", "zhaolianxin", "1979-03", slip),
                       person("另一人", "lingyiren", "1980", slip))
            .likeness == Likeness::kNone);
}

TEST_CASE("name and birth are likely across villages; a year alone only within one") {
  PersonFacts a = person("赵连心", "zhaolianxin", "1979-03");
  PersonFacts b = person("赵连心", "zhaolianxin", "1979-03-05");
  b.village = kDajing;
  CHECK(compare_people(a, b).likeness == Likeness::kLikely);
  CHECK(compare_people(a, b).reasons == Reasons{"name_born"});
  a.born = "1979";
  CHECK(compare_people(a, b).likeness == Likeness::kNone);
  b.village = kSanhe;
  CHECK(compare_people(a, b).likeness == Likeness::kLikely);
}

TEST_CASE("a name that only sounds the same is weak, with one telephone it is likely") {
  PersonFacts a = person("王建国", "wangjianguo", "1979-03");
  PersonFacts b = person("汪建国", "wangjianguo", "1979-03");
  CHECK(compare_people(a, b).likeness == Likeness::kWeak);
  CHECK(compare_people(a, b).reasons == Reasons{"sound_born"});
  a.phones = {"13900000001"};
  b.phones = {"13900000002", "13900000001"};
  CHECK(compare_people(a, b).likeness == Likeness::kLikely);
  CHECK(compare_people(a, b).reasons == Reasons{"sound_born", "phone_sound"});
}

TEST_CASE("one telephone of a household proposes nobody; of two of whom little is known it does") {
  PersonFacts a = person("王建国", "wangjianguo");
  PersonFacts b = person("李秀英", "lixiuying");
  a.phones = b.phones = {"04395550001"};
  CHECK(compare_people(a, b).reasons == Reasons{"phone"});
  a.gender = "1";
  b.gender = "2";
  CHECK(compare_people(a, b).likeness == Likeness::kNone);
  b.gender = "9";
  CHECK(compare_people(a, b).likeness == Likeness::kWeak);
  a.born = "1950";
  b.born = "1979";
  CHECK(compare_people(a, b).likeness == Likeness::kNone);
}

TEST_CASE("two valid ID numbers or two genders make a likely pair weak, and say so") {
  PersonFacts a = person("赵连心", "zhaolianxin", "1979-03");
  PersonFacts b = a;
  a.gender = "1";
  b.gender = "2";
  CHECK(compare_people(a, b).likeness == Likeness::kWeak);
  CHECK(compare_people(a, b).reasons == Reasons{"name_born", "other_gender"});
  b.gender = "1";
  CHECK(compare_people(a, b).likeness == Likeness::kLikely);
  a.id_no = "220699197903050015";
  b.id_no = "220699197903050023";
  CHECK(compare_people(a, b).reasons == Reasons{"name_born", "other_id"});
  b.name = "赵联心";
  CHECK(compare_people(a, b).likeness == Likeness::kNone);
}

TEST_CASE("a newcomer with nothing but name and village is weakly his namesake there") {
  PersonFacts a = person("赵连心", "zhaolianxin", "1979-03");
  PersonFacts b = person("赵连心", "zhaolianxin");
  CHECK(compare_people(a, b).reasons == Reasons{"name_village"});
  b.village = kDajing;
  CHECK(compare_people(a, b).likeness == Likeness::kNone);
  b.village = Id{};
  a.village = Id{};
  CHECK(compare_people(a, b).likeness == Likeness::kNone);
}

}  // namespace
