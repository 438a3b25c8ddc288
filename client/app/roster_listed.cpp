#include "client/app/roster_listed.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/domain/check.hpp"
#include "shared/domain/private_numbers.hpp"

namespace lianxin::client::app {
namespace {

using import::RosterRow;
using import::RosterValue;

/// One record, old or new.
class RecordEditor {
 public:
  RecordEditor(std::string_view kind, const RowTarget& target, const Id& member, HangingRecord& record,
               RowEdits& out)
      : kind_(*domain::Catalogue::base().kind(kind)), record_(record), out_(out) {
    edit_.kind = kind;
    edit_.cause = target.cause;
    is_new_ = record.id.is_nil();
    if (is_new_) {
      record.id = Id::make(target.now_ms);
      edit_.create = true;
      edit_.fields.push_back({"member_id", store::FieldEdit::Op::kSet, member.text()});
    }
    edit_.record = record.id;
  }

  [[nodiscard]] bool is_new() const { return is_new_; }

  void fill(const std::string& name, const std::string& written) {
    const domain::Field* field = kind_.field(name);
    if (field == nullptr || written.empty()) return;
    const auto canonical = domain::canonical_value(*field, written);
    std::string& here = record_.fields[name];
    if (!canonical.ok()) return differ(name, written);
    if (here.empty()) {
      here = *canonical;
      edit_.fields.push_back({name, store::FieldEdit::Op::kSet, *canonical});
    } else if (here != *canonical && domain::mask_private_numbers(here) != *canonical) {
      differ(name, *canonical);
    }
  }

  void differ(const std::string& name, const std::string& written) {
    out_.differences.push_back({kind_.name + "." + name, record_.fields[name], written});
  }

  void finish() {
    if (!edit_.fields.empty()) out_.edits.push_back(std::move(edit_));
  }

 private:
  const domain::Kind& kind_;
  HangingRecord& record_;
  RowEdits& out_;
  store::Edit edit_;
  bool is_new_ = false;
};

/// What the register may print from the outflow, which has a record of its own: only a new certificate takes
/// it.
bool is_told_by_outflow(const std::string& field) {
  return field == "reason_text" || field == "place_text" || field == "time_text";
}

/// Years of checks as the register writes them: "2025", the day "2025-03-20", "2025(2026-01-10)".
std::string years_not_in(const std::string& written, const std::set<std::string>& known) {
  std::set<std::string> missing;
  for (const std::string& word : split(written, ' ')) {
    constexpr std::size_t kYearDigits = 4;
    const std::string year = word.substr(0, kYearDigits);
    if (!year.empty() && known.count(year) == 0) missing.insert(year);
  }
  return join({missing.begin(), missing.end()}, " ");
}

void add_certificate(const RosterRow& row, const RowTarget& target, MemberFacts& facts, RowEdits& out) {
  const std::string number(row.value("certificate.cert_no"));
  if (number.empty()) return;
  HangingRecord& record = facts.certificates[number];
  RecordEditor editor("certificate", target, facts.id, record, out);
  editor.fill("cert_no", number);
  if (editor.is_new() && !facts.episode.is_nil()) editor.fill("episode_id", facts.episode.text());
  for (const RosterValue& value : row.values) {
    if (value.kind != "certificate") continue;
    if (value.field == "checks") {
      const std::string missing = years_not_in(value.value, record.years);
      const std::vector<std::string> here(record.years.begin(), record.years.end());
      if (!missing.empty()) out.differences.push_back({"certificate_check.year", join(here, " "), missing});
    } else if (editor.is_new() || !is_told_by_outflow(value.field)) {
      editor.fill(value.field, value.value);
    }
  }
  editor.finish();
}

void add_pair(const RosterRow& row, const WorkersByName& workers, const HangingRecord& record,
              RecordEditor& editor) {
  if (row.list != import::OwnList::kHardship || row.liaison_name.empty()) return;
  if (row.liaison_name == record.pair_name) return;
  const auto named = workers.find(row.liaison_name);
  const bool is_one = named != workers.end() && named->second.size() == 1;
  if (is_one)
    editor.fill("pair_worker_id", named->second.front().text());
  else
    editor.differ("pair_worker_id", row.liaison_name);
}

void add_hardship(const RosterRow& row, const RowTarget& target, const WorkersByName& workers,
                  MemberFacts& facts, RowEdits& out) {
  const bool tells = std::any_of(row.values.begin(), row.values.end(),
                                 [](const RosterValue& value) { return value.kind == "hardship_record"; });
  if (!tells) return;
  RecordEditor editor("hardship_record", target, facts.id, facts.hardship, out);
  if (editor.is_new()) editor.fill("active", "1");
  for (const RosterValue& value : row.values)
    if (value.kind == "hardship_record") editor.fill(value.field, value.value);
  add_pair(row, workers, facts.hardship, editor);
  editor.finish();
}

}  // namespace

void add_listed(const RosterRow& row, const RowTarget& target, const WorkersByName& workers,
                MemberFacts& facts, RowEdits& out) {
  add_certificate(row, target, facts, out);
  add_hardship(row, target, workers, facts, out);
}

}  // namespace lianxin::client::app
