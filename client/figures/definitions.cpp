// Reads assets/figures/{members,work,care}.sql; the head of members.sql says how they are written.
#include <algorithm>
#include <charconv>

#include "assets/assets.hpp"
#include "client/figures/figures.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::figures {
namespace {

std::optional<domain::PrivacyClass> class_of(std::string_view name) {
  for (int i = 0; i < domain::kPrivacyClassCount; ++i) {
    const auto privacy = static_cast<domain::PrivacyClass>(i);
    if (domain::word(privacy) == name) return privacy;
  }
  return std::nullopt;
}

std::optional<Gather> gather_of(std::string_view name) {
  if (name == "min") return Gather::kMin;
  if (name == "median") return Gather::kMedian;
  if (name == "max") return Gather::kMax;
  if (name == "hundred") return Gather::kHundred;
  return std::nullopt;
}

class Reader {
 public:
  Result<std::vector<FigureDefinition>> read(std::string_view text) {
    int number = 0;
    for (const std::string& line : split(text, '\n')) {
      ++number;
      std::string why;
      if (line.starts_with("--! "))
        why = take_directive(split(trim(line.substr(4)), ' '));
      else if (!line.starts_with("--") && !trim(line).empty())
        why = take_sql(line);
      if (!why.empty()) return malformed(number, why);
    }
    if (const std::string why = close(); !why.empty()) return malformed(number, why);
    std::sort(figures_.begin(), figures_.end(), [](const auto& a, const auto& b) { return a.row < b.row; });
    return std::move(figures_);
  }

 private:
  static Error malformed(int line, const std::string& why) {
    return fail("figures.malformed", {{"line", std::to_string(line)}, {"why", why}});
  }

  std::string take_directive(const std::vector<std::string>& words) {
    if (std::string why = close(); !why.empty()) return why;
    if (words[0] == "figure") return take_figure(words);
    if (figures_.empty()) return "no figure yet";
    FigureDefinition& figure = figures_.back();
    if (words[0] == "value" && words.size() == 1) {
      target_ = &figure.value;
    } else if (words[0] == "of" && words.size() == 1) {
      target_ = &figure.of;
    } else if (words[0] == "part" && (words.size() == 2 || words.size() == 3)) {
      PartDefinition part;
      part.name = words[1];
      if (words.size() == 3) {
        const auto gather = gather_of(words[2]);
        if (!gather) return "unknown word " + words[2];
        part.gather = *gather;
      }
      figure.parts.push_back(std::move(part));
      target_ = &figure.parts.back().sql;
    } else if (words[0] == "split" && words.size() == 2) {
      figure.parts.push_back({"", words[1], Gather::kSum, ""});
      target_ = &figure.parts.back().sql;
    } else {
      return "unknown word " + words[0];
    }
    return target_->empty() ? "" : "said twice: " + words[0];
  }

  std::string take_figure(const std::vector<std::string>& words) {
    FigureDefinition figure;
    if (words.size() < 3) return "a row and a unit are wanted";
    const auto parsed = std::from_chars(words[1].data(), words[1].data() + words[1].size(), figure.row);
    if (parsed.ec != std::errc() || figure.row < 1 || figure.row > kFigureRows) return "no such row";
    if (std::any_of(figures_.begin(), figures_.end(), [&](const auto& f) { return f.row == figure.row; }))
      return "row said twice";
    figure.unit = words[2];
    for (std::size_t i = 3; i < words.size(); ++i) {
      if (words[i] == "over") {
        figure.is_rounded = true;
      } else if (words[i] == "along") {
        figure.goes_along = true;
      } else if (const auto privacy = class_of(words[i])) {
        figure.needs = privacy;
      } else {
        return "unknown word " + words[i];
      }
    }
    figures_.push_back(std::move(figure));
    return "";
  }

  std::string take_sql(const std::string& line) {
    if (target_ == nullptr) return "a query without a name";
    *target_ += (target_->empty() ? "" : "\n") + line;
    return "";
  }

  /// The end of a query: without the ';'.
  std::string close() {
    if (target_ == nullptr) return "";
    const std::string sql = trim(*target_);
    if (!sql.ends_with(';')) return "a query has to end with ';'";
    *target_ = sql.substr(0, sql.size() - 1);
    target_ = nullptr;
    return "";
  }

  std::vector<FigureDefinition> figures_;
  std::string* target_ = nullptr;
};

}  // namespace

Result<std::vector<FigureDefinition>> parse_figures(std::string_view text) { return Reader().read(text); }

const std::vector<FigureDefinition>& figure_definitions() {
  static const std::vector<FigureDefinition> kFigures = [] {
    std::string text;
    for (const std::string_view name : {"members", "work", "care"})
      text += assets::file("assets/figures/" + std::string(name) + ".sql");
    auto parsed = parse_figures(text);
    LX_CHECK(parsed.ok(), "assets/figures cannot be read");
    return *std::move(parsed);
  }();
  return kFigures;
}

}  // namespace lianxin::client::figures
