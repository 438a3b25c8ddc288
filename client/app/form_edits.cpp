#include "client/app/form_edits.hpp"

#include <algorithm>
#include <cstring>
#include <map>

#include "client/store/fields_off.hpp"
#include "client/store/work_queries.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/amount.hpp"

namespace lianxin::client::app {
namespace {

using store::Edit;
using store::FieldEdit;
using Op = store::FieldEdit::Op;
using sync::change::CauseKind;

void set(Edit& edit, const char* field, std::string value) {
  edit.fields.push_back({field, Op::kSet, std::move(value)});
}

/// Not written at all when empty: nothing was said.
void set_if(Edit& edit, const char* field, const std::string& value) {
  if (!value.empty()) set(edit, field, value);
}

/// A new record is given what was filled in; an amended one also what was cleared.
void say(Edit& edit, const char* field, const std::string& value) {
  if (edit.create)
    set_if(edit, field, value);
  else
    set(edit, field, value);
}

void add_all(Edit& edit, const char* field, const std::vector<std::string>& elements) {
  if (!elements.empty()) edit.fields.push_back({field, Op::kAdd, join(elements, ",")});
}

bool holds(const std::vector<std::string>& list, std::string_view what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

/// Fields the county does without: the program fills in none of them by itself.
Result<std::set<std::string>> off_now(store::LaptopStore& store) {
  return store::fields_off(store.database(), Date::of(store.clock().now_ms()));
}

/// Yuan as typed, in fen; what is no amount stays with its unit, which no whole number has, so that the check
/// refuses it.
std::string fen_of(const std::string& yuan) {
  if (trim(yuan).empty()) return {};
  return domain::fen_of_yuan(yuan).value_or(yuan + " yuan");
}

/// Who was seen tells the outcome where it is plain.
std::string outcome_of(const view::VisitDraft& draft) {
  if (!draft.outcome.empty()) return draft.outcome;
  if (holds(draft.met_persons, "self")) return "met";
  return draft.met_persons.empty() ? "" : "met_family";
}

/// What is shown of sets now is taken out where the form no longer holds it.
Status remove_missing(store::LaptopStore& store, const view::VisitDraft& draft, Edit& edit) {
  LX_TRY(const auto kept, store.records().get(draft.draft));
  if (!kept) return {};
  const std::pair<const char*, const std::vector<std::string>*> sets[] = {
      {"purposes", &draft.purposes}, {"met_persons", &draft.met_persons}};
  for (const auto& [field, wanted] : sets) {
    const auto shown = kept->fields.find(field);
    if (shown == kept->fields.end()) continue;
    for (const std::string& element : shown->second.elements) {
      if (!holds(*wanted, element)) edit.fields.push_back({field, Op::kRemove, element});
    }
  }
  return {};
}

/// What was typed into the county's own fields of the form's own record.
void say_own(store::LaptopStore& store, const std::vector<view::FieldEdit>& typed, Edit& edit) {
  const domain::Kind* kind = store.records().catalogue().kind(edit.kind);
  for (const view::FieldEdit& one : typed) {
    const domain::Field* field =
        one.record.is_nil() && one.kind == edit.kind ? kind->field(one.field) : nullptr;
    if (field == nullptr || (edit.create && one.value.empty())) continue;
    edit.fields.push_back({one.field, Op::kSet, kept_form(*field, one.value)});
  }
}

/// The rest of what was typed beside the form: corrections of what stands elsewhere.
std::vector<view::FieldEdit> corrections_of(const view::VisitDraft& draft) {
  std::vector<view::FieldEdit> out;
  std::copy_if(draft.edits.begin(), draft.edits.end(), std::back_inserter(out),
               [](const view::FieldEdit& one) {
                 return !(one.record.is_nil() && (one.kind == "visit" || one.kind == "contact_attempt"));
               });
  return out;
}

Result<Edit> call_edit(store::LaptopStore& store, const view::VisitDraft& draft) {
  Edit edit;
  edit.kind = "contact_attempt";
  edit.record = draft.draft;
  edit.create = true;
  set(edit, "occurred_on", draft.occurred_on);
  LX_TRY(const auto off, off_now(store));
  if (off.count("contact_attempt.at_time") == 0) set_if(edit, "at_time", draft.began);
  set(edit, "worker_id", store.identity().worker.text());
  set(edit, "member_id", draft.member.text());
  set(edit, "channel", draft.mode);
  set(edit, "direction", "we_called");
  set(edit, "outcome", draft.outcome);
  add_all(edit, "topics", draft.topics);
  set_if(edit, "content", draft.content);
  say_own(store, draft.edits, edit);
  return edit;
}

Result<Edit> visit_edit(store::LaptopStore& store, const view::VisitDraft& draft, bool is_new) {
  Edit edit;
  edit.kind = "visit";
  edit.record = draft.draft;
  edit.create = is_new;
  set(edit, "occurred_on", draft.occurred_on);
  say(edit, "began", draft.began);
  say(edit, "ended", draft.ended);
  set(edit, "mode", draft.mode);
  set(edit, "outcome", outcome_of(draft));
  say(edit, "content", draft.content);
  if (is_new) {
    add_all(edit, "members", {draft.member.text()});
    add_all(edit, "workers", {store.identity().worker.text()});
  } else {
    LX_DO(remove_missing(store, draft, edit));
  }
  add_all(edit, "purposes", draft.purposes);
  add_all(edit, "met_persons", draft.met_persons);
  if (holds(draft.purposes, "care")) {
    say(edit, "festival", draft.festival);
    say(edit, "gift_kind", draft.gift_kind);
    say(edit, "gift_qty", draft.gift_quantity);
    say(edit, "gift_amount_fen", fen_of(draft.gift_yuan));
  }
  say(edit, "next_on", draft.next_on);
  LX_TRY(const auto off, off_now(store));
  const bool says_kind = off.count("visit.ack_kind") == 0 && !draft.ack_strokes.empty();
  say(edit, "ack_kind", draft.ack_kind.empty() && says_kind ? "signature" : draft.ack_kind);
  say(edit, "ack_strokes", draft.ack_strokes);
  say_own(store, draft.edits, edit);
  return edit;
}

class FormWriter {
 public:
  FormWriter(store::LaptopStore& store, const Id& form, const Id& member, sync::change::Cause cause)
      : store_(store), form_(form), member_(member), cause_(cause) {}

  void add(Edit edit, std::string place) {
    out_.edits.push_back(std::move(edit));
    out_.places.push_back(std::move(place));
  }

  /// Corrections by record; a nil record is a new one of its kind that hangs on the member.
  Status add_corrections(const std::vector<view::FieldEdit>& edits, const std::optional<Date>& as_of) {
    std::map<std::pair<std::string, std::string>, Edit> by_record;
    std::vector<std::pair<std::string, std::string>> order;
    for (const view::FieldEdit& one : edits) {
      const auto key = std::pair(one.kind, one.record.text());
      auto [at, is_first] = by_record.try_emplace(key);
      if (is_first) {
        order.push_back(key);
        at->second = begin(one, as_of);
      }
      LX_DO(add_field(at->second, one));
    }
    for (const auto& key : order)
      add(std::move(by_record.at(key)), "edits");
    return {};
  }

  /// "Unchanged": the value as it stands, said again for that day.
  Status add_confirmed(const std::vector<view::FieldEdit>& confirmed, const Date& on) {
    for (const view::FieldEdit& one : confirmed) {
      LX_TRY(const auto record, store_.records().get(one.record));
      if (!record || record->value(one.field).empty()) continue;
      Edit edit;
      edit.kind = record->kind;
      edit.record = one.record;
      edit.cause = cause_;
      edit.as_of = on;
      set(edit, one.field.c_str(), record->value(one.field));
      add(std::move(edit), "confirmed");
    }
    return {};
  }

  void add_cases(const view::VisitDraft& draft) {
    std::size_t number = 0;
    for (const view::CaseDraft& one : draft.cases) {
      Edit edit = made("case_item", "case", number++);
      set(edit, "member_id", member_.text());
      set(edit, "opened_on", draft.occurred_on);
      set(edit, "raised_via", draft.mode == "phone" || draft.mode == "video" ? "phone" : "visit");
      set(edit, "kind", "question");
      set_if(edit, "topic", one.topic);
      set_if(edit, "level", one.level);
      set_if(edit, "content", one.content);
      if (cause_.kind == CauseKind::kVisit) set(edit, "visit_id", form_.text());
      add(std::move(edit), "cases");
    }
  }

  /// The lines of a delivery and what leaves the bag for them. Where lines are kept already, only what is
  /// different is written, and the stock moves by the difference.
  Status add_lines(const Id& delivery, const std::vector<view::HandedDraft>& lines, const std::string& on,
                   bool mailed, const std::string& place) {
    LX_TRY(const Id bag, store::bag_of(store_.database(), store_.identity().worker));
    LX_TRY(auto kept, lines_of(delivery));
    for (const view::HandedDraft& one : lines) {
      const auto found = kept.find(one.material);
      const KeptLine before = found == kept.end() ? KeptLine() : found->second;
      if (found != kept.end()) kept.erase(found);
      if (before.quantity == std::int64_t{one.quantity}) continue;
      Edit line = made("delivery_line", ("line:" + one.material.text()).c_str(), 0);
      if (!before.line.is_nil()) line.record = before.line;
      set(line, "delivery_id", delivery.text());
      set(line, "material_id", one.material.text());
      set(line, "qty", std::to_string(one.quantity));
      add(std::move(line), place);
      if (bag.is_nil()) continue;
      const std::string from_to = std::to_string(before.quantity) + ">" + std::to_string(one.quantity);
      Edit movement = made("stock_movement", ("stock:" + one.material.text() + from_to).c_str(), 0);
      set(movement, "occurred_on", on);
      set(movement, "store_id", bag.text());
      set(movement, "material_id", one.material.text());
      set(movement, "delta", std::to_string(before.quantity - std::int64_t{one.quantity}));
      set(movement, "reason", mailed ? "mail" : "hand_out");
      set(movement, "ref_id", delivery.text());
      set(movement, "worker_id", store_.identity().worker.text());
      add(std::move(movement), place);
    }
    return {};
  }

  void add_event(const Id& delivery, const std::string& kind, const std::string& on) {
    Edit event = made("delivery_event", "event", 0);
    set(event, "delivery_id", delivery.text());
    set(event, "occurred_on", on);
    set(event, "kind", kind);
    set(event, "worker_id", store_.identity().worker.text());
    add(std::move(event), "");
  }

  /// Material given during a visit is a delivery by hand.
  Status add_handed(const view::VisitDraft& draft) {
    if (draft.handed.empty()) return {};
    Edit delivery = made("delivery", "delivery", 0);
    const bool by_family = outcome_of(draft) == "met_family";
    set(delivery, "member_id", member_.text());
    set(delivery, "mode", by_family ? "via_family" : "by_hand");
    set(delivery, "dispatched_on", draft.occurred_on);
    set(delivery, "received_on", draft.occurred_on);
    set(delivery, "relation", by_family ? "family" : "self");
    set(delivery, "worker_id", store_.identity().worker.text());
    LX_TRY(const auto off, off_now(store_));
    const bool is_signed = !draft.ack_strokes.empty();
    if (is_signed && off.count("delivery.receipt_kind") == 0) set(delivery, "receipt_kind", "paper_signed");
    if (is_signed && off.count("delivery.receipt_strokes") == 0)
      set(delivery, "receipt_strokes", draft.ack_strokes);
    const Id id = delivery.record;
    add(std::move(delivery), "handed");
    LX_DO(add_lines(id, draft.handed, draft.occurred_on, false, "handed"));
    add_event(id, by_family ? "signed_proxy" : "signed_self", draft.occurred_on);
    return {};
  }

  [[nodiscard]] Edit made(const char* kind, const char* what, std::size_t number) const {
    Edit edit;
    edit.kind = kind;
    edit.record = made_id(form_, what, number);
    edit.create = true;
    edit.cause = cause_;
    return edit;
  }
  [[nodiscard]] FormEdits take() { return std::move(out_); }

 private:
  Edit begin(const view::FieldEdit& one, const std::optional<Date>& as_of) const {
    if (!one.record.is_nil()) {
      Edit edit;
      edit.kind = one.kind;
      edit.record = one.record;
      edit.cause = cause_;
      edit.as_of = as_of;
      return edit;
    }
    const bool is_inflow = one.kind == view::kNewInflow;
    Edit edit =
        is_inflow ? made("mobility_episode", "inflow", 0) : made(one.kind.c_str(), one.kind.c_str(), 0);
    set(edit, "member_id", member_.text());
    if (one.kind == "contact_point") {
      const bool mobile = one.field == "value" && trim(half_width(one.value)).starts_with("1");
      set(edit, "kind", mobile ? "mobile" : "landline");
      set(edit, "owner", "self");
    } else if (edit.kind == "mobility_episode") {
      set(edit, "direction", is_inflow ? "in" : "out");
      set(edit, "state", "reported");
    }
    return edit;
  }

  /// Sets come as the elements there shall be, with blanks between.
  Status add_field(Edit& edit, const view::FieldEdit& one) {
    const domain::Kind* kind = store_.records().catalogue().kind(edit.kind);
    const domain::Field* field = kind == nullptr ? nullptr : kind->field(one.field);
    if (field == nullptr) return fail("record.field", {{"kind", one.kind}, {"field", one.field}});
    // What the form fills in by itself gives way to what a person says.
    std::erase_if(edit.fields, [&](const FieldEdit& other) { return other.field == one.field; });
    edit.fields.push_back({one.field, Op::kSet, kept_form(*field, one.value)});
    return {};
  }

  struct KeptLine {
    Id line;
    std::int64_t quantity = 0;
  };
  /// By material.
  Result<std::map<Id, KeptLine>> lines_of(const Id& delivery) {
    std::map<Id, KeptLine> out;
    LX_TRY(const auto kept, store_.records().get(delivery));
    if (!kept || kept->children.count("delivery_line") == 0) return out;
    for (const Id& id : kept->children.at("delivery_line")) {
      LX_TRY(const auto line, store_.records().get(id));
      if (!line || line->voided || line->deleted) continue;
      const auto material = Id::parse(line->value("material_id"));
      const auto quantity = read_integer(line->value("qty"));
      if (material.ok() && quantity) out[*material] = {id, *quantity};
    }
    return out;
  }

  store::LaptopStore& store_;
  Id form_;
  Id member_;
  sync::change::Cause cause_;
  FormEdits out_;
};

}  // namespace

std::string kept_form(const domain::Field& field, std::string typed) {
  if (domain::is_amount(field)) return fen_of(typed);
  if (field.type == domain::Type::kCodeSet || field.type == domain::Type::kCodeList)
    std::replace(typed.begin(), typed.end(), ' ', ',');
  return typed;
}

Id made_id(const Id& form, std::string_view what, std::size_t number) {
  const Hash256 hash = hash256(Bytes(form.bytes()) + std::string(what) + std::to_string(number));
  Id id = form;  // keeps the form's time in front
  std::memcpy(id.octets.data() + 6, hash.octets.data(), 10);
  id.octets[6] = static_cast<std::uint8_t>((id.octets[6] & 0x0FU) | 0x70U);
  id.octets[8] = static_cast<std::uint8_t>((id.octets[8] & 0x3FU) | 0x80U);
  return id;
}

Result<FormEdits> visit_edits(store::LaptopStore& store, const view::VisitDraft& draft) {
  LX_TRY(const auto kept, store.records().get(draft.draft));
  const bool is_new = !kept.has_value();
  const bool is_call = view::is_call(draft) && (is_new || kept->kind == "contact_attempt");
  sync::change::Cause cause;
  cause.kind = is_call ? CauseKind::kPhone : CauseKind::kVisit;
  if (!is_call) cause.ref = draft.draft;
  FormWriter writer(store, draft.draft, draft.member, cause);
  if (is_call) {
    LX_TRY(Edit call, call_edit(store, draft));
    writer.add(std::move(call), "");
  } else {
    LX_TRY(Edit visit, visit_edit(store, draft, is_new));
    writer.add(std::move(visit), "");
  }
  const auto on = Date::parse(draft.occurred_on);
  const Date today = Date::of(store.clock().now_ms());
  const Date day = on.ok() ? std::min(*on, today) : today;
  LX_DO(writer.add_corrections(corrections_of(draft), day));
  LX_DO(writer.add_confirmed(draft.confirmed, day));
  writer.add_cases(draft);
  if (!is_call) LX_DO(writer.add_handed(draft));
  return writer.take();
}

Result<FormEdits> delivery_edits(store::LaptopStore& store, const view::DeliveryDraft& draft) {
  LX_TRY(const auto kept, store.records().get(draft.draft));
  const bool is_new = !kept.has_value();
  FormWriter writer(store, draft.draft, draft.member, {});
  Edit edit;
  edit.kind = "delivery";
  edit.record = draft.draft;
  edit.create = is_new;
  if (is_new) {
    set(edit, "member_id", draft.member.text());
    set(edit, "worker_id", store.identity().worker.text());
  }
  set(edit, "mode", draft.mode);
  set(edit, "dispatched_on", draft.occurred_on);
  say(edit, "to_name", draft.to_name);
  say(edit, "to_phone", draft.to_phone);
  say(edit, "to_address", draft.to_address);
  if (draft.mode == "courier") {
    say(edit, "carrier", draft.carrier);
    say(edit, "tracking_no", draft.tracking_no);
  }
  say(edit, "received_by", draft.received_by);
  say(edit, "relation", draft.relation);
  say(edit, "received_on", draft.received_on);
  LX_TRY(const auto off, off_now(store));
  const bool says_kind = off.count("delivery.receipt_kind") == 0 && !draft.receipt_strokes.empty();
  say(edit, "receipt_kind", draft.receipt_kind.empty() && says_kind ? "paper_signed" : draft.receipt_kind);
  say(edit, "receipt_strokes", draft.receipt_strokes);
  say_own(store, draft.edits, edit);
  writer.add(std::move(edit), "");
  const bool was_received = kept && !kept->value("received_on").empty();
  LX_DO(writer.add_lines(draft.draft, draft.lines, draft.occurred_on, draft.mode == "courier", "lines"));
  if (!draft.received_on.empty() && !was_received) {
    const bool self = draft.relation.empty() || draft.relation == "self";
    writer.add_event(draft.draft, self ? "signed_self" : "signed_proxy", draft.received_on);
  }
  return writer.take();
}

Result<FormEdits> member_edits(store::LaptopStore& store, const view::MemberDraft& draft, const Id& member) {
  sync::change::Cause cause;
  cause.kind = cause_kind(draft.cause);
  FormWriter writer(store, draft.draft, member, cause);
  std::vector<view::FieldEdit> edits = draft.edits;
  if (draft.member.is_nil()) {
    Edit edit;
    edit.kind = "member";
    edit.record = member;
    edit.create = true;
    edit.cause = cause;
    set(edit, "unverified", "1");
    const domain::Kind& kind = *store.records().catalogue().kind("member");
    for (const view::FieldEdit& one : edits) {
      const domain::Field* field = one.kind == "member" ? kind.field(one.field) : nullptr;
      if (field != nullptr) set_if(edit, one.field.c_str(), kept_form(*field, one.value));
    }
    writer.add(std::move(edit), "");
    std::erase_if(edits,
                  [](const view::FieldEdit& one) { return one.kind == "member" || one.value.empty(); });
  }
  LX_DO(writer.add_corrections(edits, std::nullopt));
  return writer.take();
}

sync::change::CauseKind cause_kind(std::string_view code) {
  if (code == "visit") return CauseKind::kVisit;
  if (code == "phone") return CauseKind::kPhone;
  if (code == "document") return CauseKind::kDocument;
  if (code == "family") return CauseKind::kFamily;
  if (code == "correction") return CauseKind::kCorrection;
  return CauseKind::kTyped;
}

}  // namespace lianxin::client::app
