#include "client/import/roster_headings.hpp"

#include <doctest/doctest.h>

namespace lianxin::client::import {
namespace {

std::string target(const std::vector<std::string>& path) {
  const auto match = match_heading(path);
  return match ? match->target : std::string();
}

}  // namespace

TEST_CASE("headings as offices write them") {
  CHECK(normalize_heading("姓  名") == "姓名");
  CHECK(normalize_heading("村（社区）") == "村社区");
  CHECK(target({"姓\n名"}) == "member.name");
  CHECK(target({"公民身份号码"}) == "member.id_no");
  CHECK(target({"身份证号码（18位）"}) == "member.id_no");
  CHECK(target({"联系电话(手机)"}) == "contact_point.self");
  CHECK(target({"流动去向"}) == "mobility_episode.dest_address");
  CHECK(target({"务工单位/企业"}) == "mobility_episode.employer");
  CHECK(target({"现居住地"}) == "member.current_address");
  CHECK(target({"思想状况"}).empty());
  CHECK(target({}).empty());
}

TEST_CASE("a merged heading above decides what a plain word below means") {
  CHECK(target({"家庭联系人", "电话"}) == "contact_point.family");
  CHECK(target({"家庭联系人", "姓名"}) == "contact_point.family_name");
  CHECK(target({"联系方式", "本人"}) == "contact_point.self");
  CHECK(target({"外出情况", "时间"}) == "mobility_episode.left_on");
  CHECK(target({"外出情况", "地点"}) == "mobility_episode.dest_address");
  CHECK(target({"党支部联系人", "联系电话"}) == "liaison.phone");
  CHECK(target({"党员", "姓名"}) == "member.name");
  CHECK(target({"基本情况", "性别"}) == "member.gender");
  CHECK(target({"联系方式", "家庭联系人", "电话"}) == "contact_point.family");
}

TEST_CASE("how sure it is can be seen") {
  CHECK(match_heading({"姓名"})->confidence == 100);
  CHECK(match_heading({"外出情况", "时间"})->confidence == 95);
  CHECK(match_heading({"姓名（党员）"})->confidence < 100);
  CHECK(match_heading({"居民身份证上的号码"})->confidence == 70);
}

}  // namespace lianxin::client::import
