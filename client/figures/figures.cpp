#include "client/figures/figures.hpp"

#include <algorithm>
#include <map>

#include "shared/store/each_row.hpp"

namespace lianxin::client::figures {
namespace {

std::int64_t sum_of(const std::vector<Counted>& counted) {
  std::int64_t sum = 0;
  for (const Counted& one : counted)
    sum += one.amount;
  return sum;
}

std::int64_t gather(std::vector<Counted> counted, Gather how) {
  if (how == Gather::kSum || how == Gather::kHundred) return sum_of(counted);
  if (counted.empty()) return 0;
  std::sort(counted.begin(), counted.end(),
            [](const Counted& a, const Counted& b) { return a.amount < b.amount; });
  if (how == Gather::kMin) return counted.front().amount;
  if (how == Gather::kMax) return counted.back().amount;
  return counted[(counted.size() - 1) / 2].amount;
}

Status name_kinds_of(lianxin::store::Statement& kind_of, const std::vector<Counted>& counted,
                     std::set<std::string>& kinds) {
  for (const Counted& one : counted) {
    const auto id = Id::parse(one.record);
    if (!id.ok()) continue;  // a day, a month
    kind_of.reset();
    LX_TRY(const bool found, kind_of.bind(1, *id).step());
    if (!found) continue;
    const auto wire = static_cast<std::uint16_t>(kind_of.integer(0));
    if (const domain::Kind* kind = domain::Catalogue::base().kind(wire)) kinds.insert(kind->name);
  }
  return {};
}

Result<std::vector<Counted>> read(Ledger& ledger, const std::string& sql) {
  std::vector<Counted> out;
  auto select = ledger.prepare(sql);
  LX_DO(each_row(select, [&] { out.push_back({select.text(0), select.integer(1)}); }));
  std::sort(out.begin(), out.end(), [](const Counted& a, const Counted& b) { return a.record < b.record; });
  return out;
}

Status read_split(Ledger& ledger, const PartDefinition& definition, Figure& figure) {
  std::map<std::string, std::vector<Counted>> by_code;
  auto select = ledger.prepare(definition.sql);
  LX_DO(each_row(select, [&] { by_code[select.text(2)].push_back({select.text(0), select.integer(1)}); }));
  for (auto& [code, counted] : by_code) {
    const std::int64_t value = sum_of(counted);
    figure.parts.push_back({code, definition.list, value, std::move(counted)});
  }
  return {};
}

}  // namespace

Result<Figure> figure(Ledger& ledger, const FigureDefinition& definition) {
  constexpr int kVerified = 11;
  constexpr int kEntered = 26;
  constexpr int kCorrected = 33;
  if (definition.row == kVerified) LX_DO(ledger.read_changed_members());
  if (definition.row == kEntered) LX_DO(ledger.read_changed_entries());
  if (definition.row == kCorrected) LX_DO(ledger.read_unverified());
  Figure out;
  out.row = definition.row;
  out.unit = definition.unit;
  out.is_rounded = definition.is_rounded;
  out.needs = definition.needs;
  out.goes_along = definition.goes_along;
  if (!definition.value.empty()) {
    LX_TRY(out.counted, read(ledger, definition.value));
    out.value = sum_of(out.counted);
  }
  if (!definition.of.empty()) {
    LX_TRY(const std::vector<Counted> all, read(ledger, definition.of));
    out.of = sum_of(all);
  }
  for (const PartDefinition& part : definition.parts) {
    if (part.name.empty()) {
      LX_DO(read_split(ledger, part, out));
      continue;
    }
    LX_TRY(auto counted, read(ledger, part.sql));
    const std::int64_t value = gather(counted, part.gather);
    out.parts.push_back({part.name, "", value, std::move(counted), {}, part.gather == Gather::kHundred});
  }
  return out;
}

Result<std::vector<Figure>> all_figures(Ledger& ledger) {
  std::vector<Figure> out;
  for (const FigureDefinition& definition : figure_definitions()) {
    LX_TRY(auto one, figure(ledger, definition));
    out.push_back(std::move(one));
  }
  return out;
}

Status name_kinds(lianxin::store::Database& database, std::vector<Figure>& figures) {
  auto kind_of = database.prepare("SELECT kind FROM record WHERE id = ?");
  for (Figure& figure : figures) {
    LX_DO(name_kinds_of(kind_of, figure.counted, figure.kinds));
    for (Part& part : figure.parts)
      LX_DO(name_kinds_of(kind_of, part.counted, part.kinds));
  }
  return {};
}

}  // namespace lianxin::client::figures
