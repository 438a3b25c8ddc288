#include "shared/domain/division.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "shared/base/text.hpp"
#include "shared/domain/codes.hpp"

namespace lianxin::domain {
namespace {

constexpr std::array<std::string_view, 4> kHeading{"code", "name", "level", "parent"};
constexpr std::size_t kBeginning = 64 * 1024;  ///< that shows the encoding
constexpr std::size_t kLineMax = 1000;
constexpr std::array<std::size_t, 3> kCodeLengths{6, 9, 12};

std::uint64_t packed(std::string_view code) {
  std::uint64_t number = 0;
  std::from_chars(code.data(), code.data() + code.size(), number);
  return number;
}

/// Fields of one line; a quote may stand doubled inside quotes. Empty = a quote that does not end.
std::vector<std::string> fields_of(std::string_view line, char between) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back().push_back(c);
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == between && !quoted) {
      fields.emplace_back();
    } else {
      fields.back().push_back(c);
    }
  }
  if (quoted) return {};
  for (std::string& field : fields)
    field = trim(field);
  return fields;
}

bool is_division_code(std::string_view text) {
  for (const std::size_t length : kCodeLengths) {
    if (text.size() == length) return is_digits(text) && text.front() != '0';
  }
  return false;
}

}  // namespace

Status DivisionReader::feed(std::string_view piece) {
  if (decoder_) return decoded(piece);
  const std::string_view first = piece.substr(0, kBeginning - beginning_.size());
  beginning_ += first;
  if (beginning_.size() < kBeginning) return {};
  LX_DO(begin(false));
  return decoded(piece.substr(first.size()));
}

Status DivisionReader::begin(bool is_whole) {
  // What is in none is read as UTF-8, so that the line of its fault is told.
  decoder_.emplace(encoding_of(beginning_, !is_whole).value_or(TextEncoding::kUtf8));
  return decoded(std::exchange(beginning_, {}));
}

Status DivisionReader::decoded(std::string_view piece) {
  std::string text;
  const bool is_good = decoder_->feed(piece, text);
  LX_DO(lines(text));
  if (is_good) return {};
  ++line_;
  return malformed("division.encoding");
}

Status DivisionReader::lines(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    rest_ += text.substr(0, end);
    if (rest_.size() > kLineMax) {
      ++line_;
      return malformed("division.too_long");
    }
    if (end == std::string_view::npos) return {};
    const std::string whole = std::move(rest_);
    rest_.clear();
    LX_DO(line(whole));
    text.remove_prefix(end + 1);
  }
  return {};
}

Status DivisionReader::finish() {
  if (!decoder_) LX_DO(begin(true));
  if (!decoder_->finish()) {
    ++line_;
    return malformed("division.encoding");
  }
  const std::string whole = std::move(rest_);
  rest_.clear();
  if (!whole.empty()) LX_DO(line(whole));
  if (has_heading_) return {};
  ++line_;
  return malformed("division.heading");
}

Status DivisionReader::line(std::string_view text) {
  ++line_;
  if (!is_valid_text(text)) return malformed("division.encoding");
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (!has_heading_) return heading(text);
  if (trim(text).empty()) return {};
  std::vector<std::string> fields = fields_of(text, between_);
  if (fields.size() != kHeading.size()) return malformed("division.columns");
  Division division{std::move(fields[0]), std::move(fields[1]), std::move(fields[2]), std::move(fields[3])};
  LX_DO(check(division));
  seen_.insert(packed(division.code));
  return take_(std::move(division));
}

Status DivisionReader::heading(std::string_view text) {
  between_ = text.find('\t') == std::string_view::npos ? ',' : '\t';
  const std::vector<std::string> fields = fields_of(text, between_);
  if (!std::equal(fields.begin(), fields.end(), kHeading.begin(), kHeading.end()))
    return malformed("division.heading");
  has_heading_ = true;
  return {};
}

Status DivisionReader::check(const Division& division) const {
  if (!is_division_code(division.code)) return malformed("division.code");
  if (division.name.empty()) return malformed("division.name");
  if (!is_code("org_kind", division.level)) return malformed("division.level");
  if (seen_.count(packed(division.code)) > 0) return malformed("division.twice");
  // A county's own parent, the prefecture, is in no list of ours.
  if (division.parent.empty() || division.level == "county") return {};
  // County, township, village: each code is longer than that above it, so nothing lies in itself.
  if (division.parent.size() >= division.code.size()) return malformed("division.above");
  if (seen_.count(packed(division.parent)) > 0) return {};
  LX_TRY(const bool known, is_known_ ? is_known_(division.parent) : Result<bool>(false));
  return known ? Status{} : malformed("division.parent");
}

Error DivisionReader::malformed(std::string_view code) const {
  return fail(code, {{"line", std::to_string(line_)}});
}

}  // namespace lianxin::domain
