#pragma once
// Text files as spreadsheets and editors here save them, read as UTF-8: rosters, lists of divisions, a
// county's own fields. (iconv of the C library.)
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/bytes.hpp"

namespace lianxin {

enum class TextEncoding : std::uint8_t { kUtf8, kUtf16Le, kUtf16Be, kGb18030 };

/// "utf-8", "utf-16", "gb18030".
[[nodiscard]] std::string_view encoding_name(TextEncoding encoding);

/// UTF-8 or UTF-16, each with or without mark, otherwise GB 18030. A text that is cut is judged by its whole
/// lines. nullopt = none of them.
[[nodiscard]] std::optional<TextEncoding> encoding_of(BytesView bytes, bool is_cut = false);

/// Pieces of any size into UTF-8, without mark. One thread.
class TextDecoder {
 public:
  explicit TextDecoder(TextEncoding encoding) : encoding_(encoding) {}

  /// Adds to `text` what is whole by now, also what stands before a fault. False = a byte that has no meaning
  /// in this encoding; then it is of no more use. UTF-8 goes through as it is.
  [[nodiscard]] bool feed(BytesView piece, std::string& text);
  /// False = the text ends within a character.
  [[nodiscard]] bool finish() const { return rest_.empty(); }

 private:
  TextEncoding encoding_;
  std::string rest_;  ///< begun, not ended character
  bool at_mark_ = true;
};

struct DecodedText {
  std::string text;
  TextEncoding encoding = TextEncoding::kUtf8;
};

/// A whole file. nullopt = it is in none of these encodings, or holds U+0000.
[[nodiscard]] std::optional<DecodedText> decode_text(BytesView bytes);

}  // namespace lianxin
