#pragma once
// Figures in words: "200余次", "96/118张（81%）" (K6: rounded only where the report rounds).
#include <string>

#include "client/figures/figures.hpp"
#include "shared/base/message.hpp"

namespace lianxin::client::figures {

struct FigureWords {
  std::string phrase;
  std::string unit;
  std::string text;  ///< "" = words of the report without a number
};
[[nodiscard]] FigureWords words_of(const Figure& figure, const Messages& messages);

struct PartWords {
  std::string name;
  std::string text;
};
/// `language`: "zh" or "en", for codes.
[[nodiscard]] PartWords words_of(const Figure& figure, const Part& part, const Messages& messages,
                                 const std::string& language);

/// How the figure is counted, what it leaves out, and of one that counts what goes along with people
/// `handed_over` (handed_over_words); "" = nothing to say.
[[nodiscard]] std::string note_of(const Figure& figure, const std::string& handed_over,
                                  const Messages& messages);

/// A number of the figure, neither rounded nor with its unit: tenths and fen are said as points and yuan.
[[nodiscard]] std::string exact_words(const Figure& figure, std::int64_t number);
[[nodiscard]] std::string exact_words(const Figure& figure, const Part& part, const Messages& messages);

}  // namespace lianxin::client::figures
