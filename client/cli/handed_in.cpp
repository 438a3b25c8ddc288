// report list, reprint, compare: forms that were handed in.
#include "client/app/audit.hpp"
#include "client/app/form_making.hpp"
#include "client/app/left_file.hpp"
#include "client/cli/record_shape.hpp"
#include "client/cli/reveal.hpp"
#include "client/cli/warnings.hpp"
#include "client/report/comparison.hpp"

namespace lianxin::client::cli {

namespace {

Json json_of(const report::FrozenForm& form, Names& names) {
  return {{"snapshot", form.id.text()},      {"form", form.form},     {"unit", form.unit.text()},
          {"period", form.period},           {"as_of", form.as_of},   {"frozen_on", form.frozen_on},
          {"revision", form.revision},       {"digest", form.digest}, {"records", form.record_count},
          {"worker", names.of(form.worker)}, {"reason", form.reason}};
}

Json json_of(const report::NumberChange& change, Names& names) {
  Json records = Json::array();
  for (const report::Moved& one : change.moved) {
    records.push_back({{"record", one.record.text()},
                       {"before", one.before},
                       {"after", one.after},
                       {"why", report::word_of(one.why)},
                       {"author", one.author.is_nil() ? Json() : Json(names.of(one.author))},
                       {"replica", one.author.is_nil() ? Json() : Json(one.replica.text())}});
  }
  Json out = {{"row", change.row}, {"part", change.part}, {"records", records}};
  out["before"] = change.before ? Json(*change.before) : Json();
  out["after"] = change.after ? Json(*change.after) : Json();
  for (const report::Why why : report::kWhys)
    out[report::word_of(why)] = change.sum(why);
  return out;
}

std::vector<std::string> line_of(const Terminal& terminal, Names& names, const report::NumberChange& change) {
  const auto name_of = [&](const Id& worker) { return names.of(worker); };
  return {std::to_string(change.row), terminal.words("figure." + std::to_string(change.row)),
          report::numbers_in_words(change), report::reasons_in_words(change, terminal.messages(), name_of)};
}

}  // namespace

Exit report_list(Call& call) {
  LX_TRY(const auto store, open_store(call));
  Id unit;
  if (!call.options.scope.empty()) {
    LX_TRY(unit, store->records().find_id(call.options.scope));
  }
  LX_TRY(const std::vector<report::FrozenForm> all, report::frozen_forms(store->records(), unit));
  Names names(store->records());
  std::vector<std::vector<std::string>> lines;
  for (const report::FrozenForm& form : all) {
    if (call.terminal.json()) call.terminal.value(json_of(form, names));
    lines.push_back(
        {form.frozen_on, form.form, call.terminal.words("form." + form.form + ".title"), names.of(form.unit),
         form.period, form.as_of,
         call.terminal.words("cli.report.revision", {{"revision", std::to_string(form.revision)}}),
         names.of(form.worker), form.id.text()});
  }
  call.terminal.table(lines);
  if (lines.empty()) call.terminal.say("cli.report.none");
  return 0;
}

Exit report_reprint(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Id id, store->records().find_id(call.options.id));
  LX_TRY(const report::Snapshot snapshot, report::read_snapshot(store->records(), id));
  if (snapshot.unmasked) LX_DO(app::may_take_unmasked(*store));
  LX_TRY(const Bytes file,
         app::file_again(snapshot, {call.options.out, call.options.gb18030}, call.terminal.messages()));
  LX_DO(note_export(call, *store, {snapshot.form, snapshot.scope, "", id, snapshot.records.size()}));
  LX_TRY(const auto kept, app::leave_file(*store, call.options.out, file, call.terminal.messages()));
  const bool same = file == snapshot.file;
  note_kept(call, kept);
  if (call.terminal.json())
    call.terminal.value(
        with_kept({{"file", call.options.out}, {"bytes", file.size()}, {"same_bytes", same}}, kept));
  else
    call.terminal.say(same ? "cli.report.reprinted" : "cli.report.reprinted_as",
                      {{"file", call.options.out}, {"kind", snapshot.kind}});
  return 0;
}

Exit report_compare(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Id id, store->records().find_id(call.options.id));
  LX_TRY(const report::Snapshot then, report::read_snapshot(store->records(), id));
  report::Counting now;
  if (call.options.other.empty()) {
    LX_TRY(now, app::counting_now(*store, then));
  } else {
    LX_TRY(const Id other, store->records().find_id(call.options.other));
    LX_TRY(report::Snapshot second, report::read_snapshot(store->records(), other));
    now = {std::move(second.records), std::move(second.numbers)};
  }
  LX_TRY(const std::vector<report::NumberChange> changes, report::compare(store->records(), then, now));
  Names names(store->records());
  Json out = Json::array();
  std::vector<std::vector<std::string>> lines;
  for (const report::NumberChange& change : changes) {
    if (call.terminal.json())
      out.push_back(json_of(change, names));
    else if (change.part.empty())
      lines.push_back(line_of(call.terminal, names, change));
  }
  if (call.terminal.json())
    call.terminal.value(out);
  else if (lines.empty())
    call.terminal.say("compare.equal");
  else
    call.terminal.table(lines);
  return 0;
}

}  // namespace lianxin::client::cli
