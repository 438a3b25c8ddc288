#include "client/view/member_file_view_builder.hpp"

#include <algorithm>
#include <string_view>

#include "client/store/fields_off.hpp"
#include "client/view/field_rows.hpp"
#include "client/view/members_view_builder.hpp"

namespace lianxin::client::view {
namespace {

constexpr std::size_t kFactsMax = 500;
constexpr std::size_t kGridsMax = 100;

struct SectionPlan {
  std::string_view key;
  std::string_view kind;
  std::vector<std::string_view> fields;
};

/// Order of the file; fields without a value are shown when they count or stand in `kAlways`.
const std::vector<SectionPlan>& plans() {
  static const std::vector<SectionPlan> kPlans = {
      {"contact", "member", {"home_village_id", "home_address", "current_address", "no_phone_reason"}},
      {"person",
       "member",
       {"name", "name_pinyin", "name_note", "gender", "ethnic", "id_no", "id_missing_reason", "born_on",
        "native_place", "education", "occupation", "new_employment", "grid_id"}},
      {"party",
       "member",
       {"member_class", "affiliation_org_id", "affiliation_text", "joined_on", "full_on", "post_code",
        "standing", "standing_doc_no", "out_of_contact_since", "points_class", "duty_roles"}},
      {"care", "member", {"care_flag", "study_needs", "talent_tags"}},
      {"file",
       "member",
       {"collect_mode", "verify_level", "unverified", "notice_on", "notice_version", "remark"}},
  };
  return kPlans;
}

constexpr std::string_view kAlways[] = {"current_address", "occupation", "care_flag", "study_needs",
                                        "remark"};
const std::vector<std::string_view> kContactFields = {"value"};
const std::vector<std::string_view> kNewEpisodeFields = {"left_on", "kind", "dest_division", "usual_place",
                                                         "employer"};
const std::vector<std::string_view> kInflowFields = {
    "came_from_division", "checked_in_on", "inflow_reason", "origin_org_text",   "origin_contact",
    "holds_certificate",  "employer",      "usual_place",   "former_occupation", "discovery"};
/// What a new outflow does not say: whose it is, its end, and what only inflows have.
constexpr std::string_view kNotOfNewOutflow[] = {
    "member_id", "direction",          "returned_on",     "end_kind",      "home_from",
    "home_to",   "came_from_division", "origin_org_text", "inflow_reason", "holds_certificate"};
/// Said of a contact point besides the number, when it is there.
constexpr std::string_view kPointFields[] = {"owner",     "owner_note", "valid", "verified_on",
                                             "preferred", "from",       "to"};

bool wanted(const domain::Field& field, const FieldRow& row) {
  if (!row.value.empty() || field.required != domain::Required::kNo) return true;
  return std::find(std::begin(kAlways), std::end(kAlways), field.name) != std::end(kAlways);
}

const domain::Kind& kind_of(const ViewSources& sources, std::string_view name) {
  const domain::Kind* kind = sources.catalogue().kind(name);
  LX_CHECK(kind != nullptr, "the kind stands in the catalogue");
  return *kind;
}

/// Few are asked about: what hangs on the member, who works here, the units of this laptop.
Result<Choices> names_for(const ViewSources& sources, const store::RecordShown* member,
                          std::string_view target) {
  if (target == "org_unit") return held_unit_choices(sources);
  Choices out;
  if (target == "worker") {
    const store::Identity& identity = sources.store.identity();
    out.push_back({identity.worker.text(), identity.worker_name});
  } else if (target == "grid" && member != nullptr) {
    store::ListQuery query;
    query.kind = target;
    query.where = {{"village_id", member->value("home_village_id")}};
    query.limit = kGridsMax;
    LX_TRY(const std::vector<store::ListRow> rows, sources.store.records().list(query));
    for (const store::ListRow& row : rows) {
      LX_TRY(std::string name, name_in_words(sources, row.id));
      out.push_back({row.id.text(), std::move(name)});
    }
  } else if (target == "certificate" && member != nullptr) {
    const auto held = member->children.find("certificate");
    if (held == member->children.end()) return out;
    for (const Id& id : held->second) {
      LX_TRY(std::string name, name_in_words(sources, id));
      out.push_back({id.text(), std::move(name)});
    }
  }
  return out;
}

/// A field that names another record is chosen among a few; what is chosen stays readable.
Status make_choosable(const ViewSources& sources, const store::RecordShown* member,
                      const store::RecordShown* record, const domain::Field& field, FieldRow& row) {
  if (field.type != domain::Type::kReference || row.input != FieldInput::kReadOnly) return {};
  if (record != nullptr && record->read_only) return {};
  LX_TRY(row.choices, names_for(sources, member, field.target));
  const bool is_there = std::any_of(row.choices.begin(), row.choices.end(),
                                    [&](const Choice& c) { return c.code == row.edited; });
  if (!row.edited.empty() && !is_there) row.choices.push_back({row.edited, row.value});
  if (row.choices.empty()) return {};
  row.input = FieldInput::kCode;
  return keep_to_roles(sources, *sources.catalogue().kind(row.kind), field, record, row);
}

Status add_empty(const ViewSources& sources, std::string_view kind,
                 const std::vector<std::string_view>& fields, FieldSection& section, bool rare = false,
                 const store::RecordShown* member = nullptr) {
  for (const std::string_view name : fields) {
    const domain::Field* field = kind_of(sources, kind).field(name);
    LX_CHECK(field != nullptr, "the field stands in the catalogue");
    LX_TRY(FieldRow row, empty_field_row(sources, kind_of(sources, kind), *field));
    LX_DO(make_choosable(sources, member, nullptr, *field, row));
    row.rare = rare;
    LX_TRY(const bool hidden, is_hidden(sources, kind_of(sources, kind), *field, row));
    if (!hidden) section.rows.push_back(std::move(row));
  }
  return {};
}

/// The fields of a new outflow that are not asked at once.
std::vector<std::string_view> rest_of_outflow(const ViewSources& sources) {
  std::vector<std::string_view> out;
  const auto stands_in = [](const auto& list, std::string_view name) {
    return std::find(std::begin(list), std::end(list), name) != std::end(list);
  };
  for (const domain::Field& field : kind_of(sources, "mobility_episode").fields) {
    if (!stands_in(kNewEpisodeFields, field.name) && !stands_in(kNotOfNewOutflow, field.name))
      out.push_back(field.name);
  }
  return out;
}

/// Where a member goes who is here, and where one comes from who moved in.
Status add_new_episodes(const ViewSources& sources, const store::RecordShown* member, bool outflow,
                        bool inflow, MemberFileView& view) {
  if (outflow) {
    FieldSection section{"mobility", sources.wording.text("view.section.mobility_new"), {}};
    LX_DO(add_empty(sources, "mobility_episode", kNewEpisodeFields, section, false, member));
    LX_DO(add_empty(sources, "mobility_episode", rest_of_outflow(sources), section, true, member));
    view.sections.push_back(std::move(section));
  }
  if (inflow) {
    FieldSection section{"inflow", sources.wording.text("view.section.inflow_new"), {}};
    LX_DO(add_empty(sources, "mobility_episode", kInflowFields, section, true, member));
    for (FieldRow& row : section.rows)
      row.kind = kNewInflow;
    view.sections.push_back(std::move(section));
  }
  return {};
}

/// "手机 · 本人" before a number says whose it is.
Status add_contact_points(const ViewSources& sources, const MemberRecords& records, FieldSection& section) {
  for (const store::RecordShown& point : records.contact_points) {
    LX_TRY(FieldRow row, field_row(sources, point, *kind_of(sources, "contact_point").field("value")));
    const std::string owner = point.value("owner");
    row.label = Wording::dotted({sources.wording.code("contact_kind", point.value("kind")),
                                 owner == "self" ? "" : sources.wording.code("contact_owner", owner)});
    if (row.label.empty()) row.label = sources.label("contact_point", "value");
    section.rows.push_back(std::move(row));
    if (point.read_only) continue;
    for (const std::string_view name : kPointFields) {
      LX_TRY(FieldRow more, field_row(sources, point, *kind_of(sources, "contact_point").field(name)));
      more.rare = true;
      section.rows.push_back(std::move(more));
    }
  }
  if (records.member.read_only) return {};
  const std::size_t before = section.rows.size();
  LX_DO(add_empty(sources, "contact_point", kContactFields, section));
  for (std::size_t i = before; i < section.rows.size(); ++i)
    section.rows[i].label = sources.wording.text("view.new_number");
  return {};
}

/// What the county asks beyond the program's own fields, under a title of its own.
Status add_own_fields(const ViewSources& sources, const store::RecordShown* member, MemberFileView& view) {
  FieldSection section{"own", sources.wording.text("view.section.own"), {}};
  LX_TRY(section.rows, own_field_rows(sources, "member", member));
  for (FieldRow& row : section.rows)
    row.rare = member == nullptr;
  if (!section.rows.empty()) view.sections.push_back(std::move(section));
  return {};
}

Status add_member_sections(const ViewSources& sources, const MemberRecords& records, MemberFileView& view) {
  for (const SectionPlan& plan : plans()) {
    FieldSection section{
        std::string(plan.key), sources.wording.text("view.section." + std::string(plan.key)), {}};
    if (plan.key == "contact") LX_DO(add_contact_points(sources, records, section));
    for (const std::string_view name : plan.fields) {
      const domain::Field* field = kind_of(sources, plan.kind).field(name);
      LX_CHECK(field != nullptr, "the field stands in the catalogue");
      LX_TRY(FieldRow row, field_row(sources, records.member, *field));
      LX_DO(make_choosable(sources, &records.member, &records.member, *field, row));
      row.rare = !wanted(*field, row);
      LX_TRY(const bool hidden, is_hidden(sources, kind_of(sources, plan.kind), *field, row));
      if (!hidden && (!row.rare || !records.member.read_only)) section.rows.push_back(std::move(row));
    }
    if (!section.rows.empty()) view.sections.push_back(std::move(section));
  }
  return add_own_fields(sources, &records.member, view);
}

Status add_episodes(const ViewSources& sources, const MemberRecords& records, MemberFileView& view) {
  for (const store::RecordShown& episode : records.episodes) {
    FieldSection section{"mobility-" + episode.id.text(), sources.wording.text("view.section.mobility"), {}};
    for (const domain::Field& field : kind_of(sources, "mobility_episode").fields) {
      if (field.name == "member_id") continue;
      LX_TRY(FieldRow row, field_row(sources, episode, field));
      LX_DO(make_choosable(sources, &records.member, &episode, field, row));
      const bool asked =
          field.name == "employer" || field.name == "usual_place" || field.name == "returned_on";
      row.rare = !asked && !wanted(field, row);
      LX_TRY(const bool hidden, is_hidden(sources, kind_of(sources, "mobility_episode"), field, row));
      if (!hidden && (!row.rare || !episode.read_only)) section.rows.push_back(std::move(row));
    }
    view.sections.insert(view.sections.begin() + 1, std::move(section));
  }
  if (records.member.read_only) return {};
  const auto has_open = [&](std::string_view direction) {
    return std::any_of(records.episodes.begin(), records.episodes.end(),
                       [&](const store::RecordShown& one) { return one.value("direction") == direction; });
  };
  return add_new_episodes(sources, &records.member, records.episodes.empty(), !has_open("in"), view);
}

struct DatedFact {
  std::string on;
  FactRow row;
};

/// "大井村的记录" when a fact hangs on another record of the person; "" = on this one, or on somebody else.
Result<std::string> other_record(const ViewSources& sources, const store::RecordShown& member, const Id& of) {
  const bool is_other =
      of != member.id && std::find(member.cluster.begin(), member.cluster.end(), of) != member.cluster.end();
  if (!is_other) return std::string();
  LX_TRY(const auto record, sources.store.records().get(of));
  if (!record) return std::string();
  LX_TRY(const std::string place, store::name_of(sources.store.database(), "org_unit", record->scope));
  return sources.wording.text("view.twins.from_other", {{"place", place}});
}

/// Records that are one with this one: what each of them says, under a title that says which it is.
Status add_other_records(const ViewSources& sources, const store::RecordShown& member, MemberFileView& view) {
  if (member.cluster.empty()) return {};
  view.subtitle = Wording::dotted(
      {view.subtitle,
       sources.wording.text("view.twins.cluster", {{"count", std::to_string(member.cluster.size())}})});
  LX_TRY(store::ShownHeads shown, store::ShownHeads::parse(view.shown_token));
  for (const Id& id : member.cluster) {
    if (id == member.id) continue;
    LX_TRY(const auto records, member_records(sources, id));
    if (!records) continue;
    LX_TRY(const std::string place,
           store::name_of(sources.store.database(), "org_unit", records->member.scope));
    FieldSection section{
        "record-" + id.text(), sources.wording.text("view.twins.other_record", {{"place", place}}), {}};
    for (const store::RecordShown& point : records->contact_points) {
      LX_TRY(FieldRow row, field_row(sources, point, *kind_of(sources, "contact_point").field("value")));
      section.rows.push_back(std::move(row));
      LX_DO(sources.store.records().show(point.id, shown));
    }
    for (const domain::Field& field : kind_of(sources, "member").fields) {
      LX_TRY(FieldRow row, field_row(sources, records->member, field));
      if (!row.value.empty()) section.rows.push_back(std::move(row));
    }
    LX_DO(sources.store.records().show(id, shown));
    view.sections.push_back(std::move(section));
  }
  view.shown_token = shown.token();
  return {};
}

Status add_facts(const ViewSources& sources, const store::RecordShown& record, MemberFileView& view) {
  const Id& member = record.id;
  const Wording& wording = sources.wording;
  auto& database = sources.store.database();
  LX_TRY(const auto unsent, store::unsent_records(database));
  LX_TRY(const auto contacts, store::contact_lines(database, member, kFactsMax));
  LX_TRY(const auto deliveries, store::delivery_lines(database, member, kFactsMax));
  LX_TRY(const auto cases, store::case_lines(database, member, kFactsMax));
  const Date today = sources.today();
  std::vector<DatedFact> facts;
  const auto add = [&](const Id& fact, const std::string& on, std::string what, std::string detail) {
    FactRow row;
    row.record = fact;
    row.when = wording.day(on, today);
    row.what = {std::move(what), Tone::kPlain, Mark::kNone};
    row.detail = std::move(detail);
    row.unsent = unsent.count(fact) > 0;
    facts.push_back({on, std::move(row)});
    return &facts.back().row;
  };
  for (const store::ContactLine& line : contacts) {
    const std::string mode = wording.code(line.is_visit ? "visit_mode" : "contact_channel", line.mode);
    // A channel says by itself that it was a contact.
    const bool says_all = !line.is_visit && !mode.empty();
    const std::string what = wording.text(line.is_visit ? "view.fact.visit" : "view.fact.contact");
    FactRow* row =
        add(line.record, line.occurred_on, says_all ? mode : Wording::dotted({what, mode}),
            Wording::dotted({wording.code(line.is_visit ? "visit_outcome" : "contact_outcome", line.outcome),
                             wording.codes("visit_purpose", line.purposes)}));
    LX_TRY(const std::string from, other_record(sources, record, line.member));
    row->detail = Wording::dotted({row->detail, from});
    row->is_visit = line.is_visit;
    if (!line.worker.is_nil()) {
      LX_TRY(row->who, worker_name(sources, line.worker));
    }
  }
  for (const store::DeliveryLine& line : deliveries) {
    LX_TRY(const std::string from, other_record(sources, record, line.member));
    add(line.delivery, line.on,
        Wording::dotted({wording.text("view.fact.delivery"), wording.code("delivery_mode", line.mode)}),
        Wording::dotted(
            {wording.enumerate(line.lines), wording.code("delivery_event_kind", line.last_event), from}));
  }
  for (const store::CaseLine& line : cases) {
    LX_TRY(const std::string from, other_record(sources, record, line.member));
    const std::string topics = wording.codes(line.is_case ? "case_topic" : "consultation_topic", line.topics);
    add(line.record, line.on,
        Wording::dotted({wording.text(line.is_case ? "view.fact.case" : "view.fact.consultation"), topics}),
        line.is_case ? Wording::dotted({wording.code("case_level", line.level),
                                        wording.code("case_event_kind", line.state), from})
                     : from);
  }
  std::stable_sort(facts.begin(), facts.end(),
                   [](const DatedFact& a, const DatedFact& b) { return a.on > b.on; });
  view.facts_total = static_cast<std::uint32_t>(facts.size());
  for (DatedFact& fact : facts) {
    if (view.facts.size() == kFactsMax) break;
    view.facts.push_back(std::move(fact.row));
  }
  return {};
}

Status fill_whereabouts(const ViewSources& sources, const MemberRecords& records, MemberFileView& view) {
  const Wording& wording = sources.wording;
  WhereaboutsView& out = view.whereabouts;
  out.today = sources.today().text();
  out.outcomes = wording.choices("contact_outcome");
  out.topics = wording.choices("contact_topic");
  for (const Choice& channel : wording.choices("contact_channel")) {
    if (channel.code == "phone" || channel.code == "wechat" || channel.code == "video")
      out.channels.push_back(channel);
  }
  std::vector<const store::RecordShown*> open;
  for (const store::RecordShown& episode : records.episodes) {
    if (episode.value("direction") == "out") open.push_back(&episode);
  }
  out.is_out = open.size() == 1;
  if (!out.is_out) return {};
  LX_TRY(const auto off, store::fields_off(sources.store.database(), sources.today()));
  out.asks_place = off.count("mobility_episode.usual_place") == 0;
  out.asks_employer = off.count("mobility_episode.employer") == 0;
  const std::string place =
      place_in_words(wording, open[0]->value("dest_division"), open[0]->value("usual_place"));
  out.away = Wording::dotted(
      {wording.text("view.away_since", {{"day", wording.partial_day(open[0]->value("left_on"))}}), place});
  LX_TRY(out.certificate, store::held_certificate(sources.store.database(), records.member.id));
  return {};
}

/// An address to which a parcel came back, and the one he had away, once he is home, are to be looked at
/// until somebody says them anew (domain.md 5.4, 5.5).
Status flag_addresses(const ViewSources& sources, const MemberRecords& records, MemberFileView& view) {
  LX_TRY(const auto returned, store::returned_addresses(sources.store.database(), records.member.id));
  std::string home_since;
  if (!view.whereabouts.is_out) {
    LX_TRY(home_since, store::returned_home_on(sources.store.database(), records.member.id));
  }
  for (FieldSection& section : view.sections) {
    for (FieldRow& row : section.rows) {
      const bool is_address = row.field == "home_address" || row.field == "current_address";
      const auto field = records.member.fields.find(row.field);
      if (!is_address || row.record != records.member.id || field == records.member.fields.end()) continue;
      const auto known = known_on(field->second);
      const auto is_older = [&](const std::string& day) {
        return !day.empty() && known && known->text() <= day;
      };
      const auto back = returned.find(row.edited);
      if (back != returned.end() && is_older(back->second))
        row.freshness = {sources.wording.text("view.address_returned"), Tone::kNeedsYou, Mark::kNeedsYou};
      else if (row.field == "current_address" && is_older(home_since))
        row.freshness = {sources.wording.text("view.address_before_return"), Tone::kNeedsYou,
                         Mark::kNeedsYou};
    }
  }
  return {};
}

Result<std::string> subtitle_of(const ViewSources& sources, const MemberRecords& records) {
  const store::RecordShown& member = records.member;
  LX_TRY(const std::string village, store::name_of(sources.store.database(), "org_unit", member.scope));
  const bool out = std::any_of(records.episodes.begin(), records.episodes.end(),
                               [](const store::RecordShown& one) { return one.value("direction") == "out"; });
  return Wording::dotted({sources.wording.code("gender", member.value("gender")),
                          sources.wording.partial_day(member.value("born_on")), village,
                          out ? sources.wording.text("view.mobile_member") : std::string()});
}

/// What a new member's form does not ask at once.
Status add_rest_of_member(const ViewSources& sources, FieldSection& person) {
  std::vector<std::string_view> rest;
  for (const SectionPlan& plan : plans()) {
    for (const std::string_view name : plan.fields) {
      const bool asked = std::any_of(person.rows.begin(), person.rows.end(),
                                     [&](const FieldRow& row) { return row.field == name; });
      if (!asked && name != "unverified") rest.push_back(name);
    }
  }
  return add_empty(sources, "member", rest, person, true);
}

Status fill_new(const ViewSources& sources, MemberFileView& view) {
  view.title = sources.wording.text("view.new_member");
  FieldSection person{"person", sources.wording.text("view.section.person"), {}};
  LX_DO(add_empty(sources, "member",
                  {"name", "gender", "born_on", "id_no", "home_village_id", "home_address"}, person));
  const auto village = std::find_if(person.rows.begin(), person.rows.end(),
                                    [](const FieldRow& row) { return row.field == "home_village_id"; });
  if (village != person.rows.end() && village->choices.size() == 1) {
    village->edited = village->choices.front().code;
    village->value = village->choices.front().label;
  }
  LX_DO(add_rest_of_member(sources, person));
  view.sections.push_back(std::move(person));
  LX_DO(add_own_fields(sources, nullptr, view));
  FieldSection contact{"contact", sources.wording.text("view.section.contact"), {}};
  LX_DO(add_empty(sources, "contact_point", kContactFields, contact));
  view.sections.push_back(std::move(contact));
  LX_DO(add_new_episodes(sources, nullptr, true, true, view));
  view.shown_token = store::ShownHeads().token();
  return {};
}

Status fill(const ViewSources& sources, const MemberRecords& records, MemberFileView& view) {
  const store::RecordShown& member = records.member;
  view.title = member.value("name");
  LX_TRY(view.subtitle, subtitle_of(sources, records));
  std::string link;
  for (const store::RecordShown& episode : records.episodes)
    link = episode.value("link_status");
  if (!member.value("out_of_contact_since").empty()) link = "lost";
  view.status =
      member_status(sources.wording, member.value("standing"), link, !member.value("care_flag").empty());
  LX_DO(add_member_sections(sources, records, view));
  LX_DO(add_episodes(sources, records, view));
  LX_DO(add_facts(sources, member, view));
  LX_TRY(view.shown_token, shown_token_of(sources, records));
  LX_DO(add_other_records(sources, member, view));
  LX_DO(fill_whereabouts(sources, records, view));
  LX_DO(flag_addresses(sources, records, view));
  view.read_only = member.read_only;
  LX_TRY(view.before_saving, before_saving(sources, "member", member.scope));
  if (member.read_only) view.why_read_only = sources.wording.text("view.leaving");
  return {};
}

}  // namespace

Choices cause_choices(const Wording& wording) {
  Choices out;
  for (const char* cause : {"visit", "phone", "document", "family", "correction", "typed"})
    out.push_back({cause, wording.text(std::string("view.cause_choice.") + cause)});
  return out;
}

Result<MemberFileView> build_member_file(const ViewSources& sources, const Id& member) {
  MemberFileView view;
  view.member = member;
  view.causes = cause_choices(sources.wording);
  if (member.is_nil()) {
    LX_DO(fill_new(sources, view));
  } else {
    LX_TRY(const auto records, member_records(sources, member));
    if (!records) {
      view.state = {Readiness::kFailed, sources.wording.text("view.member_not_here")};
      return view;
    }
    LX_DO(fill(sources, *records, view));
  }
  view.state.readiness = Readiness::kReady;
  return view;
}

}  // namespace lianxin::client::view
