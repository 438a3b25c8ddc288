#include "client/store/search_index.hpp"

#include <algorithm>
#include <cctype>

#include "client/store/kind_tables.hpp"
#include "client/store/noted_records.hpp"
#include "client/store/record_row.hpp"
#include "client/text/pinyin.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/name.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;

namespace {

using domain::Field;
using domain::Kind;

std::string value_of(const merge::RecordState& shown, const Kind& kind, std::string_view name) {
  const Field* field = kind.field(name);
  return field == nullptr ? std::string() : shown_value(shown, *field).value_or("");
}

/// Letters only: what is typed for a reading ("ou yang", "lü"). Anything else is looked for as written.
bool is_latin(std::string_view text) {
  const std::u32string points = to_utf32(text);
  return std::all_of(points.begin(), points.end(),
                     [](char32_t c) { return c < 0x80 || c == U'ü' || c == U'Ü'; });
}

/// lu, lü and lv are one.
std::string without_v(std::string letters) {
  std::replace(letters.begin(), letters.end(), 'v', 'u');
  return letters;
}

/// A reading from each of its syllables on ("|zhaolianxin|lianxin|xin"), and the initials the same way.
std::string reading_text(const text::Reading& reading) {
  std::string out;
  for (std::size_t from = 0; from < reading.size(); ++from) {
    std::string whole = "|";
    std::string initials = "|";
    for (std::size_t i = from; i < reading.size(); ++i) {
      whole += without_v(reading[i]);
      if (!reading[i].empty()) initials += reading[i].front();
    }
    out += whole + initials;
  }
  return out;
}

std::string number_text(std::string_view number) {
  return number.empty() ? std::string() : "#" + to_lower_ascii(number) + "$";
}

constexpr std::string_view kNumbers[] = {"id_no", "phone", "code"};

/// A line of the county's own, as far as a search reads it.
bool is_own_text(const Field& field) { return field.own != nullptr && field.type == domain::Type::kText; }
constexpr std::size_t kOwnTextMax = 60;

/// Fields that `search_text` reads.
bool is_searched(const Field& told) {
  const std::string_view field = told.name;
  return is_own_text(told) || field == "name" || field == "value" ||
         std::find(std::begin(kNumbers), std::end(kNumbers), field) != std::end(kNumbers);
}

}  // namespace

std::string search_text(const merge::RecordState& shown, const Kind& kind) {
  std::string out;
  if (kind.name == "contact_point") return number_text(value_of(shown, kind, "value"));
  const std::string name = value_of(shown, kind, "name");
  if (!name.empty()) out += "=" + to_lower_ascii(name) + search_letters(name);
  for (const std::string_view number : kNumbers)
    out += number_text(value_of(shown, kind, number));
  for (const Field& field : kind.fields) {
    if (!is_own_text(field)) continue;
    const std::string value = shown_value(shown, field).value_or("");
    if (!value.empty()) out += "=" + first_code_points(to_lower_ascii(half_width(value)), kOwnTextMax);
  }
  return out;
}

std::string search_letters(std::string_view name) {
  std::string out;
  for (const text::Reading& reading : text::name_readings(name))
    out += reading_text(reading);
  return out;
}

std::string search_name(std::string_view typed) {
  std::string text = to_lower_ascii(half_width(trim(typed)));
  if (text.empty() || is_latin(text)) return text;
  // Blanks and dots as in a name that is stored; what is no name is looked for as written.
  auto name = domain::normalize_name_piece(text);
  return name.ok() ? *std::move(name) : text;
}

std::vector<std::string> search_needles(std::string_view typed) {
  const std::string text = search_name(typed);
  if (text.empty()) return {};
  if (!is_latin(text)) return {text};
  const std::string letters = text::fold_pinyin(text);
  if (letters.empty()) return {};
  if (std::isdigit(static_cast<unsigned char>(letters.front())) != 0) return {letters + "$", "#" + letters};
  return {"|" + without_v(letters), "=" + text};
}

bool has_search_text(const Kind& kind, std::uint32_t flags) {
  if ((flags & kUnapplied) != 0) return false;
  if (kind.name == "contact_point") return (flags & (kVoided | kDeleted)) == 0;
  return kind.field("name") != nullptr;
}

Status SearchIndex::touch(const merge::RecordState& shown, std::uint32_t flags, const RowChange& change) {
  const Kind* kind = catalogue_->kind(shown.kind);
  const bool is_number = kind != nullptr && kind->name == "contact_point";
  if (kind == nullptr || (!is_number && kind->field("name") == nullptr)) return {};
  const bool is_read = std::any_of(change.fields.begin(), change.fields.end(),
                                   [](const Field* field) { return is_searched(*field); });
  if (!change.is_new && !change.parent && !is_read && !(is_number && change.flags)) return {};
  if (!change.is_new) LX_DO(erase(shown.record));
  return has_search_text(*kind, flags) ? note(shown.record) : Status();
}

Status SearchIndex::erase(const Id& record) {
  if (loaded_ != Loaded::kNothing) changed_.insert(record);
  auto text = database_.prepare("DELETE FROM search WHERE record = ?");
  return text.bind(1, record).run();
}

Status SearchIndex::note(const Id& record) { return note_record(database_, "search_todo", record); }

Status SearchIndex::clear() {
  loaded_ = Loaded::kNothing;
  return database_.exec("DELETE FROM search; DELETE FROM search_todo");
}

Status SearchIndex::make(const Id& record) {
  LX_DO(erase(record));
  LX_TRY(const SearchText made, make_(record));
  if (made.text.empty()) return {};
  auto insert = database_.prepare("INSERT INTO search VALUES(?, ?, ?)");
  return insert.bind(1, record).bind(2, made.subject).bind_text(3, made.text).run();
}

Result<bool> SearchIndex::refresh(std::size_t records) {
  return make_noted(database_, "search_todo", records, [this](const Id& record) { return make(record); });
}

Result<std::unordered_set<Id>> SearchIndex::noted() { return noted_in(database_, "search_todo"); }

Result<bool> SearchIndex::load(std::size_t records) {
  constexpr std::size_t kFollowMax = 2000;
  constexpr std::size_t kDroppedMax = 20'000;
  const bool is_stale = changed_.size() > kFollowMax || texts_.dropped() > kDroppedMax;
  if (loaded_ == Loaded::kAll && !is_stale) return false;
  if (records == 0) return true;
  if (loaded_ != Loaded::kSome) {
    texts_.clear();
    changed_.clear();
    loaded_to_ = Id{};
  }
  loaded_ = Loaded::kNothing;
  auto select =
      database_.prepare("SELECT record, subject, text FROM search WHERE record > ? ORDER BY record LIMIT ?");
  select.bind(1, loaded_to_).bind(2, static_cast<std::int64_t>(records));
  std::size_t read = 0;
  LX_DO(each_row(select, [&] {
    loaded_to_ = select.id(0);
    texts_.add(loaded_to_, select.id(1), select.view(2));
    ++read;
  }));
  loaded_ = read < records ? Loaded::kAll : Loaded::kSome;
  return loaded_ == Loaded::kSome;
}

/// Brings the texts in memory up to the table.
Status SearchIndex::follow() {
  constexpr std::size_t kAtOnce = 1'000'000;
  for (bool more = true; more;) {
    LX_TRY(more, load(kAtOnce));
  }
  if (changed_.empty()) return {};
  texts_.drop(changed_);
  for (const Id& record : changed_) {
    auto select = database_.prepare("SELECT subject, text FROM search WHERE record = ?");
    LX_TRY(const bool found, select.bind(1, record).step());
    if (found) texts_.add(record, select.id(0), select.view(1));
  }
  changed_.clear();
  return {};
}

Result<const SearchTexts*> SearchIndex::texts() {
  constexpr std::size_t kAtOnce = 1000;
  for (bool more = true; more;) {
    LX_TRY(more, refresh(kAtOnce));
  }
  LX_DO(follow());
  // What is read inside a transaction may be taken back with it.
  if (database_.in_transaction()) loaded_ = Loaded::kNothing;
  return &texts_;
}

Result<std::optional<std::vector<Id>>> SearchIndex::find(std::string_view typed) {
  const auto needles = search_needles(typed);
  if (needles.empty()) return std::optional<std::vector<Id>>{};
  LX_TRY(const SearchTexts* texts, this->texts());
  return std::optional(texts->find(needles));
}

}  // namespace lianxin::client::store
