#include "client/import/own_columns.hpp"

#include <algorithm>
#include <array>

namespace lianxin::client::import {
namespace {

constexpr std::array<std::string_view, 2> kKinds = {"member", "mobility_episode"};

/// nullopt = nothing that stands in a cell.
std::optional<Reading> reading_of_type(domain::Type type) {
  switch (type) {
    case domain::Type::kText:
    case domain::Type::kLongText:
    case domain::Type::kTime:
    case domain::Type::kInteger:
      return Reading::kText;
    case domain::Type::kDate:
    case domain::Type::kPartialDate:
      return Reading::kDate;
    case domain::Type::kBool:
    case domain::Type::kCode:
      return Reading::kCode;
    default:
      return std::nullopt;
  }
}

}  // namespace

OwnColumns::OwnColumns(const domain::Catalogue& catalogue) {
  for (const std::string_view name : kKinds) {
    const domain::Kind* kind = catalogue.kind(name);
    if (kind == nullptr) continue;
    for (const domain::Field& field : kind->fields) {
      if (field.own == nullptr || field.own->retired) continue;
      if (const auto reading = reading_of_type(field.type))
        columns_.push_back({kind->name + "." + field.name, field, *reading});
    }
  }
}

std::optional<HeadingMatch> OwnColumns::match(const std::vector<std::string>& path) const {
  const auto last = std::find_if(path.rbegin(), path.rend(),
                                 [](const std::string& part) { return !normalize_heading(part).empty(); });
  if (last == path.rend()) return std::nullopt;
  const std::string word = normalize_heading(*last);
  for (const Own& own : columns_) {
    if (word == normalize_heading(own.field.own->zh) || word == normalize_heading(own.field.own->en))
      return HeadingMatch{own.target, own.reading, 100};
  }
  return std::nullopt;
}

const OwnColumns::Own* OwnColumns::find(std::string_view target) const {
  const auto found =
      std::find_if(columns_.begin(), columns_.end(), [&](const Own& own) { return own.target == target; });
  return found == columns_.end() ? nullptr : &*found;
}

const domain::Field* OwnColumns::field(std::string_view target) const {
  const Own* own = find(target);
  return own == nullptr ? nullptr : &own->field;
}

std::optional<Reading> OwnColumns::reading(std::string_view target) const {
  const Own* own = find(target);
  return own == nullptr ? reading_of(target) : std::optional(own->reading);
}

std::vector<std::string> OwnColumns::targets() const {
  std::vector<std::string> out;
  for (const Own& own : columns_)
    out.push_back(own.target);
  return out;
}

}  // namespace lianxin::client::import
