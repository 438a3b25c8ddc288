#include "client/store/search_texts.hpp"

#include <algorithm>

namespace lianxin::client::store {

namespace {

constexpr char kEnd = '\n';

}  // namespace

void SearchTexts::add(const Id& record, const Id& subject, std::string_view text) {
  text_.append(text).append(1, kEnd);
  lines_.push_back({record, subject, text_.size()});
}

void SearchTexts::drop(const std::unordered_set<Id>& records) {
  std::size_t begin = 0;
  for (Line& line : lines_) {
    if (records.count(line.record) > 0) {
      std::fill(text_.begin() + static_cast<std::ptrdiff_t>(begin),
                text_.begin() + static_cast<std::ptrdiff_t>(line.end), kEnd);
      line.record = Id{};
      ++dropped_;
    }
    begin = line.end;
  }
}

void SearchTexts::clear() { *this = SearchTexts(); }

std::vector<Id> SearchTexts::find(const std::vector<std::string>& needles) const {
  std::vector<Id> found;
  const std::string_view all = text_;
  for (const std::string& needle : needles) {
    if (needle.empty() || needle.find(kEnd) != std::string::npos) continue;
    auto line = lines_.begin();
    for (std::size_t at = all.find(needle); at != std::string_view::npos; at = all.find(needle, line->end)) {
      while (line->end <= at)
        ++line;
      found.push_back(line->subject);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace lianxin::client::store
