// Hostile lists of divisions, catalogues and join lines: text that people hand on.
#include "shared/base/check.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/catalogue_reader.hpp"
#include "shared/domain/division.hpp"
#include "sync/laptop/session.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace lianxin::test::fuzz {

int fuzz_divisions(BytesView bytes) {
  const auto whole = domain::parse_divisions(bytes);
  // However the file comes in pieces, the answer is the same.
  std::size_t taken = 0;
  domain::DivisionReader reader([&](domain::Division&& division) -> Status {
    LX_CHECK(is_valid_text(division.name) && !division.name.empty(), "a division without a name");
    ++taken;
    return {};
  });
  Status fed;
  for (std::size_t at = 0; at < bytes.size() && fed.ok(); at += 5)
    fed = reader.feed(bytes.substr(at, 5));
  if (fed.ok()) fed = reader.finish();
  LX_CHECK(fed.ok() == whole.ok(), "pieces and whole disagree");
  LX_CHECK(!whole.ok() || taken == whole->size(), "pieces and whole differ");
  LX_CHECK(whole.ok() || fed.error().code == whole.error().code, "pieces and whole fail differently");
  return 0;
}

int fuzz_catalogue(BytesView bytes) {
  const auto catalogue = domain::CatalogueReader().read(bytes);
  LX_CHECK(catalogue.ok() || catalogue.error().code == "catalogue.malformed", "an error with a name");
  return 0;
}

int fuzz_join_line(BytesView bytes) {
  const auto join = sync::laptop::parse_join_line(bytes);
  if (!join.ok()) return 0;
  LX_CHECK(join->url.starts_with("https://"), "a line that leaves TLS");
  LX_CHECK(!join->code.empty() && !join->key_pins.empty(), "a line without code or pin");
  return 0;
}

}  // namespace lianxin::test::fuzz
