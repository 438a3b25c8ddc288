#include "client/cli/reveal.hpp"

#include <algorithm>

#include "client/app/audit.hpp"
#include "client/cli/record_shape.hpp"
#include "client/view/view_sources.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/private_numbers.hpp"

namespace lianxin::client::cli {
namespace {

bool hides(std::string_view kind, std::string_view field, const std::string& value) {
  return !masked(kind, field, value).empty();
}

}  // namespace

std::string masked(std::string_view kind, std::string_view field, const std::string& value) {
  if (value.empty()) return {};
  // A field of the county's own is looked into whatever it is.
  const domain::Kind* its = domain::Catalogue::base().kind(kind);
  const domain::Field* known = its == nullptr ? nullptr : its->field(field);
  const bool is_text =
      known == nullptr || known->type == domain::Type::kText || known->type == domain::Type::kLongText;
  if (!is_text) return {};
  std::string whole = view::masked_value(kind, field, value);
  if (!whole.empty()) return whole;
  return domain::holds_private_number(value) ? domain::mask_private_numbers(value) : std::string();
}

std::uint64_t numbers_in(const store::RecordShown& record) {
  return static_cast<std::uint64_t>(
      std::count_if(record.fields.begin(), record.fields.end(),
                    [&](const auto& field) { return hides(record.kind, field.first, field.second.value); }));
}

std::uint64_t numbers_in(std::string_view kind, const std::vector<store::HistoryEntry>& history) {
  std::uint64_t count = 0;
  for (const store::HistoryEntry& entry : history) {
    for (const store::HistoryWrite& write : entry.writes)
      count += hides(kind, write.field, write.value.value_or("")) ? 1 : 0;
  }
  return count;
}

std::uint64_t numbers_in(std::string_view kind, const std::vector<store::ListRow>& rows) {
  std::uint64_t count = 0;
  for (const store::ListRow& row : rows) {
    for (const auto& [field, value] : row.values)
      count += hides(kind, field, value) ? 1 : 0;
  }
  return count;
}

bool shows_whole(const Call& call) { return call.terminal.json() || call.options.unmasked; }

Status note_reveal(store::LaptopStore& store, const Id& unit, const Id& record, std::string_view what,
                   std::uint64_t count) {
  if (count == 0) return {};
  return app::write_audit(store, {app::Act::kReveal, unit, record, std::string(what), count, ""});
}

Status note_export(const Call& call, store::LaptopStore& store, const LeavingFile& leaving) {
  if (call.options.unmasked) LX_DO(app::may_take_unmasked(store));
  if (leaving.count == 0) return {};  // nobody's data: an empty laptop holds no unit either
  std::string what = app::export_words(leaving.form, leaving.scope, call.options.out);
  if (call.options.unmasked)
    what = app::export_words(leaving.form, leaving.scope + " unmasked", call.options.out);
  return app::write_audit(
      store, {app::Act::kExport, leaving.unit, leaving.record, std::move(what), leaving.count, ""});
}

}  // namespace lianxin::client::cli
