#pragma once
// A real store of one village with some work in it, for the tests of views and of the program behind the
// window.
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

#include "client/store/laptop_store.hpp"
#include "client/view/view_sources.hpp"
#include "client/view/wording.hpp"
#include "tests/client/store/small_county.hpp"
#include "tests/support/process.hpp"

namespace lianxin::test {

using Values = std::initializer_list<std::pair<const char*, std::string>>;

/// Saves a new record; the test fails unless it is kept. A name ending in '+' adds to a set.
Id put(client::store::LaptopStore& store, const std::string& kind, Values values,
       const sync::change::Cause& cause = {});
/// The same into a record that is there.
void change(client::store::LaptopStore& store, const std::string& kind, const Id& record, Values values,
            const sync::change::Cause& cause = {});
/// The code of the problem a member's value is refused for; "" = saved.
std::string refusal(client::store::LaptopStore& store, const Id& member, const std::string& field,
                    const std::string& value);
/// Today in the store's own clock, `before` days ago.
std::string day(const client::store::LaptopStore& store, int before);
client::view::Wording wording(const std::string& language = "zh-CN");

/// Village 三合村, worker 顾小满 with a bag, a material; members are put by the tests.
class WorkStore {
 public:
  WorkStore();
  /// Closes the store: another one may open its folder.
  void close() { store.reset(); }

  TempFolder folder;
  SmallCounty county;
  std::unique_ptr<client::store::LaptopStore> store;
  client::view::Wording words = wording();
  Id village;
  Id bag;
  Id material;
  [[nodiscard]] client::view::ViewSources sources() const { return {*store, words}; }
  [[nodiscard]] std::filesystem::path home() const { return folder.path() / "store"; }
};

}  // namespace lianxin::test
