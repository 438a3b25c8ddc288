#include "client/import/roster_phones.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "shared/base/text.hpp"
#include "shared/domain/phone.hpp"

namespace lianxin::client::import {
namespace {

constexpr std::array<std::string_view, 32> kRelatives{
    "妻子", "丈夫", "爱人", "老伴", "配偶", "儿子", "女儿", "父亲", "母亲", "爸爸", "妈妈",
    "哥哥", "弟弟", "姐姐", "妹妹", "儿媳", "女婿", "媳妇", "家属", "家人", "家庭", "邻居",
    "孙子", "孙女", "大哥", "二哥", "妻",   "夫",   "父",   "母",   "子",   "女"};

std::string relative_in(std::string_view text) {
  for (const std::string_view word : kRelatives) {
    if (text.find(word) != std::string_view::npos) return std::string(word);
  }
  return {};
}

/// A run of digits with the signs that may stand inside a number, and the words around it.
struct Piece {
  std::string number;
  std::string words;
};

bool is_number_sign(char32_t c) {
  return (c >= U'0' && c <= U'9') || c == U'-' || c == U'+' || c == U'(' || c == U')';
}

/// Parts a cell at the signs offices put between two numbers.
std::vector<std::string> pieces_of(std::string_view text) {
  static const std::u32string kBetween = U"/、,;\n\r\t|\\或和及";
  std::vector<std::string> out;
  std::u32string current;
  for (const char32_t c : to_utf32(half_width(text))) {
    if (kBetween.find(c) == std::u32string::npos) {
      current.push_back(c);
      continue;
    }
    out.push_back(trim(to_utf8(current)));
    current.clear();
  }
  out.push_back(trim(to_utf8(current)));
  std::erase(out, std::string());
  return out;
}

/// "1.9912345607E+10", as a spreadsheet shows a number that is too long for its column: the eleven digits,
/// where all of them are there.
std::string without_exponent(const std::string& text) {
  constexpr std::size_t kDigits = 11;
  const std::size_t e = text.find_first_of("eE");
  if (e != kDigits + 1 || text[1] != '.') return text;
  const std::string digits = text.substr(0, 1) + text.substr(2, kDigits - 1);
  const std::string power = text.substr(e + 1);
  return is_digits(digits) && (power == "10" || power == "+10") ? digits : text;
}

/// "0439-7221234转8" -> what stands before the extension, and "转8"; nullopt = there is none.
std::optional<std::pair<std::string, std::string>> without_extension(const std::string& text) {
  constexpr std::size_t kExtensionMax = 5;
  for (const std::string_view word : {"转", "分机", "-"}) {
    const std::size_t at = text.rfind(word);
    if (at == std::string::npos || at == 0) continue;
    std::string behind = text.substr(at + word.size());
    std::erase_if(behind, [](char c) { return c == ' ' || c == '(' || c == ')' || c == ':'; });
    if (behind.size() > kExtensionMax || !is_digits(behind)) continue;
    std::string number = trim(text.substr(0, at));
    if (number.ends_with('(')) number.pop_back();
    if (!domain::normalize_phone(number).ok()) continue;
    return std::pair(number, (word == "-" ? "转" : std::string(word)) + behind);
  }
  return std::nullopt;
}

/// "妻子13900001111" -> number and words; blanks inside the number stay for the normaliser.
Piece take_apart(const std::string& text) {
  if (const auto extended = without_extension(text)) return {extended->first, extended->second};
  Piece piece;
  for (const char32_t c : to_utf32(text)) {
    std::string& into = is_number_sign(c) || c == U' ' ? piece.number : piece.words;
    into += to_utf8(std::u32string_view(&c, 1));
  }
  // Brackets that held words are left empty.
  for (const std::string_view empty : {"()", "( )"}) {
    for (auto at = piece.number.find(empty); at != std::string::npos; at = piece.number.find(empty)) {
      piece.number.erase(at, empty.size());
    }
  }
  piece.number = trim(piece.number);
  piece.words = trim(piece.words);
  return piece;
}

std::size_t digits_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

bool add_number(ReadPhones& out, const std::string& number, const std::string& words, bool is_family,
                std::string_view original) {
  auto value = domain::normalize_phone(number);
  if (!value.ok()) return false;
  const std::string relative = relative_in(words);
  const bool mobile = domain::is_mobile(*value);
  out.phones.push_back({std::move(*value), mobile, is_family || !relative.empty(),
                        relative.empty() ? words : relative, std::string(original)});
  return true;
}

/// Two numbers with only a blank between, or nothing at all between two mobiles.
bool add_two(ReadPhones& out, const Piece& piece, bool is_family, std::string_view original) {
  if (digits_in(piece.number) == 22 && is_digits(piece.number)) {
    return add_number(out, piece.number.substr(0, 11), piece.words, is_family, original) &&
           add_number(out, piece.number.substr(11), piece.words, is_family, original);
  }
  for (std::size_t at = piece.number.find(' '); at != std::string::npos;
       at = piece.number.find(' ', at + 1)) {
    const std::string first = piece.number.substr(0, at);
    const std::string second = trim(piece.number.substr(at));
    if (digits_in(first) < 7 || digits_in(second) < 7) continue;
    if (!domain::normalize_phone(first).ok() || !domain::normalize_phone(second).ok()) continue;
    return add_number(out, first, piece.words, is_family, original) &&
           add_number(out, second, piece.words, is_family, original);
  }
  return false;
}

}  // namespace

ReadPhones read_phones(const Cell& cell, std::string_view shown, bool is_family) {
  ReadPhones out;
  const bool lost_zero = cell.kind == CellKind::kNumber && shown.size() >= 9 && shown.size() <= 11 &&
                         is_digits(shown) && !domain::normalize_phone(shown).ok();
  if (lost_zero && add_number(out, "0" + std::string(shown), {}, is_family, shown)) {
    out.zero_added = true;
    return out;
  }
  for (const std::string& text : pieces_of(shown)) {
    const Piece piece = take_apart(without_exponent(text));
    if (add_number(out, piece.number, piece.words, is_family, shown)) continue;
    if (add_two(out, piece, is_family, shown)) continue;
    out.unread.push_back(text);
  }
  return out;
}

std::vector<RosterPhone> family_phones_in(std::string_view remark) {
  std::vector<RosterPhone> out;
  const std::u32string text = to_utf32(half_width(remark));
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] < U'0' || text[at] > U'9') continue;
    std::size_t end = at;
    while (end < text.size() && ((text[end] >= U'0' && text[end] <= U'9') || text[end] == U'-'))
      ++end;
    const std::string number = to_utf8(std::u32string_view(text).substr(at, end - at));
    const std::size_t before = at > 10 ? at - 10 : 0;
    const std::string around = to_utf8(std::u32string_view(text).substr(before, at - before));
    // Only words of two characters: "子" or "女" alone in a sentence mean too much.
    std::string relative = relative_in(around);
    if (relative.size() < 6) relative.clear();
    auto value = domain::normalize_phone(number);
    const bool full = value.ok() && digits_in(*value) >= 10;
    if (full && !relative.empty()) {
      const bool mobile = domain::is_mobile(*value);
      out.push_back({std::move(*value), mobile, true, std::move(relative), number});
    }
    at = end;
  }
  return out;
}

}  // namespace lianxin::client::import
