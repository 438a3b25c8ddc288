// The file of an office: rows to fields, every fault with its line.
#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "shared/base/encoding.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/extension.hpp"

namespace lianxin::domain {
namespace {

constexpr std::size_t kExtensionFieldWords = 11;
constexpr std::int64_t kVersionMax = 65535;
constexpr std::string_view kOwnList = "own:";
constexpr char kBetweenChoice = '|';

/// As spreadsheets save a cell with a quote or a comma in it.
void take_out_of_quotes(std::string& word) {
  if (word.size() < 2 || word.front() != '"' || word.back() != '"') return;
  std::string plain;
  for (std::size_t i = 1; i + 1 < word.size(); ++i) {
    if (word[i] == '"' && word[i + 1] == '"' && i + 2 < word.size()) ++i;
    plain += word[i];
  }
  word = std::move(plain);
}

class ExtensionReader {
 public:
  Result<Extension> read(BytesView file) {
    const auto decoded = file.size() > kExtensionBytesMax ? std::nullopt : decode_text(file);
    if (!decoded) return fail("extension.large", {{"line", "1"}});
    for (std::string text : split(decoded->text, '\n')) {
      ++line_;
      if (text.ends_with('\r')) text.pop_back();
      while (text.ends_with('\t'))  // as spreadsheets fill up their rows
        text.pop_back();
      if (text.empty() || text.front() == '#') continue;
      Words words = split(text, '\t');
      for (std::string& word : words)
        take_out_of_quotes(word);
      if (!words.front().starts_with('#')) LX_DO(row(words));
    }
    LX_DO(finish());
    return std::move(out_);
  }

 private:
  using Words = std::vector<std::string>;

  Status row(const Words& words) {
    const std::string& what = words.front();
    if (what == "version") return version(words);
    if (what == "codes") return codes(words);
    if (what == "code") return code(words);
    if (what == "kind") return kind(words);
    if (what == "field") return field(words);
    if (what == "label" || what == "purpose" || what == "retired") return about(words);
    return wrong("row", {{"text", what}});
  }

  Status version(const Words& words) {
    const auto number = words.size() == 2 ? read_integer(words[1]) : std::nullopt;
    if (!number || *number < 1 || *number > kVersionMax || out_.version != 0) return wrong("version");
    out_.version = static_cast<std::uint16_t>(*number);
    return {};
  }

  Status codes(const Words& words) {
    if (words.size() != 2) return wrong("columns", {{"text", words.front()}});
    const auto [place, fresh] = lists_.try_emplace(words[1]);
    if (!fresh) return wrong("twice", {{"text", words[1]}});
    list_ = &place->second;
    return {};
  }

  Status code(const Words& words) {
    if (words.size() != 4) return wrong("columns", {{"text", words.front()}});
    if (list_ == nullptr) return wrong("order", {{"text", words.front()}});
    for (const std::string& word : words) {
      if (word.find(kBetweenChoice) != std::string::npos) return wrong("choices", {{"field", words[1]}});
    }
    *list_ += (list_->empty() ? "" : "\n") + words[1] + kBetweenChoice + words[2] + kBetweenChoice + words[3];
    return {};
  }

  Status kind(const Words& words) {
    if (words.size() != 2) return wrong("columns", {{"text", words.front()}});
    kind_ = words[1];
    return {};
  }

  Status field(const Words& words) {
    if (words.size() != kExtensionFieldWords) return wrong("columns", {{"text", words.front()}});
    if (kind_.empty()) return wrong("order", {{"text", words.front()}});
    if (out_.rows.size() == kOwnFieldsMax) return wrong("many");
    if (words[7] != "-") return wrong("group", {{"field", words[2]}});
    ExtensionRow row;
    row.kind = kind_;
    row.number = words[1];
    row.name = words[2];
    row.type = words[3];
    row.policy = words[4];
    row.privacy = words[5];
    row.required = words[6];
    row.target = words[8];
    row.checks = words[9];
    row.line = line_;
    const bool twice = std::any_of(out_.rows.begin(), out_.rows.end(), [&](const ExtensionRow& other) {
      return other.kind == row.kind && (other.name == row.name || other.number == row.number);
    });
    if (twice) return wrong("twice", {{"text", row.name}});
    out_.rows.push_back(std::move(row));
    return {};
  }

  /// "label", "purpose", "retired": of a field of the kind at hand.
  Status about(const Words& words) {
    const std::size_t wanted = words.front() == "label" ? 4 : words.front() == "purpose" ? 3 : 2;
    if (words.size() != wanted) return wrong("columns", {{"text", words.front()}});
    const auto row = std::find_if(out_.rows.begin(), out_.rows.end(), [&](const ExtensionRow& one) {
      return one.kind == kind_ && one.name == words[1];
    });
    if (row == out_.rows.end()) return wrong("unknown_field", {{"field", words[1]}});
    if (words.front() == "label") {
      row->zh = trim(words[2]);
      row->en = trim(words[3]);
    } else if (words.front() == "purpose") {
      row->purpose = trim(words[2]);
    } else {
      row->retired = true;
    }
    return {};
  }

  Status finish() {
    line_ = 1;
    if (out_.version == 0) return wrong("version");
    if (out_.rows.empty()) return wrong("empty");
    for (ExtensionRow& row : out_.rows) {
      if (!row.target.starts_with(kOwnList)) continue;
      const auto list = lists_.find(row.target.substr(kOwnList.size()));
      line_ = row.line;
      if (list == lists_.end()) return wrong("target", {{"field", row.name}, {"text", row.target}});
      row.choices = list->second;
    }
    return {};
  }

  [[nodiscard]] Error wrong(std::string_view what, std::vector<ErrorArg> args = {}) const {
    args.insert(args.begin(), {"line", std::to_string(line_)});
    return fail("extension." + std::string(what), std::move(args));
  }

  Extension out_;
  std::map<std::string, std::string> lists_;
  std::string* list_ = nullptr;
  std::string kind_;
  std::size_t line_ = 0;
};

}  // namespace

Result<Extension> read_extension(BytesView file) { return ExtensionReader().read(file); }

}  // namespace lianxin::domain
