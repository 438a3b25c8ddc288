#include "client/view/audit_words.hpp"

#include <doctest/doctest.h>

#include "tests/client/view/work_store.hpp"

namespace lianxin::test {
namespace {

using client::view::audit_words;

TEST_CASE("the audit names forms, kinds and lists as people do; unit and file stay") {
  const client::view::Wording words = wording();
  const Messages& zh = words.messages();
  CHECK(audit_words(zh, "f1 三合村 a b.xlsx") == "流动党员信息登记表（一村一表） 三合村 a b.xlsx");
  CHECK(audit_words(zh, "f9 靖宇县 unmasked r.docx") == "流动党员工作汇报 靖宇县 （号码未遮盖） r.docx");
  CHECK(audit_words(zh, "f1  unmasked a.xlsx") == "流动党员信息登记表（一村一表） （号码未遮盖） a.xlsx");
  CHECK(audit_words(zh, "get member") == "党员（单条）");
  CHECK(audit_words(zh, "list contact_attempt") == "联系记录（列表）");
  CHECK(audit_words(zh, "member file *.pdf") == "党员个人资料 *.pdf");
  CHECK(audit_words(zh, "dump 三合村") == "资料转出（供程序读取） 三合村");
  CHECK(audit_words(wording("en").messages(), "list visit") == "Visit (list)");
}

TEST_CASE("an entry of another version's making is shown as it is kept") {
  const client::view::Wording words = wording();
  for (const char* kept : {"", "f99 三合村", "get nothing", "member files", "身份证号", "look dump"})
    CHECK(audit_words(words.messages(), kept) == kept);
}

}  // namespace
}  // namespace lianxin::test
