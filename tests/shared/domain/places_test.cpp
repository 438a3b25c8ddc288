#include "shared/domain/places.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace lianxin::domain;

namespace {

std::string first(std::string_view typed) {
  const auto found = find_places(typed, 1);
  return found.empty() ? std::string() : place_name(found.front());
}

bool offers(std::string_view typed, std::string_view code) {
  const auto found = find_places(typed, 9);
  return std::find(found.begin(), found.end(), code) != found.end();
}

}  // namespace

TEST_CASE("a division is told by its name with those above it, as far as it is known") {
  CHECK(place_name("440306") == "广东深圳宝安区");
  CHECK(place_name("440300") == "广东深圳");
  CHECK(place_name("440000") == "广东");
  CHECK(place_name("110105") == "北京朝阳区");  // no prefecture between
  CHECK(place_name("419001") == "河南济源市");
  CHECK(place_name("441900") == "广东东莞");  // a prefecture without counties
  CHECK(place_name("220622101200") == "吉林白山靖宇县");
  CHECK(place_name("440399") == "广东深圳");  // a county that is not in the list
  CHECK(place_name("810000") == "香港");
  CHECK(place_name("150000") == "内蒙古");
  CHECK(place_name("999999").empty());
  CHECK(place_name("unknown").empty());
  CHECK(place_name("").empty());
}

TEST_CASE("forms say a place in full, and what they say is read back") {
  CHECK(full_place_name("440306") == "广东省深圳市宝安区");
  CHECK(full_place_name("110105") == "北京市朝阳区");
  CHECK(full_place_name("440399") == "广东省深圳市");
  CHECK(full_place_name("999999").empty());
  for (const char* code : {"440306", "440300", "440000", "110105", "419001", "810000", "222400"})
    CHECK(place_written(full_place_name(code)) == code);
  CHECK(place_written("深圳市宝安区") == "");
  CHECK(place_written("广东省深圳市宝安区西乡街道") == "");
  CHECK(place_written("") == "");
}

TEST_CASE("a place is found by a name as it is said, by pinyin, initials and digits, the larger first") {
  CHECK(first("深圳") == "广东深圳");
  CHECK(first("深圳宝安") == "广东深圳宝安区");
  CHECK(first("广东深圳") == "广东深圳");
  CHECK(first("广东省深圳市") == "广东深圳");
  CHECK(first("义乌") == "浙江金华义乌市");
  CHECK(first("shenzhen") == "广东深圳");
  CHECK(first("Shen Zhen") == "广东深圳");
  CHECK(first("lüliang") == "山西吕梁");
  CHECK(first("chongqing") == "重庆");
  CHECK(first("yiwu") == "浙江金华义乌市");
  CHECK(offers("sz", "440300"));
  CHECK(offers("gdsz", "440300"));
  CHECK(offers("szba", "440306"));
  CHECK(offers("gdszba", "440306"));
  CHECK(first("shenzhenbaoan") == "广东深圳宝安区");
  CHECK(first("4403") == "广东深圳");
  CHECK(first("440306") == "广东深圳宝安区");
  CHECK(first("220622101200") == "吉林白山靖宇县");
}

TEST_CASE("a place in words is told by its beginning, with or without the province") {
  CHECK(place_begun("山东省青岛市市南区香港中路") == "370200");
  CHECK(place_begun("山东青岛") == "370200");
  CHECK(place_begun("青岛市市南区") == "370200");
  CHECK(place_begun("浙江省杭州市余杭区") == "330100");
  CHECK(place_begun("北京市朝阳区望京") == "110105");
  CHECK(place_begun("朝阳区") == "");  // of which city?
  CHECK(place_begun("吉林省延边朝鲜族自治州延吉市") == "222400");
  CHECK(place_begun("山东省") == "");
  CHECK(place_begun("首尔") == "");
  CHECK(place_begun("") == "");
}

TEST_CASE("what is no place finds none, and no more are found than asked for") {
  CHECK(find_places("", 9).empty());
  CHECK(find_places("  ", 9).empty());
  CHECK(find_places("没有这个地方", 9).empty());
  CHECK(find_places("qqqqq", 9).empty());
  CHECK(find_places("a", 5).size() == 5);
  CHECK(find_places("深圳", 0).empty());
}
