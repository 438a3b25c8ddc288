#include "client/app/save_words.hpp"

#include <algorithm>
#include <map>

#include "shared/domain/check.hpp"

namespace lianxin::client::app {

view::Problems problems_of(const view::Wording& wording, const domain::Catalogue& catalogue,
                           const FormEdits& edits, const store::Saved& saved) {
  static const std::map<std::string, std::string> kFormNames = {{"gift_qty", "gift_quantity"},
                                                                {"gift_amount_fen", "gift_yuan"},
                                                                {"at_time", "began"},
                                                                {"channel", "mode"},
                                                                {"dispatched_on", "occurred_on"}};
  view::Problems out;
  LX_CHECK(saved.problem_edit < edits.edits.size(), "a problem belongs to an edit");
  const store::Edit& edit = edits.edits[saved.problem_edit];
  const std::string& place = edits.places[saved.problem_edit];
  const domain::Kind* kind = catalogue.kind(edit.kind);
  for (const domain::Problem& problem : saved.problems) {
    if (!problem.blocks || kind == nullptr) continue;
    view::Problem one;
    const auto renamed = kFormNames.find(problem.field);
    one.field = place.empty() || place == "edits" ? problem.field : place;
    if (place.empty() && edit.kind != "member" && renamed != kFormNames.end()) one.field = renamed->second;
    // A command is given fen, the window yuan.
    one.sentence =
        problem.code == "fen"
            ? wording.text("view.no_amount", {{"field", wording.label(kind->name, problem.field, catalogue)}})
            : domain::problem_sentence(wording.messages(), *kind, problem);
    if (place == "edits" && !edit.create) one.record = edit.record;
    out.push_back(std::move(one));
  }
  return out;
}

namespace {

/// Of the kinds of the edits the first that has the field.
const domain::Kind* kind_with(const domain::Catalogue& catalogue, const std::vector<store::Edit>& edits,
                              const std::string& field) {
  for (const store::Edit& edit : edits) {
    const domain::Kind* kind = catalogue.kind(edit.kind);
    if (kind != nullptr && kind->field(field) != nullptr) return kind;
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> warnings_of(const view::Wording& wording, const domain::Catalogue& catalogue,
                                     const std::vector<store::Edit>& edits, const store::Saved& saved) {
  std::vector<std::string> out;
  if (edits.empty()) return out;
  for (const domain::Problem& problem : saved.problems) {
    const domain::Kind* kind = kind_with(catalogue, edits, problem.field);
    if (kind == nullptr) continue;
    std::string sentence = domain::problem_sentence(wording.messages(), *kind, problem);
    if (std::find(out.begin(), out.end(), sentence) == out.end()) out.push_back(std::move(sentence));
  }
  return out;
}

std::vector<std::string> place_warnings(const view::Wording& wording, const domain::Kind& kind,
                                        const store::Saved& saved) {
  std::vector<std::string> out;
  for (const domain::Problem& problem : saved.problems) {
    if (problem.code.starts_with("place_"))
      out.push_back(domain::problem_sentence(wording.messages(), kind, problem));
  }
  return out;
}

std::string with_warnings(const view::Wording& wording, std::string done,
                          const std::vector<std::string>& warnings) {
  std::string all;
  for (const std::string& one : warnings)
    all += (all.empty() ? "" : " ") + one;
  if (!all.empty()) done += wording.text("app.saved_with", {{"warnings", all}});
  return done;
}

}  // namespace lianxin::client::app
