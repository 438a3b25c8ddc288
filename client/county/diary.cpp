#include "client/county/diary.hpp"

#include <algorithm>

namespace lianxin::client::county {
namespace {

/// Edits of one action: a commit and a write of the journal cost as much as many records.
constexpr std::size_t kActionEdits = 200;

void take(store::Edit& edit, const Fields& fields) {
  for (const auto& [name, value] : fields) {
    if (value.empty()) continue;
    const bool adds = name.back() == '+';
    edit.fields.push_back({adds ? name.substr(0, name.size() - 1) : name,
                           adds ? store::FieldEdit::Op::kAdd : store::FieldEdit::Op::kSet, value});
  }
}

Status refused(const std::vector<store::Edit>& edits, const store::Saved& saved) {
  const domain::Problem& problem = saved.problems.front();
  return fail("demo.refused",
              {{"kind", edits[saved.problem_edit].kind}, {"field", problem.field}, {"code", problem.code}});
}

}  // namespace

Id Diary::add(const std::string& kind, const Date& known_on, const Fields& fields) {
  Page page{known_on, {}};
  page.edit.kind = kind;
  page.edit.record = chance_.id(known_on);
  page.edit.create = true;
  take(page.edit, fields);
  pages_.push_back(std::move(page));
  return pages_.back().edit.record;
}

Id Diary::take_over(const std::string& kind, const Date& known_on, const Fields& fields) {
  const Id record = add(kind, known_on, fields);
  pages_.back().edit.cause.kind = sync::change::CauseKind::kImport;
  return record;
}

void Diary::change(const std::string& kind, const Id& record, const Date& known_on, const Fields& fields) {
  Page page{known_on, {}};
  page.edit.kind = kind;
  page.edit.record = record;
  take(page.edit, fields);
  pages_.push_back(std::move(page));
}

Status Diary::save(store::Records& records, const std::function<void(std::size_t, std::size_t)>& progress) {
  std::stable_sort(pages_.begin(), pages_.end(),
                   [](const Page& one, const Page& other) { return one.known_on < other.known_on; });
  std::vector<store::Edit> action;
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    action.push_back(std::move(pages_[i].edit));
    if (action.size() < kActionEdits && i + 1 < pages_.size()) continue;
    LX_TRY(const store::Saved saved, records.save(action));
    if (!saved.ok) return refused(action, saved);
    action.clear();
    progress(i + 1, pages_.size());
  }
  pages_.clear();
  return {};
}

}  // namespace lianxin::client::county
