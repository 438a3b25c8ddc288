// The audit keeps its parts by name, and what was written before they had names is read as well.
#include "sync/server/service/audit_log.hpp"

#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <map>

#include "shared/base/file.hpp"
#include "shared/base/text.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::sync::server;

using Named = std::map<std::string, std::string>;

std::optional<Named> named(const store::AuditRow& row) {
  const auto parts = audit_parts(row);
  if (!parts) return std::nullopt;
  Named out;
  for (const ErrorArg& part : *parts)
    out[part.name] = part.value;
  return out;
}

/// Code of the folder, without the table of actions.
std::string service_code() {
  const char* root = std::getenv("LX_SOURCE_DIR");
  std::string code;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           std::filesystem::path(root == nullptr ? "." : root) / "sync" / "server")) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".cpp" || name == "audit_log.cpp") continue;
    const auto text = read_file(entry.path(), 1 << 20);
    REQUIRE(text.ok());
    code += *text;
  }
  return code;
}

TEST_CASE("every action comes back by its parts, whatever stands in them") {
  for (const AuditAction& action : audit_actions()) {
    AuditParts parts;
    if (!action.parts.empty()) {
      for (const std::string& name : split(action.parts, ' '))
        parts.push_back({name, name + "=1: 掉进河里, a"});
    }
    const store::AuditRow row = audit_row(7, kByServer, action.name, Id::make(3), parts);
    CAPTURE(row.detail);
    const auto read = audit_parts(row);
    REQUIRE(read.has_value());
    REQUIRE(read->size() == parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
      CHECK((*read)[i].name == parts[i].name);
      CHECK((*read)[i].value == parts[i].value);
    }
  }
}

TEST_CASE("a reason of several lines stays one part") {
  const store::AuditRow row =
      audit_row(7, kByAdministrator, "device.close_gap", Id::make(3),
                {{"device", "d"}, {"count", "2"}, {"runs", "1"}, {"reason", "一\ncount=9"}});
  CHECK(named(row) == Named{{"device", "d"}, {"count", "2"}, {"runs", "1"}, {"reason", "一 count=9"}});
}

TEST_CASE("entries of before are read by the form they had") {
  struct Kept {
    const char* action;
    const char* detail;
    Named parts;
  };
  const Kept kept[] = {
      {"server.init", "", {}},
      {"server.restore", "2", {{"epoch", "2"}}},
      {"server.passphrase", "", {}},
      {"server.tls", "10.1.9.9", {{"hosts", "10.1.9.9"}}},
      {"store.moved", "", {}},
      {"division.import",
       "added 3, changed 0, unchanged 124",
       {{"added", "3"}, {"changed", "0"}, {"unchanged", "124"}}},
      {"division.merge",
       "220622101200 into 220622101201 on 2026-10-01, records 12",
       {{"from", "220622101200"}, {"into", "220622101201"}, {"date", "2026-10-01"}, {"count", "12"}}},
      {"catalogue.extend",
       "version=2\nadded=1\nchanged=0\nretired=0",
       {{"version", "2"}, {"added", "1"}, {"changed", "0"}, {"retired", "0"}}},
      {"handover", "to 220622101201, records 4", {{"into", "220622101201"}, {"count", "4"}}},
      {"worker.add", "worker 220622101200", {{"role", "worker"}, {"place", "220622101200"}}},
      {"worker.grant", "secretary 220622101200", {{"role", "secretary"}, {"place", "220622101200"}}},
      {"worker.end", "g", {{"grant", "g"}}},
      {"worker.replace",
       "by w on 2026-10-01, things 9",
       {{"worker", "w"}, {"date", "2026-10-01"}, {"count", "9"}}},
      {"device.add", "d", {{"device", "d"}}},
      {"device.enrol", "0011223344556677", {{"replica", "0011223344556677"}}},
      {"device.revoke", "d", {{"device", "d"}}},
      {"device.close_gap",
       "d: 3 changes missing, runs 1: 掉进: 河里=1",
       {{"device", "d"}, {"count", "3"}, {"runs", "1"}, {"reason", "掉进: 河里=1"}}},
      {"page.open", "", {}},
      {"page.close", "", {}},
      {"quarantine.accept", "0011223344556677:5", {{"change", "0011223344556677:5"}}},
      {"quarantine.close", "0011223344556677:5", {{"change", "0011223344556677:5"}}},
      {"record.purge", "1: 2 fields, 3 changes", {{"number", "1"}, {"fields", "2"}, {"count", "3"}}},
      {"record.purge_shown",
       "number=1\nfields=2\ncount=3",
       {{"number", "1"}, {"fields", "2"}, {"count", "3"}}},
      {"record.purge_late",
       "number=1\nfields=2\ncount=3",
       {{"number", "1"}, {"fields", "2"}, {"count", "3"}}},
      {"exchange.early", "4 changes", {{"count", "4"}}},
      {"exchange.fork", "0011223344556677", {{"replica", "0011223344556677"}}},
      {"exchange.healed",
       "220622101200 class 1: 2",
       {{"place", "220622101200"}, {"class", "1"}, {"count", "2"}}},
      {"store.repaired", " class 0: 1", {{"place", ""}, {"class", "0"}, {"count", "1"}}},
  };
  CHECK(std::size(kept) == audit_actions().size());
  for (const Kept& one : kept) {
    CAPTURE(one.action);
    CHECK(named({0, 7, "admin", one.action, Id(), one.detail}) == one.parts);
  }
}

TEST_CASE("what another version wrote has no parts") {
  CHECK_FALSE(named({0, 7, "admin", "county.renamed", Id(), "name=靖宇"}).has_value());
  CHECK_FALSE(named({0, 7, "admin", "handover", Id(), "220622101201"}).has_value());
  CHECK_FALSE(named({0, 7, "admin", "handover", Id(), "into=1\ncount=2\nwhy=3"}).has_value());
  CHECK_FALSE(named({0, 7, "admin", "page.open", Id(), "more"}).has_value());
}

TEST_CASE("every entry is made by its action, and every action is written somewhere") {
  const std::string code = service_code();
  CHECK(code.find("append_audit({") == std::string::npos);
  for (const AuditAction& action : audit_actions()) {
    CAPTURE(std::string(action.name));
    CHECK(code.find("\"" + std::string(action.name) + "\"") != std::string::npos);
  }
}

}  // namespace
