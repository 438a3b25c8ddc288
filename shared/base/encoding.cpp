#include "shared/base/encoding.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>
#include <memory>
#include <type_traits>

#include "shared/base/text.hpp"

namespace lianxin {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

struct CloseConverter {
  void operator()(iconv_t converter) const { iconv_close(converter); }
};
using Converter = std::unique_ptr<std::remove_pointer_t<iconv_t>, CloseConverter>;

const char* name_for_iconv(TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::kUtf16Le:
      return "UTF-16LE";
    case TextEncoding::kUtf16Be:
      return "UTF-16BE";
    case TextEncoding::kGb18030:
      return "GB18030";
    case TextEncoding::kUtf8:
      break;
  }
  return "UTF-8";
}

/// Kept open by each thread, since opening one loads a library; nullptr = this machine has none.
iconv_t converter_from(TextEncoding encoding) {
  thread_local std::array<Converter, 4> open;
  Converter& converter = open.at(static_cast<std::size_t>(encoding));
  if (!converter) {
    iconv_t const opened = iconv_open("UTF-8", name_for_iconv(encoding));
    if (opened != iconv_t(-1)) converter.reset(opened);
  } else {
    iconv(converter.get(), nullptr, nullptr, nullptr, nullptr);  // as if new
  }
  return converter.get();
}

/// Strict: a byte that has no meaning in the encoding ends it, so that a wrong guess is never shown as "?".
/// What is left of `in` is a character that has begun, or cannot be read (false).
bool convert(TextEncoding encoding, BytesView& in, std::string& out) {
  iconv_t const converter = converter_from(encoding);
  if (converter == nullptr) return false;
  // No character of two or four bytes takes more than four.
  std::string whole(in.size() * 2 + 4, '\0');
  std::string bytes(in);
  char* from = bytes.data();
  char* to = whole.data();
  std::size_t from_left = bytes.size();
  std::size_t to_left = whole.size();
  const bool is_done = iconv(converter, &from, &from_left, &to, &to_left) != static_cast<std::size_t>(-1);
  const bool is_cut = !is_done && errno == EINVAL;
  out.append(whole, 0, whole.size() - to_left);
  in.remove_prefix(in.size() - from_left);
  return is_done || is_cut;
}

std::optional<std::string> converted(TextEncoding encoding, BytesView bytes) {
  std::string text;
  if (!convert(encoding, bytes, text) || !bytes.empty()) return std::nullopt;
  return text;
}

/// What a list of ours is written in: ASCII, Hanzi with their signs, full width, and rare Hanzi.
bool is_usual(char32_t c) {
  if (c < 0x20) return c == U'\t' || c == U'\n' || c == U'\r';
  return c < 0x7F || c == 0xB7 || (c >= 0x2010 && c <= 0x2027) || (c >= 0x2460 && c <= 0x24FF) ||
         (c >= 0x3000 && c <= 0x303F) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xFF00 && c <= 0xFFEF) ||
         (c >= 0x20000 && c <= 0x323AF);
}

/// UTF-16 without its mark, as some systems write it. Only a file with zero bytes can be that: every comma,
/// digit and line end has one, and no other encoding of ours has any. Read in the wrong order it is not
/// Chinese.
std::optional<TextEncoding> unmarked_utf16(BytesView bytes) {
  if (bytes.size() % 2 != 0 || bytes.find('\0') == BytesView::npos) return std::nullopt;
  for (const TextEncoding order : {TextEncoding::kUtf16Le, TextEncoding::kUtf16Be}) {
    const auto text = converted(order, bytes);
    if (!text || !is_valid_text(*text)) continue;
    const std::u32string letters = to_utf32(*text);
    const auto usual = static_cast<std::size_t>(std::count_if(letters.begin(), letters.end(), is_usual));
    if (usual * 20 >= letters.size() * 19) return order;
  }
  return std::nullopt;
}

/// Without the character that a cut of UTF-16 goes through.
BytesView whole_units(BytesView bytes) {
  bytes.remove_suffix(bytes.size() % 2);
  const auto is_first_half = [&](std::size_t at) {
    return (static_cast<unsigned char>(bytes[at]) & 0xFC) == 0xD8;
  };
  if (bytes.size() >= 2 && (is_first_half(bytes.size() - 1) || is_first_half(bytes.size() - 2)))
    bytes.remove_suffix(2);
  return bytes;
}

}  // namespace

std::string_view encoding_name(TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::kUtf16Le:
    case TextEncoding::kUtf16Be:
      return "utf-16";
    case TextEncoding::kGb18030:
      return "gb18030";
    case TextEncoding::kUtf8:
      break;
  }
  return "utf-8";
}

std::optional<TextEncoding> encoding_of(BytesView bytes, bool is_cut) {
  if (bytes.starts_with("\xFF\xFE")) return TextEncoding::kUtf16Le;
  if (bytes.starts_with("\xFE\xFF")) return TextEncoding::kUtf16Be;
  if (const auto unmarked = unmarked_utf16(is_cut ? whole_units(bytes) : bytes)) return unmarked;
  if (is_cut) {
    const std::size_t end = bytes.rfind('\n');
    bytes = bytes.substr(0, end == BytesView::npos ? bytes.size() : end);
  }
  if (is_valid_text(bytes)) return TextEncoding::kUtf8;
  return converted(TextEncoding::kGb18030, bytes) ? std::optional(TextEncoding::kGb18030) : std::nullopt;
}

bool TextDecoder::feed(BytesView piece, std::string& text) {
  rest_ += piece;
  const BytesView mark = encoding_ == TextEncoding::kUtf16Le   ? BytesView("\xFF\xFE")
                         : encoding_ == TextEncoding::kUtf16Be ? BytesView("\xFE\xFF")
                         : encoding_ == TextEncoding::kUtf8    ? kMark
                                                               : BytesView();
  if (at_mark_) {
    if (rest_.size() < mark.size() && mark.starts_with(rest_)) return true;
    if (rest_.starts_with(mark)) rest_.erase(0, mark.size());
    at_mark_ = false;
  }
  if (encoding_ == TextEncoding::kUtf8) {
    text += rest_;
    rest_.clear();
    return true;
  }
  BytesView left = rest_;
  const bool is_good = convert(encoding_, left, text);
  rest_.erase(0, rest_.size() - left.size());
  return is_good;
}

std::optional<DecodedText> decode_text(BytesView bytes) {
  const auto encoding = encoding_of(bytes);
  if (!encoding) return std::nullopt;
  DecodedText decoded{{}, *encoding};
  TextDecoder decoder(*encoding);
  if (!decoder.feed(bytes, decoded.text) || !decoder.finish() || !is_valid_text(decoded.text))
    return std::nullopt;
  return decoded;
}

}  // namespace lianxin
