// Reads assets/reports/*.form; the head of f1.form says how they are written.
#include <algorithm>
#include <charconv>
#include <map>

#include "assets/assets.hpp"
#include "client/report/forms.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/codes.hpp"

namespace lianxin::client::report {
namespace {

using domain::PrivacyClass;

template <typename T>
std::optional<T> found_in(const std::map<std::string, T, std::less<>>& words, std::string_view word) {
  const auto found = words.find(word);
  if (found == words.end()) return std::nullopt;
  return found->second;
}

std::optional<FormValue> value_of(std::string_view word) {
  static const std::map<std::string, FormValue, std::less<>> kWords = {
      {"number", FormValue::kNumber}, {"text", FormValue::kText},     {"yes", FormValue::kYesNo},
      {"place", FormValue::kPlace},   {"phone", FormValue::kPhone},   {"id", FormValue::kIdNumber},
      {"no", FormValue::kRowNumber},  {"tenths", FormValue::kTenths}, {"money", FormValue::kMoney},
      {"names", FormValue::kNames},   {"secret", FormValue::kSecret}};
  return found_in(kWords, word);
}

std::optional<FormValue> value_with_list(std::string_view word) {
  static const std::map<std::string, FormValue, std::less<>> kWords = {
      {"code", FormValue::kCode}, {"word", FormValue::kWord}, {"boxes", FormValue::kBoxes}};
  return found_in(kWords, word);
}

std::optional<PrivacyClass> class_of(std::string_view word) {
  static const std::map<std::string, PrivacyClass, std::less<>> kWords = {
      {"contact", PrivacyClass::kContact},
      {"identity", PrivacyClass::kIdentity},
      {"hardship", PrivacyClass::kHardship},
      {"notes", PrivacyClass::kNotes}};
  return found_in(kWords, word);
}

template <typename T>
bool read_number(std::string_view word, T least, T most, T& out) {
  const auto read = std::from_chars(word.data(), word.data() + word.size(), out);
  return read.ec == std::errc() && read.ptr == word.data() + word.size() && out >= least && out <= most;
}

class Reader {
 public:
  explicit Reader(std::string_view name) {
    form_.name = name;
    form_.pages.emplace_back();
  }

  Result<FormDefinition> read(std::string_view text) {
    int number = 0;
    const auto refused = [&](const std::string& why) {
      return fail("report.definition", {{"line", std::to_string(number)}, {"why", why}});
    };
    for (const std::string& line : split(text, '\n')) {
      ++number;
      if (line.starts_with("--") || trim(line).empty()) continue;
      const std::string why = sql_ != nullptr ? take_sql(line) : take(split(trim(line), ' '));
      if (!why.empty()) return refused(why);
    }
    for (const FormPage& one : form_.pages) {
      if (const std::string why = wrong_with(one); !why.empty()) return refused(why);
    }
    return std::move(form_);
  }

 private:
  using Words = std::vector<std::string>;

  FormPage& page() { return form_.pages.back(); }

  std::string take_sql(const std::string& line) {
    *sql_ += (sql_->empty() ? "" : "\n") + line;
    if (!trim(line).ends_with(';')) return "";
    *sql_ = trim(*sql_);
    sql_->pop_back();
    sql_ = nullptr;
    return "";
  }

  std::string take(const Words& words) {
    const std::string& first = words[0];
    if (words.size() == 1) {
      if (first == "landscape") return form_.landscape = true, "";
      if (first == "by_village") return form_.by = SheetsBy::kVillage, "";
      if (first == "by_record") return form_.by = SheetsBy::kRecord, "";
      if (first == "totals") return page().has_totals = true, "";
      if (first == "facts") return sql_ = &page().facts, "";
      if (first == "rows") return sql_ = &page().rows, "";
      if (first == "shares") return sql_ = &page().shares, "";
      if (first == "line") return page().card.emplace_back(), "";
      if (first == "group") return group_.clear(), "";
    }
    if (first == "group") return group_ = words[1], "";
    if (first == "sign") return form_.signatures.assign(words.begin() + 1, words.end()), "";
    if (words.size() == 2) {
      if (first == "rows_per_page")
        return read_number(words[1], 1U, 1000U, form_.rows_per_page) ? "" : "a number of rows is wanted";
      if (first == "period") return take_period(words[1]);
      if (first == "needs") return take_class(words[1], form_.needs);
      if (first == "note") return page().notes.push_back(words[1]), "";
      if (first == "page") return take_page(words[1]);
    }
    if (first == "column" && words.size() >= 4) return take_column(words);
    if (first == "pair" && words.size() >= 5) return take_pair(words);
    if (first == "grid") return take_grid(words);
    return "unknown line: " + first;
  }

  std::string take_page(const std::string& key) {
    const bool is_first = page().columns.empty() && page().card.empty() && page().key.empty();
    if (!is_first) form_.pages.emplace_back();
    page().key = key;
    group_.clear();
    return "";
  }

  std::string take_period(const std::string& word) {
    for (const auto kind :
         {figures::PeriodKind::kMonth, figures::PeriodKind::kQuarter, figures::PeriodKind::kYear}) {
      if (figures::word_of(kind) == word) return form_.period = kind, "";
    }
    return "unknown word " + word;
  }

  static std::string take_class(const std::string& word, std::optional<PrivacyClass>& out) {
    out = class_of(word);
    return out ? "" : "unknown word " + word;
  }

  /// A class, or "or_none".
  static std::string take_mark(const std::string& word, FormItem& item) {
    if (word == "or_none") return item.or_none = true, "";
    return take_class(word, item.needs);
  }

  static std::string take_value(const std::string& word, FormItem& item) {
    const std::size_t colon = word.find(':');
    const auto value = colon == std::string::npos ? value_of(word) : value_with_list(word.substr(0, colon));
    if (!value) return "unknown word " + word;
    item.value = *value;
    if (colon == std::string::npos) return "";
    item.list = word.substr(colon + 1);
    std::size_t boxes = 0;
    if (item.value == FormValue::kBoxes && read_number(item.list, std::size_t{1}, std::size_t{20}, boxes))
      return "";
    if (item.value != FormValue::kWord && domain::code_list(item.list) == nullptr)
      return "no such list: " + item.list;
    return "";
  }

  static std::string take_width(const std::string& word, double& width) {
    return read_number(word, 2.0, 80.0, width) ? "" : "a width of 2 to 80 is wanted";
  }

  std::string take_column(const Words& words) {
    FormColumn column;
    column.key = words[1];
    column.group = group_;
    if (std::string why = take_width(words[2], column.width); !why.empty()) return why;
    if (std::string why = take_value(words[3], column); !why.empty()) return why;
    for (std::size_t i = 4; i < words.size(); ++i) {
      if (std::string why = take_mark(words[i], column); !why.empty()) return why;
    }
    page().columns.push_back(std::move(column));
    return "";
  }

  std::string take_pair(const Words& words) {
    FormPair pair;
    pair.key = words[1];
    if (!read_number(words[2], 0U, 20U, pair.label_columns) ||
        !read_number(words[3], 1U, 20U, pair.value_columns))
      return "numbers of columns are wanted";
    if (std::string why = take_value(words[4], pair); !why.empty()) return why;
    for (std::size_t i = 5; i < words.size(); ++i) {
      if (words[i].starts_with("lines:")) {
        if (!read_number(std::string_view(words[i]).substr(6), 1.0, 60.0, pair.lines))
          return "1 to 60 lines are wanted";
      } else if (std::string why = take_mark(words[i], pair); !why.empty()) {
        return why;
      }
    }
    if (page().card.empty()) page().card.emplace_back();
    page().card.back().push_back(std::move(pair));
    return "";
  }

  /// Columns that only have a width.
  std::string take_grid(const Words& words) {
    for (std::size_t i = 1; i < words.size(); ++i) {
      FormColumn column;
      column.key = "-";
      if (std::string why = take_width(words[i], column.width); !why.empty()) return why;
      page().columns.push_back(std::move(column));
    }
    return "";
  }

  [[nodiscard]] std::string wrong_with(const FormPage& one) const {
    if (one.columns.empty() || (one.facts.empty() && one.rows.empty())) return "columns and rows are wanted";
    if (one.card.empty() != one.facts.empty() && form_.by != SheetsBy::kRecord)
      return "pairs and facts belong together";
    if (form_.by == SheetsBy::kRecord && form_.pages.front().facts.empty())
      return "the first page has no facts";
    for (const auto& line : one.card) {
      std::size_t taken = 0;
      for (const FormPair& pair : line)
        taken += pair.label_columns + pair.value_columns;
      if (taken != one.columns.size()) return "a line takes " + std::to_string(taken) + " columns";
    }
    const auto same_width = [](const FormColumn& a, const FormColumn& b) { return a.width == b.width; };
    if (form_.by == SheetsBy::kRecord &&
        !std::equal(one.columns.begin(), one.columns.end(), form_.pages.front().columns.begin(),
                    form_.pages.front().columns.end(), same_width))
      return "the pages of a record have the same widths";
    return "";
  }

  FormDefinition form_;
  std::string group_;
  std::string* sql_ = nullptr;  ///< what is being read
};

}  // namespace

Result<FormDefinition> parse_form(std::string_view name, std::string_view text) {
  return Reader(name).read(text);
}

const std::vector<FormDefinition>& form_definitions() {
  static const std::vector<FormDefinition> kForms = [] {
    std::vector<FormDefinition> forms;
    for (const std::string_view name : {"f1", "f10", "f11", "f12", "f12b", "f13", "f14", "f15", "f16", "f2",
                                        "f3", "f4", "f4b", "f5", "f5b", "f6", "f6b", "f7", "f8"}) {
      auto form = parse_form(name, assets::file("assets/reports/" + std::string(name) + ".form"));
      LX_CHECK(form.ok(), "assets/reports cannot be read");
      forms.push_back(*std::move(form));
    }
    return forms;
  }();
  return kForms;
}

const FormDefinition* form_definition(std::string_view name) {
  for (const FormDefinition& form : form_definitions()) {
    if (form.name == name) return &form;
  }
  return nullptr;
}

}  // namespace lianxin::client::report
