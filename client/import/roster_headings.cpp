#include "client/import/roster_headings.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "assets/assets.hpp"
#include "shared/base/check.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::import {
namespace {

constexpr std::string_view kDataPath = "assets/codes/roster_headings.tsv";

struct Rule {
  std::string target;
  Reading reading = Reading::kNone;
  std::unordered_set<std::string> groups;
};

/// The data file, turned round: word -> the rules that know it.
struct Vocabulary {
  std::vector<Rule> rules;
  std::unordered_multimap<std::string, std::size_t> exact;
  std::vector<std::pair<std::string, std::size_t>> inside;  ///< longest first
  std::unordered_set<std::string> words;
  std::map<std::string, Reading, std::less<>> readings;
};

Reading parse_reading(std::string_view word) {
  static const std::map<std::string_view, Reading> kReadings{
      {"none", Reading::kNone},       {"name", Reading::kName},   {"id", Reading::kId},
      {"code", Reading::kCode},       {"date", Reading::kDate},   {"text", Reading::kText},
      {"address", Reading::kAddress}, {"phone", Reading::kPhone}, {"village", Reading::kVillage}};
  const auto at = kReadings.find(word);
  LX_CHECK(at != kReadings.end(), "unknown reading in roster_headings.tsv");
  return at->second;
}

void add_line(Vocabulary& out, const std::vector<std::string>& parts) {
  LX_CHECK(parts.size() == 4, "roster_headings.tsv has four columns");
  Rule rule{parts[0], parse_reading(parts[1]), {}};
  out.readings.emplace(rule.target, rule.reading);
  for (const std::string& group : split(parts[2], '|')) {
    if (!group.empty()) rule.groups.insert(normalize_heading(group));
  }
  out.words.insert(rule.groups.begin(), rule.groups.end());
  const std::size_t index = out.rules.size();
  for (const std::string& word : split(parts[3], '|')) {
    if (word.empty()) continue;
    if (word.front() == '~') {
      out.inside.emplace_back(normalize_heading(word.substr(1)), index);
    } else {
      out.exact.emplace(normalize_heading(word), index);
      out.words.insert(normalize_heading(word));
    }
  }
  out.rules.push_back(std::move(rule));
}

Vocabulary load() {
  Vocabulary out;
  for (const std::string& line : split(assets::file(kDataPath), '\n')) {
    if (!line.empty() && line.front() != '#') add_line(out, split(line, '\t'));
  }
  std::stable_sort(out.inside.begin(), out.inside.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  return out;
}

const Vocabulary& vocabulary() {
  static const Vocabulary kVocabulary = load();
  return kVocabulary;
}

/// "联系电话（手机）" -> "联系电话": what is in brackets explains, it does not name.
std::string without_brackets(std::string_view heading) {
  std::u32string out;
  int depth = 0;
  for (const char32_t c : to_utf32(half_width(heading))) {
    if (c == U'(' || c == U'[' || c == U'【') ++depth;
    if (depth == 0) out.push_back(c);
    if ((c == U')' || c == U']' || c == U'】') && depth > 0) --depth;
  }
  return to_utf8(out);
}

/// Rules without groups when `group` is nullptr, else those of this group; the first of the file wins.
const Rule* exact_rule(const std::string& word, const std::string* group) {
  const Vocabulary& words = vocabulary();
  const Rule* found = nullptr;
  const auto [first, last] = words.exact.equal_range(word);
  for (auto at = first; at != last; ++at) {
    const Rule& rule = words.rules[at->second];
    const bool fits = group == nullptr ? rule.groups.empty() : rule.groups.contains(*group);
    if (fits && (found == nullptr || &rule < found)) found = &rule;
  }
  return found;
}

std::optional<HeadingMatch> found(const Rule* rule, int confidence) {
  if (rule == nullptr) return std::nullopt;
  return HeadingMatch{rule->target, rule->reading, confidence};
}

/// One heading word under its group headings: by the group first, since "姓名" under 家庭联系人 is not the
/// member's.
std::optional<HeadingMatch> match_word(const std::string& word, const std::vector<std::string>& groups,
                                       int exact) {
  if (word.empty()) return std::nullopt;
  // The nearest group decides: 电话 under 家庭联系人 under 联系方式 is the family's.
  for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
    if (const Rule* rule = exact_rule(word, &*group)) return found(rule, exact - 5);
  }
  std::string joined;
  for (const std::string& group : groups)
    joined += group;
  if (!groups.empty()) {
    if (const Rule* rule = exact_rule(groups.back() + word, nullptr)) return found(rule, exact - 5);
    if (const Rule* rule = exact_rule(joined + word, nullptr)) return found(rule, exact - 5);
  }
  return found(exact_rule(word, nullptr), exact);
}

std::optional<HeadingMatch> match_inside(const std::string& word) {
  for (const auto& [part, index] : vocabulary().inside) {
    if (word.find(part) != std::string::npos) return found(&vocabulary().rules[index], 70);
  }
  return std::nullopt;
}

}  // namespace

std::string normalize_heading(std::string_view heading) {
  static const std::u32string kDropped =
      U" \t\r\n\u00A0\u3000\uFEFF\u200B()[]【】<>《》“”\"'*:;,.、。·/\\-—_~|#";
  std::u32string out;
  for (const char32_t c : to_utf32(half_width(heading))) {
    if (kDropped.find(c) == std::u32string::npos) out.push_back(c);
  }
  return to_lower_ascii(to_utf8(out));
}

std::optional<HeadingMatch> match_heading(const std::vector<std::string>& path) {
  std::vector<std::string> groups;
  std::string last;
  for (const std::string& heading : path) {
    if (normalize_heading(heading).empty()) continue;
    if (!last.empty()) groups.push_back(normalize_heading(last));
    last = heading;
  }
  const std::string word = normalize_heading(last);
  if (auto match = match_word(word, groups, 100)) return match;
  if (auto match = match_word(normalize_heading(without_brackets(last)), groups, 90)) return match;
  const std::string half = half_width(last);
  const std::size_t slash = half.find('/');
  const std::string first_part = half.substr(0, slash);
  // "家庭联系人/电话": a grouped heading in one line, as this program's own CSV files write it.
  if (slash != std::string::npos) {
    const std::string group = normalize_heading(first_part);
    if (const Rule* rule = exact_rule(normalize_heading(half.substr(slash + 1)), &group))
      return found(rule, 90);
  }
  if (auto match = match_word(normalize_heading(first_part), groups, 85)) return match;
  return match_inside(word);
}

bool asks_for_work(std::string_view heading) {
  return heading.find("从事") != std::string_view::npos || heading.find("工种") != std::string_view::npos;
}

bool is_heading_word(std::string_view text) {
  if (text.size() > 90) return false;
  const std::string word = normalize_heading(text);
  const auto& words = vocabulary().words;
  return words.contains(word) || words.contains(normalize_heading(without_brackets(text)));
}

const std::vector<std::string>& heading_targets() {
  static const std::vector<std::string> kTargets = [] {
    std::vector<std::string> out;
    for (const Rule& rule : vocabulary().rules) {
      const bool seen = std::find(out.begin(), out.end(), rule.target) != out.end();
      if (!seen && rule.target != kTargetIgnored) out.push_back(rule.target);
    }
    return out;
  }();
  return kTargets;
}

std::optional<Reading> reading_of(std::string_view target) {
  const auto at = vocabulary().readings.find(target);
  return at == vocabulary().readings.end() ? std::nullopt : std::optional(at->second);
}

}  // namespace lianxin::client::import
