#include "client/view/view_sources.hpp"

#include <functional>

#include "shared/base/text.hpp"
#include "shared/domain/amount.hpp"
#include "shared/domain/codes.hpp"
#include "shared/domain/id_number.hpp"
#include "shared/domain/phone.hpp"
#include "shared/domain/places.hpp"

namespace lianxin::client::view {
namespace {

bool is_phone(std::string_view kind, std::string_view field) {
  return (kind == "contact_point" && field == "value") || field == "phone" || field == "to_phone" ||
         field == "dest_contact_phone" || field == "employer_contact" || field == "contact_phone";
}

}  // namespace

namespace {

/// `value` gives that of a field, "" = none.
using ValueOf = std::function<std::string(const char* field)>;

std::string day_of(const ViewSources& sources, const ValueOf& value) {
  for (const char* field :
       {"occurred_on", "pushed_on", "opened_on", "dispatched_on", "received_on", "left_on", "issued_on",
        "asked_on", "confirmed_on", "closed_on", "recognised_on", "formed_on", "from", "as_of"}) {
    if (const std::string day = value(field); !day.empty())
      return day.size() == 10 ? sources.wording.day(day, sources.today()) : sources.wording.partial_day(day);
  }
  return "";
}

Result<std::string> name_of(const ViewSources& sources, const Id& id, const std::string& kind,
                            const ValueOf& value) {
  for (const char* field : {"name", "title", "topic", "cert_no"}) {
    if (std::string own = value(field); !own.empty()) return own;
  }
  LX_TRY(const Id member, member_of(sources, id));
  std::string whom;
  if (!member.is_nil()) {
    LX_TRY(whom, store::name_of(sources.store.database(), "member", member));
  }
  return Wording::dotted({sources.wording.text("kind." + kind), whom, day_of(sources, value)});
}

}  // namespace

std::string day_in_words(const ViewSources& sources, const store::RecordShown& record) {
  return day_of(sources, [&](const char* field) { return record.value(field); });
}

Result<std::string> name_in_words(const ViewSources& sources, const Id& id) {
  LX_TRY(const auto record, sources.store.records().get(id));
  if (!record) return sources.wording.text("view.not_here");
  return name_of(sources, id, record->kind, [&](const char* field) { return record->value(field); });
}

Result<std::string> name_in_words(const ViewSources& sources, const std::string& kind,
                                  const store::ListRow& row) {
  return name_of(sources, row.id, kind, [&](const char* field) {
    const auto found = row.values.find(field);
    return found == row.values.end() ? std::string() : found->second;
  });
}

Result<std::string> value_in_words(const ViewSources& sources, const domain::Field& field,
                                   const std::string& value) {
  using domain::Type;
  const Wording& wording = sources.wording;
  if (value.empty()) return value;
  switch (field.type) {
    case Type::kCode:
    case Type::kCodeSet:
    case Type::kCodeList:
      return wording.codes(field.target, value);
    case Type::kReference:
    case Type::kReferenceSet: {
      std::vector<std::string> names;
      for (const std::string& one : split(value, ',')) {
        const auto id = Id::parse(one);
        if (!id.ok()) continue;
        const domain::Kind* kind = domain::Catalogue::base().kind(field.target);
        std::string name;
        if (kind != nullptr && kind->field("name") != nullptr) {
          LX_TRY(name, store::name_of(sources.store.database(), field.target, *id));
          if (name.empty()) name = wording.text("view.not_here");
        } else {
          LX_TRY(name, name_in_words(sources, *id));
        }
        names.push_back(std::move(name));
      }
      return wording.enumerate(names);
    }
    case Type::kDate:
    case Type::kPartialDate:
      return wording.partial_day(value);
    case Type::kBool:
      return wording.code("yes_no", value);
    case Type::kStrokes:
      return wording.text("view.signed");
    case Type::kThumbnail:
      return wording.text("view.small_picture");
    default:
      break;
  }
  if (domain::is_amount(field)) return domain::yuan_of_fen(value);
  if (domain::is_instant(field)) return wording.moment(read_integer(value).value_or(0), sources.today());
  if (field.check.find("division") != std::string::npos) {
    if (value == "unknown") return wording.text("place.unknown");
    const std::string place = place_in_words(wording, value, "");
    return place.empty() ? value : place;
  }
  return value;
}

std::string masked_value(std::string_view kind, std::string_view field, const std::string& value) {
  if (value.empty()) return {};
  if (field == "id_no") return domain::mask_id_number(value);
  if (!is_phone(kind, field)) return {};
  std::string masked = domain::mask_phone(value);
  return masked == value ? std::string() : masked;
}

Result<std::string> worker_name(const ViewSources& sources, const Id& worker) {
  if (worker == sources.store.identity().worker && !sources.store.identity().worker_name.empty())
    return sources.store.identity().worker_name;
  LX_TRY(std::string name, store::name_of(sources.store.database(), "worker", worker));
  return name.empty() ? sources.wording.text("view.unknown_worker") : std::move(name);
}

std::string cause_in_words(const Wording& wording, sync::change::CauseKind cause) {
  using sync::change::CauseKind;
  switch (cause) {
    case CauseKind::kVisit:
      return wording.text("view.cause.visit");
    case CauseKind::kPhone:
      return wording.text("view.cause.phone");
    case CauseKind::kDocument:
      return wording.text("view.cause.document");
    case CauseKind::kCorrection:
      return wording.text("view.cause.correction");
    case CauseKind::kFamily:
      return wording.text("view.cause.family");
    case CauseKind::kImport:
      return wording.text("view.cause.import");
    case CauseKind::kResolve:
      return wording.text("view.cause.resolve");
    case CauseKind::kTyped:
      break;
  }
  return wording.text("view.cause.typed");
}

std::string place_in_words(const Wording& wording, const std::string& division, const std::string& words) {
  std::string code = division.substr(0, 2);
  if (code.size() < 2 || !is_digits(code) || !domain::is_code("province", code)) code.clear();
  const std::string province = wording.code("province", code);
  if (province.empty()) return words;
  // Places are written in Chinese, mostly with the province in front.
  const std::string told = domain::place_name(code);
  const std::string place = words.empty() ? domain::place_name(division) : words;
  if (wording.language() == "en") {
    const std::string written = domain::code_name("province", code, "zh");
    std::string rest = place;
    for (const std::string& before : {written, told}) {
      if (rest.size() == place.size() && rest.starts_with(before)) rest = rest.substr(before.size());
    }
    return rest.empty() ? province : province + ", " + rest;
  }
  return place.starts_with(first_code_points(told, 2)) ? place : told + place;
}

std::string place_in_brief(const Wording& wording, const std::string& division, const std::string& words) {
  constexpr std::size_t kPrefectureDigits = 4;
  const std::string prefecture = division.substr(0, kPrefectureDigits);
  const bool is_known = prefecture.size() == kPrefectureDigits && !prefecture.ends_with("00") &&
                        domain::place_name(prefecture) != domain::place_name(prefecture.substr(0, 2));
  if (is_known) return place_in_words(wording, prefecture, "");
  const std::string begun = domain::place_begun(words);
  return begun.empty() ? place_in_words(wording, division, words) : place_in_words(wording, begun, "");
}

Result<std::string> before_saving(const ViewSources& sources, std::string_view kind, const Id& place) {
  LX_TRY(const auto told, sources.store.records().told_of_place(kind, place));
  const domain::Kind* known = sources.catalogue().kind(kind);
  if (!told || known == nullptr) return std::string();
  return domain::problem_sentence(sources.wording.messages(), *known, *told);
}

Result<Id> member_of(const ViewSources& sources, const Id& record) {
  return store::member_behind(sources.store.database(), record);
}

}  // namespace lianxin::client::view
