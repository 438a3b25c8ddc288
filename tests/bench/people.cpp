#include "tests/bench/people.hpp"

#include <algorithm>
#include <array>

#include "tests/bench/workload.hpp"

namespace lianxin::bench {
namespace {

using Words = std::vector<std::string>;

/// One entry per character.
Words characters(std::string_view text) {
  Words out;
  for (std::size_t at = 0; at < text.size(); at += 3)
    out.emplace_back(text.substr(at, 3));
  return out;
}

const Words& surnames() {
  static const Words kAll = characters(
      "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈姚"
      "卢傅钟姜崔"
      "谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵");
  return kAll;
}

const Words& given_names() {
  static const Words kAll = characters(
      "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文斌春花志辉海燕永福德才凤琴淑珍翠莲振东晓"
      "宇佳欣子涵"
      "浩然雨桐");
  return kAll;
}

const Words& remark_characters() {
  static const Words kAll = characters(
      "今日上门走访了解到该同志在外务工情况稳定家中老人身体尚好子女就读镇中心小学希望村里帮助联系延时托管服务"
      "送达学习资料"
      "并讲解党课内容对方表示按时参加线上主题党日活动反映养老保险转移接续手续不清楚已答复办理流程约定下月再次"
      "电话联系核对"
      "流入地支部信息补充单位地址与联系方式春节返乡意愿较强愿意参与志愿服务");
  return kAll;
}

const Words kProvinces = {"广东省深圳市宝安区", "浙江省杭州市余杭区", "江苏省苏州市昆山市",
                          "上海市浦东新区",     "北京市朝阳区",       "福建省厦门市集美区",
                          "四川省成都市双流区", "吉林省长春市朝阳区", "湖北省武汉市洪山区",
                          "山东省青岛市黄岛区"};
const Words kStreets = {"新安街道", "良渚街道", "花桥镇",     "川沙新镇", "十八里店乡",
                        "杏林街道", "东升街道", "长江路街道", "关山街道", "长江路街道办"};
const Words kCompanies = {"电子科技有限公司", "建筑劳务有限公司", "物流配送站",   "纺织服装厂",
                          "餐饮管理有限公司", "物业服务中心",     "汽车零部件厂", "装饰工程有限公司",
                          "果蔬批发市场",     "快递网点"};
const Words kOccupations = {"普工", "电工", "快递员", "外卖员",   "厨师", "保安",
                            "司机", "焊工", "销售",   "个体经营", "会计", "护工"};
const Words kEducation = {"小学", "初中", "高中", "中专", "大专", "本科", "研究生"};
const Words kPeoples = {"汉族", "朝鲜族", "满族", "回族", "蒙古族", "土家族", "苗族", "壮族"};
const Words kTags = {"困难党员", "年老体弱", "退役军人",   "致富能手",
                     "志愿骨干", "新业态",   "子女需托管", "长期失联风险"};

std::string in_base(std::uint32_t number, std::uint32_t base) {
  std::string out;
  do {
    const std::uint32_t digit = number % base;
    out += static_cast<char>(digit < 10 ? '0' + digit : 'a' + digit - 10);
    number /= base;
  } while (number > 0);
  std::reverse(out.begin(), out.end());
  return out;
}

std::string mobile_number(Draws& draws) {
  constexpr std::string_view kSecond = "3578";
  std::string out = "1";
  out += kSecond[draws.below(4)];
  return out + padded(draws.below(1'000'000'000), 9);
}

std::string without_dashes(std::string date) {
  date.erase(std::remove(date.begin(), date.end(), '-'), date.end());
  return date;
}

/// Parts are drawn in the order written.
std::string joined(std::initializer_list<std::string> parts) {
  std::string out;
  for (const std::string& part : parts)
    out += part;
  return out;
}

std::string tags(Draws& draws) {
  Words chosen;
  for (std::uint32_t n = draws.below(4); n > 0; --n) {
    const std::string& tag = pick(draws, kTags);
    if (std::find(chosen.begin(), chosen.end(), tag) == chosen.end()) chosen.push_back(tag);
  }
  std::string out;
  for (const std::string& tag : chosen)
    out += (out.empty() ? "" : ";") + tag;
  return out;
}

using FieldMaker = std::string (*)(Draws& draws, std::size_t village);

const std::array<FieldMaker, kFieldCount> kMakers = {
    [](Draws& d, std::size_t) { return person_name(d); },
    [](Draws& d, std::size_t) { return std::string(d.below(3) != 0 ? "男" : "女"); },
    [](Draws& d, std::size_t) { return date_between(d, 1950, 2003); },
    [](Draws& d, std::size_t) { return pick(d, kPeoples); },
    [](Draws& d, std::size_t) {
      return joined({"220699", without_dashes(date_between(d, 1950, 2003)), padded(d.below(10000), 4)});
    },
    [](Draws& d, std::size_t) { return mobile_number(d); },
    [](Draws& d, std::size_t) { return "wx_" + in_base(d.next(), 36); },
    [](Draws& d, std::size_t) { return pick(d, kEducation); },
    [](Draws& d, std::size_t) { return date_between(d, 1975, 2023); },
    [](Draws&, std::size_t village) { return "2206" + padded(village, 8); },
    [](Draws&, std::size_t village) { return "2206" + padded(township_of(village), 5); },
    [](Draws&, std::size_t village) {
      return joined(
          {"第", std::to_string(township_of(village) + 1), "乡第", std::to_string(village + 1), "村党支部"});
    },
    [](Draws& d, std::size_t village) {
      return joined({"第", std::to_string(village + 1), "村", std::to_string(1 + d.below(9)), "组",
                     std::to_string(1 + d.below(200)), "号"});
    },
    [](Draws& d, std::size_t) { return date_between(d, 2015, 2024); },
    [](Draws& d, std::size_t) {
      return joined({pick(d, kProvinces), pick(d, kStreets)});
    },
    [](Draws& d, std::size_t) {
      return joined({pick(d, surnames()), pick(d, given_names()), pick(d, kCompanies)});
    },
    [](Draws& d, std::size_t) { return mobile_number(d); },
    [](Draws& d, std::size_t) { return pick(d, kOccupations); },
    [](Draws& d, std::size_t) { return person_name(d); },
    [](Draws& d, std::size_t) { return mobile_number(d); },
    [](Draws& d, std::size_t) {
      return d.below(2) != 0 ? std::string() : "LD" + padded(d.below(1'000'000), 8);
    },
    [](Draws& d, std::size_t) { return std::string(d.below(5) != 0 ? "0" : "1"); },
    [](Draws& d, std::size_t) { return std::to_string(d.below(120)); },
    [](Draws& d, std::size_t) { return tags(d); },
    [](Draws& d, std::size_t) { return remark(d, 10, 60); },
};

}  // namespace

std::uint32_t Draws::next() {
  state_ += 0x6D2B79F5U;
  std::uint32_t t = (state_ ^ (state_ >> 15)) * (1U | state_);
  t = (t + (t ^ (t >> 7)) * (61U | t)) ^ t;
  return t ^ (t >> 14);
}

std::string padded(std::uint64_t number, std::size_t width) {
  std::string digits = std::to_string(number);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

std::string hex_id(Draws& draws) {
  std::string out;
  for (int i = 0; i < 4; ++i) {
    const std::string word = in_base(draws.next(), 16);
    out += std::string(8 - word.size(), '0') + word;
  }
  return out;
}

std::string date_between(Draws& draws, unsigned first_year, unsigned last_year) {
  return joined({std::to_string(first_year + draws.below(last_year - first_year + 1)), "-",
                 padded(1 + draws.below(12), 2), "-", padded(1 + draws.below(28), 2)});
}

std::string person_name(Draws& draws) {
  std::string out = pick(draws, surnames());
  out += pick(draws, given_names());
  if (draws.below(3) != 0) out += pick(draws, given_names());
  return out;
}

std::string province(Draws& draws) { return pick(draws, kProvinces); }

std::string remark(Draws& draws, std::size_t least, std::size_t most) {
  const std::size_t length = least + draws.below(most - least + 1);
  std::string out;
  for (std::size_t i = 0; i < length; ++i) {
    out += pick(draws, remark_characters());
    if (i % 17 == 16 && draws.below(2) != 0) out += "，";
  }
  return out + "。";
}

std::size_t township_of(std::size_t village) { return village * kTownshipCount / kLaptopCount; }

std::string field_value(Draws& draws, std::size_t field, std::size_t village) {
  return kMakers[field](draws, village);
}

}  // namespace lianxin::bench
