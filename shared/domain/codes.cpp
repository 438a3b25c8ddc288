#include "shared/domain/codes.hpp"

#include <array>
#include <mutex>
#include <shared_mutex>

#include "assets/assets.hpp"
#include "shared/base/check.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/code_reader.hpp"

namespace lianxin::domain {
namespace {

/// Other tables of assets/codes have formats of their own (roster headings, festivals).
constexpr std::array<std::string_view, 9> kFiles{
    "assets/codes/national.tsv", "assets/codes/words.tsv",    "assets/codes/member.tsv",
    "assets/codes/work.tsv",     "assets/codes/material.tsv", "assets/codes/organisation.tsv",
    "assets/codes/activity.tsv", "assets/codes/care.tsv",     "assets/codes/report.tsv",
};

const CodeLists& all_lists() {
  static const CodeLists kLists = [] {
    CodeLists lists;
    for (const std::string_view path : kFiles) {
      const Status read = read_code_lists(assets::file(path), lists);
      LX_CHECK(read.ok(), "the program's own code lists are malformed");
    }
    return lists;
  }();
  return kLists;
}

constexpr std::string_view kOwnPrefix = "own:";
constexpr std::size_t kOwnListsMax = 4096;  ///< of one process; a county has a handful
constexpr std::size_t kOwnNameDigits = 24;

/// Lists are added and never taken away, so what was given out stays.
struct OwnLists {
  std::shared_mutex mutex;
  CodeLists lists;
};
OwnLists& own_lists() {
  static OwnLists lists;
  return lists;
}

const CodeList* find_list(std::string_view name) {
  if (name.starts_with(kOwnPrefix)) {
    OwnLists& own = own_lists();
    const std::shared_lock lock(own.mutex);
    const auto found = own.lists.find(std::string(name));
    return found == own.lists.end() ? nullptr : &found->second;
  }
  const auto found = all_lists().find(std::string(name));
  return found == all_lists().end() ? nullptr : &found->second;
}

const Code* find_code(std::string_view list, std::string_view code) {
  const std::vector<Code>* codes = code_list(list);
  if (codes == nullptr) return nullptr;
  for (const Code& candidate : *codes) {
    if (candidate.code == code) return &candidate;
  }
  return nullptr;
}

/// A number cell drops the zeros in front: Han came as 1 instead of 01.
std::string with_zeros(const CodeList& list, std::string plain) {
  const std::size_t length = list.codes.front().code.size();
  if (is_digits(list.codes.front().code) && is_digits(plain) && plain.size() < length) {
    plain.insert(0, length - plain.size(), '0');
  }
  return plain;
}

}  // namespace

const std::vector<Code>* code_list(std::string_view list) {
  const CodeList* found = find_list(list);
  return found == nullptr ? nullptr : &found->codes;
}

bool is_code(std::string_view list, std::string_view code) { return find_code(list, code) != nullptr; }

Result<std::string> read_code(std::string_view list, std::string_view text) {
  const CodeList* found = find_list(list);
  if (found != nullptr && !found->codes.empty()) {
    const auto place = found->by_word.find(with_zeros(*found, plain_code_word(text)));
    if (place != found->by_word.end()) return found->codes[place->second].code;
  }
  return fail("code.unknown", {{"list", std::string(list)}, {"text", std::string(text)}});
}

std::string code_name(std::string_view list, std::string_view code, std::string_view language) {
  const Code* found = find_code(list, code);
  if (found == nullptr) return std::string(code);
  return language == "zh" ? found->zh : found->en;
}

Result<std::string> own_code_list(const std::vector<Code>& codes) {
  std::string rows;
  for (const Code& code : codes)
    rows += code.code + "\t" + code.zh + "\t" + code.en + "\n";
  const std::string name = std::string(kOwnPrefix) + hash256(rows).hex().substr(0, kOwnNameDigits);
  CodeLists read;
  LX_DO(read_code_lists("list\t" + name + "\n" + rows, read));
  if (codes.empty()) return fail("codes.malformed", {{"line", "1"}, {"why", "empty"}});
  OwnLists& own = own_lists();
  const std::unique_lock lock(own.mutex);
  if (own.lists.size() >= kOwnListsMax && own.lists.count(name) == 0) return fail("codes.many");
  own.lists.merge(read);
  return name;
}

}  // namespace lianxin::domain
