#include "tests/sync/change/sample.hpp"

#include <cstdlib>
#include <doctest/doctest.h>

#include "shared/base/file.hpp"

namespace lianxin::test {

using namespace sync::change;

Id id_of(std::uint8_t last) {
  Id id;
  id.octets = {1, 0x98, 2, 3, 4, 5, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, last};
  return id;
}

ChangeBody plain_body() {
  ChangeBody body;
  body.action = 1;
  body.record = id_of(2);
  body.kind = 5;
  body.writes = {WriteHead{40, "", 0, {}, {}}};
  return body;
}

ChangeBody sample_body() {
  ChangeBody body;
  body.id = {{0x0102030405060708}, 7};
  body.action = 6;
  body.hlc = std::uint64_t{1'790'000'000'123} << 16 | 5;
  body.wall_ms = 1'790'000'000'100;
  body.author = id_of(1);
  body.record = id_of(2);
  body.kind = 5;
  body.parent = id_of(3);
  body.scope = id_of(4);
  body.purge_number = 2;
  body.scope_position = 300;
  body.cause = {CauseKind::kVisit, id_of(9)};
  body.note = "本人说";
  const SeenRef early{{{0x11}, 4}, std::nullopt};
  const SeenRef late{{{0x22}, 900}, std::array<std::uint8_t, 8>{1, 2, 3, 4, 5, 6, 7, 8}};
  body.writes = {WriteHead{33, "", 1, {early, late}, {early}}, WriteHead{34, "", 1, {late}, {}},
                 WriteHead{40, "work.far_away", 1, {}, {}}};
  return body;
}

ChangeValues sample_values() {
  ChangeValues values;
  values.secret.emplace();
  for (std::size_t i = 0; i < values.secret->size(); ++i)
    (*values.secret)[i] = static_cast<std::uint8_t>(0xA0 + i);
  values.values = {WriteValue::of("浙江省杭州市"), WriteValue::of(std::nullopt), WriteValue::of("1")};
  return values;
}

std::string golden(const std::string& path) {
  const char* root = std::getenv("LX_SOURCE_DIR");
  REQUIRE_MESSAGE(root != nullptr, "LX_SOURCE_DIR names the source tree");
  auto text = read_file(std::string(root) + "/tests/golden/" + path, 1U << 20U);
  if (!text.ok()) return "";
  while (!text->empty() && text->back() == '\n')
    text->pop_back();
  return *text;
}

}  // namespace lianxin::test
