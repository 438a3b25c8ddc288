#include "sync/server/admin/passphrase_command.hpp"

#include "sync/server/admin/passphrase.hpp"

namespace lianxin::sync::server::admin {

Result<int> passphrase_change(const Context& context) {
  const Messages& messages = context.out.messages();
  LX_TRY(const auto store, context.folder().open_store());
  LX_TRY(const std::string now,
         read_passphrase(context.options.passphrase_file, messages.get("server.passphrase.now")));
  LX_DO(check_administrator(*store, now));  // before anybody thinks of a new one
  LX_TRY(const std::string next, next_passphrase(context.options.file, messages));
  LX_DO(change_password(*store, context.clock, now, next));
  context.out.value(Json{{"changed", true}});
  context.out.say("server.passphrase.changed");
  context.out.say("server.passphrase.backups", {{"data", context.options.data}});
  return 0;
}

}  // namespace lianxin::sync::server::admin
