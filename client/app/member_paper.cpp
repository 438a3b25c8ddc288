#include "client/app/member_paper.hpp"

#include <algorithm>
#include <set>

#include "client/app/audit.hpp"
#include "client/report/paper.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/private_numbers.hpp"

namespace lianxin::client::app {
namespace {

using domain::PrivacyClass;
using view::Wording;

/// Ids of a kind's records in the order of the catalogue, oldest first.
class Gathering {
 public:
  explicit Gathering(store::LaptopStore& store) : store_(store) {}

  /// With all that hangs on it, or alone: on an activity hang other members' attendances.
  Status add(const Id& record, bool deep) {
    if (!seen_.insert(record).second) return {};
    LX_TRY(auto shown, store_.records().get(record));
    if (!shown) return {};
    for (const auto& [kind, children] : shown->children) {
      for (const Id& child : children) {
        if (deep) LX_DO(add(child, true));
      }
    }
    records_.push_back(std::move(*shown));
    return {};
  }

  /// Records of any kind that name the member in a field of their own.
  Status add_naming(const Id& member) {
    for (const domain::Kind& kind : store_.records().catalogue().kinds()) {
      for (const domain::Field& field : kind.fields) {
        if (field.target != "member") continue;
        store::ListQuery query{.kind = kind.name, .where = {{field.name, member.text()}}, .with_void = true};
        query.with_aliased = true;
        LX_TRY(const auto rows, store_.records().list(query));
        for (const store::ListRow& row : rows)
          LX_DO(add(row.id, false));
      }
    }
    return {};
  }

  [[nodiscard]] std::vector<store::RecordShown> sorted() {
    const auto place = [](const store::RecordShown& record) {
      const domain::Kind* kind = domain::Catalogue::base().kind(record.kind);
      const int wire = kind == nullptr ? 0xFFFF : kind->wire;
      return std::pair(record.kind == "member" ? 0 : wire, record.id);
    };
    std::sort(records_.begin(), records_.end(),
              [&](const auto& a, const auto& b) { return place(a) < place(b); });
    return std::move(records_);
  }

 private:
  store::LaptopStore& store_;
  std::set<Id> seen_;
  std::vector<store::RecordShown> records_;
};

std::string masked_words(const store::RecordShown& record, const domain::Field& field,
                         const std::string& value) {
  std::string masked = view::masked_value(record.kind, field.name, value);
  return masked.empty() ? domain::mask_private_numbers(value) : masked;
}

bool is_stamp(const domain::Field& field) {
  return field.name == "org_id_at_event" || field.name == "division_code_at_event";
}

Result<std::string> words_of(const view::ViewSources& sources, const store::RecordShown& record,
                             const domain::Field& field, bool whole) {
  const store::FieldShown& shown = record.fields.at(field.name);
  if (shown.purged && shown.value.empty() && shown.elements.empty())
    return sources.wording.text("paper.member.purged");
  const std::string value = shown.elements.empty() ? shown.value : join(shown.elements, ",");
  const bool is_text = field.type == domain::Type::kText || field.type == domain::Type::kLongText;
  if (is_text && !whole) return masked_words(record, field, value);
  return view::value_in_words(sources, field, value);
}

Status add_rows(const view::ViewSources& sources, const store::RecordShown& record, bool whole,
                report::Paper& paper) {
  const domain::Kind* kind = sources.catalogue().kind(record.kind);
  if (kind == nullptr) return {};
  std::string state;
  if (record.voided) state = sources.wording.text("paper.member.voided");
  if (record.deleted) state = sources.wording.text("paper.member.deleted");
  paper.rows.push_back(
      {sources.wording.text("kind." + record.kind), view::day_in_words(sources, record), state});
  for (const domain::Field& field : kind->fields) {
    const auto shown = record.fields.find(field.name);
    if (shown == record.fields.end() || is_stamp(field)) continue;
    LX_TRY(std::string words, words_of(sources, record, field, whole));
    if (words.empty()) continue;
    LX_TRY(const std::string who, view::worker_name(sources, shown->second.author));
    const std::string when =
        sources.wording.day(Date::of(shown->second.effective_ms).text(), sources.today());
    paper.rows.push_back(
        {"  " + sources.label(kind->name, field.name), std::move(words), Wording::dotted({when, who})});
  }
  return {};
}

/// What this laptop does not hold of the member.
Result<std::vector<std::string>> absent(const view::ViewSources& sources, const Id& scope, bool is_office) {
  std::vector<std::string> missing;
  LX_TRY(const auto scopes, sources.store.records().scopes());
  const auto held =
      std::find_if(scopes.begin(), scopes.end(), [&](const auto& one) { return one.scope == scope; });
  std::vector<std::string> partial;
  for (std::uint8_t one = 0; one < domain::kPrivacyClassCount; ++one) {
    const std::string name = sources.wording.text("class." + std::to_string(one));
    const bool holds = held != scopes.end() &&
                       std::find(held->classes.begin(), held->classes.end(), one) != held->classes.end();
    if (!holds)
      missing.push_back(name);
    else if (!is_office && one >= static_cast<std::uint8_t>(PrivacyClass::kHardship))
      partial.push_back(name);
  }
  std::vector<std::string> notes;
  if (!missing.empty())
    notes.push_back(
        sources.wording.text("paper.member.absent", {{"what", sources.wording.enumerate(missing)}}));
  if (!partial.empty())
    notes.push_back(sources.wording.text("paper.member.own", {{"what", sources.wording.enumerate(partial)}}));
  return notes;
}

}  // namespace

Result<MemberPaper> member_paper(const view::ViewSources& sources, const Id& member) {
  store::Records& records = sources.store.records();
  LX_TRY(const auto card, records.get(member));
  if (!card) return fail("record.unknown", {{"id", member.text()}});
  if (card->kind != "member") return fail("member.kind", {{"id", member.text()}});
  const bool whole = may_take_unmasked(sources.store).ok();
  Gathering gathering(sources.store);
  LX_TRY(std::vector<Id> ones, records.cluster(member));
  ones.push_back(member);
  for (const Id& one : ones) {
    LX_DO(gathering.add(one, true));
    LX_DO(gathering.add_naming(one));
  }
  const std::vector<store::RecordShown> all = gathering.sorted();
  const Wording& wording = sources.wording;
  report::Paper paper;
  MemberPaper out{"", card->value("name"), card->scope, all.size()};
  LX_TRY(const std::string village, store::name_of(sources.store.database(), "org_unit", card->scope));
  paper.title = wording.text("paper.member.title", {{"name", out.name}});
  paper.facts = {
      wording.text("paper.member.held", {{"village", village}, {"count", std::to_string(all.size())}})};
  if (!whole) paper.facts.push_back(wording.text("paper.member.masked"));
  paper.columns = {{wording.text("paper.member.what"), 1.4},
                   {wording.text("paper.member.value"), 2.5},
                   {wording.text("paper.member.known"), 1.7}};
  for (const store::RecordShown& record : all)
    LX_DO(add_rows(sources, record, whole, paper));
  LX_TRY(paper.notes, absent(sources, card->scope, whole));
  paper.notes.push_back(wording.text("paper.member.rights"));
  paper.signatures = {wording.text("paper.member.self"), wording.text("paper.member.office")};
  paper.footer = wording.text("paper.receipt.footer", {{"day", wording.partial_day(sources.today().text())},
                                                       {"time", Wording::clock_time(sources.now())}});
  paper.made_ms = sources.now();
  LX_TRY(out.pdf, report::paper_pdf(paper));
  return out;
}

}  // namespace lianxin::client::app
