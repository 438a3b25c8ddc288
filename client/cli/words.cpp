#include "client/cli/words.hpp"

#include <array>

namespace lianxin::client::cli {
namespace {

using sync::change::Cause;
using sync::change::CauseKind;

struct CauseWord {
  CauseKind kind;
  std::string_view word;
  bool has_record;
};
constexpr std::array<CauseWord, 8> kCauses{{{CauseKind::kTyped, "typed", false},
                                            {CauseKind::kVisit, "visit", true},
                                            {CauseKind::kPhone, "phone", false},
                                            {CauseKind::kDocument, "document", false},
                                            {CauseKind::kCorrection, "correction", false},
                                            {CauseKind::kFamily, "family", false},
                                            {CauseKind::kImport, "import", true},
                                            {CauseKind::kResolve, "resolve", false}}};

}  // namespace

Result<store::FieldEdit> parse_field_word(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0)
    return fail("words.field", {{"text", std::string(text)}});
  store::FieldEdit edit;
  std::string_view name = text.substr(0, equals);
  if (name.ends_with('+')) edit.op = store::FieldEdit::Op::kAdd;
  if (name.ends_with('-')) edit.op = store::FieldEdit::Op::kRemove;
  if (edit.op != store::FieldEdit::Op::kSet) name.remove_suffix(1);
  if (name.empty()) return fail("words.field", {{"text", std::string(text)}});
  edit.field = name;
  edit.value = text.substr(equals + 1);
  if (edit.op != store::FieldEdit::Op::kSet && edit.value.empty())  // a forgotten id would leave nobody named
    return fail("words.field", {{"text", std::string(text)}});
  return edit;
}

Result<Cause> parse_cause(std::string_view text) {
  if (text.empty()) return Cause{};
  const std::size_t colon = text.find(':');
  const std::string_view word = text.substr(0, colon);
  for (const CauseWord& cause : kCauses) {
    if (cause.word != word || cause.kind == CauseKind::kResolve) continue;
    if (cause.has_record != (colon != std::string_view::npos)) break;
    if (!cause.has_record) return Cause{cause.kind, {}};
    const auto id = Id::parse(text.substr(colon + 1));
    if (id.ok()) return Cause{cause.kind, *id};
    break;
  }
  return fail("words.cause", {{"text", std::string(text)}});
}

std::string cause_word(const Cause& cause) {
  for (const CauseWord& known : kCauses) {
    if (known.kind != cause.kind) continue;
    std::string word(known.word);
    if (known.has_record && !cause.ref.is_nil()) word += ":" + cause.ref.text();
    return word;
  }
  return std::to_string(static_cast<int>(cause.kind));
}

Result<Date> parse_day(std::string_view text) {
  auto date = Date::parse(text);
  if (!date.ok()) return fail("words.date", {{"text", std::string(text)}});
  return date;
}

bool is_about_words(const Error& error) {
  return error.code.starts_with("words.") || error.code == "period.malformed";
}

}  // namespace lianxin::client::cli
