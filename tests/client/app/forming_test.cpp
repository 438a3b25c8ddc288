// The page of forms behind the window: files among the person's documents, handed in, made again, explained.
#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <iterator>

#include "client/app/form_making.hpp"
#include "client/app/forms_page.hpp"
#include "client/app/report_files.hpp"
#include "shared/base/file.hpp"
#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;
namespace report = client::report;
namespace fs = std::filesystem;

namespace {

/// Files with this ending among the documents.
std::vector<fs::path> documents(const AppStory& story, const std::string& ending) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(story.work.folder.path())) {
    if (entry.path().extension() == ending) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

Bytes content(const fs::path& file) { return *read_file(file, 1 << 24); }

}  // namespace

TEST_CASE("a workbook that cannot be made is named as it was asked for, and leaves nothing beside it") {
  const TempFolder folder;
  report::Sheet sheet;
  sheet.name = "三合村";
  sheet.headings = {{"姓名", {}, 10}};
  report::Sheet other = sheet;
  other.name = "东兴村";
  const report::FormDefinition& form = *report::form_definition("f1");
  const std::string path = (folder.path() / "a.xlsx").string();
  const auto twice =
      ca::form_file(form, {sheet, other, sheet}, {path, false});  // a tab of that name is there
  REQUIRE_FALSE(twice.ok());
  CHECK(twice.error().code == "sheet.failed");
  CHECK(fs::is_empty(folder.path()));
  const auto nowhere = ca::form_file(form, {sheet}, {(folder.path() / "no" / "a.xlsx").string(), false});
  REQUIRE_FALSE(nowhere.ok());
  CHECK(nowhere.error().code == "file.unwritable");
  CHECK(nowhere.error().args.front().value == (folder.path() / "no" / "a.xlsx").string());
  CHECK(ca::form_file(form, {sheet}, {path, false}).ok());
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE(
    "a form is saved, handed in once, and a second time with a reason; it can be made again to the byte") {
  Id member;
  Id asked;
  AppStory story([&](WorkStore& work) {
    member = put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
    asked = put(*work.store, "consultation",
                {{"member_id", member.text()}, {"occurred_on", day(*work.store, 0)}});
  });
  setenv("HOME", story.work.folder.path().c_str(), 1);
  story.unlock();
  auto screens = story.want(ca::OpenPage{cv::Page::kForms});
  REQUIRE(screens->forms.state.readiness == cv::Readiness::kReady);
  CHECK(screens->forms.forms.size() == 23);
  CHECK(screens->forms.forms[2].form == "f3");
  CHECK(screens->forms.handed_in.empty());
  for (const cv::FormRowView& row : screens->forms.forms)
    CHECK_FALSE(row.name.starts_with("form."));

  story.want(ca::SaveForm{"f15", ".xlsx", false, {}});
  CHECK(documents(story, ".xlsx").size() == 1);
  screens = story.want(ca::SaveForm{"f15", ".pdf", true, {}});
  REQUIRE(screens->forms.handed_in.size() == 1);
  const auto first = documents(story, ".pdf");
  REQUIRE(first.size() == 1);
  const Bytes handed_in = content(first.front());
  CHECK(handed_in.starts_with("%PDF"));
  screens = story.want(ca::SaveForm{"f15", ".pdf", true, " "});
  CHECK(screens->forms.handed_in.size() == 1);

  CHECK(screens->forms.handed_in[0].period.find('/') == std::string::npos);  // in words
  const Id snapshot = screens->forms.handed_in[0].snapshot;
  screens = story.want(ca::ReprintForm{snapshot});
  const auto again = documents(story, ".pdf");
  REQUIRE(again.size() == 2);
  CHECK(content(again[0]) == content(again[1]));

  screens = story.want(ca::CompareForm{snapshot});
  CHECK(screens->forms.comparison.snapshot == snapshot);
  CHECK(screens->forms.comparison.rows.empty());
  // It stands while nothing is written, and not a moment longer.
  CHECK(story.want(ca::OpenPage{cv::Page::kForms})->forms.comparison.rows.empty());
  story.want(ca::VoidRecord{asked, "误登记"});
  screens = story.want(ca::OpenPage{cv::Page::kForms});
  CHECK(screens->forms.comparison.snapshot == snapshot);
  CHECK_FALSE(screens->forms.comparison.rows.empty());
  screens = story.want(ca::SaveForm{"f15", ".pdf", true, "县里要求重报"});
  REQUIRE(screens->forms.handed_in.size() == 2);
}

TEST_CASE("a form that a person has changed since stays beside the one that is made anew, and that is said") {
  AppStory story([&](WorkStore& work) {
    put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
  });
  setenv("HOME", story.work.folder.path().c_str(), 1);
  story.unlock();
  const auto make = [&] { return story.want(ca::SaveForm{"f15", ".xlsx", false, {}}); };
  make();
  make();  // over what the program left there itself
  REQUIRE(documents(story, ".xlsx").size() == 1);
  const fs::path file = documents(story, ".xlsx").front();
  CHECK(story.toast().find("保留") == std::string::npos);
  REQUIRE(replace_file(file, "changed by hand").ok());
  make();
  REQUIRE(documents(story, ".xlsx").size() == 2);
  CHECK(content(file).starts_with("PK"));
  const auto beside = [&](const std::string& ending, const fs::path& but) {
    for (const fs::path& one : documents(story, ending)) {
      if (one != but && one.filename().string().find("之前") != std::string::npos) return one;
    }
    return fs::path("none");
  };
  const fs::path kept = beside(".xlsx", file);
  CHECK(content(kept) == "changed by hand");
  CHECK(kept.filename().string().starts_with(file.stem().string()));
  CHECK(story.toast().find(kept.string()) != std::string::npos);
  // A second time within the same minute, too.
  REQUIRE(replace_file(file, "changed again").ok());
  make();
  CHECK(documents(story, ".xlsx").size() == 3);
  CHECK(content(kept) == "changed by hand");
  // What was handed in is made again in the same way.
  const auto screens = story.want(ca::SaveForm{"f15", ".pdf", true, {}});
  REQUIRE(screens->forms.handed_in.size() == 1);
  const fs::path handed_in = documents(story, ".pdf").at(0);
  story.want(ca::ReprintForm{screens->forms.handed_in[0].snapshot});
  REQUIRE(documents(story, ".pdf").size() == 2);
  const fs::path reprinted = documents(story, ".pdf")[documents(story, ".pdf")[0] == handed_in ? 1 : 0];
  REQUIRE(replace_file(reprinted, "a note on the page").ok());
  story.want(ca::ReprintForm{screens->forms.handed_in[0].snapshot});
  CHECK(content(reprinted) == content(handed_in));
  const fs::path kept_page = beside(".pdf", handed_in);
  CHECK(content(kept_page) == "a note on the page");
  CHECK(story.toast().find(kept_page.string()) != std::string::npos);
}

TEST_CASE("everything the report is warned of stays to be read until something else is asked") {
  AppStory story([&](WorkStore& work) {
    put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
  });
  setenv("HOME", story.work.folder.path().c_str(), 1);
  story.unlock();
  story.want(ca::OpenPage{cv::Page::kForms});
  auto screens = story.want(ca::SaveForm{"f9", ".docx", false, {}});
  REQUIRE(screens->forms.warned.form == "f9");
  CHECK_FALSE(screens->forms.warned.warnings.empty());
  CHECK(story.toast().find(std::to_string(screens->forms.warned.warnings.size()) + " 处") !=
        std::string::npos);
  screens = story.want(ca::OpenPage{cv::Page::kForms});
  CHECK_FALSE(screens->forms.warned.warnings.empty());
  CHECK(story.want(ca::AskForms{{}, "month"})->forms.warned.warnings.empty());
}

TEST_CASE("what the report is warned of is known before it is handed in, and nothing is written for that") {
  AppStory story([&](WorkStore& work) {
    put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
  });
  setenv("HOME", story.work.folder.path().c_str(), 1);
  story.unlock();
  story.want(ca::OpenPage{cv::Page::kForms});
  const auto checked = story.want(ca::CheckForm{"f9"})->forms.warned;
  CHECK(checked.checked == 1);
  CHECK(checked.form == "f9");
  CHECK(checked.problem.empty());
  CHECK_FALSE(checked.warnings.empty());
  CHECK(documents(story, ".docx").empty());
  CHECK(story.want(ca::OpenPage{cv::Page::kForms})->forms.handed_in.empty());
  const auto made = story.want(ca::SaveForm{"f9", ".docx", true, {}})->forms.warned;
  CHECK(made.warnings == checked.warnings);
  CHECK(made.checked == 1);
  CHECK_FALSE(story.want(ca::CheckForm{"f99"})->forms.warned.problem.empty());
}

TEST_CASE("the office's papers are PDFs among the documents, with the version for the card") {
  AppStory story([](WorkStore&) {});
  setenv("HOME", story.work.folder.path().c_str(), 1);
  story.unlock();
  for (const char* paper : {"notice", "assessment", "incident"})
    story.want(ca::SavePaper{paper});
  const auto files = documents(story, ".pdf");
  REQUIRE(files.size() == 3);
  for (const fs::path& file : files)
    CHECK(content(file).starts_with("%PDF"));
  story.want(ca::SavePaper{"notice"});
  CHECK(story.toast().find("版本 ") != std::string::npos);
  story.want(ca::SavePaper{"nothing"});
  CHECK(documents(story, ".pdf").size() == 3);
}

TEST_CASE("the report is made with the words of a document that was worked over; what is none is refused") {
  AppStory story([&](WorkStore& work) {
    const Id member = put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
    put(*work.store, "consultation", {{"member_id", member.text()}, {"occurred_on", day(*work.store, 0)}});
  });
  const fs::path& home = story.work.folder.path();
  setenv("HOME", home.c_str(), 1);
  story.unlock();
  story.want(ca::OpenPage{cv::Page::kForms});
  story.want(ca::SaveForm{"f9", ".docx", false, {}});
  REQUIRE(documents(story, ".docx").size() == 1);
  // What its words claim and the records do not show is said at once.
  CHECK(story.app->screens()->shell.toast.words.text.find("处请核对") != std::string::npos);
  const fs::path edited = documents(story, ".docx").front();
  const auto screens = story.want(ca::BrowseFolder{home.string()});
  REQUIRE_FALSE(screens->forms.folder.entries.empty());
  CHECK(std::any_of(screens->forms.folder.entries.begin(), screens->forms.folder.entries.end(),
                    [&](const cv::FileEntry& entry) { return entry.path == edited.string(); }));
  CHECK_FALSE(story.want(ca::OpenPage{cv::Page::kForms})->forms.folder.entries.empty());
  ca::SaveForm again{"f9", ".pdf", true, {}};
  again.edited = edited.string();
  CHECK(story.want(again)->forms.handed_in.size() == 1);
  CHECK(documents(story, ".pdf").size() == 1);
  fs::remove(documents(story, ".pdf").front());
  REQUIRE(replace_file(home / "信.docx", Bytes("no document")).ok());
  again.edited = (home / "信.docx").string();
  again.reason = "重报";
  CHECK(story.want(again)->forms.handed_in.size() == 1);
  CHECK(story.app->screens()->shell.toast.words.tone == cv::Tone::kNeedsYou);
  CHECK(documents(story, ".pdf").empty());
}

TEST_CASE("what does not agree stands on the page of forms, until it agrees") {
  Id question;
  AppStory story([&](WorkStore& work) {
    const Id member = put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
    question = put(*work.store, "case_item",
                   {{"member_id", member.text()},
                    {"kind", "question"},
                    {"topic", "school"},
                    {"content", "择校"},
                    {"opened_on", day(*work.store, 0)},
                    {"answer", "已答复"},
                    {"answered_on", day(*work.store, 3)}});
  });
  story.unlock();
  auto screens = story.want(ca::OpenPage{cv::Page::kForms});
  REQUIRE_FALSE(screens->forms.question.checks.empty());
  CHECK(screens->forms.question.checks ==
        story.want(ca::OpenPage{cv::Page::kReports})->figures.question.checks);
  const std::size_t before = screens->forms.question.checks.size();
  story.want(ca::VoidRecord{question, "误登记"});
  screens = story.want(ca::OpenPage{cv::Page::kForms});
  CHECK(screens->forms.question.checks.size() < before);
}

TEST_CASE("a form of months says which month it is made for, whatever period the page shows") {
  std::string today;
  AppStory story([&](WorkStore& work) { today = day(*work.store, 0); });
  story.unlock();
  const auto screens = story.want(ca::OpenPage{cv::Page::kForms});
  const auto period = [&](const char* form) {
    const auto& forms = screens->forms.forms;
    const auto found =
        std::find_if(forms.begin(), forms.end(), [&](const auto& row) { return row.form == form; });
    REQUIRE(found != forms.end());
    return found->period;
  };
  const int month = std::stoi(today.substr(5, 2));
  CHECK(period("f4b") == today.substr(0, 4) + "年" + std::to_string(month) + "月");
  CHECK(period("f2") == today.substr(0, 4) + "年第" + std::to_string((month + 2) / 3) + "季度");
  CHECK(period("f1").empty());
}

TEST_CASE("what could not be handed in leaves the file that was there, and none where there was none") {
  WorkStore work;
  (void)put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
  const fs::path file = work.folder.path() / "f15.pdf";
  ca::FormAsked asked{"f15", {}, "zh", false, {}, {}, {}};
  asked.asked.scope = work.village;
  asked.asked.as_of = Date::of(work.county.clock.now_ms());
  const ca::FileKind kind{file.string(), false};
  auto made = ca::make_file(*work.store, work.county.clock, asked, kind, ca::HandIn{}, work.words.messages());
  REQUIRE(made.ok());
  REQUIRE(made->handed_in);
  made->handed_in->what.unit = Id();  // nobody's: refused
  CHECK_FALSE(ca::hand_out(*work.store, work.county.clock, *made, file, work.words.messages()).done.ok());
  CHECK_FALSE(fs::exists(file));
  REQUIRE(replace_file(file, "older").ok());
  const auto files_before = std::distance(fs::directory_iterator(work.folder.path()), {});
  CHECK_FALSE(ca::hand_out(*work.store, work.county.clock, *made, file, work.words.messages()).done.ok());
  CHECK(content(file) == "older");
  CHECK(std::distance(fs::directory_iterator(work.folder.path()), {}) == files_before);
  made->handed_in->what.unit = work.village;
  REQUIRE(ca::hand_out(*work.store, work.county.clock, *made, file, work.words.messages()).done.ok());
  CHECK(content(file) == made->file);
}

TEST_CASE("whose month could not be closed is told so, and where the own file of that name is kept") {
  AppStory story([&](WorkStore& work) {
    (void)put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
    REQUIRE(work.store->database()
                .exec("CREATE TRIGGER refused BEFORE INSERT ON k_month_close BEGIN SELECT RAISE(ABORT, "
                      "'no'); END")
                .ok());
  });
  setenv("HOME", story.work.folder.path().c_str(), 1);
  story.unlock();
  story.want(ca::AskForms{{}, "last_month"});
  story.want(ca::SaveForm{"f7", ".pdf", false, {}});
  REQUIRE(documents(story, ".pdf").size() == 1);
  const fs::path file = documents(story, ".pdf").front();
  REQUIRE(replace_file(file, "by hand").ok());
  const auto screens = story.want(ca::SaveForm{"f7", ".pdf", true, {}, true});
  REQUIRE(screens->forms.handed_in.size() == 1);
  REQUIRE(documents(story, ".pdf").size() == 2);
  CHECK(screens->shell.toast.words.tone == cv::Tone::kNeedsYou);
  INFO(story.toast());
  CHECK(story.toast().find("没有结账") != std::string::npos);
  CHECK(story.toast().find(file.string()) != std::string::npos);
  for (const fs::path& one : documents(story, ".pdf")) {
    if (one != file) CHECK(story.toast().find(one.string()) != std::string::npos);
  }
}

TEST_CASE("a form whose file cannot be written is not handed in either") {
  AppStory story([](WorkStore& work) {
    (void)put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
  });
  setenv("HOME", (story.work.folder.path() / "not there").c_str(), 1);
  story.unlock();
  auto screens = story.want(ca::SaveForm{"f15", ".pdf", true, {}});
  CHECK(screens->shell.toast.words.tone == cv::Tone::kNeedsYou);
  CHECK(story.want(ca::OpenPage{cv::Page::kForms})->forms.handed_in.empty());
  setenv("HOME", story.work.folder.path().c_str(), 1);
  screens = story.want(ca::SaveForm{"f15", ".pdf", true, {}});  // no second time, so no reason is asked for
  CHECK(screens->forms.handed_in.size() == 1);
}

TEST_CASE("a month that is not over is not closed, and nothing is kept of it") {
  AppStory story([](WorkStore&) {});
  setenv("HOME", story.work.folder.path().c_str(), 1);
  story.unlock();
  story.want(ca::AskForms{{}, "month"});
  auto screens = story.want(ca::SaveForm{"f7", ".pdf", true, {}, true});
  CHECK(screens->forms.handed_in.empty());
  story.want(ca::AskForms{{}, "last_month"});
  screens = story.want(ca::SaveForm{"f7", ".pdf", true, {}, true});
  CHECK(screens->forms.handed_in.size() == 1);
}

TEST_CASE("a form that was handed in with whole numbers is made again only by who may take them out") {
  Id snapshot;
  AppStory story([&](WorkStore& work) {
    put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
    const Date today = *Date::parse(day(*work.store, 0));
    ca::FormAsked asked{"f10", {work.village, {today.year, 1, 1}, today, false}, "zh", true};
    const auto made = ca::make_file(*work.store, work.county.clock, asked, {"f10.pdf", false}, ca::HandIn{},
                                    work.words.messages());
    REQUIRE(made.ok());
    snapshot = made->mark->id;
  });
  setenv("HOME", story.work.folder.path().c_str(), 1);
  story.unlock();
  const auto before = story.want(ca::OpenPage{cv::Page::kForms});
  const auto after = story.want(ca::ReprintForm{snapshot});
  CHECK(after->shell.toast.number > before->shell.toast.number);
  CHECK(documents(story, ".pdf").empty());
}

TEST_CASE("what does not fit the unit is said, and no file is left") {
  AppStory story([](WorkStore&) {});
  setenv("HOME", story.work.folder.path().c_str(), 1);
  story.unlock();
  const auto before = story.want(ca::OpenPage{cv::Page::kForms});
  const auto after = story.want(ca::SaveForm{"f2", ".pdf", false, {}});  // the register is a township's
  CHECK(after->shell.toast.number > before->shell.toast.number);
  CHECK(documents(story, ".pdf").empty());
}

}  // namespace lianxin::test
