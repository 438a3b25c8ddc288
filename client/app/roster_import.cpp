#include "client/app/roster_import.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "client/app/roster_edits.hpp"
#include "client/app/roster_people.hpp"
#include "client/app/roster_villages.hpp"
#include "client/store/list_value.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/phone.hpp"

namespace lianxin::client::app {
namespace {

using import::Roster;
using import::RosterRow;

Id id_or_nil(std::string_view text) {
  const auto id = Id::parse(text);
  return id.ok() ? *id : Id{};
}

std::string base_name(std::string_view file_name) {
  return std::string(file_name.substr(file_name.find_last_of("/\\") + 1));
}

std::string setting_name(std::string_view fingerprint) { return "roster_map." + std::string(fingerprint); }

/// A column map as lines, so that maps of several sheets can be put one after another.
std::string as_lines(const std::string& map_text) {
  const auto json = nlohmann::json::parse(map_text, nullptr, false);
  if (!json.is_object()) return map_text;
  const auto& columns = json.contains("columns") ? json.at("columns") : json;
  std::string lines;
  for (const auto& [heading, target] : columns.items())
    lines += heading + "\t" + (target.is_string() ? target.get<std::string>() : std::string("-")) + "\n";
  return lines;
}

/// Without the lines that name a field of the county's own that is not asked any more.
std::string still_known(const std::string& lines, const import::OwnColumns& own) {
  std::string out;
  for (const std::string& line : split(lines, '\n')) {
    const auto parts = split(line, '\t');
    const std::string target = parts.size() == 2 ? trim(parts[1]) : std::string();
    if (target.empty() || own.reading(target)) out += line + "\n";
  }
  return out;
}

/// Reads with the person's map, else with the ones remembered for tables headed like these.
Result<Roster> read_mapped(store::Settings& settings, const domain::Catalogue& catalogue, const Date& today,
                           BytesView bytes, std::string_view file_name, const RosterChoices& choices) {
  import::RosterOptions options;
  options.today = today;
  options.own = import::OwnColumns(catalogue);
  options.default_village = choices.village;
  options.hidden_sheets = choices.hidden_sheets;
  if (!choices.map_text.empty()) {
    LX_TRY(options.map, import::ColumnMap::parse(choices.map_text, options.own));
    return import::read_roster(bytes, file_name, options);
  }
  LX_TRY(Roster roster, import::read_roster(bytes, file_name, options));
  std::set<std::string> fingerprints;
  for (const import::RosterSheet& sheet : roster.sheets) {
    for (const import::RosterTable& table : sheet.tables)
      fingerprints.insert(table.fingerprint);
  }
  std::string remembered;
  for (const std::string& fingerprint : fingerprints) {
    LX_TRY(const std::optional<std::string> lines, settings.get(setting_name(fingerprint)));
    if (lines) remembered += still_known(*lines, options.own);
  }
  if (remembered.empty()) return roster;
  LX_TRY(options.map, import::ColumnMap::parse(remembered, options.own));
  return import::read_roster(bytes, file_name, options);
}

/// What an earlier import of the very same file did with a row.
struct EarlierRow {
  std::string outcome;
  Id member;
};
using EarlierRows = std::map<std::pair<std::string, std::string>, EarlierRow>;  // sheet, row number

class Planner {
 public:
  Planner(store::Records& records, const Clock& clock, const RosterChoices& choices, RosterPlan& plan)
      : records_(records), clock_(clock), choices_(choices), plan_(plan) {}

  Status run() {
    LX_DO(read_laptop());
    for (std::size_t i = 0; i < plan_.roster.rows.size(); ++i)
      LX_DO(plan_row(i));
    mark_file_lookalikes();
    choose_org();
    return {};
  }

 private:
  Status read_laptop() {
    LX_TRY(RosterVillages villages, RosterVillages::of(records_));
    villages_.emplace(std::move(villages));
    LX_TRY(const std::vector<store::ListRow> members, list("member"));
    std::map<std::string, std::vector<std::string>> mobiles;
    LX_TRY(const std::vector<store::ListRow> contacts, list("contact_point"));
    std::map<std::string, std::vector<std::string>> numbers;
    for (const store::ListRow& row : contacts) {
      numbers[value_of(row, "member_id")].push_back(value_of(row, "value"));
      if (value_of(row, "owner") == "self" && domain::is_mobile(value_of(row, "value")))
        mobiles[value_of(row, "member_id")].push_back(value_of(row, "value"));
    }
    LX_TRY(const std::set<Id> standing, read_standing());
    for (const store::ListRow& row : members) {
      present_.insert(row.id);
      people_.add({row.id, value_of(row, "name"), value_of(row, "id_no"), value_of(row, "born_on"),
                   id_or_nil(value_of(row, "home_village_id")), mobiles[row.id.text()],
                   numbers[row.id.text()], standing.empty() || standing.count(row.id) > 0});
    }
    LX_TRY(const std::vector<store::ListRow> workers, list("worker"));
    for (const store::ListRow& row : workers) {
      if (value_of(row, "to").empty()) workers_[value_of(row, "name")].push_back(row.id);
    }
    return read_earlier();
  }

  /// Members no other record stands for, and whose certificates are; only for lists of people we know.
  Result<std::set<Id>> read_standing() {
    std::set<Id> standing;
    const auto& rows = plan_.roster.rows;
    const bool wanted = std::any_of(rows.begin(), rows.end(),
                                    [](const RosterRow& row) { return row.list != import::OwnList::kNone; });
    if (!wanted) return standing;
    store::ListQuery query;
    query.kind = "member";
    LX_TRY(const std::vector<store::ListRow> members, records_.list(query));
    for (const store::ListRow& row : members)
      standing.insert(row.id);
    LX_TRY(const std::vector<store::ListRow> certificates, list("certificate"));
    for (const store::ListRow& row : certificates)
      if (!row.voided) holders_.emplace(value_of(row, "cert_no"), id_or_nil(value_of(row, "member_id")));
    return standing;
  }

  Result<std::vector<store::ListRow>> list(const char* kind) {
    store::ListQuery query;
    query.kind = kind;
    query.with_aliased = true;  // a row may be known by what only one of a person's records says
    return records_.list(query);
  }

  Status read_earlier() {
    store::ListQuery query;
    query.kind = "import_batch";
    query.where.emplace_back("file_hash", plan_.file_hash);
    LX_TRY(const std::vector<store::ListRow> batches, records_.list(query));
    for (const store::ListRow& batch : batches) {
      if (!value_of(batch, "undone_on").empty()) continue;
      store::ListQuery rows_query;
      rows_query.kind = "import_row";
      rows_query.parent = batch.id;
      LX_TRY(const std::vector<store::ListRow> rows, records_.list(rows_query));
      for (const store::ListRow& row : rows) {
        EarlierRow& earlier = earlier_[{value_of(row, "sheet"), value_of(row, "row_no")}];
        const Id member = id_or_nil(value_of(row, "record_id"));
        if (!earlier.member.is_nil() && member.is_nil()) continue;
        earlier = {value_of(row, "outcome"), member};
      }
    }
    return {};
  }

  Status plan_row(std::size_t index) {
    const RosterRow& row = plan_.roster.rows[index];
    RowPlan out;
    out.row_index = index;
    const RosterVillages::Found village = villages_->find(row.village);
    out.village_name = village.unit != nullptr ? village.unit->name : row.village;
    if (village.unit != nullptr) out.village = village.unit->id;
    const auto earlier = earlier_.find({plan_.roster.sheets[row.sheet_index].name, std::to_string(row.row)});
    const bool known_before = earlier != earlier_.end();
    out.recorded = known_before;
    if (!village.problem.empty()) {
      out.fate = RowFate::kOutside;
      out.reason = village.problem;
    } else if (known_before && present_.count(earlier->second.member) > 0) {
      out.fate = RowFate::kMerged;
      out.basis = "same_file";
      out.member = earlier->second.member;
    } else if (row.duplicate_of) {
      LX_DO(plan_duplicate(row, out));
    } else {
      LX_DO(plan_person(row, out));
    }
    plan_.rows.push_back(std::move(out));
    return {};
  }

  Status plan_duplicate(const RosterRow& row, RowPlan& out) {
    const RowPlan& first = plan_.rows[row.duplicate_of->row_index];
    out.first_row = first.row_index;
    if (first.member.is_nil()) {
      out.fate = first.fate;
      out.reason = first.reason;
      return {};
    }
    out.fate = RowFate::kDuplicate;
    out.basis = row.duplicate_of->basis;
    out.member = first.member;
    return write_row(row, out);
  }

  /// A ruined number stops the row until a person takes it without.
  [[nodiscard]] bool is_accepted(const RosterRow& row) const {
    return choices_.accept_without_number || choices_.accepted_rows.count(row_name(plan_.roster, row)) > 0;
  }

  Status plan_person(const RosterRow& row, RowPlan& out) {
    const bool about_number = row.quarantine.starts_with("id_");
    out.can_accept = about_number && !row.value(import::kTargetName).empty();
    if (!row.quarantine.empty() && !(out.can_accept && is_accepted(row))) {
      out.fate = RowFate::kQuarantined;
      out.reason = row.quarantine;
      return {};
    }
    if (row.list != import::OwnList::kNone) return plan_listed(row, out);
    out.without_number = about_number;
    RosterPerson person{{}, std::string(row.value(import::kTargetName)), {}, {}, out.village};
    for (const import::RosterPhone& phone : row.phones)
      if (phone.is_mobile && !phone.is_family) person.mobiles.push_back(phone.value);
    if (!out.without_number) person.id_no = row.value(import::kTargetId);
    person.born = born_of(row, out.without_number);
    RosterPeople::Match match = people_.match(person, row.is_printed);
    if (match.other_name && !is_accepted(row)) {
      out.fate = RowFate::kQuarantined;
      out.reason = "id_on_laptop";
      out.can_accept = true;
      return {};
    }
    if (match.other_name) {
      out.without_number = true;
      person.id_no.clear();
      person.born = born_of(row, true);
      match = people_.match(person, row.is_printed);
    }
    out.can_accept = false;
    out.fate = match.same.is_nil() ? RowFate::kNew : RowFate::kMerged;
    out.basis = match.basis;
    out.member = match.same.is_nil() ? Id::make(clock_.now_ms()) : match.same;
    if (match.same.is_nil()) {
      for (const Id& other : match.lookalikes)
        out.lookalikes.push_back({"name_born", other, 0});
    }
    return write_row(row, out);
  }

  /// A row of a list of people who are known: one of them for certain, else a person looks at it.
  Status plan_listed(const RosterRow& row, RowPlan& out) {
    RosterPerson person{
        {}, std::string(row.value(import::kTargetName)), {}, born_of(row, false), out.village};
    for (const import::RosterPhone& phone : row.phones)
      person.mobiles.push_back(phone.value);
    RosterPeople::Listed found = people_.match_listed(person, row.masked_phones);
    const auto holder = holders_.find(std::string(row.value("certificate.cert_no")));
    if (holder != holders_.end() && found.same != holder->second) {
      const bool is_one = std::find(found.lookalikes.begin(), found.lookalikes.end(), holder->second) !=
                          found.lookalikes.end();
      found = is_one ? RosterPeople::Listed{holder->second, "cert_no", "", {}}
                     : RosterPeople::Listed{{}, "", "listed_unsure", {holder->second}};
    }
    out.member = found.same;
    out.basis = found.basis;
    out.fate = found.same.is_nil() ? RowFate::kQuarantined : RowFate::kMerged;
    if (!found.same.is_nil()) return write_row(row, out);
    out.reason = found.reason;
    for (const Id& other : found.lookalikes)
      out.lookalikes.push_back({"name", other, 0});
    return {};
  }

  static std::string born_of(const RosterRow& row, bool without_number) {
    for (const import::RosterValue& value : row.values) {
      if (value.kind != "member" || value.field != "born_on") continue;
      if (!without_number || value.source != import::ValueSource::kIdNumber) return value.value;
    }
    return {};
  }

  Status write_row(const RosterRow& row, RowPlan& out) {
    const auto known = facts_.find(out.member);
    if (known == facts_.end()) {
      LX_TRY(MemberFacts facts, read_facts(out.member, row));
      facts_.emplace(out.member, std::move(facts));
    }
    RowTarget target;
    target.village = out.village;
    target.without_number = out.without_number;
    target.now_ms = clock_.now_ms();
    target.today = Date::of(target.now_ms);
    target.cause = {sync::change::CauseKind::kImport, plan_.batch};
    target.catalogue = &records_.catalogue();
    for (const import::RosterTable& table : plan_.roster.sheets[row.sheet_index].tables) {
      if (const auto* column = table.column_for(import::kTargetLiaison))
        target.liaison_heading = column->heading;
    }
    MemberFacts& facts = facts_.at(out.member);
    leave_out_known(plan_.roster.rows[out.row_index], facts);
    RowEdits edits = edits_of_row(row, target, workers_, facts);
    out.edits = std::move(edits.edits);
    out.differences = std::move(edits.differences);
    return {};
  }

  Result<MemberFacts> read_facts(const Id& member, const RosterRow& row) {
    MemberFacts facts;
    facts.id = member;
    if (present_.count(member) == 0) return facts;
    facts.exists = true;
    LX_TRY(const std::optional<store::RecordShown> shown, records_.get(member));
    if (!shown) return fail("record.unknown", {{"id", member.text()}});
    for (const auto& [name, field] : shown->fields)
      facts.fields[name] = field.elements.empty() ? field.value : join(field.elements, ",");
    for (const char* kind :
         {"contact_point", "liaison_assignment", "mobility_episode", "certificate", "hardship_record"}) {
      const auto children = shown->children.find(kind);
      if (children == shown->children.end()) continue;
      for (const Id& id : children->second) {
        LX_TRY(const std::optional<store::RecordShown> child, records_.get(id));
        if (!child || child->voided || child->deleted) continue;
        add_child(kind, *child, row, facts);
        LX_DO(add_hanging(*child, facts));
      }
    }
    return facts;
  }

  Result<std::string> worker_name(const std::string& worker) {
    if (worker.empty()) return std::string();
    LX_TRY(const std::optional<store::RecordShown> shown, records_.get(id_or_nil(worker)));
    return shown ? shown->value("name") : std::string();
  }

  /// Certificates, the open file of hardship, and the names of his liaisons.
  Status add_hanging(const store::RecordShown& child, MemberFacts& facts) {
    if (child.kind == "liaison_assignment" && child.value("to").empty()) {
      LX_TRY(std::string name, worker_name(child.value("worker_id")));
      facts.liaison_names.insert(std::move(name));
    }
    const bool is_file = child.kind == "hardship_record" && child.value("relieved_on").empty();
    if (!is_file && child.kind != "certificate") return {};
    HangingRecord& record = is_file ? facts.hardship : facts.certificates[child.value("cert_no")];
    record.id = child.id;
    for (const auto& [name, field] : child.fields)
      record.fields[name] = field.value;
    LX_TRY(record.pair_name, worker_name(child.value("pair_worker_id")));
    const auto checks = child.children.find("certificate_check");
    if (checks == child.children.end()) return {};
    for (const Id& id : checks->second) {
      LX_TRY(const std::optional<store::RecordShown> check, records_.get(id));
      if (check && !check->voided && !check->deleted) record.years.insert(check->value("year"));
    }
    return {};
  }

  static void add_child(const std::string& kind, const store::RecordShown& child, const RosterRow& row,
                        MemberFacts& facts) {
    if (kind == "contact_point") {
      facts.contacts.insert(child.value("value"));
      facts.contact_notes.push_back(child.value("owner_note"));
    }
    if (kind == "liaison_assignment" && child.value("to").empty()) facts.liaison = child.value("worker_id");
    if (kind != "mobility_episode" || child.value("direction") != (row.inflow ? "in" : "out")) return;
    // The open one, or the ended one the row speaks of.
    const std::string left(row.value(row.inflow ? import::kTargetCameOn : "mobility_episode.left_on"));
    const bool same_start = !left.empty() && (child.value("left_on") == left ||
                                              (row.inflow && child.value("checked_in_on") == left));
    if (!child.value("returned_on").empty() && !same_start) return;
    facts.episode = child.id;
    facts.episode_fields.clear();
    for (const auto& [name, field] : child.fields)
      facts.episode_fields[name] = field.value;
  }

  /// Rows of this file that may be one person: both are written, both are told.
  void mark_file_lookalikes() {
    for (RowPlan& plan : plan_.rows) {
      const RosterRow& row = plan_.roster.rows[plan.row_index];
      if (plan.fate != RowFate::kNew) continue;
      for (const import::RosterTwin& twin : row.possible_twins)
        plan.lookalikes.push_back({twin.basis, {}, twin.row_index});
    }
  }

  /// The batch is filed where everybody may see it who may see all its people.
  void choose_org() {
    std::map<std::string, std::pair<std::size_t, Id>> villages;
    std::vector<std::string> codes;
    for (const RowPlan& row : plan_.rows) {
      if (row.fate == RowFate::kOutside) continue;
      const RosterUnit* unit = villages_->find(plan_.roster.rows[row.row_index].village).unit;
      auto& counted = villages[unit->code];
      if (counted.first++ == 0) codes.push_back(unit->code);
      counted.second = unit->id;
    }
    if (villages.empty()) return;
    const RosterUnit* above = villages_->above(codes);
    const auto most = std::max_element(villages.begin(), villages.end(), [](const auto& a, const auto& b) {
      return a.second.first < b.second.first;
    });
    plan_.org = above != nullptr ? above->id : most->second.second;
    for (RowPlan& row : plan_.rows)
      row.below_org = row.fate != RowFate::kOutside && (above != nullptr || row.village == plan_.org);
  }

  store::Records& records_;
  const Clock& clock_;
  const RosterChoices& choices_;
  RosterPlan& plan_;
  std::optional<RosterVillages> villages_;
  RosterPeople people_;
  WorkersByName workers_;
  EarlierRows earlier_;
  std::set<Id> present_;               ///< members of this laptop
  std::map<std::string, Id> holders_;  ///< of certificates, by number
  std::map<Id, MemberFacts> facts_;
};

void count(RosterCounts& counts, RowFate fate) {
  switch (fate) {
    case RowFate::kNew:
      ++counts.accepted;
      break;
    case RowFate::kMerged:
      ++counts.merged;
      break;
    case RowFate::kDuplicate:
      ++counts.duplicates;
      break;
    case RowFate::kQuarantined:
      ++counts.quarantined;
      break;
    case RowFate::kOutside:
      ++counts.outside;
      break;
  }
}

}  // namespace

RosterCounts RosterPlan::counts() const {
  RosterCounts counts;
  for (const RowPlan& row : rows)
    count(counts, row.fate);
  return counts;
}

RosterCounts RosterPlan::counts_of_sheet(std::size_t sheet_index) const {
  RosterCounts counts;
  for (const RowPlan& row : rows) {
    if (roster.rows[row.row_index].sheet_index == sheet_index) count(counts, row.fate);
  }
  return counts;
}

std::size_t RosterPlan::rows_to_write() const {
  if (org.is_nil()) return 0;
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(), [](const RowPlan& row) { return !row.edits.empty() || !row.recorded; }));
}

std::size_t RosterPlan::rows_with_values() const {
  if (org.is_nil()) return 0;
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [](const RowPlan& row) { return !row.edits.empty(); }));
}

std::string row_name(const Roster& roster, const RosterRow& row) {
  return roster.sheets[row.sheet_index].name + "!" + std::to_string(row.row);
}

Result<RosterPlan> plan_roster(store::Records& records, store::Settings& settings, const Clock& clock,
                               BytesView bytes, std::string_view file_name, const RosterChoices& choices) {
  RosterPlan plan;
  plan.file_name = base_name(file_name);
  plan.file_hash = hash256(bytes).hex();
  plan.batch = Id::make(clock.now_ms());
  plan.map_lines = as_lines(choices.map_text);
  LX_TRY(plan.roster,
         read_mapped(settings, records.catalogue(), Date::of(clock.now_ms()), bytes, file_name, choices));
  LX_DO(Planner(records, clock, choices, plan).run());
  return plan;
}

}  // namespace lianxin::client::app
