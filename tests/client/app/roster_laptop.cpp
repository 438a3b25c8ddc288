#include "tests/client/app/roster_laptop.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

#include "tests/support/divisions.hpp"

namespace lianxin::client::app::test {
namespace {

std::string file_text(const std::string& path) {
  const char* dir = std::getenv("LX_SOURCE_DIR");
  std::ifstream file(std::string(dir != nullptr ? dir : ".") + "/" + path, std::ios::binary);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

store::Edit edit_of(const std::string& kind, const RosterLaptop::Values& values) {
  store::Edit edit;
  edit.kind = kind;
  for (const auto& [field, value] : values)
    edit.fields.push_back({field, store::FieldEdit::Op::kSet, value});
  return edit;
}

}  // namespace

std::string sample(const std::string& name) { return file_text("tests/data/" + name); }

RosterLaptop::RosterLaptop(const std::string& scope_prefix)
    : folder_(std::filesystem::temp_directory_path() / ("lianxin-roster-" + ReplicaId::random().text())) {
  const auto divisions = lianxin::test::all_divisions(file_text("assets/divisions/divisions-220622.csv"));
  REQUIRE(divisions.ok());
  store::NewStore made;
  made.home = folder_;
  made.passphrase = "lianxin-test-passphrase";
  made.identity.worker = Id::make(1);
  made.identity.worker_name = "周明";
  made.identity.machine_mark = "0123456789abcdef";
  made.replica = ReplicaId::random();
  made.cost = {1, 8};
  made.scopes.push_back({Id{}, "", {0, 1, 2, 3, 4}});
  std::vector<store::Edit> units;
  for (const domain::Division& division : *divisions) {
    const Id id = Id::make(clock_.now_ms());
    units_[division.code] = id;
    names_[id.text()] = division.name;
    if (division.code.starts_with(scope_prefix)) made.scopes.push_back({id, division.code, {0, 1, 2, 3, 4}});
    store::Edit unit =
        edit_of("org_unit", {{"kind", division.level}, {"name", division.name}, {"code", division.code}});
    unit.record = id;
    unit.create = true;
    units.push_back(std::move(unit));
  }
  auto store = store::LaptopStore::create(made, clock_);
  REQUIRE_MESSAGE(store.ok(), store.error().code);
  store_ = std::move(*store);
  const auto saved = store_->records().save(units);
  REQUIRE(saved.ok());
  REQUIRE(saved->ok);
}

RosterLaptop::~RosterLaptop() {
  store_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

RosterPlan RosterLaptop::plan(const std::string& sample_file, const RosterChoices& choices) {
  return plan_bytes(sample(sample_file), sample_file, choices);
}

RosterPlan RosterLaptop::plan_bytes(const std::string& bytes, const std::string& name,
                                    const RosterChoices& choices) {
  auto plan = plan_roster(store_->records(), store_->settings(), clock_, bytes, name, choices);
  REQUIRE_MESSAGE(plan.ok(), plan.error().code);
  return std::move(*plan);
}

RosterApplied RosterLaptop::apply(const RosterPlan& plan) {
  auto applied = apply_roster(store_->records(), store_->settings(), clock_, plan);
  REQUIRE_MESSAGE(applied.ok(), applied.error().code);
  return std::move(*applied);
}

store::Records::BatchUndone RosterLaptop::undo(const Id& batch) {
  auto undone = undo_roster(store_->records(), clock_, batch);
  REQUIRE_MESSAGE(undone.ok(), undone.error().code);
  return std::move(*undone);
}

std::string RosterLaptop::undo_error(const Id& batch) {
  const auto undone = undo_roster(store_->records(), clock_, batch);
  return undone.ok() ? "" : undone.error().code;
}

std::vector<PastRoster> RosterLaptop::past() {
  auto past = past_rosters(store_->records());
  REQUIRE(past.ok());
  return std::move(*past);
}

Id RosterLaptop::put(const std::string& kind, const Values& values) {
  const auto saved = store_->records().save({edit_of(kind, values)});
  REQUIRE(saved.ok());
  REQUIRE(saved->ok);
  return saved->records.front();
}

void RosterLaptop::edit(const std::string& kind, const Id& record, const Values& values) {
  store::Edit edit = edit_of(kind, values);
  edit.record = record;
  const auto saved = store_->records().save({edit});
  REQUIRE(saved.ok());
  REQUIRE(saved->ok);
}

store::RecordShown RosterLaptop::get(const Id& record) {
  auto shown = store_->records().get(record);
  REQUIRE(shown.ok());
  REQUIRE(shown->has_value());
  return std::move(**shown);
}

std::size_t RosterLaptop::count(const std::string& kind) {
  store::ListQuery query;
  query.kind = kind;
  const auto rows = store_->records().list(query);
  REQUIRE(rows.ok());
  return rows->size();
}

std::size_t RosterLaptop::changes() {
  const auto status = store_->records().status();
  REQUIRE(status.ok());
  return status->unsent;
}

std::string RosterLaptop::name_of(const std::string& unit_id) const { return names_.at(unit_id); }

}  // namespace lianxin::client::app::test
