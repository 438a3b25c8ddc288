#include "sync/server/admin/division_commands.hpp"

#include <cstring>
#include <fstream>
#include <map>

namespace lianxin::sync::server::admin {
namespace {

constexpr std::size_t kPieceBytes = 256 * 1024;
constexpr std::uint64_t kTellEveryLines = 50'000;

Json json_of(const DivisionCounts& counts) {
  return Json{{"county", counts.county},      {"township", counts.township}, {"village", counts.village},
              {"other", counts.other},        {"added", counts.added},       {"changed", counts.changed},
              {"unchanged", counts.unchanged}};
}

}  // namespace

Result<int> division_import(const Context& context) {
  const std::string& name = context.options.file;
  std::ifstream file(name, std::ios::binary);
  if (!file) return fail("server.file", {{"file", name}}, std::strerror(errno));
  LX_TRY(OpenCounty county, open_county(context));
  const Administration::Read read = [&]() -> Result<std::string> {
    std::string piece(kPieceBytes, '\0');
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (file.bad()) return fail("server.file", {{"file", name}});
    piece.resize(static_cast<std::size_t>(file.gcount()));
    return piece;
  };
  std::uint64_t told = 0;
  const Administration::OnImported tell = [&](std::uint64_t lines) {
    if (lines < told + kTellEveryLines) return;
    told = lines;
    context.out.aside("server.division.progress", {{"lines", std::to_string(lines)}});
  };
  auto counts = county.office.import_divisions(read, tell);
  if (!counts.ok()) return about(counts.error(), name);
  context.out.value(json_of(*counts));
  context.out.say("server.division.imported", {{"county", std::to_string(counts->county)},
                                               {"township", std::to_string(counts->township)},
                                               {"village", std::to_string(counts->village)},
                                               {"added", std::to_string(counts->added)},
                                               {"changed", std::to_string(counts->changed)}});
  return 0;
}

Result<int> division_list(const Context& context) {
  LX_TRY(const OpenCounty county, open_county(context));
  LX_TRY(const auto units, county.office.divisions(context.options.scope));
  std::map<Id, std::string> codes;
  for (const store::UnitRow& unit : units)
    codes[unit.id] = unit.code;
  for (const store::UnitRow& unit : units) {
    const auto parent = codes.find(unit.parent);
    context.out.item(Json{{"id", unit.id.text()},
                          {"code", unit.code},
                          {"name", unit.name},
                          {"level", unit.level},
                          {"parent", parent == codes.end() ? "" : parent->second}});
    context.out.line(unit.code + "  " + unit.name);
  }
  context.out.end_items();
  return 0;
}

}  // namespace lianxin::sync::server::admin
