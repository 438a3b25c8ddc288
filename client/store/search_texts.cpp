#include "client/store/search_texts.hpp"

#include <algorithm>

namespace lianxin::client::store {

namespace {

constexpr char kEnd = '\n';
// A text that says a name begins with it (search_index.hpp).
constexpr char kName = '=';
constexpr std::string_view kAfterName = "|#";

}  // namespace

void SearchTexts::add(const Id& record, const Id& subject, std::string_view text) {
  const auto [known, is_new] = numbers_.try_emplace(subject, static_cast<std::uint32_t>(subjects_.size()));
  if (is_new) subjects_.push_back({subject});
  if (record == subject && text.starts_with(kName)) {
    Subject& own = subjects_[known->second];
    own.name = text_.size() + 1;
    own.length = std::min(text.find_first_of(kAfterName), text.size()) - 1;
  }
  text_.append(text).append(1, kEnd);
  lines_.push_back({record, known->second, text_.size()});
}

void SearchTexts::drop(const std::unordered_set<Id>& records) {
  std::size_t begin = 0;
  for (Line& line : lines_) {
    if (records.count(line.record) > 0) {
      std::fill(text_.begin() + static_cast<std::ptrdiff_t>(begin),
                text_.begin() + static_cast<std::ptrdiff_t>(line.end), kEnd);
      Subject& subject = subjects_[line.subject];
      if (subject.id == line.record) subject.length = 0;
      line.record = Id{};
      ++dropped_;
    }
    begin = line.end;
  }
}

void SearchTexts::clear() { *this = SearchTexts(); }

std::vector<std::uint8_t> SearchTexts::mark(const std::vector<std::string>& needles) const {
  std::vector<std::uint8_t> marks(subjects_.size());
  const std::string_view all = text_;
  for (const std::string& needle : needles) {
    if (needle.empty() || needle.find(kEnd) != std::string::npos) continue;
    auto line = lines_.begin();
    for (std::size_t at = all.find(needle); at != std::string_view::npos; at = all.find(needle, line->end)) {
      while (line->end <= at)
        ++line;
      marks[line->subject] = 1;
    }
  }
  return marks;
}

std::vector<Id> SearchTexts::find(const std::vector<std::string>& needles) const {
  const std::vector<std::uint8_t> marks = mark(needles);
  std::vector<Id> found;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i] != 0) found.push_back(subjects_[i].id);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::optional<std::size_t> SearchTexts::number(const Id& subject) const {
  const auto found = numbers_.find(subject);
  return found == numbers_.end() ? std::nullopt : std::optional<std::size_t>(found->second);
}

std::string_view SearchTexts::name(std::size_t number) const {
  const Subject& subject = subjects_[number];
  return std::string_view(text_).substr(subject.name, subject.length);
}

}  // namespace lianxin::client::store
