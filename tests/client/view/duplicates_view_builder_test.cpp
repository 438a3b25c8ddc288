// The page of possible duplicates, and the file of a person of several records.
#include "client/view/duplicates_view_builder.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "client/store/work_queries.hpp"
#include "client/view/conflict_desk_view_builder.hpp"
#include "client/view/member_file_view_builder.hpp"
#include "client/view/members_view_builder.hpp"
#include "client/view/today_view_builder.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {
namespace {

namespace cs = client::store;
namespace cv = client::view;

template <class T>
T built(Result<T> result) {
  if (!result.ok()) FAIL(result.error().code << " " << result.error().detail);
  return std::move(*result);
}

struct Twins {
  WorkStore work;
  Id one = person("赵连心", "13900000001", "220699197903050015");
  Id other = person("赵联心", "13900000001", "");

  Id person(const std::string& name, const std::string& phone, const std::string& id_no) {
    work.county.clock.advance(1000);
    const Id id = put(
        *work.store, "member",
        {{"name", name}, {"home_village_id", kVillageOfTests}, {"born_on", "1979-03-05"}, {"id_no", id_no}});
    put(*work.store, "contact_point", {{"member_id", id.text()}, {"kind", "mobile"}, {"value", phone}});
    return id;
  }
  void read() {
    while (built(work.store->records().read_twins(100))) {
    }
  }
};

const cv::TwinField* row(const cv::TwinView& view, const std::string& label) {
  const auto found = std::find_if(view.fields.begin(), view.fields.end(),
                                  [&](const cv::TwinField& one) { return one.label == label; });
  return found == view.fields.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("a pair stands side by side in words, and what differs is marked") {
  Twins twins;
  CHECK(built(cv::build_duplicates(twins.work.sources())).reading);
  twins.read();
  const cv::DuplicatesView view = built(cv::build_duplicates(twins.work.sources()));
  CHECK_FALSE(view.reading);
  CHECK(view.state.readiness == cv::Readiness::kReady);
  REQUIRE(view.pairs.size() == 1);
  const cv::TwinView& pair = view.pairs[0];
  CHECK(pair.kind == "member");
  CHECK(pair.title == "赵连心 ／ 赵联心");
  CHECK(pair.likeness.text == "可能");
  CHECK(pair.reasons == "姓名读音、出生年月相同、姓名读音、电话相同");
  CHECK(pair.one_head.starts_with("三合村"));
  REQUIRE(row(pair, "姓名") != nullptr);
  CHECK(row(pair, "姓名")->differs);
  REQUIRE(row(pair, "电话") != nullptr);
  CHECK_FALSE(row(pair, "电话")->differs);
  CHECK(row(pair, "电话")->one == "139 0000 0001");
  const auto id_row = std::find_if(pair.fields.begin(), pair.fields.end(), [](const cv::TwinField& one) {
    return one.one == "220699197903050015" && one.other.empty() && one.differs;
  });
  CHECK(id_row != pair.fields.end());
  CHECK(pair.member == twins.one);
  CHECK(pair.other_member == twins.other);
  CHECK(built(cv::build_today(twins.work.sources())).duplicates == 1);
}

TEST_CASE("what was said stands below and makes one person of two in list and file") {
  Twins twins;
  put(*twins.work.store, "visit",
      {{"members+", twins.other.text()},
       {"occurred_on", day(*twins.work.store, 3)},
       {"mode", "door"},
       {"outcome", "met"}});
  twins.read();
  REQUIRE(twins.work.store->records().say_twins(twins.one, twins.other, cs::TwinWord::kSame).ok());
  const cv::DuplicatesView view = built(cv::build_duplicates(twins.work.sources()));
  CHECK(view.pairs.empty());
  REQUIRE(view.said.size() == 1);
  CHECK(view.said[0].word.text == "同一个人");
  CHECK(view.said[0].names == "赵连心（三合村） ／ 赵联心（三合村）");
  CHECK(view.said[0].who.starts_with("顾小满"));

  const cv::MembersView members = built(cv::build_members(twins.work.sources(), ""));
  CHECK(members.total == 1);
  REQUIRE(members.rows.size() == 1);
  CHECK(members.rows[0].member == twins.one);
  const cv::MembersView found = built(cv::build_members(twins.work.sources(), "赵联心"));
  REQUIRE(found.rows.size() == 1);
  CHECK(found.rows[0].member == twins.one);

  const cv::MemberFileView file = built(cv::build_member_file(twins.work.sources(), twins.one));
  CHECK(file.subtitle.find("本人有 2 条记录") != std::string::npos);
  const auto section =
      std::find_if(file.sections.begin(), file.sections.end(),
                   [&](const cv::FieldSection& one) { return one.key == "record-" + twins.other.text(); });
  REQUIRE(section != file.sections.end());
  CHECK(section->title == "另一条记录（三合村）");
  CHECK(std::any_of(section->rows.begin(), section->rows.end(), [](const cv::FieldRow& one) {
    return one.kind == "contact_point" && one.value == "13900000001";
  }));
  REQUIRE(file.facts.size() == 1);
  CHECK(file.facts[0].detail.find("三合村的记录") != std::string::npos);
  // What is typed into the other record's row is saved as what was shown of it.
  const auto shown = built(cs::ShownHeads::parse(file.shown_token));
  CHECK(shown.find(twins.other, 32, "") != nullptr);
}

TEST_CASE("a decision that came while the page was open makes a conflict, never a silent change") {
  Twins twins;
  twins.read();
  const cv::TwinView pair = built(cv::build_duplicates(twins.work.sources())).pairs.at(0);
  REQUIRE(twins.work.store->records().say_twins(twins.one, twins.other, cs::TwinWord::kDifferent).ok());
  const auto shown = built(cs::ShownHeads::parse(pair.shown_token));
  REQUIRE(twins.work.store->records().say_twins(twins.one, twins.other, cs::TwinWord::kSame, &shown).ok());
  const cv::ConflictDeskView desk = built(cv::build_conflict_desk(twins.work.sources()));
  REQUIRE(desk.conflicts.size() == 1);
  CHECK(desk.conflicts[0].name == "赵联心 ／ 赵连心");
  CHECK(desk.conflicts[0].values.size() == 2);
  CHECK(built(cv::build_duplicates(twins.work.sources())).said[0].word.text == "两人认定不同，见冲突");
}

TEST_CASE("two deliveries of one thing are shown with what they held") {
  Twins twins;
  const auto parcel = [&](int before) {
    const Id id = put(*twins.work.store, "delivery",
                      {{"member_id", twins.one.text()},
                       {"dispatched_on", day(*twins.work.store, before)},
                       {"mode", "courier"}});
    put(*twins.work.store, "delivery_line",
        {{"delivery_id", id.text()}, {"material_id", twins.work.material.text()}, {"qty", "1"}});
    return id;
  };
  const Id first = parcel(2);
  const Id second = parcel(1);
  // Said by hand: the same worker entered both here.
  REQUIRE(twins.work.store->records().say_twins(first, second, cs::TwinWord::kSame).ok());
  const cv::DuplicatesView view = built(cv::build_duplicates(twins.work.sources()));
  REQUIRE(view.said.size() == 1);
  CHECK(view.said[0].names.starts_with("赵连心"));
  const cv::MemberFileView file = built(cv::build_member_file(twins.work.sources(), twins.one));
  CHECK(file.facts.size() == 1);
}

TEST_CASE("two visits of one day are shown with whom, by whom, when and what was said") {
  Twins twins;
  const auto visit = [&](const std::string& content) {
    return put(*twins.work.store, "visit",
               {{"members+", twins.one.text()},
                {"occurred_on", day(*twins.work.store, 3)},
                {"purposes+", "study"},
                {"mode", "door"},
                {"content", content},
                {"outcome", "met"}});
  };
  const Id first = visit("送书三本");
  visit("送书");
  REQUIRE(twins.work.store->records().say_twins(twins.one, twins.other, cs::TwinWord::kDifferent).ok());
  twins.read();
  const cv::DuplicatesView view = built(cv::build_duplicates(twins.work.sources()));
  REQUIRE(view.pairs.size() == 1);
  const cv::TwinView& pair = view.pairs[0];
  const bool in_order = pair.one == first;  // both were made in one moment
  CHECK((in_order || pair.other == first));
  CHECK(pair.title == "赵连心");
  CHECK(pair.member == twins.one);
  CHECK(pair.other_member.is_nil());
  CHECK(pair.likeness.text == "存疑");
  CHECK(pair.reasons.find("由一人登记了两次") != std::string::npos);
  CHECK(pair.consequence.find("只计一次") != std::string::npos);
  const auto shows = [&](const std::string& one, const std::string& other, bool differs) {
    return std::any_of(pair.fields.begin(), pair.fields.end(), [&](const cv::TwinField& field) {
      return field.one == one && field.other == other && field.differs == differs;
    });
  };
  CHECK(shows("赵连心", "赵连心", false));
  CHECK((in_order ? shows("送书三本", "送书", true) : shows("送书", "送书三本", true)));
  REQUIRE(twins.work.store->records().say_twins(pair.one, pair.other, cs::TwinWord::kSame).ok());
  CHECK(built(cv::build_duplicates(twins.work.sources())).pairs.empty());
  // Both can be read; one is counted.
  CHECK(built(cv::build_member_file(twins.work.sources(), twins.one)).facts.size() == 2);
  const auto days = built(cs::visits_by_day(twins.work.store->database(), day(*twins.work.store, 3)));
  REQUIRE(days.size() == 1);
  CHECK(days[0].second == 1);
  CHECK(built(cs::visits_with_purpose(twins.work.store->database(), "study", day(*twins.work.store, 3))) ==
        1);
}

}  // namespace lianxin::test
