#include "sync/server/admin/purge_commands.hpp"

#include "sync/server/service/administration.hpp"

namespace lianxin::sync::server::admin {

Result<int> purge_command(const Context& context) {
  const Options& options = context.options;
  LX_TRY(OpenCounty county, open_county(context));
  LX_TRY(const Id record, typed_id(options.id));
  auto purged = county.office.purge(record, options.fields, options.reason);
  if (!purged.ok()) return about(purged.error(), options.id);
  LX_TRY(const auto files, context.folder().open_pictures());
  std::uint64_t pictures = 0;
  for (const Hash256& name : purged->pictures) {
    LX_TRY(const bool removed, files->remove(name));
    pictures += removed ? 1 : 0;
  }
  const Json before = {{"records", purged->records_before}, {"changes", purged->changes_before}};
  const Json after = {{"records", purged->records_after}, {"changes", purged->changes_after}};
  context.out.value(Json{{"record", options.id},
                         {"number", purged->number},
                         {"fields", purged->fields},
                         {"changes", purged->changes},
                         {"attachments", purged->attachments},
                         {"pictures", pictures},
                         {"before", before},
                         {"after", after},
                         {"log_is_empty", purged->log_is_empty}});
  context.out.say("server.purge.done", {{"record", options.id},
                                        {"fields", std::to_string(purged->fields.size())},
                                        {"changes", std::to_string(purged->changes)},
                                        {"records", std::to_string(purged->records_after)}});
  if (purged->attachments > 0)
    context.out.say("server.purge.pictures", {{"attachments", std::to_string(purged->attachments)},
                                              {"pictures", std::to_string(pictures)}});
  LX_TRY(const auto database, context.folder().store_url());
  context.out.say(purged->log_is_empty ? "server.purge.laptops"
                  : database           ? "server.purge.log_elsewhere"
                                       : "server.purge.log_left");
  return 0;
}

}  // namespace lianxin::sync::server::admin
