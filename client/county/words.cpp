#include "client/county/words.hpp"

#include <map>

#include "assets/assets.hpp"
#include "shared/base/check.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::county {
namespace {

using Lists = std::map<std::string, std::vector<Row>, std::less<>>;

Lists read_lists() {
  Lists lists;
  std::vector<Row>* list = nullptr;
  for (const std::string& line : split(assets::file("assets/county/words.tsv"), '\n')) {
    if (line.empty() || line.front() == '#') continue;
    Row row = split(line, '\t');
    if (row.front() == "list" && row.size() == 2) {
      list = &lists[row[1]];
      continue;
    }
    LX_CHECK(list != nullptr, "an entry before the first list of assets/county/words.tsv");
    list->push_back(std::move(row));
  }
  return lists;
}

}  // namespace

const std::vector<Row>& rows(std::string_view list) {
  static const Lists kLists = read_lists();
  const auto found = kLists.find(list);
  LX_CHECK(found != kLists.end(), "a list that assets/county/words.tsv does not have");
  return found->second;
}

std::vector<std::string> cells(std::string_view list) {
  std::vector<std::string> out;
  for (const Row& row : rows(list))
    out.insert(out.end(), row.begin(), row.end());
  return out;
}

std::string phrase(std::string_view name, const std::vector<std::pair<std::string, std::string>>& places) {
  for (const Row& row : rows("phrases")) {
    if (row.front() != name) continue;
    std::string text = row.at(1);
    for (const auto& [place, value] : places) {
      const std::string mark = "{" + place + "}";
      const std::size_t at = text.find(mark);
      if (at != std::string::npos) text.replace(at, mark.size(), value);
    }
    return text;
  }
  LX_CHECK(false, "a phrase that assets/county/words.tsv does not have");
  return {};
}

}  // namespace lianxin::client::county
