// Every kind of the catalogue through the command line: a filled record is put, read back, listed, synced to
// a second laptop, compared there and voided.
#include <doctest/doctest.h>
#include <set>

#include "shared/base/text.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/domain/codes.hpp"
#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;
namespace domain = lianxin::domain;
using domain::Field;
using domain::Kind;

constexpr const char* kCounty = "220622";
constexpr const char* kDigest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// One record of each kind, named by kind.
using Made = std::map<std::string, std::string>;

/// Fields that want a value of their own kind; the rest is filled by type.
std::string special(const Kind& kind, const Field& field) {
  for (const std::string& word : lianxin::split(field.check, ' ')) {
    if (word == "quarter") return "2026Q3";
    if (word == "month") return "2026-09";
    if (word == "phone" || word == "account") return "13900001234";
    if (word == "id_number") return "220699199507142937";
    if (word.starts_with("division")) return "220622101200";
    if (word.starts_with("length:36")) return "0199aaaa-0000-7000-8000-000000000009";
    if (word.starts_with("length:64") || word == "length:0..64") return kDigest;
    if (word.starts_with("range:1990..")) return "2026";
  }
  if (kind.name == "org_unit" && field.name == "kind") return "store";
  if (kind.name == "points_entry" && field.name == "state") return "proposed";
  return {};
}

/// "" = leave it out.
std::string filling(const Kind& kind, const Field& field, const Made& made) {
  const std::string own = special(kind, field);
  if (!own.empty()) return own;
  switch (field.type) {
    case domain::Type::kText:
    case domain::Type::kLongText:
      return "文字";
    case domain::Type::kDate:
      return "2026-09-30";
    case domain::Type::kPartialDate:
      return "2026-09";
    case domain::Type::kTime:
      return "09:05";
    case domain::Type::kInteger:
      return "3";
    case domain::Type::kBool:
      return "1";
    case domain::Type::kCode:
    case domain::Type::kCodeSet:
    case domain::Type::kCodeList:
      return domain::code_list(field.target)->back().code;
    case domain::Type::kReference:
    case domain::Type::kReferenceSet: {
      const auto found = made.find(field.target);
      return found == made.end() ? std::string() : found->second;
    }
    case domain::Type::kStrokes:
      return "10,10 20,20;30,30";
    case domain::Type::kThumbnail:
      break;
  }
  return {};
}

/// What another decides on points is no field to fill in (privacy_test).
bool is_decision(const Kind& kind, const Field& field) {
  return kind.name == "points_entry" && (field.name == "approved_by" || field.name == "approved_on");
}

/// The words of `put` for the fields that are not told yet.
std::vector<std::string> words_of(const Kind& kind, const Made& made,
                                  std::map<std::string, std::string>& told) {
  std::vector<std::string> words;
  for (const Field& field : kind.fields) {
    if (told.count(field.name) > 0 || is_decision(kind, field)) continue;
    const std::string value = filling(kind, field, made);
    if (value.empty()) continue;
    told[field.name] = value;
    words.push_back(field.name + (field.is_set() ? "+=" : "=") + value);
  }
  return words;
}

void check_shown(const Laptop& laptop, const Kind& kind, const std::string& id,
                 const std::map<std::string, std::string>& told) {
  const Json shown = laptop.ctl({"get", id});
  CHECK(shown.at("kind") == kind.name);
  for (const auto& one : told) {
    const std::string& name = one.first;
    const std::string& value = one.second;
    INFO(laptop.name(), ": ", kind.name, ".", name);
    REQUIRE(shown.at("fields").contains(name));
    const Json& field = shown.at("fields").at(name);
    CHECK(field.at("dispute") == false);
    CHECK(field.at("value") == (kind.field(name)->is_set() ? Json::array({value}) : Json(value)));
  }
}

bool is_listed(const Laptop& laptop, const std::string& kind, const std::string& id) {
  for (const Json& row : laptop.ctl({"list", kind})) {
    if (row.at("id") == id) return true;
  }
  return false;
}

/// The kinds that `put` makes; an attachment is made of a picture (photo_test), a form handed in is kept by
/// the report (frozen_test), the audit writes itself (privacy_test), the county's own fields come from the
/// server (own_fields_test).
std::vector<const Kind*> put_kinds() {
  std::vector<const Kind*> out;
  const std::set<std::string> own = {"attachment", "audit_entry", "custom_field"};
  for (const Kind& kind : domain::Catalogue::base().kinds())
    if (own.count(kind.name) == 0) out.push_back(&kind);
  return out;
}

struct Story {
  County county;
  Laptop a = county.laptop("甲", "county_officer", kCounty);
  Laptop b = county.laptop("乙", "county_officer", kCounty);
  Made named;                               ///< what a reference to the kind names
  std::map<std::string, std::string> made;  ///< the record of the kind that is looked at
  std::map<std::string, std::map<std::string, std::string>> told;

  void put(const Kind& kind, const std::string& id) {
    std::vector<std::string> command{"put", kind.name, "--sure"};
    if (!id.empty()) command.insert(command.end(), {"--id", id});
    const auto words = words_of(kind, named, told[kind.name]);
    if (words.empty()) return;
    command.insert(command.end(), words.begin(), words.end());
    made[kind.name] = a.ctl(command).at("id");
    named.emplace(kind.name, made[kind.name]);
  }
  /// What saving asks for is here already.
  [[nodiscard]] bool is_possible(const Kind& kind) const {
    for (const Field& field : kind.fields) {
      const bool refers = field.type == domain::Type::kReference || field.type == domain::Type::kReferenceSet;
      if (refers && field.required == domain::Required::kBlocks && named.count(field.target) == 0)
        return false;
    }
    return true;
  }
  /// One of each kind, whatever hangs on others behind them.
  void put_all() {
    std::vector<const Kind*> left = put_kinds();
    while (!left.empty()) {
      std::vector<const Kind*> later;
      for (const Kind* kind : left) {
        if (is_possible(*kind)) {
          put(*kind, "");
        } else {
          later.push_back(kind);
        }
      }
      REQUIRE(later.size() < left.size());
      left = std::move(later);
    }
  }
  void look(const Laptop& laptop, bool voided) {
    for (const Kind* kind : put_kinds()) {
      INFO(kind->name);
      const std::string& id = made.at(kind->name);
      check_shown(laptop, *kind, id, told.at(kind->name));
      CHECK(laptop.ctl({"get", id}).at("voided") == voided);
      CHECK(is_listed(laptop, kind->name, id) != voided);
    }
  }
};

TEST_CASE("each kind is put, read back, listed, synced to another laptop and voided") {
  Story story;
  story.a.ctl({"sync"});
  story.named["org_unit"] = story.a.ctl({"get", kSanhe}).at("id");
  story.put_all();
  // References to kinds that come later in the catalogue are said in a second edit.
  for (const Kind* kind : put_kinds())
    story.put(*kind, story.made.at(kind->name));
  for (const Kind* kind : put_kinds()) {
    const std::size_t decided = kind->name == "points_entry" ? 2 : 0;
    CHECK_MESSAGE(story.told.at(kind->name).size() + decided == kind->fields.size(), kind->name);
  }
  story.county.settle({&story.a, &story.b});
  story.look(story.a, false);
  story.look(story.b, false);
  for (const Kind* kind : put_kinds())
    story.b.ctl({"void", story.made.at(kind->name), "--reason", "登记有误"});
  story.county.settle({&story.a, &story.b});
  story.look(story.a, true);
}

TEST_CASE("a field worker's laptop does not learn that there is a hardship file, voided or not") {
  County county;
  Laptop secretary = county.laptop("书记", "secretary", kSanhe);
  Laptop worker = county.laptop("网格员", "worker", kSanhe);
  const std::string member =
      secretary.ctl({"put", "member", "name=王五", std::string("home_village_id=") + kSanhe}).at("id");
  const std::string file = secretary
                               .ctl({"put", "hardship_record", "member_id=" + member, "active=1",
                                     "cause_class=illness", "level=severe", "description=长期患病"})
                               .at("id");
  const std::string aid = secretary
                              .ctl({"put", "aid", "member_id=" + member, "occurred_on=2026-02-10",
                                    "kind=money", "amount_fen=50000"})
                              .at("id");
  county.settle({&secretary, &worker});
  const auto check_unknown = [&] {
    CHECK(worker.ctl({"get", member}).at("fields").at("name").at("value") == "王五");
    CHECK(worker.ctl({"get", member}).at("children") == Json::object());
    CHECK(worker.try_ctl({"get", file}).exit_code == 1);
    CHECK(worker.ctl({"list", "hardship_record"}).empty());
    CHECK(worker.ctl({"list", "aid"}).empty());
    CHECK(worker.dump().find(file) == std::string::npos);
    CHECK(worker.dump().find(aid) == std::string::npos);
    const Json records = worker.ctl({"status"}).at("records");
    CHECK_FALSE(records.contains("hardship_record"));
    CHECK_FALSE(records.contains("aid"));
  };
  check_unknown();
  secretary.ctl({"void", file, "--reason", "登记重复"});
  county.settle({&secretary, &worker});
  check_unknown();
  CHECK(secretary.ctl({"get", file}).at("voided") == true);
}

}  // namespace
