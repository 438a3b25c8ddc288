// Hostile lists of divisions, catalogues and join lines: text that people hand on.
#include "shared/base/check.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/catalogue_reader.hpp"
#include "shared/domain/extension.hpp"
#include "sync/laptop/session.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/divisions.hpp"

namespace lianxin::test::fuzz {

int fuzz_divisions(BytesView bytes) {
  const auto whole = test::all_divisions(bytes);
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

namespace {

/// The program's catalogue is copied with each extension, which takes ten times as long as all else: most are
/// tried on this one, with a profile, a fact and a kind that is closed.
const domain::Catalogue& small_base() {
  static const auto kSmall = domain::Catalogue::parse(
      "version\t1\n"
      "kind\t10\tmember\tprofile\tshelf\n"
      "field\t32\tname\ttext\treview\tgeneral\tblocks\t-\t-\t-\t1\n"
      "kind\t20\tvisit\tfact\tshelf\n"
      "field\t32\twhen\tdate\tfact\tgeneral\tblocks\t-\t-\t-\t1\n"
      "field\t33\tmember\treference\tfact\tgeneral\tblocks\t-\tmember\t-\t1\n"
      "kind\t30\tworker_role\tprofile\tshelf\n");
  LX_CHECK(kSmall.ok(), "a catalogue of three kinds");
  return *kSmall;
}

/// Whatever the rows say: what is taken has a number and a name of its own, and the program's fields stay.
void check_extended(const domain::Catalogue& base, const std::vector<domain::ExtensionRow>& rows) {
  const domain::Extended extended = domain::extend(base, rows);
  std::size_t taken = 0;
  for (const domain::Kind& kind : extended.catalogue.kinds()) {
    const std::size_t before = base.kind(kind.wire)->fields.size();
    for (std::size_t i = before; i < kind.fields.size(); ++i, ++taken) {
      const domain::Field& field = kind.fields[i];
      LX_CHECK(field.own != nullptr && field.wire >= domain::kFirstCustomField, "a number of its own");
      LX_CHECK(field.name.starts_with("own_") && kind.field(field.name) == &field, "a name of its own");
      LX_CHECK(!field.own->purpose.empty() && field.required != domain::Required::kBlocks, "a purpose");
      LX_CHECK(field.privacy >= base.kind(kind.wire)->mark_class(), "a class as narrow as its kind");
    }
  }
  LX_CHECK(taken + extended.refused.size() == rows.size(), "each row is taken or refused");
}

}  // namespace

int fuzz_extension(BytesView bytes) {
  const domain::Catalogue& base = bytes.size() % 16 == 0 ? domain::Catalogue::base() : small_base();
  const auto file = domain::read_extension(bytes);
  if (file.ok()) {
    check_extended(base, file->rows);
    return 0;
  }
  LX_CHECK(file.error().code.starts_with("extension."), "an error with a name");
  // As records bring them: any word in any place.
  std::vector<domain::ExtensionRow> rows;
  std::vector<std::string> words = split(bytes, '\t');
  words.resize(words.size() / 13 * 13);
  for (std::size_t at = 0; at < words.size(); at += 13) {
    domain::ExtensionRow row;
    std::size_t word = at;
    for (std::string* part :
         {&row.kind, &row.number, &row.name, &row.type, &row.policy, &row.privacy, &row.required, &row.target,
          &row.checks, &row.purpose, &row.zh, &row.en, &row.choices})
      *part = words[word++];
    rows.push_back(std::move(row));
  }
  if (!rows.empty()) check_extended(base, rows);
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
