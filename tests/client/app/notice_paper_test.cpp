// What a member is told before anything is written down, and fields the county does without.
#include "client/app/notice_paper.hpp"

#include <doctest/doctest.h>
#include <set>

#include "client/view/field_rows.hpp"
#include "client/view/records_view_builder.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cs = client::store;
namespace cv = client::view;

namespace {

std::string version_of(WorkStore& work) {
  const auto paper = ca::notice_paper(work.sources());
  if (!paper.ok()) FAIL(paper.error().code << " " << paper.error().detail);
  CHECK(paper->pdf.starts_with("%PDF"));
  CHECK(paper->version.size() == 8);
  return paper->version;
}

bool is_shown(WorkStore& work, const Id& member, const std::string& field) {
  cv::RecordDraft draft;
  draft.kind = "member";
  draft.record = member;
  const auto form = cv::build_record_form(work.sources(), draft, "");
  REQUIRE(form.ok());
  for (const cv::FieldRow& row : form->rows)
    if (row.field == field) return true;
  return false;
}

}  // namespace

TEST_CASE("the notice is the same until a field, a period or the office is another") {
  WorkStore work;
  const std::string first = version_of(work);
  CHECK(version_of(work) == first);
  put(*work.store, "parameter", {{"name", "keep_notes_years"}, {"value", "1"}});
  const std::string shorter = version_of(work);
  CHECK(shorter != first);
  put(*work.store, "parameter", {{"name", "field_off"}, {"value", "member.native_place"}});
  const std::string less = version_of(work);
  CHECK(less != shorter);
  change(*work.store, "org_unit", work.village, {{"contact_phone", "0439-1234567"}, {"secretary", "王福来"}});
  CHECK(version_of(work) != less);
}

TEST_CASE("the assessment and the plan for a loss are printed too, in both languages") {
  WorkStore work;
  const client::view::Wording english = wording("en");
  std::set<std::string> versions;
  for (const char* which : {"notice", "assessment", "incident"}) {
    const auto kind = ca::office_paper_of(which);
    REQUIRE(kind.ok());
    for (const client::view::Wording* words :
         std::initializer_list<const client::view::Wording*>{&work.words, &english}) {
      const auto paper = ca::notice_paper({*work.store, *words}, *kind);
      REQUIRE(paper.ok());
      CHECK(paper->pdf.starts_with("%PDF"));
      versions.insert(paper->version);
    }
  }
  CHECK(versions.size() == 6);
  CHECK(*ca::office_paper_of("") == ca::OfficePaper::kNotice);
  CHECK(ca::office_paper_of("other").error().code == "notice.kind");
}

TEST_CASE(
    "a field that is switched off is neither asked nor written; what stands there stays and may be cleared") {
  WorkStore work;
  const Id before = put_member(*work.store, "赵志远");
  const Id other = put_member(*work.store, "王福来");
  CHECK(refusal(*work.store, before, "native_place", "吉林通化") == "");
  CHECK(is_shown(work, other, "native_place"));
  const Id off =
      put(*work.store, "parameter",
          {{"name", "field_off"}, {"value", "member.native_place"}, {"from", day(*work.store, 1)}});
  put(*work.store, "parameter",
      {{"name", "field_off"}, {"value", "member.remark"}, {"from", day(*work.store, -1)}});  // from tomorrow
  CHECK(refusal(*work.store, other, "native_place", "吉林通化") == "field_off");
  CHECK(refusal(*work.store, before, "native_place", "吉林白山") == "field_off");
  CHECK(refusal(*work.store, other, "remark", "常在外地") == "");
  CHECK_FALSE(is_shown(work, other, "native_place"));
  CHECK(is_shown(work, before, "native_place"));
  CHECK((*work.store->records().get(before))->value("native_place") == "吉林通化");
  const auto shown = work.store->records().get(before);
  const domain::Kind& kind = *domain::Catalogue::base().kind("member");
  const auto row = cv::field_row(work.sources(), **shown, *kind.field("native_place"));
  REQUIRE(row.ok());
  CHECK(row->input == cv::FieldInput::kReadOnly);
  CHECK(refusal(*work.store, before, "native_place", "") == "");
  REQUIRE(work.store->records().void_record(off, "重新启用").ok());
  CHECK(refusal(*work.store, other, "native_place", "吉林通化") == "");
}

}  // namespace lianxin::test
