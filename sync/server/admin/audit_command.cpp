#include "sync/server/admin/audit_command.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "shared/base/date.hpp"
#include "sync/server/admin/naming.hpp"
#include "sync/server/service/names.hpp"

namespace lianxin::sync::server::admin {
namespace {

constexpr WallMs kDayMs = 24 * 60 * 60 * 1000;
constexpr WallMs kCountyOffsetMs = 8 * 60 * 60 * 1000;  // UTC+8 (shared/base/date.hpp)
constexpr std::string_view kAdmin = "admin";
constexpr std::string_view kServer = "server";

/// How the service writes the detail of an action; what stands in braces is what the sentence
/// "server.audit.<action>" may name.
struct Detail {
  std::string_view action;
  std::string_view form;
};
constexpr std::array<Detail, 22> kDetails = {{
    {"server.init", ""},
    {"server.restore", "{epoch}"},
    {"division.import", "added {added}, changed {changed}, unchanged {unchanged}"},
    {"division.merge", "{from} into {into} on {date}, records {count}"},
    {"handover", "to {into}, records {count}"},
    {"worker.add", "{role} {place}"},
    {"worker.grant", "{role} {place}"},
    {"worker.end", "{grant}"},
    {"worker.replace", "by {worker} on {date}, things {count}"},
    {"device.add", "{device}"},
    {"device.enrol", "{replica}"},
    {"device.revoke", "{device}"},
    {"device.close_gap", "{device}: {count} changes missing, runs {runs}: {reason}"},
    {"page.open", ""},
    {"page.close", ""},
    {"quarantine.accept", "{change}"},
    {"quarantine.close", "{change}"},
    {"record.purge", "{number}: {fields} fields, {count} changes"},
    {"exchange.early", "{count} changes"},
    {"exchange.fork", "{replica}"},
    {"exchange.healed", "{place} class {class}: {count}"},
    {"store.repaired", "{place} class {class}: {count}"},
}};

const Detail* detail_of(std::string_view action) {
  const auto* const found =
      std::find_if(kDetails.begin(), kDetails.end(), [&](const Detail& one) { return one.action == action; });
  return found == kDetails.end() ? nullptr : found;
}

/// What stands in the places of a form; nullopt when the text has another form.
std::optional<std::vector<ErrorArg>> read_detail(std::string_view form, std::string_view text) {
  std::vector<ErrorArg> args;
  while (!form.empty()) {
    const std::size_t open = form.find('{');
    const std::string_view words = form.substr(0, open);
    if (!text.starts_with(words)) return std::nullopt;
    text.remove_prefix(words.size());
    if (open == std::string_view::npos) break;
    const std::size_t close = form.find('}', open);
    const std::string_view name = form.substr(open + 1, close - open - 1);
    form.remove_prefix(close + 1);
    const std::string_view next = form.substr(0, form.find('{'));
    const std::size_t end = next.empty() ? text.size() : text.find(next);
    if (end == std::string_view::npos) return std::nullopt;
    args.push_back({std::string(name), std::string(text.substr(0, end))});
    text.remove_prefix(end);
  }
  return text.empty() ? std::optional(std::move(args)) : std::nullopt;
}

class AuditText {
 public:
  AuditText(store::Reader& reader, const Messages& messages)
      : reader_(reader), messages_(messages), naming_(reader, messages) {}

  [[nodiscard]] Result<std::string> who(const std::string& kept) const {
    if (kept == kAdmin || kept == kServer) return messages_.get("server.audit.by." + kept);
    const auto device = Id::parse(kept);
    return device.ok() ? naming_.laptop(*device) : Result<std::string>(kept);
  }

  [[nodiscard]] Result<std::string> what(const store::AuditRow& row) const {
    LX_TRY(const std::string record, naming_.record(row.record));
    const Detail* detail = detail_of(row.action);
    auto args = detail == nullptr ? std::nullopt : read_detail(detail->form, row.detail);
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
  for (const std::string_view word : {kAdmin, kServer}) {
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
    filter.since_ms = day->day_number() * kDayMs - kCountyOffsetMs;
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
    context.out.item(Json{{"sequence", row.sequence},
                          {"at", moment_text(row.at_ms)},
                          {"who", row.who},
                          {"action", row.action},
                          {"record", row.record.is_nil() ? "" : row.record.text()},
                          {"detail", row.detail}});
    LX_TRY(const std::string who, text.who(row.who));
    LX_TRY(const std::string what, text.what(row));
    context.out.line(moment_text(row.at_ms) + "  " + who + "  " + what);
  }
  context.out.end_items();
  if (rows.empty()) context.out.say("server.audit.none");
  return 0;
}

}  // namespace lianxin::sync::server::admin
