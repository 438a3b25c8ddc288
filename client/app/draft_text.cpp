#include "client/app/draft_text.hpp"

#include <nlohmann/json.hpp>

namespace lianxin::client::app {
namespace {

using Json = nlohmann::json;

// Each form names its fields once; the same list writes and reads.

class Writer {
 public:
  void operator()(const char* name, const std::string& value) {
    if (!value.empty()) json[name] = value;
  }
  void operator()(const char* name, const Id& value) { json[name] = value.text(); }
  void operator()(const char* name, const std::uint32_t& value) { json[name] = value; }
  void operator()(const char* name, const std::vector<std::string>& value) {
    if (!value.empty()) json[name] = value;
  }
  template <class T>
  void operator()(const char* name, const std::vector<T>& list) {
    if (list.empty()) return;
    json[name] = Json::array();
    for (const T& one : list) {
      Writer writer;
      fields(writer, one);
      json[name].push_back(std::move(writer.json));
    }
  }
  Json json = Json::object();
};

class Reader {
 public:
  explicit Reader(const Json& source) : json_(source) {}
  void operator()(const char* name, std::string& value) {
    if (const Json* found = find(name); found != nullptr && found->is_string())
      value = found->get<std::string>();
  }
  void operator()(const char* name, Id& value) {
    std::string text;
    (*this)(name, text);
    if (const auto id = Id::parse(text); id.ok()) value = *id;
  }
  void operator()(const char* name, std::uint32_t& value) {
    if (const Json* found = find(name); found != nullptr && found->is_number_unsigned())
      value = found->get<std::uint32_t>();
  }
  void operator()(const char* name, std::vector<std::string>& value) {
    const Json* found = find(name);
    if (found == nullptr || !found->is_array()) return;
    for (const Json& one : *found) {
      if (one.is_string()) value.push_back(one.get<std::string>());
    }
  }
  template <class T>
  void operator()(const char* name, std::vector<T>& list) {
    const Json* found = find(name);
    if (found == nullptr || !found->is_array()) return;
    for (const Json& one : *found) {
      Reader reader(one);
      fields(reader, list.emplace_back());
    }
  }

 private:
  const Json* find(const char* name) const {
    if (!json_.is_object()) return nullptr;
    const auto found = json_.find(name);
    return found == json_.end() ? nullptr : &*found;
  }
  const Json& json_;
};

template <class Archive, class Edit>
void edit_fields(Archive& a, Edit& edit) {
  a("record", edit.record);
  a("kind", edit.kind);
  a("field", edit.field);
  a("value", edit.value);
}
void fields(Writer& a, const view::FieldEdit& edit) { edit_fields(a, edit); }
void fields(Reader& a, view::FieldEdit& edit) { edit_fields(a, edit); }

template <class Archive, class Case>
void case_fields(Archive& a, Case& one) {
  a("topic", one.topic);
  a("level", one.level);
  a("content", one.content);
}
void fields(Writer& a, const view::CaseDraft& one) { case_fields(a, one); }
void fields(Reader& a, view::CaseDraft& one) { case_fields(a, one); }

template <class Archive, class Handed>
void handed_fields(Archive& a, Handed& one) {
  a("material", one.material);
  a("quantity", one.quantity);
}
void fields(Writer& a, const view::HandedDraft& one) { handed_fields(a, one); }
void fields(Reader& a, view::HandedDraft& one) { handed_fields(a, one); }

template <class Archive, class Visit>
void visit_fields(Archive& a, Visit& draft) {
  a("draft", draft.draft);
  a("member", draft.member);
  a("occurred_on", draft.occurred_on);
  a("began", draft.began);
  a("ended", draft.ended);
  a("mode", draft.mode);
  a("purposes", draft.purposes);
  a("topics", draft.topics);
  a("outcome", draft.outcome);
  a("met_persons", draft.met_persons);
  a("content", draft.content);
  a("festival", draft.festival);
  a("gift_kind", draft.gift_kind);
  a("gift_quantity", draft.gift_quantity);
  a("gift_yuan", draft.gift_yuan);
  a("cases", draft.cases);
  a("handed", draft.handed);
  a("next_on", draft.next_on);
  a("ack_kind", draft.ack_kind);
  a("ack_strokes", draft.ack_strokes);
  a("edits", draft.edits);
  a("confirmed", draft.confirmed);
}

template <class Archive, class Delivery>
void delivery_fields(Archive& a, Delivery& draft) {
  a("draft", draft.draft);
  a("member", draft.member);
  a("mode", draft.mode);
  a("occurred_on", draft.occurred_on);
  a("lines", draft.lines);
  a("to_name", draft.to_name);
  a("to_phone", draft.to_phone);
  a("to_address", draft.to_address);
  a("carrier", draft.carrier);
  a("tracking_no", draft.tracking_no);
  a("received_by", draft.received_by);
  a("relation", draft.relation);
  a("received_on", draft.received_on);
  a("receipt_kind", draft.receipt_kind);
  a("receipt_strokes", draft.receipt_strokes);
  a("edits", draft.edits);
  a("filled_in", draft.filled_in);
}

template <class Archive, class Member>
void member_fields(Archive& a, Member& draft) {
  a("draft", draft.draft);
  a("member", draft.member);
  a("edits", draft.edits);
  a("cause", draft.cause);
}

template <class Archive, class Record>
void record_fields(Archive& a, Record& draft) {
  a("draft", draft.draft);
  a("record", draft.record);
  a("kind", draft.kind);
  a("edits", draft.edits);
}

template <class Archive, class One>
void called_fields(Archive& a, One& one) {
  a("member", one.member);
  a("name", one.name);
}
void fields(Writer& a, const view::CalledDraft& one) { called_fields(a, one); }
void fields(Reader& a, view::CalledDraft& one) { called_fields(a, one); }

template <class Archive, class Call>
void call_fields(Archive& a, Call& draft) {
  a("draft", draft.draft);
  a("member", draft.member);
  a("day", draft.day);
  a("channel", draft.channel);
  a("outcome", draft.outcome);
  a("topics", draft.topics);
  a("content", draft.content);
  a("others", draft.others);
}

constexpr std::pair<view::HomeComing, const char*> kComings[] = {{view::HomeComing::kHome, "home"},
                                                                 {view::HomeComing::kReturned, "returned"},
                                                                 {view::HomeComing::kMoved, "moved"}};

template <class Archive, class Said>
void said_fields(Archive& a, Said& draft) {
  a("draft", draft.draft);
  a("member", draft.member);
  a("day", draft.day);
  a("until", draft.until);
  a("division", draft.division);
  a("place", draft.place);
  a("employer", draft.employer);
}

template <class Fields>
std::string written(Fields fields) {
  Writer writer;
  fields(writer);
  return writer.json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class Draft, class Fields>
Result<Draft> read(const std::string& text, Fields fields) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return fail("draft.malformed");
  Draft draft;
  Reader reader(json);
  fields(reader, draft);
  return draft;
}

}  // namespace

std::string draft_text(const view::VisitDraft& draft) {
  return written([&](Writer& a) { visit_fields(a, draft); });
}

std::string draft_text(const view::DeliveryDraft& draft) {
  return written([&](Writer& a) { delivery_fields(a, draft); });
}

std::string draft_text(const view::MemberDraft& draft) {
  return written([&](Writer& a) { member_fields(a, draft); });
}

std::string draft_text(const view::RecordDraft& draft) {
  return written([&](Writer& a) { record_fields(a, draft); });
}

std::string draft_text(const view::WhereaboutsDraft& draft) {
  return written([&](Writer& a) {
    said_fields(a, draft);
    for (const auto& [what, name] : kComings) {
      if (draft.what == what) a("what", std::string(name));
    }
    a("certificate_back", std::string(draft.certificate_back ? "1" : ""));
  });
}

std::string draft_text(const view::CallDraft& draft) {
  return written([&](Writer& a) { call_fields(a, draft); });
}

Result<view::WhereaboutsDraft> read_whereabouts_draft(const std::string& text) {
  return read<view::WhereaboutsDraft>(text, [](Reader& a, auto& draft) {
    said_fields(a, draft);
    std::string said;
    a("what", said);
    for (const auto& [what, name] : kComings) {
      if (said == name) draft.what = what;
    }
    said.clear();
    a("certificate_back", said);
    draft.certificate_back = said == "1";
  });
}

Result<view::CallDraft> read_call_draft(const std::string& text) {
  return read<view::CallDraft>(text, [](Reader& a, auto& draft) { call_fields(a, draft); });
}

Result<view::VisitDraft> read_visit_draft(const std::string& text) {
  return read<view::VisitDraft>(text, [](Reader& a, auto& draft) { visit_fields(a, draft); });
}

Result<view::DeliveryDraft> read_delivery_draft(const std::string& text) {
  return read<view::DeliveryDraft>(text, [](Reader& a, auto& draft) { delivery_fields(a, draft); });
}

Result<view::MemberDraft> read_member_draft(const std::string& text) {
  return read<view::MemberDraft>(text, [](Reader& a, auto& draft) { member_fields(a, draft); });
}

Result<view::RecordDraft> read_record_draft(const std::string& text) {
  return read<view::RecordDraft>(text, [](Reader& a, auto& draft) { record_fields(a, draft); });
}

}  // namespace lianxin::client::app
