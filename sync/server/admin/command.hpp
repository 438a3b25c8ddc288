#pragma once
// What every command of the server gets and gives.
#include <memory>
#include <string>

#include "shared/base/clock.hpp"
#include "sync/server/admin/data_folder.hpp"
#include "sync/server/admin/options.hpp"
#include "sync/server/admin/output.hpp"
#include "sync/server/service/administration.hpp"

namespace lianxin::sync::server::admin {

struct Context {
  const Options& options;
  Output& out;
  const Clock& clock;
  [[nodiscard]] DataFolder folder() const { return DataFolder(options.data); }
};

/// A command: its exit status (0 or 1), or the error to be told in one line.
using Command = Result<int> (*)(const Context& context);

/// The store of the folder with the office's functions over it.
struct OpenCounty {
  std::unique_ptr<store::Store> store;
  std::unique_ptr<domain::Catalogue> catalogue;  ///< with the county's own fields
  Administration office;
};
/// Errors of DataFolder::open_store and Administration::open.
[[nodiscard]] Result<OpenCounty> open_county(const Context& context);

/// A record id as typed. Error "id.malformed" with the text as its record.
[[nodiscard]] Result<Id> typed_id(const std::string& text);
/// The error with `record` named in it, unless it names one already.
[[nodiscard]] Error about(Error error, const std::string& record);

}  // namespace lianxin::sync::server::admin
