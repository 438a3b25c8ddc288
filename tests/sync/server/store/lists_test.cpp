#include "sync/server/store/lists.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "shared/base/file.hpp"
#include "tests/support/process.hpp"
#include "tests/sync/server/store/conformance.hpp"

namespace lianxin::test {
namespace {
using namespace lianxin::sync::server::store;

TEST_CASE("what was written to the lists is read again, the last word about each") {
  const TempFolder folder;
  const Lists lists(folder.path());
  CHECK(must(lists.read()).purges.empty());
  PurgeRow purge{3, id_of(1), 2, {32, 47}, 99, "asked for it, twice"};
  GrantRow grant{id_of(2), id_of(3), id_of(4), "worker", "2026-01-01", ""};
  DeviceRow device;
  device.id = id_of(5);
  device.worker = id_of(3);
  device.sign_key = Bytes(32, 's');
  device.replica = ReplicaId{77};
  must(lists.append({line_of(purge), line_of(grant), line_of(device)}));
  grant.to = "2026-09-30";
  device.revoked_ms = 5;
  must(lists.append({line_of(grant), line_of(device)}));
  const Listed read = must(lists.read());
  REQUIRE(read.purges.size() == 1);
  CHECK(read.purges.front() == purge);
  REQUIRE(read.grants.size() == 1);
  CHECK(read.grants.front().to == "2026-09-30");
  REQUIRE(read.devices.size() == 1);
  CHECK(read.devices.front().revoked_ms == 5);
  CHECK(read.devices.front().sign_key == device.sign_key);
  CHECK(read.devices.front().replica == device.replica);
}

TEST_CASE("a torn or altered line is passed over, the others stand") {
  const TempFolder folder;
  const Lists lists(folder.path());
  must(lists.append({line_of(PurgeRow{1, id_of(1), 1, {32}, 1, ""})}));
  std::ofstream(lists.purges(), std::ios::app) << "purge 2 not a line\n";
  must(lists.append({line_of(PurgeRow{2, id_of(1), 2, {33}, 2, ""})}));
  std::ofstream(lists.purges(), std::ios::app) << "purge 3 " << id_of(1).text() << " 3 34 1";
  const Listed read = must(lists.read());
  REQUIRE(read.purges.size() == 2);
  CHECK(read.purges.back().number == 2);
  CHECK(read.passed_over == 2);
  std::ofstream(lists.grants(), std::ios::app) << "no blank\n\n";
  CHECK(must(lists.read()).passed_over == 3);
}

TEST_CASE("what is written behind a line that a power cut tore counts") {
  const TempFolder folder;
  const Lists lists(folder.path());
  must(lists.append({line_of(PurgeRow{1, id_of(1), 1, {32}, 1, ""})}));
  std::ofstream(lists.purges(), std::ios::app) << "purge 2 " << id_of(1).text() << " 2 34 1";
  must(lists.append({line_of(PurgeRow{2, id_of(1), 2, {34}, 1, ""})}));
  must(lists.append({line_of(PurgeRow{3, id_of(1), 3, {35}, 1, ""})}));
  const Listed read = must(lists.read());
  REQUIRE(read.purges.size() == 3);
  CHECK(read.purges[1].number == 2);
  CHECK(must(read_file(lists.purges(), 10'000)).find("\n\n") == Bytes::npos);
}

}  // namespace
}  // namespace lianxin::test
