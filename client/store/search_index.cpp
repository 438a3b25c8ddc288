#include "client/store/search_index.hpp"

#include <algorithm>
#include <cctype>

#include "client/store/kind_tables.hpp"
#include "client/store/record_row.hpp"
#include "client/text/pinyin.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/name.hpp"

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

}  // namespace

std::string search_text(const merge::RecordState& shown, const Kind& kind) {
  std::string out;
  if (kind.name == "contact_point") return number_text(value_of(shown, kind, "value"));
  const std::string name = value_of(shown, kind, "name");
  if (!name.empty()) {
    out += "=" + to_lower_ascii(name);
    for (const text::Reading& reading : text::name_readings(name))
      out += reading_text(reading);
  }
  out += number_text(value_of(shown, kind, "id_no"));
  out += number_text(value_of(shown, kind, "phone"));
  out += number_text(value_of(shown, kind, "code"));
  return out;
}

std::vector<std::string> search_needles(std::string_view typed) {
  const std::string text = to_lower_ascii(half_width(trim(typed)));
  if (text.empty()) return {};
  if (!is_latin(text)) {
    // Blanks and dots as in a name that is stored; what is no name is looked for as written.
    auto name = domain::normalize_name(text);
    return {name.ok() ? *std::move(name) : text};
  }
  const std::string letters = text::fold_pinyin(text);
  if (letters.empty()) return {};
  if (std::isdigit(static_cast<unsigned char>(letters.front())) != 0) return {letters + "$", "#" + letters};
  return {"|" + without_v(letters), "=" + text};
}

Status SearchIndex::touch(const merge::RecordState& shown, std::uint32_t flags) {
  const Kind* kind = catalogue_.kind(shown.kind);
  if (kind == nullptr || (kind->field("name") == nullptr && kind->name != "contact_point")) return {};
  if ((flags & (kVoided | kDeleted)) != 0 && kind->name == "contact_point") return erase(shown.record);
  auto insert = database_.prepare(
      "INSERT INTO search VALUES(?, ?, NULL) ON CONFLICT(record) DO UPDATE SET "
      "subject = excluded.subject, text = NULL WHERE text IS NOT NULL OR subject != excluded.subject");
  insert.bind(1, shown.record).bind(2, kind->name == "contact_point" ? shown.parent : shown.record);
  return insert.run();
}

Status SearchIndex::refresh() {
  std::vector<Id> wanted;
  {
    auto select = database_.prepare("SELECT record FROM search WHERE text IS NULL");
    while (true) {
      LX_TRY(const bool found, select.step());
      if (!found) break;
      wanted.push_back(select.id(0));
    }
  }
  if (wanted.empty()) return {};
  LX_TRY(auto savepoint, lianxin::store::Savepoint::begin(database_));
  for (const Id& record : wanted) {
    LX_TRY(const std::string text, make_(record));
    auto update = database_.prepare("UPDATE search SET text = ? WHERE record = ?");
    LX_DO(update.bind_text(1, text).bind(2, record).run());
  }
  return savepoint.keep();
}

Status SearchIndex::erase(const Id& record) {
  auto row = database_.prepare("DELETE FROM search WHERE record = ?");
  return row.bind(1, record).run();
}

}  // namespace lianxin::client::store
