// make_reading_table FILE: writes the tables of reading_table.hpp as C++, from what ICU on this machine says
// of every Hanzi: alone, behind another, and before each that a rule names.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "client/text/icu_reader.hpp"
#include "client/text/reading_table.hpp"
#include "shared/base/check.hpp"

namespace {

using lianxin::client::text::IcuReader;
using lianxin::client::text::ReadPair;

constexpr char32_t kHanziEnd = 0x323B0;
constexpr std::u32string_view kBefore = U"\u4E00";  // 一: whatever stands before, the next one begins no name

class Tables {
 public:
  void read_all() {
    for (char32_t c = 0x3007; c < kHanziEnd; ++c) {
      if (!lianxin::client::text::is_hanzi(c)) continue;
      const std::string usual = read(std::u32string(kBefore) + c, 1);
      if (usual.empty()) continue;
      usual_.push_back(entry(c, usual));
      if (const std::string first = read(std::u32string(1, c), 0); first != usual)
        first_.push_back(entry(c, first));
    }
    for (const auto& [hanzi, next] : icu_.pairs()) {
      const std::u32string two = {hanzi, next};
      const std::string first = read(two, 0);
      const bool first_only = first != read(std::u32string(kBefore) + two, 1);
      pairs_.push_back({hanzi, next, place(first), first_only});
    }
  }

  [[nodiscard]] bool write(const char* path) const {
    std::ofstream out(path, std::ios::binary);
    out << "#include \"client/text/reading_table.hpp\"\n\nnamespace lianxin::client::text {\nnamespace {\n"
        << "constexpr std::string_view kSyllables[] = {";
    std::vector<std::string> by_place(places_.size());
    for (const auto& [syllable, place] : places_)
      by_place[place] = syllable;
    for (const std::string& syllable : by_place)
      out << '"' << syllable << "\",";
    write_entries(out, "kUsual", usual_);
    write_entries(out, "kFirst", first_);
    out << "};\nconstexpr ReadPair kPairs[] = {";
    for (const ReadPair& pair : pairs_)
      out << '{' << static_cast<std::uint32_t>(pair.hanzi) << ',' << static_cast<std::uint32_t>(pair.next)
          << ',' << pair.syllable << ',' << (pair.first_only ? "true" : "false") << "},";
    out << "};\n}  // namespace\n\nconst ReadingTable kReadings = {kSyllables, kUsual, kFirst, kPairs};\n\n"
        << "}  // namespace lianxin::client::text\n";
    out.close();
    return !out.fail();
  }

 private:
  static void write_entries(std::ofstream& out, const char* name, const std::vector<std::uint32_t>& entries) {
    out << "};\nconstexpr std::uint32_t " << name << "[] = {";
    for (const std::uint32_t one : entries)
      out << one << ',';
  }

  /// Empty where ICU has no reading.
  [[nodiscard]] std::string read(const std::u32string& hanzi, std::size_t at) const {
    const std::vector<std::string> syllables = icu_.read(hanzi);
    if (syllables.size() != hanzi.size()) return {};
    const std::string& one = syllables[at];
    return std::all_of(one.begin(), one.end(), [](char c) { return c >= 'a' && c <= 'z'; }) ? one
                                                                                            : std::string();
  }
  std::uint32_t place(const std::string& syllable) {
    return places_.try_emplace(syllable, static_cast<std::uint32_t>(places_.size())).first->second;
  }
  std::uint32_t entry(char32_t hanzi, const std::string& syllable) {
    const std::uint32_t at = place(syllable);
    LX_CHECK(at >> lianxin::client::text::kSyllableBits == 0, "so many syllables fit into an entry");
    return static_cast<std::uint32_t>(hanzi) << lianxin::client::text::kSyllableBits | at;
  }

  IcuReader icu_;
  std::map<std::string, std::uint32_t> places_;
  std::vector<std::uint32_t> usual_;
  std::vector<std::uint32_t> first_;
  std::vector<ReadPair> pairs_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: make_reading_table FILE\n", stderr);
    return 2;
  }
  Tables tables;
  tables.read_all();
  if (!tables.write(argv[1])) {
    std::perror(argv[1]);
    return 1;
  }
}
