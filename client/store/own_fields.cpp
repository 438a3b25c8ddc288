#include "client/store/own_fields.hpp"

#include "client/store/records_impl.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/log.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {
namespace {

/// What the columns of a kind's own fields are made by.
std::string shape_of_kind(const domain::Kind& kind) {
  std::string out;
  for (const domain::Field& field : kind.fields) {
    if (field.own == nullptr) continue;
    out += kind.name + " " + std::to_string(field.wire) + " " + field.name;
    for (const std::string_view word :
         {domain::word(field.type), domain::word(field.policy), domain::word(field.privacy)})
      out.append(1, ' ').append(word);
    out += "\n";
  }
  return out;
}

}  // namespace

Result<std::vector<domain::ExtensionRow>> own_field_rows(lianxin::store::Database& database,
                                                         const domain::Catalogue& base) {
  std::vector<domain::ExtensionRow> out;
  if (base.kind(domain::kCustomFieldKind) == nullptr) return out;
  std::string columns;
  for (const auto& [field, text] : domain::kExtensionTexts)
    columns += "\"" + std::string(field) + "\", ";
  auto select = database.prepare("SELECT " + columns + "retired FROM k_custom_field ORDER BY r_id");
  LX_DO(each_row(select, [&] {
    domain::ExtensionRow row;
    int at = 0;
    for (const auto& [field, text] : domain::kExtensionTexts)
      row.*text = select.text(at++);
    row.retired = select.integer(at) == 1;
    out.push_back(std::move(row));
  }));
  return out;
}

Hash256 words_of_rows(const std::vector<domain::ExtensionRow>& rows) {
  Hasher hasher;
  for (const domain::ExtensionRow& row : rows) {
    for (const auto& [field, text] : domain::kExtensionTexts)
      hasher.add(std::to_string((row.*text).size()) + ":" + row.*text);
    hasher.add(row.retired ? "1" : "0");
  }
  return hasher.finish();
}

std::vector<std::uint16_t> kinds_changed(const domain::Catalogue& before, const domain::Catalogue& now) {
  std::vector<std::uint16_t> out;
  for (const domain::Kind& kind : now.kinds()) {
    const domain::Kind* was = before.kind(kind.wire);
    if (was == nullptr || shape_of_kind(*was) != shape_of_kind(kind)) out.push_back(kind.wire);
  }
  return out;
}

Hash256 shape_of(const domain::Catalogue& catalogue) {
  Hasher hasher;
  for (const domain::Kind& kind : catalogue.kinds())
    hasher.add(shape_of_kind(kind));
  return hasher.finish();
}

Status RecordsImpl::store_kind(std::uint16_t kind) {
  std::vector<Id> records;
  {
    auto select = database_.prepare("SELECT id FROM record WHERE kind = ?");
    select.bind(1, int{kind});
    LX_DO(each_row(select, [&] { records.push_back(select.id(0)); }));
  }
  for (const Id& record : records) {
    LX_TRY(RecordBox box, load(record));
    LX_DO(store(box));
    LX_DO(search_.touch(box.shown, box.flags, {.parent = true}));  // other fields are read now
  }
  return {};
}

void RecordsImpl::use(const domain::Catalogue& catalogue) {
  catalogue_ = &catalogue;
  tables_.use(catalogue);
  search_.use(catalogue);
}

Status RecordsImpl::follow_own_fields() {
  LX_TRY(const auto rows, own_field_rows(database_, base_));
  const Hash256 words = words_of_rows(rows);
  if (words == own_words_) return {};
  domain::Extended extended = domain::extend(base_, rows);
  for (const Error& refused : extended.refused)
    log_error("own_field.refused", refused);
  const domain::Catalogue& before = *catalogue_;
  extended_.push_back(std::move(extended.catalogue));
  use(extended_.back());
  Status made = make_own_columns(before);
  if (made.ok()) {
    own_words_ = words;
  } else {
    use(before);
    extended_.pop_back();
  }
  return made;
}

/// Columns of own fields, and what came for them before they were known here.
Status RecordsImpl::make_own_columns(const domain::Catalogue& before) {
  std::optional<lianxin::store::Transaction> transaction;
  if (!database_.in_transaction()) {
    LX_TRY(auto begun, lianxin::store::Transaction::begin(database_));
    transaction.emplace(std::move(begun));
  }
  LX_DO(tables_.make());
  const Hash256 shape = shape_of(*catalogue_);
  LX_TRY(const auto known, meta_.bytes(kMetaOwnFields));
  if (!known || *known != shape.bytes()) {
    for (const std::uint16_t kind : kinds_changed(before, *catalogue_))
      LX_DO(store_kind(kind));
    LX_DO(meta_.set_bytes(kMetaOwnFields, shape.bytes()));
  }
  return transaction ? transaction->commit() : Status{};
}

}  // namespace lianxin::client::store
