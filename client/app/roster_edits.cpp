#include "client/app/roster_edits.hpp"

#include <algorithm>

#include "client/app/roster_listed.hpp"
#include "client/import/roster_values.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/domain/check.hpp"
#include "shared/domain/codes.hpp"

namespace lianxin::client::app {
namespace {

using import::RosterPhone;
using import::RosterRow;
using import::RosterValue;
using import::ValueSource;

/// The more special of two partial dates says the same as the other.
bool says_no_more(std::string_view roster, std::string_view here) {
  // "440000" is the province of "440300".
  if (roster.size() == 6 && here.size() == 6 && roster.ends_with("0000"))
    return here.starts_with(roster.substr(0, 2));
  return roster == here || (roster.size() < here.size() && roster.size() >= 4 && here.starts_with(roster));
}

class RowEditor {
 public:
  RowEditor(const RosterRow& row, const RowTarget& target, const WorkersByName& workers, MemberFacts& facts)
      : row_(row),
        target_(target),
        workers_(workers),
        facts_(facts),
        member_(*target.catalogue->kind("member")),
        episode_(*target.catalogue->kind("mobility_episode")) {}

  RowEdits edit() {
    add_values();
    add_village();
    add_id_reason();
    add_liaison();
    add_remark();
    finish();
    add_listed(row_, target_, workers_, facts_, out_);
    return std::move(out_);
  }

 private:
  /// Canonical, or "" with the text kept for the remark.
  std::string sound_value(const domain::Kind& kind, const RosterValue& value) {
    const domain::Field* field = kind.field(value.field);
    std::string heading = value.field;
    if (field != nullptr) {
      auto canonical = domain::canonical_value(*field, value.value);
      if (canonical.ok()) return std::move(*canonical);
      if (field->own != nullptr) heading = field->own->zh;
    }
    keep(heading, value.value);
    return {};
  }

  void keep(std::string_view heading, std::string_view text) {
    if (text.empty()) return;
    notes_.push_back(heading.empty() ? std::string(text) : std::string(heading) + ": " + std::string(text));
  }

  void add_values() {
    for (const RosterValue& value : row_.values) {
      const bool by_number = value.field == "id_no" || value.source == ValueSource::kIdNumber;
      if (target_.without_number && by_number) continue;
      if (value.kind == "member" && value.field == "remark") {
        keep("", value.value);
      } else if (value.kind == "member") {
        fill(member_, value, facts_.fields, member_fields_);
      } else if (value.kind == "mobility_episode") {
        add_episode_value(value);
      } else if (value.kind == "contact_point") {
        add_contact("wechat", value.value, "self", "");
      } else if (value.kind == "certificate" || value.kind == "hardship_record") {
        continue;  // roster_listed.hpp
      } else {
        keep(value.kind, value.value);
      }
    }
    for (const RosterPhone& phone : row_.phones)
      add_phone(phone);
  }

  /// Of a member who came here the day may be that of his check-in, and his branch stand with himself.
  void add_episode_value(const RosterValue& value) {
    auto& known = facts_.episode_fields;
    RosterValue written = value;
    if (value.field == "came_on") {
      const bool has_day = known["checked_in_on"].empty() && !known["left_on"].empty();
      const bool is_whole = Date::parse(value.value).ok() || !known["checked_in_on"].empty();
      written.field = is_whole && !has_day ? "checked_in_on" : "left_on";
    }
    const bool is_told = value.field == "origin_org_text" && known[value.field].empty() &&
                         facts_.fields["affiliation_text"] == value.value;
    if (!is_told) fill(episode_, written, known, episode_fields_);
  }

  void fill(const domain::Kind& kind, const RosterValue& value, std::map<std::string, std::string>& known,
            std::vector<store::FieldEdit>& edits) {
    const std::string text = sound_value(kind, value);
    if (text.empty() || is_printed_together(value.field, text, known)) return;
    if (value.field == "dest_address" && import::says_unknown(text) && is_unknown_place()) return;
    // Our own list names the branch he belongs to by its unit.
    const bool is_branch = row_.list != import::OwnList::kNone && value.field == "affiliation_text";
    if (is_branch && !facts_.fields["affiliation_org_id"].empty()) return;
    std::string& here = known[value.field];
    if (here.empty()) {
      here = text;
      edits.push_back({value.field, store::FieldEdit::Op::kSet, text});
    } else if (!says_no_more(text, here)) {
      out_.differences.push_back({kind.name + "." + value.field, here, text});
    }
  }

  /// Our own tables print that word for an outflow here whose division nobody knows.
  [[nodiscard]] bool is_unknown_place() {
    const std::string& division = facts_.episode_fields["dest_division"];
    return !facts_.episode.is_nil() && (division.empty() || division == "unknown");
  }

  /// Our own tables print an employer with the address behind it, and a branch with whom to ask there.
  static bool is_printed_together(const std::string& field, const std::string& text,
                                  const std::map<std::string, std::string>& known) {
    const auto value = [&](const std::string& name) {
      const auto found = known.find(name);
      return found == known.end() ? std::string() : found->second;
    };
    const auto stands_before = [&](const std::string& behind) {
      return !behind.empty() && text == trim(value(field) + " " + behind);
    };
    if (field == "dest_org_name") return stands_before(value("dest_contact"));
    return field == "employer" &&
           (stands_before(value("dest_address")) || stands_before(value("usual_place")));
  }

  void add_phone(const RosterPhone& phone) {
    if (!phone.is_family)
      return add_contact(phone.is_mobile ? "mobile" : "landline", phone.value, "self", phone.owner_note);
    const auto owner = domain::read_code("contact_owner", phone.owner_note);
    add_contact("family_phone", phone.value, owner.ok() ? *owner : "relative", phone.owner_note);
  }

  void add_contact(const std::string& kind, const std::string& value, const std::string& owner,
                   const std::string& note) {
    if (value.empty() || !facts_.contacts.insert(value).second) return;
    store::Edit edit = child("contact_point");
    edit.fields.push_back({"kind", store::FieldEdit::Op::kSet, kind});
    edit.fields.push_back({"value", store::FieldEdit::Op::kSet, value});
    edit.fields.push_back({"owner", store::FieldEdit::Op::kSet, owner});
    if (!note.empty()) edit.fields.push_back({"owner_note", store::FieldEdit::Op::kSet, note});
    children_.push_back(std::move(edit));
  }

  store::Edit child(const char* kind) const {
    store::Edit edit;
    edit.kind = kind;
    edit.record = Id::make(target_.now_ms);
    edit.create = true;
    edit.cause = target_.cause;
    edit.fields.push_back({"member_id", store::FieldEdit::Op::kSet, facts_.id.text()});
    return edit;
  }

  void set_if_blank(const char* field, const std::string& value) {
    std::string& here = facts_.fields[field];
    if (!here.empty() || value.empty()) return;
    here = value;
    member_fields_.push_back({field, store::FieldEdit::Op::kSet, value});
  }

  void add_village() {
    const std::string& here = facts_.fields["home_village_id"];
    const std::string roster = target_.village.text();
    if (!here.empty() && here != roster) out_.differences.push_back({"member.home_village_id", here, roster});
    set_if_blank("home_village_id", roster);
  }

  void add_id_reason() {
    if (!facts_.fields["id_no"].empty()) {
      if (facts_.fields["id_missing_reason"].empty()) return;
      facts_.fields["id_missing_reason"].clear();
      member_fields_.push_back({"id_missing_reason", store::FieldEdit::Op::kSet, ""});
    } else if (row_.id_missing || target_.without_number) {
      set_if_blank("id_missing_reason",
                   row_.quarantine == "id_lost_digits" ? "lost_digits" : "not_collected");
    }
  }

  /// One worker of that name: an assignment. Otherwise the words go where the paper has them, the contact of
  /// the home branch.
  void add_liaison() {
    if (row_.liaison_name.empty() && row_.liaison_phone.empty()) return;
    const bool is_known = facts_.liaison_names.count(row_.liaison_name) > 0;
    if (is_known || row_.list == import::OwnList::kHardship) return;
    const auto named = workers_.find(row_.liaison_name);
    if (named != workers_.end() && named->second.size() == 1) {
      const std::string worker = named->second.front().text();
      if (!facts_.liaison.empty()) {
        if (facts_.liaison != worker)
          out_.differences.push_back({"liaison_assignment.worker_id", facts_.liaison, worker});
        return;
      }
      facts_.liaison = worker;
      store::Edit edit = child("liaison_assignment");
      edit.fields.push_back({"worker_id", store::FieldEdit::Op::kSet, worker});
      edit.fields.push_back({"from", store::FieldEdit::Op::kSet, target_.today.text()});
      edit.fields.push_back({"reason", store::FieldEdit::Op::kSet, "initial"});
      children_.push_back(std::move(edit));
      return;
    }
    const std::string contact = trim(row_.liaison_name + " " + row_.liaison_phone);
    if (has_episode()) {
      fill(episode_, {"mobility_episode", "origin_contact", contact, {}, ValueSource::kCell},
           facts_.episode_fields, episode_fields_);
    } else {
      keep(target_.liaison_heading, contact);
    }
  }

  [[nodiscard]] bool has_episode() const { return !facts_.episode.is_nil() || !episode_fields_.empty(); }

  /// Added to what stands there; never twice.
  void add_remark() {
    for (const import::RosterLeftover& leftover : row_.leftovers)
      keep(leftover.heading, leftover.text);
    std::string& here = facts_.fields["remark"];
    const std::string before = here;
    for (const std::string& note : notes_) {
      if (here.find(note) != std::string::npos) continue;
      here += here.empty() ? note : "; " + note;
    }
    if (here != before) member_fields_.push_back({"remark", store::FieldEdit::Op::kSet, here});
  }

  void finish() {
    if (!member_fields_.empty()) {
      store::Edit edit;
      edit.kind = "member";
      edit.record = facts_.id;
      edit.create = !facts_.exists;
      edit.fields = std::move(member_fields_);
      edit.cause = target_.cause;
      out_.edits.push_back(std::move(edit));
    }
    if (!episode_fields_.empty()) finish_episode();
    std::move(children_.begin(), children_.end(), std::back_inserter(out_.edits));
    facts_.exists = true;
  }

  void finish_episode() {
    store::Edit edit;
    if (facts_.episode.is_nil()) {
      edit = child("mobility_episode");
      facts_.episode = edit.record;
      edit.fields.push_back({"direction", store::FieldEdit::Op::kSet, row_.inflow ? "in" : "out"});
      const bool ended = !facts_.episode_fields["returned_on"].empty();
      edit.fields.push_back({"state", store::FieldEdit::Op::kSet, ended ? "ended" : "reported"});
      if (ended) edit.fields.push_back({"end_kind", store::FieldEdit::Op::kSet, "returned"});
    } else {
      edit.kind = "mobility_episode";
      edit.record = facts_.episode;
      edit.cause = target_.cause;
    }
    std::move(episode_fields_.begin(), episode_fields_.end(), std::back_inserter(edit.fields));
    out_.edits.push_back(std::move(edit));
  }

  const RosterRow& row_;
  const RowTarget& target_;
  const WorkersByName& workers_;
  MemberFacts& facts_;
  const domain::Kind& member_;
  const domain::Kind& episode_;
  RowEdits out_;
  std::vector<store::FieldEdit> member_fields_;
  std::vector<store::FieldEdit> episode_fields_;
  std::vector<store::Edit> children_;
  std::vector<std::string> notes_;
};

}  // namespace

void leave_out_known(import::RosterRow& row, const MemberFacts& facts) {
  const auto is_known = [&](const import::RosterWarning& one) {
    return one.code == "phone_unreadable" &&
           std::any_of(facts.contact_notes.begin(), facts.contact_notes.end(),
                       [&](const std::string& note) { return note.find(one.text) != std::string::npos; });
  };
  for (const import::RosterWarning& known : row.warnings) {
    if (!is_known(known)) continue;
    std::erase_if(row.leftovers, [&](const import::RosterLeftover& one) {
      return one.heading == known.heading && one.text == known.text;
    });
  }
  std::erase_if(row.warnings, is_known);
}

RowEdits edits_of_row(const import::RosterRow& row, const RowTarget& target, const WorkersByName& workers,
                      MemberFacts& facts) {
  return RowEditor(row, target, workers, facts).edit();
}

}  // namespace lianxin::client::app
