#include "sync/server/admin/naming.hpp"

#include "shared/base/text.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/domain/check.hpp"
#include "sync/server/service/names.hpp"
#include "sync/server/service/own_fields.hpp"

namespace lianxin::sync::server::admin {

Result<std::string> Naming::place(std::string_view code) const {
  if (code.empty()) return messages_.get("server.shelf");
  LX_TRY(const auto unit, reader_.unit_by_code(code));
  if (!unit) return std::string(code);
  return messages_.get("server.naming.place", {{"name", unit->name}, {"code", unit->code}});
}

std::string Naming::kind_text(std::string_view kind) const {
  const std::string key = "kind." + std::string(kind);
  return messages_.has(key) ? messages_.get(key) : std::string(kind);
}

Result<std::string> Naming::record(const Id& id, std::string_view kind) const {
  if (id.is_nil()) return std::string();
  const domain::Catalogue& catalogue = domain::Catalogue::base();
  LX_TRY(const auto unit, reader_.unit(id));
  if (unit && !unit->code.empty()) return place(unit->code);
  LX_TRY(const auto row, reader_.record(id));
  const domain::Kind* known = row ? catalogue.kind(row->kind) : catalogue.kind(kind);
  const std::string kind_name = kind_text(known != nullptr ? std::string_view(known->name) : kind);
  std::string name;
  if (row) {
    LX_TRY(name, record_name(reader_, catalogue, *row));
  }
  if (name.empty()) return messages_.get("server.naming.nameless", {{"kind", kind_name}, {"id", id.text()}});
  if (known != nullptr && known->name == "worker") return name;
  return messages_.get("server.naming.record", {{"name", name}, {"kind", kind_name}});
}

Result<std::string> Naming::laptop(const Id& device) const {
  LX_TRY(const auto row, reader_.device(device));
  std::string name;
  if (row) {
    LX_TRY(name, worker_name(reader_, domain::Catalogue::base(), row->worker));
  }
  return name.empty() ? device.text() : messages_.get("bundle.whose", {{"name", name}});
}

std::string Naming::fields(std::string_view kind, const std::vector<std::string>& names) const {
  std::vector<std::string> labels;
  const auto catalogue = county_catalogue(reader_);
  const domain::Kind* known = catalogue.ok() ? catalogue->kind(kind) : nullptr;
  for (const std::string& name : names) {
    const domain::Field* field = known == nullptr ? nullptr : known->field(name);
    const std::string key = "field." + std::string(kind) + "." + name;
    const std::string common = "field.common." + name;
    if (field != nullptr && field->own != nullptr)
      labels.push_back(domain::field_label(messages_, *known, name));
    else if (messages_.has(key))
      labels.push_back(messages_.get(key));
    else
      labels.push_back(messages_.has(common) ? messages_.get(common) : name);
  }
  return join(labels, messages_.get("cli.comma"));
}

}  // namespace lianxin::sync::server::admin
