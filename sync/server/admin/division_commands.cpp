#include "sync/server/admin/division_commands.hpp"

#include <cstring>
#include <fstream>
#include <map>

#include "sync/server/admin/naming.hpp"
#include "sync/server/service/names.hpp"
#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server::admin {
namespace {

constexpr std::size_t kDivisionBytes = 256 * 1024;
constexpr std::uint64_t kTellEveryLines = 50'000;

Json json_of(const DivisionCounts& counts) {
  return Json{{"county", counts.county},      {"township", counts.township}, {"village", counts.village},
              {"other", counts.other},        {"added", counts.added},       {"changed", counts.changed},
              {"unchanged", counts.unchanged}};
}

/// When a division ended, and what it went up in.
struct Ending {
  std::string last_day;
  std::vector<Id> into;
};

Result<Ending> ending_of(store::Reader& reader, const Id& id) {
  const domain::Catalogue& catalogue = domain::Catalogue::base();
  const domain::Kind& kind = *catalogue.kind("org_unit");
  LX_TRY(const auto row, reader.record(id));
  if (!row) return Ending{};
  LX_TRY(const merge::RecordState state, state_for(reader, *row, Id{}));
  return Ending{shown_text(state, kind, "to"), elements_in(state, *kind.field("merged_into"))};
}

}  // namespace

Result<int> division_import(const Context& context) {
  const std::string& name = context.options.file;
  std::ifstream file(name, std::ios::binary);
  if (!file) return fail("server.file", {{"file", name}}, std::strerror(errno));
  LX_TRY(OpenCounty county, open_county(context));
  const Administration::Read read = [&]() -> Result<std::string> {
    std::string piece(kDivisionBytes, '\0');
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
  LX_TRY(const auto reader, county.store->read());
  const Naming naming(*reader, context.out.messages());
  for (const store::UnitRow& unit : units) {
    LX_TRY(const Ending ending, ending_of(*reader, unit.id));
    std::string into;
    Json into_codes = Json::array();
    for (const Id& successor : ending.into) {
      LX_TRY(const std::string code, code_of(*reader, successor));
      LX_TRY(const std::string place, naming.place(code));
      into_codes.push_back(code);
      into += (into.empty() ? "" : " ") + place;
    }
    const auto parent = codes.find(unit.parent);
    context.out.item(Json{{"id", unit.id.text()},
                          {"code", unit.code},
                          {"name", unit.name},
                          {"level", unit.level},
                          {"parent", parent == codes.end() ? "" : parent->second},
                          {"to", ending.last_day},
                          {"merged_into", std::move(into_codes)}});
    const std::string_view key = ending.last_day.empty() ? "server.division.line"
                                 : into.empty()          ? "server.division.ended"
                                                         : "server.division.merged";
    context.out.say(key,
                    {{"code", unit.code}, {"name", unit.name}, {"date", ending.last_day}, {"into", into}});
  }
  context.out.end_items();
  return 0;
}

}  // namespace lianxin::sync::server::admin
