#include "sync/server/service/audit_log.hpp"

#include <algorithm>

#include "shared/base/check.hpp"
#include "shared/base/text.hpp"

namespace lianxin::sync::server {
namespace {

const AuditAction* action_of(std::string_view name) {
  const auto& all = audit_actions();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const AuditAction& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::string names_of(const AuditParts& parts) {
  std::vector<std::string> names;
  for (const ErrorArg& part : parts)
    names.push_back(part.name);
  return join(names, " ");
}

/// A line for each part: "role=worker".
std::string text_of(const AuditParts& parts) {
  std::vector<std::string> lines;
  for (const ErrorArg& part : parts) {
    std::string line = part.name + "=" + part.value;
    std::replace(line.begin(), line.end(), '\n', ' ');
    lines.push_back(std::move(line));
  }
  return join(lines, "\n");
}

std::optional<AuditParts> read_lines(const AuditAction& action, const std::string& text) {
  AuditParts parts;
  for (const std::string& line : split(text, '\n')) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) return std::nullopt;
    parts.push_back({line.substr(0, equals), line.substr(equals + 1)});
  }
  return names_of(parts) == action.parts ? std::optional(std::move(parts)) : std::nullopt;
}

/// What stands in the places of a form; nullopt when the text has another form.
std::optional<AuditParts> read_form(std::string_view form, std::string_view text) {
  AuditParts parts;
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
    parts.push_back({std::string(name), std::string(text.substr(0, end))});
    text.remove_prefix(end);
  }
  return text.empty() ? std::optional(std::move(parts)) : std::nullopt;
}

}  // namespace

const std::vector<AuditAction>& audit_actions() {
  static const std::vector<AuditAction> kActions = {
      {"server.init", "", ""},
      {"server.restore", "epoch", "{epoch}"},
      {"server.passphrase", "", ""},
      {"server.tls", "hosts", "{hosts}"},
      {"store.moved", "", ""},
      {"division.import", "added changed unchanged",
       "added {added}, changed {changed}, unchanged {unchanged}"},
      {"division.merge", "from into date count", "{from} into {into} on {date}, records {count}"},
      {"catalogue.extend", "version added changed retired", ""},
      {"handover", "into count", "to {into}, records {count}"},
      {"worker.add", "role place", "{role} {place}"},
      {"worker.grant", "role place", "{role} {place}"},
      {"worker.end", "grant", "{grant}"},
      {"worker.replace", "worker date count", "by {worker} on {date}, things {count}"},
      {"device.add", "device", "{device}"},
      {"device.enrol", "replica", "{replica}"},
      {"device.revoke", "device", "{device}"},
      {"device.close_gap", "device count runs reason",
       "{device}: {count} changes missing, runs {runs}: {reason}"},
      {"page.open", "", ""},
      {"page.close", "", ""},
      {"quarantine.accept", "change", "{change}"},
      {"quarantine.close", "change", "{change}"},
      {"record.purge", "number fields count", "{number}: {fields} fields, {count} changes"},
      {"record.purge_shown", "number fields count", ""},
      {"record.purge_late", "number fields count", ""},
      {"exchange.early", "count", "{count} changes"},
      {"exchange.fork", "replica", "{replica}"},
      {"exchange.healed", "place class count", "{place} class {class}: {count}"},
      {"store.repaired", "place class count", "{place} class {class}: {count}"},
  };
  return kActions;
}

store::AuditRow audit_row(WallMs at_ms, std::string_view who, std::string_view action, const Id& record,
                          const AuditParts& parts) {
  const AuditAction* known = action_of(action);
  LX_CHECK(known != nullptr, "an action the audit has no sentence for");
  LX_CHECK(names_of(parts) == known->parts, "an entry of the audit has the parts of its action");
  return {0, at_ms, std::string(who), std::string(action), record, text_of(parts)};
}

std::optional<AuditParts> audit_parts(const store::AuditRow& row) {
  const AuditAction* action = action_of(row.action);
  if (action == nullptr) return std::nullopt;
  if (action->parts.empty()) return row.detail.empty() ? std::optional(AuditParts()) : std::nullopt;
  if (auto parts = read_lines(*action, row.detail)) return parts;
  return read_form(action->before, row.detail);
}

}  // namespace lianxin::sync::server
