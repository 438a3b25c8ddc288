#include "shared/domain/edit_role.hpp"

#include <algorithm>
#include <array>

#include "assets/assets.hpp"
#include "shared/base/check.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/codes.hpp"

namespace lianxin::domain {
namespace {

constexpr std::array<std::string_view, 4> kWords = {"worker", "village", "township", "county"};
constexpr std::size_t kRowWords = 3;  // edit, role, what

std::optional<EditRole> role_of(std::string_view text) {
  const auto found = std::find(kWords.begin(), kWords.end(), text);
  if (found == kWords.end()) return std::nullopt;
  return static_cast<EditRole>(found - kWords.begin());
}

}  // namespace

std::string_view word(EditRole role) { return kWords.at(static_cast<std::size_t>(role)); }

/// Reads the rows; those of kinds and fields are the catalogue's and only say where an `edit` row stands.
class EditRoleReader {
 public:
  explicit EditRoleReader(const Catalogue& catalogue) : catalogue_(catalogue) {}

  Result<EditRoles> read(std::string_view tsv) {
    for (std::string line : split(tsv, '\n')) {
      ++line_;
      if (line.ends_with('\r')) line.pop_back();
      const std::vector<std::string> words = split(line, '\t');
      if (words.front() == "kind" && words.size() > 2) {
        kind_ = catalogue_.kind(words[2]);
      } else if (words.front() == "edit" || words.front() == "new") {
        LX_DO(row(words));
      }
    }
    return std::move(out_);
  }

 private:
  Status row(const std::vector<std::string>& words) {
    if (words.size() != kRowWords) return malformed("an edit row has 3 columns");
    if (kind_ == nullptr) return malformed("an edit row before the first kind");
    const auto role = role_of(words[1]);
    if (!role) return malformed("unknown role " + words[1]);
    EditRoles::KindRoles& kind = out_.kinds_[kind_->wire];
    const bool of_new = words[0] == "new";
    if (of_new) {
      if (kind.first) return malformed("new twice: " + kind_->name);
      kind.first = *role;
    } else if (words[2] == "-") {
      kind.least = *role;
    }
    if (words[2] == "-") return {};
    for (const std::string& what : split(words[2], ' '))
      LX_DO(of_new ? open(kind, what) : edit(kind, *role, what));
    return {};
  }

  /// "F", "F=code" or "F=code!".
  Status edit(EditRoles::KindRoles& kind, EditRole role, std::string what) {
    const bool keeps = what.ends_with('!');
    if (keeps) what.pop_back();
    const std::vector<std::string> parts = split(what, '=');
    LX_TRY(const Field* field, field_of(parts));
    EditRoles::FieldRoles& roles = kind.fields[field->wire];
    if (parts.size() == 2) {
      if (!roles.codes.emplace(parts[1], EditRoles::CodeRole{role, keeps}).second)
        return malformed("code twice: " + what);
      return {};
    }
    if (keeps || roles.least) return malformed("field twice, or without a code: " + what);
    roles.least = role;
    return {};
  }

  Status open(EditRoles::KindRoles& kind, const std::string& what) {
    const std::vector<std::string> parts = split(what, '=');
    LX_TRY(const Field* field, field_of(parts));
    if (parts.size() != 2) return malformed("no code: " + what);
    kind.fields[field->wire].open.insert(parts[1]);
    return {};
  }

  Result<const Field*> field_of(const std::vector<std::string>& parts) {
    const Field* field = kind_->field(parts.front());
    if (field == nullptr || field->wire < kFirstKindField || parts.size() > 2)
      return malformed("no field " + kind_->name + "." + parts.front());
    if (parts.size() == 1) return field;
    const bool has_code = field->type == Type::kCode && is_code(field->target, parts[1]);
    if (!has_code) return malformed("no code " + kind_->name + "." + parts.front() + "=" + parts[1]);
    return field;
  }

  [[nodiscard]] Error malformed(std::string why) const {
    return fail("catalogue.malformed", {{"line", std::to_string(line_)}, {"why", std::move(why)}});
  }

  const Catalogue& catalogue_;
  const Kind* kind_ = nullptr;
  std::size_t line_ = 0;
  EditRoles out_;
};

const EditRoles& EditRoles::base() {
  static const EditRoles kBase = [] {
    auto parsed = parse(assets::file("assets/catalogue/base.tsv"), Catalogue::base());
    LX_CHECK(parsed.ok(), "the program's own catalogue says who may write what");
    return std::move(*parsed);
  }();
  return kBase;
}

Result<EditRoles> EditRoles::parse(std::string_view tsv, const Catalogue& catalogue) {
  return EditRoleReader(catalogue).read(tsv);
}

const EditRoles::KindRoles* EditRoles::of(const Kind& kind) const {
  const auto found = kinds_.find(kind.wire);
  return found == kinds_.end() ? nullptr : &found->second;
}

const EditRoles::FieldRoles* EditRoles::of(const Kind& kind, const Field& field) const {
  const KindRoles* roles = of(kind);
  if (roles == nullptr) return nullptr;
  const auto found = roles->fields.find(field.wire);
  return found == roles->fields.end() ? nullptr : &found->second;
}

EditRole EditRoles::to_make(const Kind& kind) const {
  const KindRoles* roles = of(kind);
  return roles == nullptr ? EditRole::kWorker : roles->least;
}

EditRole EditRoles::to_write(const Kind& kind, const Field& field) const {
  if (field.wire < kFirstKindField) return EditRole::kWorker;
  const FieldRoles* roles = of(kind, field);
  return roles != nullptr && roles->least ? *roles->least : to_make(kind);
}

EditRole EditRoles::to_write(const Kind& kind, const Field& field, const std::string& from,
                             const std::string& to, bool making) const {
  EditRole needed = to_write(kind, field);
  const FieldRoles* roles = of(kind, field);
  if (roles != nullptr) {
    const auto entered = roles->codes.find(to);
    const auto left = roles->codes.find(from);
    if (entered != roles->codes.end()) needed = std::max(needed, entered->second.role);
    if (left != roles->codes.end() && left->second.keeps) needed = std::max(needed, left->second.role);
  }
  if (!making) return needed;
  const bool is_open = roles != nullptr && roles->open.count(to) > 0;
  const KindRoles* whole = of(kind);
  const bool is_first = whole != nullptr && whole->first && needed <= *whole->first;
  const bool by_its_code = roles != nullptr && roles->codes.count(to) > 0;
  return is_open || (is_first && !by_its_code) ? std::min(needed, to_make(kind)) : needed;
}

EditRole EditRoles::to_remove(const Kind& kind, const RecordValues& values) const {
  EditRole needed = to_make(kind);
  const KindRoles* roles = of(kind);
  if (roles == nullptr) return needed;
  for (const auto& [wire, of_field] : roles->fields) {
    const Field* field = kind.field(wire);
    const auto value = field == nullptr ? values.scalars.end() : values.scalars.find(field->name);
    if (value == values.scalars.end()) continue;
    const auto code = of_field.codes.find(value->second);
    if (code != of_field.codes.end() && code->second.keeps) needed = std::max(needed, code->second.role);
  }
  return needed;
}

}  // namespace lianxin::domain
