// duplicate: who may be one person, and a person's word on it (sync.md 3.8).
#include <algorithm>

#include "client/cli/call.hpp"
#include "client/cli/record_shape.hpp"
#include "client/cli/warnings.hpp"
#include "client/cli/words.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::cli {
namespace {

constexpr std::size_t kPairsMax = 1000;

std::string likeness_word(domain::Likeness likeness) {
  switch (likeness) {
    case domain::Likeness::kStrong:
      return "strong";
    case domain::Likeness::kLikely:
      return "likely";
    case domain::Likeness::kWeak:
    case domain::Likeness::kNone:
      break;
  }
  return "weak";
}

/// Fields of both records with a value in one of them, in the order of the forms: name, value, value.
struct BothSides {
  const domain::Field* field;
  std::string one;
  std::string other;
};

/// Of a set: its elements with ',' between.
std::string stored_value(const store::RecordShown& record, const domain::Field& field) {
  const auto found = record.fields.find(field.name);
  if (!field.is_set() || found == record.fields.end()) return record.value(field.name);
  std::vector<std::string> elements = found->second.elements;
  std::sort(elements.begin(), elements.end());
  return join(elements, ",");
}

std::vector<BothSides> sides_of(const domain::Kind& kind, const store::RecordShown& one,
                                const store::RecordShown& other) {
  std::vector<BothSides> out;
  for (const domain::Field& field : kind.fields) {
    BothSides sides{&field, stored_value(one, field), stored_value(other, field)};
    if (!sides.one.empty() || !sides.other.empty()) out.push_back(std::move(sides));
  }
  return out;
}

Json pair_json(const store::TwinPair& pair, const domain::Kind& kind, const store::RecordShown& one,
               const store::RecordShown& other) {
  Json reasons = Json::array();
  for (const store::TwinPair::Reason& reason : pair.reasons) {
    Json args = Json::object();
    for (const ErrorArg& arg : reason.args)
      args[arg.name] = arg.value;
    reasons.push_back({{"reason", reason.key}, {"args", std::move(args)}});
  }
  Json differs = Json::object();
  for (const BothSides& sides : sides_of(kind, one, other)) {
    if (sides.one != sides.other) differs[sides.field->name] = Json::array({sides.one, sides.other});
  }
  return {{"kind", pair.kind},
          {"one", pair.one.text()},
          {"other", pair.other.text()},
          {"scopes", Json::array({one.scope_code, other.scope_code})},
          {"likeness", likeness_word(pair.likeness)},
          {"reasons", std::move(reasons)},
          {"differs", std::move(differs)}};
}

void say_pair(Call& call, const store::TwinPair& pair, const domain::Kind& kind,
              const store::RecordShown& one, const store::RecordShown& other, Names& names) {
  Terminal& terminal = call.terminal;
  std::string reasons;
  for (const store::TwinPair::Reason& reason : pair.reasons) {
    if (!reasons.empty()) reasons += terminal.words("cli.comma");
    reasons += terminal.words("duplicate.reason." + reason.key, reason.args);
  }
  terminal.say("cli.duplicate.pair",
               {{"kind", kind_text(terminal, pair.kind)},
                {"likeness", terminal.words("duplicate.likeness." + likeness_word(pair.likeness))},
                {"reasons", reasons}});
  std::vector<std::vector<std::string>> rows{{"  ", "", pair.one.text(), pair.other.text()}};
  for (const BothSides& sides : sides_of(kind, one, other)) {
    rows.push_back({sides.one == sides.other ? "  " : "  *",
                    field_text(terminal, kind.name, sides.field->name),
                    value_text(terminal, sides.field, sides.one, names),
                    value_text(terminal, sides.field, sides.other, names)});
  }
  terminal.table(rows);
}

Status each_pair(store::Records& records, const std::vector<store::TwinPair>& pairs,
                 const std::function<void(const store::TwinPair&, const domain::Kind&,
                                          const store::RecordShown&, const store::RecordShown&)>& take) {
  for (const store::TwinPair& pair : pairs) {
    const domain::Kind* kind = records.catalogue().kind(pair.kind);
    LX_TRY(const auto one, records.get(pair.one));
    LX_TRY(const auto other, records.get(pair.other));
    if (kind != nullptr && one && other) take(pair, *kind, *one, *other);
  }
  return {};
}

Exit list_said(Call& call, store::Records& records) {
  LX_TRY(const std::vector<store::TwinSaid> all, records.said_of_twins());
  Names names(records);
  if (call.terminal.json()) {
    Json out = Json::array();
    for (const store::TwinSaid& said : all) {
      out.push_back({{"kind", said.kind},
                     {"one", said.one.text()},
                     {"other", said.other.text()},
                     {"same", said.same},
                     {"dispute", said.in_dispute},
                     {"author", names.of(said.author)},
                     {"at", iso_time(said.effective_ms)}});
    }
    call.terminal.value(out);
    return 0;
  }
  std::vector<std::vector<std::string>> rows;
  rows.reserve(all.size());
  for (const store::TwinSaid& said : all) {
    rows.push_back(
        {call.terminal.words(said.same ? "cli.duplicate.said_same" : "cli.duplicate.said_different"),
         names.of(said.one), said.one.text(), names.of(said.other), said.other.text(), names.of(said.author),
         time_text(said.effective_ms), said.in_dispute ? call.terminal.words("cli.in_dispute") : ""});
  }
  if (!rows.empty()) call.terminal.table(rows);
  call.terminal.say("cli.duplicate.said_count", {{"count", std::to_string(all.size())}});
  return 0;
}

Exit say(Call& call, store::TwinWord word, const char* key) {
  LX_TRY(const auto store, open_store(call));
  store::Records& records = store->records();
  LX_TRY(const Id one, records.find_id(call.options.id));
  LX_TRY(const Id other, records.find_id(call.options.other));
  LX_TRY(const store::Saved saved, records.say_twins(one, other, word));
  LX_TRY(const std::vector<Id> cluster, records.cluster(one));
  const bool changed = !saved.changes.empty();
  if (call.terminal.json()) {
    Json ids = Json::array();
    for (const Id& id : cluster)
      ids.push_back(id.text());
    call.terminal.value(with_copies(call, {{"change", changed ? Json(saved.changes.front().text()) : Json()},
                                           {"canonical", cluster.front().text()},
                                           {"records", std::move(ids)}}));
  } else {
    call.terminal.say(changed ? key : "cli.nothing_changed", {{"id", cluster.front().text()}});
  }
  return 0;
}

}  // namespace

Status read_all_twins(Call& call, store::LaptopStore& store) {
  constexpr std::size_t kRecordsAtOnce = 1000;
  LX_TRY(const std::size_t all, store.records().unread_twins());
  HowFar tell(call, "cli.duplicate.reading");
  std::size_t done = 0;
  // What was compared is remembered: also on a full disk, from which forms are taken away.
  return store.taking_away([&]() -> Status {
    for (bool more = true; more;) {
      LX_TRY(more, store.records().read_twins(kRecordsAtOnce));
      done = std::min(all, done + kRecordsAtOnce);
      tell(done, all);
    }
    return {};
  });
}

Exit duplicate_list(Call& call) {
  LX_TRY(const auto store, open_store(call));
  store::Records& records = store->records();
  if (call.options.said) return list_said(call, records);
  LX_DO(read_all_twins(call, *store));
  LX_TRY(const store::Twins twins, records.twins(call.options.limit > 0 ? call.options.limit : kPairsMax));
  if (call.terminal.json()) {
    Json out = Json::array();
    LX_DO(each_pair(records, twins.pairs,
                    [&](const auto& pair, const auto& kind, const auto& one, const auto& other) {
                      out.push_back(pair_json(pair, kind, one, other));
                    }));
    call.terminal.value(out);
    return 0;
  }
  Names names(records);
  LX_DO(each_pair(records, twins.pairs,
                  [&](const auto& pair, const auto& kind, const auto& one, const auto& other) {
                    say_pair(call, pair, kind, one, other, names);
                  }));
  call.terminal.say(twins.pairs.empty() ? "cli.duplicate.none"
                    : twins.more        ? "cli.duplicate.more"
                                        : "cli.duplicate.count",
                    {{"count", std::to_string(twins.pairs.size())}});
  return 0;
}

Exit duplicate_same(Call& call) { return say(call, store::TwinWord::kSame, "cli.duplicate.same"); }

Exit duplicate_different(Call& call) {
  return say(call, store::TwinWord::kDifferent, "cli.duplicate.different");
}

Exit duplicate_undo(Call& call) { return say(call, store::TwinWord::kUnsaid, "cli.duplicate.undone"); }

}  // namespace lianxin::client::cli
