#pragma once
// ICU's reading of names ("Han-Latin/Names"): what the tables of the build are made of and measured against.
// It takes a tenth of a second to set up and 40 us a name, so no program that people start asks it.
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lianxin::client::text {

class IcuReader {
 public:
  IcuReader();
  ~IcuReader();
  IcuReader(const IcuReader&) = delete;
  IcuReader& operator=(const IcuReader&) = delete;

  /// The syllables of Hanzi side by side, ASCII lower case, ü as v; one that ICU cannot read stands for
  /// itself.
  [[nodiscard]] std::vector<std::string> read(std::u32string_view hanzi) const;
  /// Every two Hanzi of which a rule of ICU's says how the first is read before the second.
  [[nodiscard]] std::vector<std::pair<char32_t, char32_t>> pairs() const;

 private:
  struct Rules;
  std::unique_ptr<Rules> rules_;
};

}  // namespace lianxin::client::text
