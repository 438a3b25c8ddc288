#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

Result<OpenCounty> open_county(const Context& context) {
  LX_TRY(auto store, context.folder().open_store());
  LX_TRY(Administration office, Administration::open(*store, domain::Catalogue::base(), context.clock));
  return OpenCounty{std::move(store), std::move(office)};
}

Result<Id> typed_id(const std::string& text) {
  auto id = Id::parse(text);
  if (!id.ok()) return about(id.error(), text);
  return id;
}

Error about(Error error, const std::string& record) {
  if (error.record.empty()) error.record = record;
  return error;
}

}  // namespace lianxin::sync::server::admin
