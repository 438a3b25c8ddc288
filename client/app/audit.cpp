#include "client/app/audit.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "client/store/list_value.hpp"
#include "client/view/wording.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/private_numbers.hpp"

namespace lianxin::client::app {
namespace {

constexpr std::size_t kWhatMax = 100;
constexpr std::array<std::string_view, 3> kActs = {"reveal", "export", "print"};
constexpr std::array<std::string_view, 3> kOfficeRoles = {"secretary", "officer", "admin"};

bool is_office(std::string_view role) {
  return std::find(kOfficeRoles.begin(), kOfficeRoles.end(), role) != kOfficeRoles.end();
}

/// The unit itself when it is held here: an entry for a foreign one could not be handed in.
Result<Id> unit_of(store::LaptopStore& store, const Id& wanted) {
  LX_TRY(const std::vector<store::HeldScope> scopes, store.records().scopes());
  Id first;
  for (const store::HeldScope& held : scopes) {
    if (held.scope.is_nil()) continue;
    if (held.scope == wanted) return wanted;
    if (first.is_nil()) first = held.scope;
  }
  if (first.is_nil()) return fail("audit.no_unit");
  return first;
}

}  // namespace

Result<bool> has_role(store::LaptopStore& store, std::string_view role) {
  const auto fits = [&](std::string_view one) { return role.empty() ? is_office(one) : one == role; };
  const Id self = store.identity().worker;
  LX_TRY(const auto card, store.records().get(self));
  if (card) {
    const auto roles = card->fields.find("roles");
    if (roles != card->fields.end() &&
        std::any_of(roles->second.elements.begin(), roles->second.elements.end(), fits))
      return true;
  }
  const std::string today = Date::of(store.clock().now_ms()).text();
  LX_TRY(const auto dated,
         store.records().list({.kind = "worker_role", .where = {{"worker_id", self.text()}}}));
  return std::any_of(dated.begin(), dated.end(), [&](const store::ListRow& row) {
    return fits(value_of(row, "role")) && value_of(row, "from") <= today &&
           (value_of(row, "to").empty() || today < value_of(row, "to"));
  });
}

Status write_audit(store::LaptopStore& store, const AuditNote& note) {
  LX_TRY(const Id unit, unit_of(store, note.unit));
  const WallMs now = store.clock().now_ms();
  store::Edit edit;
  edit.kind = "audit_entry";
  const auto add = [&](const char* field, std::string value) {
    if (!value.empty()) edit.fields.push_back({field, store::FieldEdit::Op::kSet, std::move(value)});
  };
  add("org_id", unit.text());
  add("occurred_on", Date::of(now).text());
  add("at_time", view::Wording::clock_time(now).substr(0, 5));
  add("worker_id", store.identity().worker.text());
  add("action", std::string(kActs[static_cast<std::size_t>(note.act)]));
  add("record_id", note.record.is_nil() ? "" : note.record.text());
  add("what", first_code_points(note.what, kWhatMax));
  add("count", std::to_string(note.count));
  add("reason", note.reason);
  store::Saved saved;
  LX_DO(store.taking_away([&]() -> Status {
    LX_TRY(saved, store.records().save({edit}));
    return {};
  }));
  if (saved.ok) return {};
  return fail("audit.not_written",
              {{"why", saved.problems.empty() ? std::string() : saved.problems.front().field}});
}

std::string export_words(std::string_view form, std::string_view scope, std::string_view file) {
  std::string words(form);
  const std::string name = std::filesystem::path(file).filename().string();
  for (const std::string& part : {std::string(scope), domain::mask_private_numbers(name)}) {
    if (!part.empty()) words += " " + part;
  }
  return first_code_points(words, kWhatMax);
}

Status may_take_unmasked(store::LaptopStore& store) {
  LX_TRY(const bool may, has_role(store, ""));
  if (may) return {};
  return fail("right.unmasked", {{"who", store.identity().worker_name}});
}

Status may_be_typed(std::string_view kind) {
  if (kind == "audit_entry") return fail("audit.by_hand");
  if (kind == "attachment") return fail("photo.by_hand");
  return {};
}

Status may_be_typed(store::LaptopStore& store, std::string_view kind, const Id& record,
                    const std::vector<store::FieldEdit>& fields) {
  LX_DO(may_be_typed(kind));
  if (kind != "points_entry") return {};
  for (const store::FieldEdit& edit : fields) {
    const bool decides = edit.field == "state" && !edit.value.empty() && edit.value != "proposed";
    const bool signs = edit.field == "approved_by" || edit.field == "approved_on";
    if (decides || (signs && !edit.value.empty())) return fail("points.by_hand");
  }
  if (record.is_nil()) return {};
  LX_TRY(const auto entry, store.records().get(record));
  const std::string state = entry ? entry->value("state") : std::string();
  return state.empty() || state == "proposed" ? Status() : fail("points.decided");
}

}  // namespace lianxin::client::app
