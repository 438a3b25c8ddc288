#include "client/view/kept_aside_view_builder.hpp"

namespace lianxin::client::view {
namespace {

constexpr std::size_t kRowsMax = 200;

/// "赵志远", or what kind of record it is where no member is behind it.
Result<std::string> name_of_record(const ViewSources& sources, const Id& member, const std::string& kind) {
  if (member.is_nil()) return sources.wording.text("kind." + kind);
  return store::name_of(sources.store.database(), "member", member);
}

/// "联系电话 138****1234": what was typed stays readable while it waits.
Result<std::string> written_in_words(const ViewSources& sources, const store::KeptAside& one, std::size_t i) {
  const std::string& name = one.fields[i];
  const domain::Kind* kind = sources.catalogue().kind(one.kind);
  const domain::Field* field = kind == nullptr ? nullptr : kind->field(name);
  if (field == nullptr) return name;
  std::string words = sources.label(one.kind, name);
  if (one.values[i].empty()) return words;
  LX_TRY(const std::string value, value_in_words(sources, *field, one.values[i]));
  const std::string masked = masked_value(one.kind, name, one.values[i]);
  return words + " " + (masked.empty() ? value : masked);
}

Result<std::string> office_name(const ViewSources& sources, const std::string& code) {
  if (code.empty()) return sources.wording.text("view.aside.county");
  const auto unit = sources.store.records().find_id(code);
  if (!unit.ok()) return code;
  LX_TRY(const std::string name, store::name_of(sources.store.database(), "org_unit", *unit));
  return name.empty() ? code : name;
}

Result<KeptAsideView::Row> row_of(const ViewSources& sources, const store::KeptAside& one) {
  const Wording& wording = sources.wording;
  KeptAsideView::Row row;
  row.change = one.change.text();
  LX_TRY(row.member, member_of(sources, one.record));
  LX_TRY(const std::string name, name_of_record(sources, row.member, one.kind));
  std::vector<std::string> fields;
  for (std::size_t i = 0; i < one.fields.size(); ++i) {
    LX_TRY(std::string words, written_in_words(sources, one, i));
    fields.push_back(std::move(words));
  }
  row.what = Wording::dotted({name, wording.enumerate(fields)});
  row.when = wording.day(Date::of(one.wall_ms).text(), sources.today());
  if (one.is_closed) {
    row.state = {wording.text("view.aside.closed"), Tone::kNeedsYou, Mark::kNeedsYou};
    row.why = one.reason;
    return row;
  }
  if (one.reason.empty()) {  // another's: its office and its reason come with the sync after
    row.state = {wording.text("view.aside.waits_untold"), Tone::kAgeing, Mark::kDue};
    row.why = wording.text("view.aside.no_reason");
    return row;
  }
  LX_TRY(const std::string office, office_name(sources, one.owner));
  row.state = {wording.text("view.aside.waits", {{"office", office}}), Tone::kAgeing, Mark::kDue};
  row.why = wording.text("quarantine." + one.reason);
  return row;
}

Result<KeptAsideView::Decision> decision_of(const ViewSources& sources, const store::Decided& one) {
  KeptAsideView::Decision out;
  out.change = one.change.text();
  LX_TRY(out.member, member_of(sources, one.record));
  LX_TRY(const auto record, sources.store.records().get(one.record));
  std::string name = sources.wording.text("view.aside.left");
  if (record) {
    LX_TRY(name, name_of_record(sources, out.member, record->kind));
  }
  out.sentence = sources.wording.text(
      one.accepted ? "view.aside.was_accepted" : "view.aside.was_closed",
      {{"name", name}, {"when", sources.wording.moment(one.at_ms, sources.today())}, {"reason", one.reason}});
  return out;
}

}  // namespace

Result<KeptAsideView> build_kept_aside(const ViewSources& sources) {
  KeptAsideView view;
  LX_TRY(const std::vector<store::KeptAside> kept, sources.store.records().kept_aside());
  view.total = static_cast<std::uint32_t>(kept.size());
  for (const store::KeptAside& one : kept) {
    if (view.rows.size() == kRowsMax) break;
    LX_TRY(KeptAsideView::Row row, row_of(sources, one));
    view.rows.push_back(std::move(row));
  }
  LX_TRY(const std::vector<store::Decided> decided, sources.store.records().decided());
  for (const store::Decided& one : decided) {
    LX_TRY(KeptAsideView::Decision decision, decision_of(sources, one));
    view.decisions.push_back(std::move(decision));
  }
  return view;
}

}  // namespace lianxin::client::view
