#include "sync/server/service/own_fields.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "shared/base/check.hpp"
#include "shared/base/text.hpp"
#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/names.hpp"
#include "sync/server/service/own_changes.hpp"

namespace lianxin::sync::server {
namespace {

using domain::ExtensionRow;

constexpr std::array<std::string_view, 5> kStepWords = {"new", "changed", "retired", "back", "same"};

const domain::Kind& custom_field() {
  const domain::Kind* kind = domain::Catalogue::base().kind(domain::kCustomFieldKind);
  LX_CHECK(kind != nullptr, "the catalogue has the kind of own fields");
  return *kind;
}

bool is_same_field(const ExtensionRow& a, const ExtensionRow& b) {
  return a.kind == b.kind && a.number == b.number;
}

const ExtensionRow* held_of(const domain::Extension& held, const ExtensionRow& row) {
  const auto found = std::find_if(held.rows.begin(), held.rows.end(),
                                  [&](const ExtensionRow& one) { return is_same_field(one, row); });
  return found == held.rows.end() ? nullptr : &*found;
}

Error wrong(std::string_view what, const ExtensionRow& row, const std::string& text, const std::string& was) {
  return fail("extension." + std::string(what), {{"line", std::to_string(row.line)},
                                                 {"field", row.kind + "." + row.name},
                                                 {"text", text},
                                                 {"was", was}});
}

/// What was written into a field must go on meaning the same.
Status must_mean_the_same(const ExtensionRow& was, const ExtensionRow& row) {
  const bool own_list = !was.choices.empty() && !row.choices.empty();
  for (const auto part : {&ExtensionRow::name, &ExtensionRow::type, &ExtensionRow::policy,
                          &ExtensionRow::privacy, &ExtensionRow::target}) {
    if (part == &ExtensionRow::target && own_list) continue;
    if (was.*part != row.*part) return wrong("meaning", row, row.*part, was.*part);
  }
  if (was.choices.empty()) return {};
  LX_TRY(const auto before, domain::choices_of(was));
  LX_TRY(const auto now, domain::choices_of(row));
  for (const domain::Code& code : before) {
    const bool stays =
        std::any_of(now.begin(), now.end(), [&](const domain::Code& one) { return one.code == code.code; });
    if (!stays) return wrong("choice_gone", row, code.code, "");
  }
  return {};
}

FieldStep step_of(const ExtensionRow* was, const ExtensionRow& row) {
  if (was == nullptr) return FieldStep::kNew;
  if (row.retired != was->retired) return row.retired ? FieldStep::kRetired : FieldStep::kBack;
  const bool same = std::all_of(domain::kExtensionTexts.begin(), domain::kExtensionTexts.end(),
                                [&](const auto& text) { return row.*text.second == was->*text.second; });
  return same ? FieldStep::kSame : FieldStep::kChanged;
}

Result<ExtensionPlan> plan_of(const domain::Extension& held, const domain::Extension& file) {
  ExtensionPlan plan;
  plan.version_before = held.version;
  std::vector<ExtensionRow> all;
  for (const ExtensionRow& row : file.rows) {
    const ExtensionRow* was = held_of(held, row);
    if (was != nullptr) LX_DO(must_mean_the_same(*was, row));
    plan.fields.push_back({row, step_of(was, row)});
    all.push_back(row);
  }
  for (const ExtensionRow& row : held.rows) {
    if (held_of(file, row) != nullptr) continue;
    plan.kept.push_back(row);
    all.push_back(row);
  }
  const domain::Extended extended = domain::extend(domain::Catalogue::base(), std::move(all));
  if (!extended.refused.empty()) return extended.refused.front();
  const bool differs = plan.count(FieldStep::kSame) < plan.fields.size();
  if (differs && file.version <= held.version)
    return fail("extension.older",
                {{"version", std::to_string(file.version)}, {"was", std::to_string(held.version)}});
  plan.version = differs ? file.version : held.version;
  return plan;
}

Status write_one(OwnChanges& own, const ExtensionPlan::One& one, const ExtensionRow* was,
                 std::uint16_t version) {
  std::vector<FieldValue> values;
  for (const auto& [field, text] : domain::kExtensionTexts) {
    const std::string& value = one.row.*text;
    if (was != nullptr && was->*text == value) continue;
    values.push_back({std::string(field), value.empty() ? std::nullopt : std::optional(value)});
  }
  if (one.row.retired != (was != nullptr && was->retired))
    values.push_back({"retired", one.row.retired ? "1" : "0"});
  values.push_back({"version", std::to_string(version)});
  const domain::Kind* kind = domain::Catalogue::base().kind(one.row.kind);
  const auto number = static_cast<std::uint16_t>(read_integer(one.row.number).value_or(0));
  return own.write(domain::kCustomFieldKind, domain::custom_field_id(kind->wire, number), values);
}

}  // namespace

std::string_view word(FieldStep step) { return kStepWords.at(static_cast<std::size_t>(step)); }

std::size_t ExtensionPlan::count(FieldStep step) const {
  return static_cast<std::size_t>(
      std::count_if(fields.begin(), fields.end(), [&](const One& one) { return one.step == step; }));
}

Result<domain::Extension> own_fields(store::Reader& reader) {
  domain::Extension out;
  LX_TRY(const auto records, reader.records_of_kind(custom_field().wire));
  for (const Id& record : records) {
    LX_TRY(const auto row, reader.record(record));
    if (!row) continue;
    LX_TRY(const merge::RecordState state, state_for(reader, *row, Id{}));
    ExtensionRow one;
    for (const auto& [field, text] : domain::kExtensionTexts)
      one.*text = shown_text(state, custom_field(), field);
    if (one.kind.empty()) continue;  // kept aside, of somebody who may not
    one.retired = shown_text(state, custom_field(), "retired") == "1";
    const auto version = read_integer(shown_text(state, custom_field(), "version")).value_or(0);
    if (version > out.version && version <= UINT16_MAX) out.version = static_cast<std::uint16_t>(version);
    out.rows.push_back(std::move(one));
  }
  std::sort(out.rows.begin(), out.rows.end(), [](const ExtensionRow& a, const ExtensionRow& b) {
    return std::tie(a.kind, a.number) < std::tie(b.kind, b.number);
  });
  return out;
}

Result<domain::Catalogue> county_catalogue(store::Reader& reader, const domain::Catalogue& base) {
  LX_TRY(domain::Extension own, own_fields(reader));
  return domain::extend(base, std::move(own.rows)).catalogue;
}

Result<ExtensionPlan> extend_catalogue(store::Store& store, const Clock& clock, const County& county,
                                       const domain::Extension& file, bool preview) {
  const WallMs now = clock.now_ms();
  LX_TRY(const auto writer, store.write());
  LX_TRY(OwnChanges own, OwnChanges::begin(*writer, domain::Catalogue::base(), county, now));
  LX_TRY(const domain::Extension held, own_fields(*writer));
  LX_TRY(ExtensionPlan plan, plan_of(held, file));
  if (preview || plan.version == held.version) return plan;
  for (const ExtensionPlan::One& one : plan.fields) {
    if (one.step != FieldStep::kSame) LX_DO(write_one(own, one, held_of(held, one.row), plan.version));
  }
  LX_DO(own.finish());
  const std::size_t changed = plan.count(FieldStep::kChanged) + plan.count(FieldStep::kBack);
  LX_DO(writer->append_audit(audit_row(now, kByAdministrator, "catalogue.extend", Id{},
                                       {{"version", std::to_string(plan.version)},
                                        {"added", std::to_string(plan.count(FieldStep::kNew))},
                                        {"changed", std::to_string(changed)},
                                        {"retired", std::to_string(plan.count(FieldStep::kRetired))}})));
  LX_DO(writer->commit());
  return plan;
}

}  // namespace lianxin::sync::server
