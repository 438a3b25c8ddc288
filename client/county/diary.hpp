#pragma once
// The records of the county in the order in which the offices come to know of them; saved in actions of many.
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "client/county/chance.hpp"
#include "client/store/records.hpp"

namespace lianxin::client::county {

/// Values as typed; "field+" adds to a set (several separated by ','). An empty value is left out.
using Fields = std::vector<std::pair<std::string, std::string>>;

class Diary {
 public:
  explicit Diary(std::uint64_t seed) : chance_(seed, "ids") {}

  /// A new record that is entered on `known_on`.
  Id add(const std::string& kind, const Date& known_on, const Fields& fields);
  /// A new record taken over as it stood in the county's books (cause import).
  Id take_over(const std::string& kind, const Date& known_on, const Fields& fields);
  /// A later entry about a record.
  void change(const std::string& kind, const Id& record, const Date& known_on, const Fields& fields);
  void annul(const std::string& kind, const Id& record, const Date& known_on, const std::string& reason) {
    change(kind, record, known_on, {{"voided", reason}});
  }
  void duplicate(const std::string& kind, const Id& record, const Date& known_on, const Id& of) {
    change(kind, record, known_on, {{"duplicate_of", of.text()}});
  }
  [[nodiscard]] std::size_t size() const { return pages_.size(); }
  /// Saves everything; `progress` (records saved, all) after each action. What is refused is a fault of this
  /// generator: error "demo.refused" {kind, field, code}, and earlier actions stay.
  [[nodiscard]] Status save(store::Records& records,
                            const std::function<void(std::size_t, std::size_t)>& progress);

 private:
  struct Page {
    Date known_on;
    store::Edit edit;
  };
  Chance chance_;
  std::vector<Page> pages_;
};

}  // namespace lianxin::client::county
