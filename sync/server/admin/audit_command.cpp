#include "sync/server/admin/audit_command.hpp"

#include <algorithm>

#include "shared/base/date.hpp"
#include "sync/server/admin/naming.hpp"
#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/names.hpp"

namespace lianxin::sync::server::admin {
namespace {

class AuditText {
 public:
  AuditText(store::Reader& reader, const Messages& messages)
      : reader_(reader), messages_(messages), naming_(reader, messages) {}

  [[nodiscard]] Result<std::string> who(const std::string& kept) const {
    if (kept == kByAdministrator || kept == kByServer) return messages_.get("server.audit.by." + kept);
    const auto device = Id::parse(kept);
    return device.ok() ? naming_.laptop(*device) : Result<std::string>(kept);
  }

  [[nodiscard]] Result<std::string> what(const store::AuditRow& row) const {
    LX_TRY(const std::string record, naming_.record(row.record));
    auto args = audit_parts(row);
    // Written by another version: as it is kept.
    if (!args) return row.action + "  " + record + "  " + row.detail;
    for (ErrorArg& arg : *args) {
      LX_TRY(arg.value, say(arg, row));
    }
    args->push_back({"record", record});
    return messages_.get("server.audit." + row.action, *args);
  }

 private:
  [[nodiscard]] Result<std::string> say(const ErrorArg& arg, const store::AuditRow& row) const {
    if (arg.name == "place" || arg.name == "into" || arg.name == "from") return naming_.place(arg.value);
    if (arg.name == "role") return messages_.get("server.role." + arg.value);
    if (arg.name == "class") return messages_.get("class." + arg.value);
    if (arg.name == "grant") return grant(row.record, arg.value);
    const auto id = Id::parse(arg.value);
    if (arg.name == "device" && id.ok()) return naming_.laptop(*id);
    if (arg.name == "worker" && id.ok()) return naming_.record(*id);
    return arg.value;
  }
  [[nodiscard]] Result<std::string> grant(const Id& worker, const std::string& id) const {
    LX_TRY(const auto grants, reader_.grants(worker));
    for (const store::GrantRow& one : grants) {
      if (one.id.text() != id) continue;
      LX_TRY(const std::string code, code_of(reader_, one.division));
      LX_TRY(const std::string place, naming_.place(code));
      return messages_.get("server.role." + one.role) + " " + place;
    }
    return id;
  }

  store::Reader& reader_;
  const Messages& messages_;
  Naming naming_;
};

/// As whom the entries of a person are kept: the laptops of a worker named by id or name, else the word
/// itself.
Result<std::vector<std::string>> kept_as(store::Reader& reader, const Messages& messages,
                                         const std::string& typed) {
  for (const std::string_view word : {kByAdministrator, kByServer}) {
    if (typed == messages.get("server.audit.by." + std::string(word))) return std::vector{std::string(word)};
  }
  std::vector<std::string> all = {typed};
  LX_TRY(const auto devices, reader.devices());
  for (const store::DeviceRow& device : devices) {
    LX_TRY(const std::string name, worker_name(reader, domain::Catalogue::base(), device.worker));
    if (device.worker.text() == typed || name == typed) all.push_back(device.id.text());
  }
  return all;
}

Result<store::AuditFilter> filter_of(const Options& options) {
  store::AuditFilter filter;
  if (!options.record.empty()) {
    LX_TRY(filter.record, typed_id(options.record));
  }
  if (!options.since.empty()) {
    const auto day = Date::parse(options.since);
    if (!day.ok()) return about(day.error(), options.since);
    filter.since_ms = day->begins_ms();
  }
  return filter;
}

}  // namespace

Result<int> audit_command(const Context& context) {
  LX_TRY(const store::AuditFilter filter, filter_of(context.options));
  LX_TRY(const OpenCounty county, open_county(context));
  LX_TRY(const auto reader, county.store->read());
  const Messages& messages = context.out.messages();
  LX_TRY(const auto wanted, kept_as(*reader, messages, context.options.who));
  LX_TRY(auto rows, county.office.audit(filter));
  std::erase_if(rows, [&](const store::AuditRow& row) {
    return !context.options.who.empty() && std::find(wanted.begin(), wanted.end(), row.who) == wanted.end();
  });
  const AuditText text(*reader, messages);
  for (const store::AuditRow& row : rows) {
    Json parts = Json::object();
    for (const ErrorArg& part : audit_parts(row).value_or(AuditParts()))
      parts[part.name] = part.value;
    context.out.item(Json{{"sequence", row.sequence},
                          {"at", moment_text(row.at_ms)},
                          {"who", row.who},
                          {"action", row.action},
                          {"record", row.record.is_nil() ? "" : row.record.text()},
                          {"detail", row.detail},
                          {"parts", std::move(parts)}});
    LX_TRY(const std::string who, text.who(row.who));
    LX_TRY(const std::string what, text.what(row));
    context.out.line(moment_text(row.at_ms) + "  " + who + "  " + what);
  }
  context.out.end_items();
  if (rows.empty()) context.out.say("server.audit.none");
  return 0;
}

}  // namespace lianxin::sync::server::admin
