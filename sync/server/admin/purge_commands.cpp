#include "sync/server/admin/purge_commands.hpp"

#include "sync/server/service/administration.hpp"

namespace lianxin::sync::server::admin {

Result<int> purge_command(const Context& context) {
  const Options& options = context.options;
  LX_TRY(OpenCounty county, open_county(context));
  LX_TRY(const Id record, typed_id(options.id));
  auto purged = county.office.purge(record, options.fields, options.reason);
  if (!purged.ok()) return about(purged.error(), options.id);
  const Json before = {{"records", purged->records_before}, {"changes", purged->changes_before}};
  const Json after = {{"records", purged->records_after}, {"changes", purged->changes_after}};
  context.out.value(Json{{"record", options.id},
                         {"number", purged->number},
                         {"fields", purged->fields},
                         {"changes", purged->changes},
                         {"before", before},
                         {"after", after},
                         {"log_is_empty", purged->log_is_empty}});
  context.out.say("server.purge.done", {{"record", options.id},
                                        {"fields", std::to_string(purged->fields.size())},
                                        {"changes", std::to_string(purged->changes)},
                                        {"records", std::to_string(purged->records_after)}});
  context.out.say(purged->log_is_empty ? "server.purge.laptops" : "server.purge.log_left");
  return 0;
}

}  // namespace lianxin::sync::server::admin
