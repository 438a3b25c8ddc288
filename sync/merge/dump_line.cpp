#include "sync/merge/dump_line.hpp"

#include <algorithm>
#include <map>

#include "shared/base/json_text.hpp"
#include "sync/merge/merge.hpp"

namespace lianxin::sync::merge {
namespace {

/// One field: its scalar register, and those of its elements.
struct FieldText {
  std::string scalar;
  std::map<std::string, std::string> elements;
};

std::string field_name(const domain::Kind* kind, std::uint16_t wire) {
  const domain::Field* field = kind == nullptr ? nullptr : kind->field(wire);
  if (field != nullptr) return field->name;
  for (const domain::Field& common : domain::Catalogue::common_fields()) {
    if (common.wire == wire) return common.name;
  }
  return "#" + std::to_string(wire);
}

std::string register_text(const Register& reg, domain::Policy policy, const ClassState& owner) {
  const Shown seen = shown(reg, policy, owner);
  std::string out = "{\"heads\":[";
  for (const Head& head : reg.heads) {
    if (out.back() != '[') out += ',';
    out += json_quote(head.id.text());
  }
  out += "],";
  if (seen.purged) out += "\"purged\":true,";
  return out + "\"value\":" + (seen.value ? json_quote(*seen.value) : "null") + '}';
}

std::string field_text(const FieldText& field) {
  if (field.elements.empty()) return field.scalar;
  std::string out = "{\"elements\":{";
  for (const auto& [element, text] : field.elements) {
    if (out.back() != '{') out += ',';
    out += json_quote(element) + ':' + text;
  }
  out += '}';
  // A field that was once a scalar and is a set now shows both.
  if (!field.scalar.empty()) out += ",\"scalar\":" + field.scalar;
  return out + '}';
}

}  // namespace

std::string dump_kind(const domain::Catalogue& catalogue, std::uint16_t kind) {
  const domain::Kind* known = catalogue.kind(kind);
  return known != nullptr ? known->name : "#" + std::to_string(kind);
}

std::string dump_line(const RecordState& state, const domain::Catalogue& catalogue,
                      std::vector<std::string> scopes) {
  const domain::Kind* kind = catalogue.kind(state.kind);
  std::map<std::string, FieldText> fields;
  for (const auto& [privacy, owner] : state.classes) {
    for (const auto& [key, reg] : owner.registers) {
      if (reg.heads.empty()) continue;
      FieldText& field = fields[field_name(kind, key.field)];
      const std::string text = register_text(reg, policy_of(catalogue, state.kind, key.field), owner);
      (key.element.empty() ? field.scalar : field.elements[key.element]) = text;
    }
  }
  if (fields.empty()) return {};
  std::sort(scopes.begin(), scopes.end());
  std::string out = "{\"id\":" + json_quote(state.record.text()) +
                    ",\"kind\":" + json_quote(dump_kind(catalogue, state.kind)) + ",\"scopes\":[";
  for (const std::string& scope : scopes) {
    if (out.back() != '[') out += ',';
    out += json_quote(scope);
  }
  out += "],\"fields\":{";
  for (const auto& [name, field] : fields) {
    if (out.back() != '{') out += ',';
    out += json_quote(name) + ':' + field_text(field);
  }
  return out + "}}";
}

}  // namespace lianxin::sync::merge
