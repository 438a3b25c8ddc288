#include "client/import/column_map.hpp"

#include <nlohmann/json.hpp>

#include "client/import/roster_headings.hpp"
#include "client/import/workbook.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::import {
namespace {

/// Paths keep their slashes, so that a path never meets a heading that has the same letters.
std::string map_key(std::string_view written) {
  const std::string text = trim(half_width(written));
  if (!text.empty() && text.front() == '@') {
    std::string letters = text;
    for (char& c : letters)
      c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const bool is_column =
        letters.size() > 1 && letters.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1) == letters.npos;
    if (is_column) return letters;
  }
  std::string key;
  for (const std::string& part : split(text, '/'))
    key += (key.empty() ? "" : "/") + normalize_heading(part);
  return key;
}

Status add_json(ColumnMap& map, const nlohmann::json& json, const OwnColumns& own) {
  const auto& columns = json.contains("columns") ? json.at("columns") : json;
  if (!columns.is_object()) return fail("import.map_malformed");
  for (const auto& [key, target] : columns.items()) {
    if (!target.is_string() && !target.is_null()) return fail("import.map_malformed");
    LX_DO(map.set(key, target.is_null() ? std::string() : target.get<std::string>(), own));
  }
  return {};
}

}  // namespace

Result<ColumnMap> ColumnMap::parse(std::string_view text, const OwnColumns& own) {
  ColumnMap map;
  if (!is_valid_text(text)) return fail("import.map_malformed");
  const std::string body = trim(text);
  if (!body.empty() && body.front() == '{') {
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (json.is_discarded()) return fail("import.map_malformed");
    LX_DO(add_json(map, json, own));
    return map;
  }
  for (const std::string& line : split(text, '\n')) {
    if (trim(line).empty() || trim(line).front() == '#') continue;
    const auto parts = split(line, '\t');
    if (parts.size() != 2) return fail("import.map_malformed");
    LX_DO(map.set(parts[0], trim(parts[1]), own));
  }
  return map;
}

Status ColumnMap::set(std::string_view key, std::string_view target, const OwnColumns& own) {
  const std::string wanted(target.empty() ? kTargetIgnored : target);
  if (map_key(key).empty() || !own.reading(wanted)) {
    return fail("import.map_target", {{"heading", std::string(key)}, {"target", wanted}});
  }
  targets_[map_key(key)] = wanted;
  return {};
}

bool ColumnMap::gives(std::string_view heading, std::string_view target) const {
  if (targets_.empty()) return false;
  const auto at = targets_.find(map_key(heading));
  return at != targets_.end() && at->second == target;
}

std::string ColumnMap::key_of(const std::vector<std::string>& path) {
  std::string key;
  for (const std::string& part : path) {
    const std::string word = normalize_heading(part);
    if (!word.empty()) key += (key.empty() ? "" : "/") + word;
  }
  return key;
}

const std::string* ColumnMap::find(std::uint32_t column, const std::vector<std::string>& path) const {
  const std::string full = key_of(path);
  const std::string last = full.substr(full.rfind('/') + 1);
  for (const std::string& key : {"@" + column_letters(column), full, last}) {
    if (const auto at = targets_.find(key); at != targets_.end()) return &at->second;
  }
  return nullptr;
}

}  // namespace lianxin::client::import
