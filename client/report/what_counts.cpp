#include "client/report/what_counts.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "assets/assets.hpp"
#include "client/figures/figures.hpp"
#include "client/figures/ledger.hpp"

namespace lianxin::client::report {
namespace {

using Names = std::set<std::string>;

/// Names in a query: words outside of quotes.
std::vector<std::string> names_in(std::string_view sql) {
  std::vector<std::string> out(1);
  char quote = 0;
  for (const char c : sql) {
    const bool is_quote = c == '\'' || c == '"';
    if (is_quote && (quote == 0 || quote == c)) quote = quote == 0 ? c : '\0';
    const bool is_of_name =
        quote == 0 && !is_quote && (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_');
    if (is_of_name)
      out.back() += c;
    else if (!out.back().empty())
      out.emplace_back();
  }
  return out;
}

class Sources {
 public:
  Sources() {
    for (const char* file : {"asked", "fill", "views"}) {
      const std::string path = std::string("assets/figures/") + file + ".sql";
      for (const std::string& statement : figures::statements_of(assets::file(path)))
        read(statement);
    }
    for (const figures::FigureDefinition& figure : figures::figure_definitions()) {
      follow(figure.value, numbers_[{figure.row, ""}]);
      for (const figures::PartDefinition& part : figure.parts)
        follow(part.sql, numbers_[{figure.row, part.name.empty() ? kByCode : part.name}]);
    }
  }

  /// Everything the number reads, also by way of views; nullptr = no such number.
  [[nodiscard]] const Names* of(int row, const std::string& part) const {
    auto found = numbers_.find({row, part});
    if (found == numbers_.end()) found = numbers_.find({row, kByCode});
    return found == numbers_.end() ? nullptr : &found->second;
  }

 private:
  static constexpr const char* kByCode = "*";  ///< parts named by the codes of a list

  /// "CREATE TEMP VIEW name AS ...", "INSERT INTO name ...".
  void read(std::string_view statement) {
    std::vector<std::string> names = names_in(statement);
    const bool is_view = names.size() > 3 && names[0] == "CREATE" && names[2] == "VIEW";
    const bool is_filled = names.size() > 2 && names[0] == "INSERT";
    if (!is_view && !is_filled) return;
    std::vector<std::string>& made_of = made_of_[names[is_view ? 3 : 2]];
    made_of.insert(made_of.end(), names.begin() + (is_view ? 4 : 3), names.end());
  }

  void follow(std::string_view sql, Names& out) const {
    std::vector<std::string> next = names_in(sql);
    while (!next.empty()) {
      const std::string name = std::move(next.back());
      next.pop_back();
      if (!out.insert(name).second) continue;
      if (const auto made = made_of_.find(name); made != made_of_.end())
        next.insert(next.end(), made->second.begin(), made->second.end());
    }
  }

  std::map<std::string, std::vector<std::string>> made_of_;
  std::map<std::pair<int, std::string>, Names> numbers_;
};

}  // namespace

bool is_counted_from(int row, const std::string& part, const domain::Kind& kind) {
  static const Sources kSources;
  const Names* names = kSources.of(row, part);
  if (names == nullptr) return false;
  if (names->contains("all_" + kind.name) || names->contains("live_" + kind.name)) return true;
  return std::any_of(kind.fields.begin(), kind.fields.end(), [&](const domain::Field& field) {
    return field.is_set() && names->contains(kind.name + "_" + field.name);
  });
}

}  // namespace lianxin::client::report
