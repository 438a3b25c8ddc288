#pragma once
// What the office calls things: names for ids and codes, where there are names.
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/message.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server::admin {

class Naming {
 public:
  /// Both outlive it.
  Naming(store::Reader& reader, const Messages& messages) : reader_(reader), messages_(messages) {}

  /// A division by its code: name and code; the shelf for "", the code alone where it is unknown.
  [[nodiscard]] Result<std::string> place(std::string_view code) const;
  /// A worker by name, a division by name and code, a member by name and kind; else kind and id. `kind` where
  /// no record is here yet.
  [[nodiscard]] Result<std::string> record(const Id& id, std::string_view kind = {}) const;
  /// Whose laptop it is; the id where it is unknown.
  [[nodiscard]] Result<std::string> laptop(const Id& device) const;
  /// Labels of fields of a kind, one after the other.
  [[nodiscard]] std::string fields(std::string_view kind, const std::vector<std::string>& names) const;

 private:
  [[nodiscard]] std::string kind_text(std::string_view kind) const;

  store::Reader& reader_;
  const Messages& messages_;
};

}  // namespace lianxin::sync::server::admin
