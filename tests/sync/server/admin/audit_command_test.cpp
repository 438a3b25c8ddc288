#include "sync/server/admin/audit_command.hpp"

#include <doctest/doctest.h>

#include "shared/base/text.hpp"
#include "sync/server/admin/data_folder.hpp"
#include "sync/server/admin/naming.hpp"
#include "sync/server/service/audit_log.hpp"
#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("people read the audit as sentences with names, programs as it is kept") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const std::string name = desk.json({"worker", "list"}).back().at("name");
  const std::string device = desk.json({"device", "add", "--worker", worker}).at("device");
  static_cast<void>(desk.json({"device", "revoke", device}));
  static_cast<void>(
      desk.json({"division", "merge", kSanheCode, "--into", "220622101201", "--on", "2020-01-01"}));
  const std::string text = desk.text({"audit"});
  INFO(text);
  CHECK(text.find("administrator  registered " + name + ": worker, 三合村 (220622101200)") !=
        std::string::npos);
  CHECK(text.find("revoked " + name + "'s laptop") != std::string::npos);
  CHECK(text.find("merged 三合村 (220622101200) into 大井村 (220622101201) from 2020-01-01 on") !=
        std::string::npos);
  CHECK(text.find(worker) == std::string::npos);
  CHECK(text.find("worker.add") == std::string::npos);
  CHECK(desk.json({"audit", "--who", "administrator"}).empty());  // no such word in this language ...
  CHECK(desk.text({"audit", "--who", "administrator"}) == text);  // ... but in the one it was read in
  CHECK(desk.json({"audit", "--who", "admin"}).size() == desk.json({"audit"}).size());
}

/// What a part is in a county of one worker with one laptop and one grant.
std::string sample(const std::string& part, const std::string& worker, const std::string& device,
                   const std::string& grant) {
  if (part == "place" || part == "into" || part == "from") return kSanheCode;
  if (part == "role") return "township_officer";
  if (part == "worker") return worker;
  if (part == "device") return device;
  if (part == "grant") return grant;
  if (part == "class") return "3";
  if (part == "date") return "2026-10-01";
  if (part == "reason") return "掉进河里";
  if (part == "replica") return "0011223344556677";
  if (part == "change") return "0011223344556677:5";
  return "12";
}

TEST_CASE("every action is a sentence in both languages, as it is written now and as it was written before") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const std::string device = desk.json({"device", "add", "--worker", worker}).at("device");
  std::vector<std::string> written;
  {
    const auto store = sync::server::admin::DataFolder(desk.data()).open_store().value();
    const auto writer = store->write().value();
    const std::string grant = writer->grants(Id::parse(worker).value()).value().front().id.text();
    for (const sync::server::AuditAction& action : sync::server::audit_actions()) {
      sync::server::AuditParts parts;
      std::string before(action.before);
      for (const std::string& name :
           action.parts.empty() ? std::vector<std::string>() : split(action.parts, ' ')) {
        parts.push_back({name, sample(name, worker, device, grant)});
        if (action.before.empty()) continue;  // never written in another form
        const std::size_t at = before.find("{" + name + "}");
        REQUIRE(at != std::string::npos);
        before.replace(at, name.size() + 2, parts.back().value);
      }
      auto row =
          sync::server::audit_row(4'000'000'000'000, "server", action.name, Id::parse(worker).value(), parts);
      REQUIRE(writer->append_audit(row).ok());
      if (!before.empty()) row.detail = before;
      REQUIRE(writer->append_audit(row).ok());
      written.emplace_back(action.name);
    }
    REQUIRE(writer->commit().ok());
  }
  for (const char* language : {"zh", "en"}) {
    const Answer answer =
        run_words({"audit", "--since", "2090-01-01", "--data", desk.data(), "--lang", language});
    REQUIRE(answer.exit_code == 0);
    std::vector<std::string> lines = split(answer.out, '\n');
    lines.pop_back();
    REQUIRE(lines.size() == 2 * written.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      INFO(lines[i]);
      CHECK(lines[i].find(written[i / 2]) == std::string::npos);
      for (const std::string& code : {std::string("{"), std::string("township_officer"), worker, device})
        CHECK(lines[i].find(code) == std::string::npos);
      if (i % 2 == 1) CHECK(lines[i] == lines[i - 1]);  // told alike
    }
  }
}

}  // namespace
}  // namespace lianxin::test
