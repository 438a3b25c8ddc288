// No whole number and no file without its entry in the audit.
#include "client/app/audit.hpp"

#include <doctest/doctest.h>

#include "client/report/forms.hpp"
#include "client/view/audit_words.hpp"
#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;
namespace cs = client::store;

namespace {

std::vector<cs::ListRow> entries(cs::LaptopStore& store) {
  auto rows = store.records().list({.kind = "audit_entry"});
  REQUIRE(rows.ok());
  return std::move(*rows);
}

TEST_CASE("an entry says who, when, what and how many, and stands in a unit of this laptop") {
  WorkStore work;
  const Id foreign = Id::make(7);
  REQUIRE(ca::write_audit(*work.store, {ca::Act::kExport, foreign, Id{}, "f10 三合村 f10.xlsx", 12, "年检"})
              .ok());
  const auto rows = entries(*work.store);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].scope == work.village);
  const auto status = work.store->records().status();
  REQUIRE(status.ok());
  CHECK(status->unsent_audit == 1);  // it waits like work, and is told apart from it
  CHECK_FALSE(status->may_be_handed_on());
  const auto& values = rows[0].values;
  CHECK(values.at("org_id") == work.village.text());
  CHECK(values.at("worker_id") == work.store->identity().worker.text());
  CHECK(values.at("occurred_on") == day(*work.store, 0));
  CHECK(values.at("at_time").size() == 5);
  CHECK(values.at("action") == "export");
  CHECK(values.at("what") == "f10 三合村 f10.xlsx");
  CHECK(values.at("count") == "12");
  CHECK(values.at("reason") == "年检");
}

TEST_CASE("what is written of a file: no folder, no number of a person, at most 100 characters") {
  CHECK(ca::export_words("f10", "220622101200", "/a/名册/f10.xlsx") == "f10 220622101200 f10.xlsx");
  CHECK(ca::export_words("dump", "", "") == "dump");
  CHECK(ca::export_words("f1", "", "/x/13800001234.csv") == "f1 138****1234.csv");
  CHECK(ca::export_words("f1", "", "220699199507142937.csv") == "f1 220699********2937.csv");
  CHECK(ca::export_words("f1", "", std::string(300, 'a')).size() == 100);
}

TEST_CASE("every form, and the report in words, has a name by which the audit says it") {
  std::vector<std::string> names = {"f9"};
  for (const client::report::FormDefinition& form : client::report::form_definitions())
    names.push_back(form.name);
  CHECK(names.size() == 20);
  for (const char* language : {"zh-CN", "en"}) {
    const cv::Wording words = wording(language);
    for (const std::string& name : names) {
      const std::string said = cv::audit_words(words.messages(), ca::export_words(name, "三合村", "a.xlsx"));
      INFO(name, ": ", said);
      CHECK(said.ends_with(" 三合村 a.xlsx"));
      CHECK_FALSE(said.starts_with(name + " "));
    }
  }
}

TEST_CASE("whole numbers in files are for secretaries and offices, by the card or by a dated role") {
  WorkStore work;
  const Id self = work.store->identity().worker;
  CHECK(ca::may_take_unmasked(*work.store).error().code == "right.unmasked");
  put(*work.store, "worker_role",
      {{"worker_id", self.text()},
       {"role", "secretary"},
       {"from", day(*work.store, 20)},
       {"to", day(*work.store, -5)}});
  CHECK(ca::may_take_unmasked(*work.store).ok());
  work.county.clock.advance(WallMs{6} * 24 * 60 * 60 * 1000);
  CHECK(ca::may_take_unmasked(*work.store).error().code == "right.unmasked");
}

TEST_CASE("the numbers of a member are shown once the audit has it, and hidden again at the next opening") {
  Id member;
  AppStory story([&](WorkStore& work) {
    member = put(*work.store, "member",
                 {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}, {"id_no", "220699199507142937"}});
    put(*work.store, "contact_point",
        {{"member_id", member.text()}, {"kind", "mobile"}, {"value", "13800001234"}});
  });
  story.unlock();
  CHECK_FALSE(story.want(ca::OpenMember{member})->member.revealed);
  CHECK(story.want(ca::OpenKind{"audit_entry", ""})->records.rows.empty());
  CHECK(story.want(ca::RevealNumbers{member})->member.revealed);
  auto screens = story.want(ca::OpenKind{"audit_entry", ""});
  REQUIRE(screens->records.rows.size() == 1);
  const Id entry = screens->records.rows[0].record;
  CHECK_FALSE(story.want(ca::OpenMember{member})->member.revealed);
  // Of a member whose file is not open nothing is written.
  story.want(ca::RevealNumbers{Id::make(9)});
  CHECK(story.want(ca::OpenKind{"audit_entry", ""})->records.rows.size() == 1);
  // Nobody changes it.
  screens = story.want(ca::OpenRecord{"", entry});
  CHECK(screens->records.form.read_only);
  cv::RecordDraft draft = screens->records.form.draft;
  draft.edits.push_back({entry, "audit_entry", "count", "0"});
  CHECK_FALSE(story.want(ca::SaveRecord{draft, ""})->records.form.problems.empty());
  story.want(ca::VoidRecord{entry, "看错了"});
  CHECK(story.want(ca::OpenKind{"audit_entry", ""})->records.rows.size() == 1);
}

}  // namespace
}  // namespace lianxin::test
