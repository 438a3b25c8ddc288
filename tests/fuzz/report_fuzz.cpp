// A report as it comes back from a word processor: the bytes as a whole file, else as the document inside an
// otherwise honest package.
#include "client/report/docx_reader.hpp"
#include "client/report/narrative.hpp"
#include "shared/base/check.hpp"
#include "shared/base/text.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/package.hpp"

namespace lianxin::test::fuzz {

int fuzz_report(BytesView view) {
  const std::string bytes(view);
  const bool is_package = bytes.starts_with("PK");
  const auto read = client::report::read_docx(
      is_package ? bytes
                 : package_of({{"_rels/.rels", relation("officeDocument", "word/document.xml")},
                               {"word/document.xml", bytes}}));
  if (!read.ok()) return 0;
  LX_CHECK(is_valid_text(read->template_text), "the template is text");
  const Messages messages;
  (void)client::report::write_narrative(read->template_text, {}, {}, messages);
  return 0;
}

}  // namespace lianxin::test::fuzz
