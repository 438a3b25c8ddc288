#include "sync/server/admin/naming.hpp"

#include <doctest/doctest.h>

#include "sync/server/admin/data_folder.hpp"
#include "sync/server/admin/output.hpp"
#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("fields have their labels, those that all kinds have in common as well") {
  const Desk desk;
  desk.init();
  const auto messages = sync::server::admin::load_messages("zh").value();
  const auto store = sync::server::admin::DataFolder(desk.data()).open_store().value();
  const auto reader = store->read().value();
  const sync::server::admin::Naming naming(*reader, messages);
  CHECK(naming.fields("member", {"name", "alias_of", "voided"}) ==
        "姓名、是同一个人（或同一次送达）、作废原因");
  CHECK(naming.fields("nothing_known", {"deleted", "7777"}) == "已删除、7777");
}

}  // namespace
}  // namespace lianxin::test
