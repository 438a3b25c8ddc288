#include "client/store/stamps.hpp"

namespace lianxin::client::store {

namespace {

using domain::Kind;
using domain::RecordValues;

bool is_filled(const RecordValues& values, const std::string& name) {
  const auto scalar = values.scalars.find(name);
  const auto set = values.sets.find(name);
  return (scalar != values.scalars.end() && !scalar->second.empty()) ||
         (set != values.sets.end() && !set->second.empty());
}

/// The unit of what the record hangs on, else of its own scope field, else of the worker.
Result<Id> unit_of_event(RecordsImpl& records, const OwnState& own, const Kind& kind,
                         const RecordValues& values) {
  for (const std::string& name : kind.parent_fields) {
    if (!is_filled(values, name) || name == "org_id_at_event") continue;
    const auto set = values.sets.find(name);
    const std::string text =
        set != values.sets.end() && !set->second.empty() ? set->second.front() : values.scalars.at(name);
    LX_TRY(const Id parent, Id::parse(text));
    auto select = records.database().prepare("SELECT scope FROM record WHERE id = ?");
    LX_TRY(const bool found, select.bind(1, parent).step());
    if (found) return select.id(0).is_nil() ? parent : select.id(0);
  }
  if (!kind.scope_field.empty() && kind.scope_field != "org_id_at_event" &&
      is_filled(values, kind.scope_field))
    return Id::parse(values.scalars.at(kind.scope_field));
  auto worker =
      records.database().prepare("SELECT org_id FROM k_worker WHERE r_id = ? AND org_id IS NOT NULL");
  LX_TRY(const bool found, worker.bind(1, own.worker).step());
  if (found) return Id::parse(worker.text(0));
  return Id{};
}

/// Kinds where `worker_id` or `workers` says who wrote it, not whom it is about: who came to an activity, or
/// ran it, is not who keeps its list.
bool is_authored(const Kind& kind) {
  if (kind.name == "attendance" || kind.name == "activity") return false;
  return kind.is_fact || kind.name == "delivery" || kind.name == "import_batch" || kind.name == "correction";
}

}  // namespace

Result<std::map<std::string, std::string>> stamps_of(RecordsImpl& records, const OwnState& own,
                                                     const Kind& kind, const RecordValues& values) {
  std::map<std::string, std::string> out;
  const auto wants = [&](const std::string& name) {
    return kind.field(name) != nullptr && !is_filled(values, name);
  };
  if (wants("org_id_at_event")) {
    LX_TRY(const Id unit, unit_of_event(records, own, kind, values));
    if (!unit.is_nil()) out["org_id_at_event"] = unit.text();
  }
  if (wants("division_code_at_event")) {
    const auto given = values.scalars.find("org_id_at_event");
    const auto unit = Id::parse(out.count("org_id_at_event") > 0 ? out["org_id_at_event"]
                                : given != values.scalars.end()  ? given->second
                                                                 : std::string());
    if (unit.ok()) {
      LX_TRY(const std::string code, records.code_of(*unit));
      if (!code.empty()) out["division_code_at_event"] = code;
    }
  }
  if (own.worker.is_nil() || !is_authored(kind)) return out;
  if (wants("worker_id")) out["worker_id"] = own.worker.text();
  if (wants("workers")) out["workers"] = own.worker.text();
  return out;
}

}  // namespace lianxin::client::store
