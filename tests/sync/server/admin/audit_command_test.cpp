#include "sync/server/admin/audit_command.hpp"

#include <doctest/doctest.h>

#include "sync/server/admin/naming.hpp"
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

}  // namespace
}  // namespace lianxin::test
