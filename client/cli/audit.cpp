// audit: who looked at whole numbers, exported or printed what, as far as this laptop holds it.
#include <algorithm>

#include "client/cli/call.hpp"
#include "client/cli/record_shape.hpp"
#include "client/cli/words.hpp"
#include "client/store/list_value.hpp"
#include "client/view/audit_words.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::cli {
namespace {

/// --who names a worker by id or name, --record a record, --since the first day.
Result<std::vector<store::ListRow>> entries(Call& call, store::Records& records, Names& names) {
  store::ListQuery query{.kind = "audit_entry", .newest_first = true};
  if (!call.options.id.empty()) {
    LX_TRY(const Id record, records.find_id(call.options.id));
    query.where.emplace_back("record_id", record.text());
  }
  Date since;
  if (!call.options.from.empty()) {
    LX_TRY(since, parse_day(call.options.from));
  }
  LX_TRY(std::vector<store::ListRow> rows, records.list(query));
  const std::string& who = call.options.text;
  std::erase_if(rows, [&](const store::ListRow& row) {
    if (!call.options.from.empty() && value_of(row, "occurred_on") < since.text()) return true;
    if (who.empty()) return false;
    const std::string worker = value_of(row, "worker_id");
    const auto id = Id::parse(worker);
    return worker != who && !(id.ok() && names.of(*id) == who);
  });
  if (call.options.limit > 0 && rows.size() > call.options.limit) rows.resize(call.options.limit);
  return rows;
}

}  // namespace

Exit audit(Call& call) {
  const domain::Kind* kind = domain::Catalogue::base().kind("audit_entry");
  LX_CHECK(kind != nullptr, "the catalogue has no audit");
  LX_TRY(const auto store, open_store(call));
  Names names(store->records());
  LX_TRY(const auto rows, entries(call, store->records(), names));
  Terminal& terminal = call.terminal;
  const view::Wording wording(std::make_shared<const Messages>(terminal.messages()),
                              terminal.language() == "en" ? "en" : "zh-CN");
  const auto whose = [&](const std::string& record) -> Result<std::string> {
    const auto id = Id::parse(record);
    return id.ok() ? view::name_in_words({*store, wording}, *id) : Result<std::string>(record);
  };
  std::vector<std::vector<std::string>> table;
  for (const store::ListRow& row : rows) {
    if (terminal.json()) {
      terminal.value(row_json(*kind, row));
      continue;
    }
    const auto words = [&](const char* field) {
      return value_text(terminal, kind->field(field), value_of(row, field), names);
    };
    LX_TRY(std::string record, whose(value_of(row, "record_id")));
    table.push_back({value_of(row, "occurred_on") + " " + value_of(row, "at_time"), words("worker_id"),
                     words("action"), view::audit_words(terminal.messages(), value_of(row, "what")),
                     value_of(row, "count"), std::move(record)});
  }
  if (!table.empty()) terminal.table(table);
  terminal.say("cli.list_count",
               {{"kind", kind_text(terminal, kind->name)}, {"count", std::to_string(rows.size())}});
  return 0;
}

}  // namespace lianxin::client::cli
