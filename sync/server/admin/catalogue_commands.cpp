#include "sync/server/admin/catalogue_commands.hpp"

#include <cstring>

#include "shared/base/file.hpp"
#include "shared/base/text.hpp"
#include "sync/server/service/own_fields.hpp"

namespace lianxin::sync::server::admin {
namespace {

Json json_of(const domain::ExtensionRow& row) {
  Json choices = Json::array();
  const auto codes = domain::choices_of(row);
  for (const domain::Code& code : row.choices.empty() || !codes.ok() ? std::vector<domain::Code>() : *codes)
    choices.push_back(Json{{"code", code.code}, {"zh", code.zh}, {"en", code.en}});
  return Json{{"kind", row.kind},
              {"number", row.number},
              {"name", row.name},
              {"type", row.type},
              {"policy", row.policy},
              {"class", row.privacy},
              {"required", row.required},
              {"target", row.target},
              {"checks", row.checks},
              {"label_zh", row.zh},
              {"label_en", row.en},
              {"purpose", row.purpose},
              {"choices", std::move(choices)},
              {"retired", row.retired}};
}

void say_field(const Context& context, const domain::ExtensionRow& row, std::string_view step) {
  const Messages& messages = context.out.messages();
  const bool english = messages.get("language.short") == "en";
  context.out.say("server.catalogue.field",
                  {{"step", messages.get("server.catalogue.step." + std::string(step))},
                   {"kind", messages.get("kind." + row.kind)},
                   {"label", english ? row.en : row.zh},
                   {"name", row.kind + "." + row.name},
                   {"number", row.number},
                   {"purpose", row.purpose}});
}

}  // namespace

Result<int> catalogue_extend(const Context& context) {
  const std::string& name = context.options.file;
  auto bytes = read_file(name, domain::kExtensionBytesMax);
  if (!bytes.ok()) return about(bytes.error(), name);
  auto file = domain::read_extension(*bytes);
  if (!file.ok()) return about(file.error(), name);
  LX_TRY(const OpenCounty county, open_county(context));
  const bool preview = context.options.preview;
  auto planned = extend_catalogue(*county.store, context.clock, county.office.county(), *file, preview);
  if (!planned.ok()) return about(planned.error(), name);
  const ExtensionPlan& plan = *planned;
  Json fields = Json::array();
  for (const ExtensionPlan::One& one : plan.fields) {
    Json field = json_of(one.row);
    field["step"] = word(one.step);
    fields.push_back(std::move(field));
    say_field(context, one.row, word(one.step));
  }
  for (const domain::ExtensionRow& row : plan.kept)
    say_field(context, row, "kept");
  context.out.value(Json{{"preview", preview},
                         {"version_before", plan.version_before},
                         {"version", plan.version},
                         {"new", plan.count(FieldStep::kNew)},
                         {"changed", plan.count(FieldStep::kChanged) + plan.count(FieldStep::kBack)},
                         {"retired", plan.count(FieldStep::kRetired)},
                         {"kept", plan.kept.size()},
                         {"fields", std::move(fields)}});
  const std::string_view key = plan.version == plan.version_before ? "server.catalogue.same"
                               : preview                           ? "server.catalogue.would"
                                                                   : "server.catalogue.done";
  context.out.say(key, {{"version", std::to_string(plan.version)},
                        {"added", std::to_string(plan.count(FieldStep::kNew))},
                        {"retired", std::to_string(plan.count(FieldStep::kRetired))}});
  return 0;
}

Result<int> catalogue_show(const Context& context) {
  LX_TRY(const auto store, context.folder().open_store());
  LX_TRY(const auto reader, store->read());
  LX_TRY(const domain::Extension own, own_fields(*reader));
  Json fields = Json::array();
  for (const domain::ExtensionRow& row : own.rows) {
    fields.push_back(json_of(row));
    say_field(context, row, row.retired ? "retired" : "in_force");
  }
  context.out.value(Json{{"catalogue", domain::Catalogue::base().version()},
                         {"version", own.version},
                         {"fields", std::move(fields)}});
  context.out.say(own.rows.empty() ? "server.catalogue.none" : "server.catalogue.version",
                  {{"version", std::to_string(own.version)}, {"count", std::to_string(own.rows.size())}});
  return 0;
}

}  // namespace lianxin::sync::server::admin
