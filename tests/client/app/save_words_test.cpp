#include "client/app/save_words.hpp"

#include <doctest/doctest.h>

#include "tests/client/view/work_store.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cs = client::store;

namespace {

domain::Problem missing(const std::string& field, bool blocks) {
  return {field, "missing", {{"field", field}}, blocks};
}

}  // namespace

TEST_CASE("what a kept form is warned of is a sentence each, none twice, behind what was done") {
  const auto words = wording();
  cs::Edit edit;
  edit.kind = "contact_attempt";
  cs::Saved saved;
  saved.ok = true;
  CHECK(ca::with_warnings(words, "已保存",
                          ca::warnings_of(words, domain::Catalogue::base(), {edit}, saved)) == "已保存");
  // A call about two members is warned of twice in the same words.
  saved.problems = {missing("content", false), missing("topics", false), missing("content", false)};
  const auto warnings = ca::warnings_of(words, domain::Catalogue::base(), {edit, edit}, saved);
  REQUIRE(warnings.size() == 2);
  const std::string all = ca::with_warnings(words, "已保存", warnings);
  CHECK(all == "已保存。请留意：" + warnings[0] + " " + warnings[1]);
  CHECK(ca::warnings_of(words, domain::Catalogue::base(), {}, saved).empty());  // a form that changed nothing
}

TEST_CASE("what stands in the way is said at the field of the form, by its name there; a warning is not") {
  const auto words = wording();
  ca::FormEdits form;
  cs::Edit edit;
  edit.kind = "contact_attempt";
  form.edits = {edit};
  form.places = {""};
  cs::Saved saved;
  saved.problems = {missing("channel", true), missing("content", false)};
  const auto problems = ca::problems_of(words, domain::Catalogue::base(), form, saved);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].field == "mode");
  CHECK_FALSE(problems[0].sentence.empty());
}

}  // namespace lianxin::test
