// The list of divisions becomes records of the shelf, a batch of lines at a time.
#include <unordered_map>

#include "shared/domain/division.hpp"
#include "sync/server/service/administration.hpp"
#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/own_changes.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::size_t kBatchLines = 2000;

class DivisionImport {
 public:
  DivisionImport(store::Store& store, const domain::Catalogue& catalogue, const Clock& clock,
                 const County& county, const Administration::OnImported& on_batch)
      : store_(store), catalogue_(catalogue), clock_(clock), county_(county), on_batch_(on_batch) {}

  Status take(domain::Division&& division) {
    batch_.push_back(std::move(division));
    return batch_.size() < kBatchLines ? Status{} : write_batch();
  }
  Status finish() {
    LX_DO(write_batch());
    const WallMs now = clock_.now_ms();
    LX_TRY(const auto writer, store_.write());
    LX_DO(writer->append_audit(audit_row(now, kByAdministrator, "division.import", Id{},
                                         {{"added", std::to_string(counts_.added)},
                                          {"changed", std::to_string(counts_.changed)},
                                          {"unchanged", std::to_string(counts_.unchanged)}})));
    return writer->commit();
  }
  [[nodiscard]] const DivisionCounts& counts() const { return counts_; }

 private:
  [[nodiscard]] Status write_batch();
  [[nodiscard]] Status write_one(store::Writer& writer, OwnChanges& own, const domain::Division& division);
  [[nodiscard]] Result<Id> parent_of(store::Writer& writer, const domain::Division& division);
  void count(const domain::Division& division);

  store::Store& store_;
  const domain::Catalogue& catalogue_;
  const Clock& clock_;
  const County& county_;
  const Administration::OnImported& on_batch_;
  std::vector<domain::Division> batch_;
  std::unordered_map<std::string, Id> ids_;  ///< codes of the batch, not yet in the table of units
  DivisionCounts counts_;
  std::uint64_t lines_ = 0;
};

Status DivisionImport::write_batch() {
  if (batch_.empty()) return {};
  const WallMs now = clock_.now_ms();
  LX_TRY(const auto writer, store_.write());
  LX_TRY(OwnChanges own, OwnChanges::begin(*writer, catalogue_, county_, now));
  for (const domain::Division& division : batch_)
    LX_DO(write_one(*writer, own, division));
  LX_DO(own.finish());
  LX_DO(writer->commit());
  lines_ += batch_.size();
  batch_.clear();
  ids_.clear();
  if (on_batch_) on_batch_(lines_);
  return {};
}

Result<Id> DivisionImport::parent_of(store::Writer& writer, const domain::Division& division) {
  if (division.parent.empty()) return Id{};
  if (const auto in_batch = ids_.find(division.parent); in_batch != ids_.end()) return in_batch->second;
  LX_TRY(const auto unit, writer.unit_by_code(division.parent));
  if (unit) return unit->id;
  // The reader has seen every parent but a county's: the prefecture is in no list.
  if (division.level == "county") return Id{};
  return fail("division.unknown", {{"code", division.parent}});
}

void DivisionImport::count(const domain::Division& division) {
  std::uint64_t* counter = division.level == "county"                                     ? &counts_.county
                           : division.level == "township" || division.level == "street"   ? &counts_.township
                           : division.level == "village" || division.level == "community" ? &counts_.village
                                                                                          : &counts_.other;
  ++*counter;
}

Status DivisionImport::write_one(store::Writer& writer, OwnChanges& own, const domain::Division& division) {
  count(division);
  LX_TRY(const Id parent, parent_of(writer, division));
  LX_TRY(const auto known, writer.unit_by_code(division.code));
  const Id id = known ? known->id : Id::make(clock_.now_ms());
  ids_[division.code] = id;
  std::vector<FieldValue> values;
  if (!known) values.push_back({"code", division.code});
  if (!known || known->level != division.level) values.push_back({"kind", division.level});
  if (!known || known->name != division.name) values.push_back({"name", division.name});
  // At the top of a list nothing is said about what is above it.
  if (!parent.is_nil() && (!known || known->parent != parent)) values.push_back({"parent_id", parent.text()});
  ++(!known ? counts_.added : values.empty() ? counts_.unchanged : counts_.changed);
  return values.empty() ? Status{} : own.write("org_unit", id, values);
}

}  // namespace

Result<DivisionCounts> Administration::import_divisions(const Read& read, const OnImported& on_batch) {
  DivisionImport import(*store_, *catalogue_, *clock_, county_, on_batch);
  domain::DivisionReader reader([&](domain::Division&& division) { return import.take(std::move(division)); },
                                [&](std::string_view code) -> Result<bool> {
                                  LX_TRY(const auto kept, store_->read());
                                  LX_TRY(const auto unit, kept->unit_by_code(code));
                                  return unit.has_value();
                                });
  for (;;) {
    LX_TRY(const std::string piece, read());
    if (piece.empty()) break;
    LX_DO(reader.feed(piece));
  }
  LX_DO(reader.finish());
  LX_DO(import.finish());
  return import.counts();
}

}  // namespace lianxin::sync::server
