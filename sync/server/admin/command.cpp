#include "sync/server/admin/command.hpp"

#include "sync/server/service/own_fields.hpp"

namespace lianxin::sync::server::admin {

Result<OpenCounty> open_county(const Context& context) {
  LX_TRY(auto store, context.folder().open_store());
  std::unique_ptr<domain::Catalogue> catalogue;
  {
    LX_TRY(const auto reader, store->read());
    LX_TRY(domain::Catalogue extended, county_catalogue(*reader));
    catalogue = std::make_unique<domain::Catalogue>(std::move(extended));
  }
  LX_TRY(Administration office, Administration::open(*store, *catalogue, context.clock));
  return OpenCounty{std::move(store), std::move(catalogue), std::move(office)};
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
