#include "shared/domain/places.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <tuple>

#include "assets/assets.hpp"
#include "shared/base/check.hpp"
#include "shared/base/text.hpp"

namespace lianxin::domain {
namespace {

constexpr std::size_t kCodeDigits = 6;

/// Letters of a name, and the first of each syllable.
struct Spelt {
  std::string letters;
  std::string initials;
  Spelt operator+(const Spelt& below) const { return {letters + below.letters, initials + below.initials}; }
};

struct Place {
  std::string code;
  std::string name;   ///< "宝安区"
  std::string whole;  ///< "广东深圳宝安区"
  std::string near;   ///< "深圳宝安区"
  std::string full;   ///< "广东省深圳市宝安区"
  Spelt own;
  Spelt all;      ///< of `whole`
  Spelt beside;   ///< of `near`
  int level = 0;  ///< 0 = province, 1 = prefecture, 2 = county
};

Spelt spelt(const std::vector<std::string>& syllables, std::size_t count) {
  Spelt out;
  for (std::size_t i = 0; i < std::min(count, syllables.size()); ++i) {
    out.letters += syllables[i];
    out.initials += syllables[i].substr(0, 1);
  }
  return out;
}

int level_of(std::string_view code) {
  if (code.substr(2) == "0000") return 0;
  return code.substr(4) == "00" ? 1 : 2;
}

/// The places above come before those below them in the list.
class Places {
 public:
  Places() {
    for (const std::string& line : split(std::string(assets::file("assets/divisions/places.tsv")), '\n')) {
      if (!line.empty() && line.front() != '#') add(split(line, '\t'));
    }
    LX_CHECK(!all_.empty(), "the program's own places are there");
  }
  [[nodiscard]] const std::vector<Place>& all() const { return all_; }
  [[nodiscard]] const Place* find(std::string_view code) const {
    const auto at =
        std::lower_bound(all_.begin(), all_.end(), code,
                         [](const Place& one, std::string_view wanted) { return one.code < wanted; });
    return at != all_.end() && at->code == code ? &*at : nullptr;
  }

 private:
  void add(const std::vector<std::string>& columns) {
    LX_CHECK(columns.size() >= 3 && columns[0].size() == kCodeDigits,
             "the program's own places are well formed");
    Place place;
    place.code = columns[0];
    place.name = columns[1];
    place.level = level_of(place.code);
    const std::vector<std::string> syllables = split(columns[2], ' ');
    place.own = spelt(syllables, syllables.size());
    // Below a municipality there is no prefecture, nor below some provinces.
    const Above& above = place.level == 2 && above_.count(place.code.substr(0, 4)) > 0
                             ? above_[place.code.substr(0, 4)]
                             : above_[place.code.substr(0, 2)];
    const std::string& before = columns.size() > 3 ? columns[3] : place.name;
    const Spelt short_own = spelt(syllables, to_utf32(before).size());
    place.whole = above.whole + before;
    place.near = above.near + before;
    place.full = above.full + place.name;
    place.all = above.all + short_own;
    place.beside = above.beside + short_own;
    if (place.level == 0) above_[place.code.substr(0, 2)] = {place.whole, "", place.full, place.all, {}};
    if (place.level == 1)
      above_[place.code.substr(0, 4)] = {place.whole, place.near, place.full, place.all, place.beside};
    all_.push_back(std::move(place));
  }

  struct Above {
    std::string whole;
    std::string near;
    std::string full;
    Spelt all;
    Spelt beside;
  };
  std::vector<Place> all_;
  std::map<std::string, Above> above_;  ///< by the digits that those below begin with
};

const Places& places() {
  static const Places kPlaces;
  return kPlaces;
}

bool is_in_order(std::u32string_view part, std::u32string_view whole) {
  std::size_t found = 0;
  for (const char32_t one : whole)
    found += found < part.size() && part[found] == one ? 1 : 0;
  return found == part.size();
}

constexpr int kNot = 100;

/// How well a place fits, 0 = best; kNot = not at all.
int fit_of_name(const Place& place, const std::string& typed) {
  if (place.name.starts_with(typed)) return 0;
  for (const std::string* told : {&place.near, &place.whole, &place.full}) {
    if (told->starts_with(typed)) return 1;
  }
  if (place.full.find(typed) != std::string::npos) return 2;
  return is_in_order(to_utf32(typed), to_utf32(place.full)) ? 3 : kNot;
}

int fit_of_letters(const Place& place, const std::string& typed) {
  if (place.own.letters.starts_with(typed)) return 0;
  if (place.own.initials.starts_with(typed)) return 1;
  for (const Spelt* told : {&place.beside, &place.all}) {
    if (told->letters.starts_with(typed) || told->initials.starts_with(typed)) return 2;
  }
  return kNot;
}

/// Letters without blanks, small; ü is v, as in the list.
std::string folded(std::string_view typed) {
  std::string out;
  for (const char one : typed) {
    if (one != ' ' && one != '\'') out += static_cast<char>(std::tolower(static_cast<unsigned char>(one)));
  }
  for (std::size_t at = out.find("ü"); at != std::string::npos; at = out.find("ü", at))
    out.replace(at, 2, "v");
  return out;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char one) { return static_cast<unsigned char>(one) < 0x80U; });
}

/// The smallest place that the digits are of.
const Place* known_place(std::string_view code) {
  if (code.size() < 2 || !is_digits(code)) return nullptr;
  std::string six(code.substr(0, kCodeDigits));
  six.resize(kCodeDigits, '0');
  for (const std::size_t known : {std::size_t{6}, std::size_t{4}, std::size_t{2}}) {
    std::fill(six.begin() + static_cast<std::ptrdiff_t>(known), six.end(), '0');
    if (const Place* place = places().find(six)) return place;
  }
  return nullptr;
}

}  // namespace

std::string place_name(std::string_view code) {
  const Place* place = known_place(code);
  return place == nullptr ? std::string() : place->whole;
}

std::string full_place_name(std::string_view code) {
  const Place* place = known_place(code);
  return place == nullptr ? std::string() : place->full;
}

std::string place_written(std::string_view words) {
  const auto& all = places().all();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Place& place) { return place.full == words; });
  return found == all.end() ? std::string() : found->code;
}

std::string place_begun(std::string_view words) {
  std::string found;
  std::size_t longest = 0;
  for (const Place& place : places().all()) {
    const bool is_prefecture = place.level == 1;
    if (!is_prefecture && (place.level == 0 || place.near != place.name)) continue;
    for (const std::string* told : {&place.full, &place.whole, &place.name}) {
      // Counties of one name are many.
      if (!is_prefecture && told == &place.name) continue;
      if (told->size() <= longest || !words.starts_with(*told)) continue;
      longest = told->size();
      found = place.code;
    }
  }
  return found;
}

std::vector<std::string> find_places(std::string_view typed, std::size_t limit) {
  const std::string wanted = folded(trim(half_width(typed)));
  if (wanted.empty()) return {};
  const bool is_code = is_digits(wanted);
  const bool is_pinyin = !is_code && is_ascii(wanted);
  std::vector<std::tuple<int, int, std::string_view>> found;
  for (const Place& place : places().all()) {
    const int fit = is_code     ? (place.code.starts_with(wanted.substr(0, kCodeDigits)) ? 0 : kNot)
                    : is_pinyin ? fit_of_letters(place, wanted)
                                : fit_of_name(place, wanted);
    if (fit != kNot) found.emplace_back(fit, place.level, place.code);
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> out;
  for (const auto& [fit, level, code] : found) {
    if (out.size() == limit) break;
    out.emplace_back(code);
  }
  return out;
}

}  // namespace lianxin::domain
