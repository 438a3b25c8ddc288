#include "shared/domain/extension.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>

#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/catalogue_words.hpp"
#include "shared/domain/named_check.hpp"

namespace lianxin::domain {
namespace {

constexpr std::string_view kOwnName = "own_";  ///< no field of the program's ever begins so
constexpr std::size_t kOwnNameMax = 40;
constexpr std::size_t kLabelMax = 40;
constexpr std::size_t kEnglishLabelMax = 80;
constexpr std::size_t kPurposeMin = 4;
constexpr std::size_t kPurposeMax = 500;
constexpr std::size_t kChecksMax = 200;
constexpr std::int64_t kLastNumber = 65535;

bool has_codes(Type type) { return type == Type::kCode || type == Type::kCodeSet || type == Type::kCodeList; }
bool has_reference(Type type) { return type == Type::kReference || type == Type::kReferenceSet; }
bool is_text(Type type) { return type == Type::kText || type == Type::kLongText; }

bool is_own_name(std::string_view name) {
  return name.starts_with(kOwnName) && name.size() > kOwnName.size() && name.size() <= kOwnNameMax &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

/// A word people read: one line, something in it.
bool is_label(const std::string& text, std::size_t most) {
  return !text.empty() && text == trim(text) && code_points(text) <= most &&
         std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
}

std::string no_dash(const std::string& word) { return word == "-" ? std::string() : word; }

/// One row against the catalogue as it is so far.
class OneRow {
 public:
  OneRow(const Catalogue& base, const Kind& kind, const ExtensionRow& row)
      : base_(base), kind_(kind), row_(row) {}

  Result<Field> field() {
    LX_DO(names());
    LX_DO(words());
    LX_DO(fits());
    LX_DO(target());
    LX_DO(checks());
    field_.own = std::make_shared<const OwnField>(OwnField{row_.zh, row_.en, row_.purpose, row_.retired});
    return std::move(field_);
  }

 private:
  Status names() {
    const auto number = read_integer(row_.number);
    if (!number || *number < kFirstCustomField || *number > kLastNumber ||
        std::to_string(*number) != row_.number)
      return wrong("number", {{"text", row_.number}});
    if (!is_own_name(row_.name)) return wrong("name", {{"text", row_.name}});
    field_.wire = static_cast<std::uint16_t>(*number);
    field_.name = row_.name;
    if (kind_.field(field_.wire) != nullptr || kind_.field(field_.name) != nullptr)
      return wrong("twice", {{"text", row_.name}});
    if (!is_label(row_.zh, kLabelMax) || !is_label(row_.en, kEnglishLabelMax)) return wrong("label");
    const std::size_t length = code_points(row_.purpose);
    const bool has_purpose =
        length >= kPurposeMin && length <= kPurposeMax && row_.purpose == trim(row_.purpose);
    return has_purpose ? Status() : wrong("purpose");
  }

  Status words() {
    const auto type = type_of(row_.type);
    const auto policy = policy_of(row_.policy);
    const auto privacy = privacy_of(row_.privacy);
    const auto required = required_of(row_.required);
    if (!type || *type == Type::kStrokes || *type == Type::kThumbnail)
      return wrong("word", {{"text", row_.type}});
    if (!policy) return wrong("word", {{"text", row_.policy}});
    if (!privacy) return wrong("word", {{"text", row_.privacy}});
    if (!required) return wrong("word", {{"text", row_.required}});
    field_.type = *type;
    field_.policy = *policy;
    field_.privacy = *privacy;
    field_.required = row_.retired && *required == Required::kComplete ? Required::kNo : *required;
    return {};
  }

  Status fits() {
    const bool ordered = field_.type == Type::kInteger || field_.type == Type::kDate;
    const bool of_order = field_.policy == Policy::kMax || field_.policy == Policy::kMin;
    if (field_.is_set() != (field_.policy == Policy::kBoth) || (of_order && !ordered) ||
        (field_.policy == Policy::kFact && !kind_.is_fact))
      return wrong("policy", {{"text", row_.policy}});
    // Who may hold none of a record's fields must not learn that there is such a record.
    if (field_.privacy < kind_.mark_class()) return wrong("privacy", {{"text", row_.privacy}});
    // Elements stand in heads, which outlive a purge.
    if (field_.is_set() && field_.privacy != PrivacyClass::kGeneral) return wrong("set");
    return field_.required == Required::kBlocks ? wrong("blocks") : Status();
  }

  Status target() {
    field_.target = no_dash(row_.target);
    if (!row_.choices.empty()) {
      LX_TRY(const std::vector<Code> choices, choices_of(row_));
      auto list = own_code_list(choices);
      if (!list.ok() || !has_codes(field_.type)) return wrong("choices");
      field_.target = *list;
      return {};
    }
    const bool is_right = has_codes(field_.type)       ? code_list(field_.target) != nullptr
                          : has_reference(field_.type) ? base_.kind(field_.target) != nullptr
                                                       : field_.target.empty();
    return is_right ? Status() : wrong("target", {{"text", row_.target}});
  }

  Status checks() {
    field_.check = no_dash(row_.checks);
    for (const std::string& word : check_words(field_)) {
      if (row_.checks.size() > kChecksMax || !is_named_check(kind_, word))
        return wrong("check", {{"text", word}});
    }
    // Whatever people type is searched for ID and telephone numbers.
    if (is_text(field_.type) && field_.check.find("private") == std::string::npos)
      field_.check += field_.check.empty() ? "private" : " private";
    return {};
  }

  [[nodiscard]] Error wrong(std::string_view what, std::vector<ErrorArg> args = {}) const {
    args.insert(args.begin(), {{"line", std::to_string(row_.line)}, {"field", row_.kind + "." + row_.name}});
    return fail("extension." + std::string(what), std::move(args));
  }

  const Catalogue& base_;
  const Kind& kind_;
  const ExtensionRow& row_;
  Field field_;
};

/// What the program or its server writes, and what all offices must mean alike.
constexpr std::array<std::string_view, 15> kClosed = {
    "org_unit",    "org_code",    "worker",      "worker_role",  "import_batch",
    "import_row",  "attachment",  "points_rule", "points_entry", "report_snapshot",
    "report_part", "month_close", "parameter",   "festival_day", "custom_field",
};

}  // namespace

bool may_be_extended(const Kind& kind) {
  return kind.name != "audit_entry" && std::find(kClosed.begin(), kClosed.end(), kind.name) == kClosed.end();
}

Result<std::vector<Code>> choices_of(const ExtensionRow& row) {
  std::vector<Code> out;
  const auto wrong = [&] {
    return fail("extension.choices",
                {{"line", std::to_string(row.line)}, {"field", row.kind + "." + row.name}});
  };
  for (const std::string& line : split(row.choices, '\n')) {
    const std::vector<std::string> words = split(line, '|');
    if (words.size() != 3 || out.size() == kChoicesMax) return wrong();
    const bool is_word = !words[0].empty() && words[0].size() <= kOwnNameMax &&
                         std::all_of(words[0].begin(), words[0].end(), [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                         });
    if (!is_word || !is_label(words[1], kLabelMax) || !is_label(words[2], kEnglishLabelMax)) return wrong();
    out.push_back({words[0], words[1], words[2], {}});
  }
  return out;
}

Extended extend(const Catalogue& base, std::vector<ExtensionRow> rows) {
  const auto number_of = [](const ExtensionRow& row) { return read_integer(row.number).value_or(0); };
  std::stable_sort(rows.begin(), rows.end(), [&](const ExtensionRow& a, const ExtensionRow& b) {
    return std::tuple(number_of(a), a.kind, a.name) < std::tuple(number_of(b), b.kind, b.name);
  });
  std::vector<Error> refused;
  std::vector<Catalogue::OwnRow> taken;
  std::map<std::uint16_t, Kind> kinds;  // as far as they are extended
  for (const ExtensionRow& row : rows) {
    const Kind* found = base.kind(row.kind);
    const auto wrong = [&](std::string_view what) {
      refused.push_back(fail(
          "extension." + std::string(what),
          {{"line", std::to_string(row.line)}, {"field", row.kind + "." + row.name}, {"text", row.kind}}));
    };
    if (found == nullptr || !may_be_extended(*found)) {
      wrong("kind");
      continue;
    }
    Kind& kind = kinds.try_emplace(found->wire, *found).first->second;
    if (taken.size() == kOwnFieldsMax || kind.fields.size() >= found->fields.size() + kOwnFieldsOfKindMax) {
      wrong("many");
      continue;
    }
    auto field = OneRow(base, kind, row).field();
    if (!field.ok()) {
      refused.push_back(std::move(field).error());
      continue;
    }
    kind.fields.push_back(*field);
    taken.push_back({kind.wire, std::move(*field)});
  }
  return {base.with(taken), std::move(refused)};
}

Id custom_field_id(std::uint16_t kind, std::uint16_t number) {
  const Hash256 hash = hash256("lianxin own field " + std::to_string(kind) + " " + std::to_string(number));
  Id id;
  std::copy_n(hash.octets.begin(), id.octets.size(), id.octets.begin());
  id.octets[6] = static_cast<std::uint8_t>((id.octets[6] & 0x0F) | 0x80);  // UUIDv8 (RFC 9562)
  id.octets[8] = static_cast<std::uint8_t>((id.octets[8] & 0x3F) | 0x80);
  return id;
}

}  // namespace lianxin::domain
