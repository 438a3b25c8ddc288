#include "sync/server/service/related.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "sync/server/service/names.hpp"
#include "sync/server/service/purging.hpp"
#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {
namespace {

/// Whom or what a record names, in fields that refer to one kind.
struct NamedThere {
  std::set<Id> ids;
  bool by_one = false;  ///< one of the people in a field for one; else they are a set that shares the record
};

bool refers_to(const domain::Field& field, std::string_view kind) {
  const bool refers = field.type == domain::Type::kReference || field.type == domain::Type::kReferenceSet;
  return refers && field.target == kind;
}

NamedThere named_there(const merge::RecordState& state, const domain::Kind& kind, std::string_view of,
                       const std::set<Id>& people) {
  NamedThere out;
  for (const domain::Field& field : kind.fields) {
    if (!refers_to(field, of)) continue;
    const auto ids = field.is_set() ? elements_in(state, field) : references_in(state, field);
    out.ids.insert(ids.begin(), ids.end());
    out.by_one = out.by_one || (!field.is_set() && std::any_of(ids.begin(), ids.end(), [&](const Id& id) {
                   return people.count(id) > 0;
                 }));
  }
  return out;
}

/// Walks from the records of one person to all that says something of him.
class Relatives {
 public:
  Relatives(store::Reader& reader, const domain::Catalogue& catalogue, std::string kind, std::set<Id> people)
      : reader_(reader), catalogue_(catalogue), kind_(std::move(kind)), people_(std::move(people)) {
    for (const Id& id : people_) {
      met_.insert(id);
      next_.emplace_back(id, false);
    }
  }

  [[nodiscard]] Result<std::vector<RelatedRecord>> all(const Id& but) {
    for (const Id& id : people_) {
      if (id != but) LX_DO(add({id, kind_, true, false}));
    }
    LX_DO(walk());
    if (kind_ == "member") LX_DO(look_for_names());
    LX_DO(walk());
    std::sort(out_.begin(), out_.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool names_others(const NamedThere& named) const {
    return !std::includes(people_.begin(), people_.end(), named.ids.begin(), named.ids.end());
  }

  [[nodiscard]] Status add(RelatedRecord one) {
    const domain::Kind* kind = catalogue_.kind(one.kind);
    if (kind == nullptr) return {};
    LX_TRY(const bool holds, log_holds(reader_, one.id, personal_fields(*kind)));
    if (holds) out_.push_back(std::move(one));
    return {};
  }

  [[nodiscard]] Status take(const Id& id, const domain::Kind& kind, bool of_others) {
    LX_DO(add({id, kind.name, false, of_others}));
    next_.emplace_back(id, of_others);
    return {};
  }

  /// What hangs on what was met.
  [[nodiscard]] Status walk() {
    while (!next_.empty()) {
      const auto [parent, shared] = next_.back();
      next_.pop_back();
      LX_TRY(const auto children, reader_.children(parent));
      for (const Id& child : children) {
        LX_TRY(const auto row, reader_.record(child));
        const domain::Kind* kind = row ? catalogue_.kind(row->kind) : nullptr;
        if (kind == nullptr || !met_.insert(child).second) continue;
        LX_TRY(const auto state, state_for(reader_, *row, Id{}));
        LX_DO(take(child, *kind, shared || names_others(named_there(state, *kind, kind_, people_))));
      }
    }
    return {};
  }

  /// Records that stand elsewhere and name the person.
  [[nodiscard]] Status look_for_names() {
    for (const domain::Kind& kind : catalogue_.kinds()) {
      if (std::none_of(kind.fields.begin(), kind.fields.end(),
                       [&](const domain::Field& field) { return refers_to(field, kind_); }))
        continue;
      LX_TRY(const auto ids, reader_.records_of_kind(kind.wire));
      for (const Id& id : ids) {
        LX_TRY(const auto row, reader_.record(id));
        if (!row || met_.count(id) > 0) continue;
        LX_TRY(const auto state, state_for(reader_, *row, Id{}));
        const NamedThere named = named_there(state, kind, kind_, people_);
        if (std::none_of(named.ids.begin(), named.ids.end(),
                         [&](const Id& one) { return people_.count(one) > 0; }))
          continue;
        met_.insert(id);
        LX_DO(take(id, kind, !named.by_one || names_others(named)));
      }
    }
    return {};
  }

  store::Reader& reader_;
  const domain::Catalogue& catalogue_;
  std::string kind_;
  std::set<Id> people_;
  std::set<Id> met_;
  std::vector<std::pair<Id, bool>> next_;  ///< whose children are to be met, and whether others share it
  std::vector<RelatedRecord> out_;
};

}  // namespace

Result<std::vector<RelatedRecord>> related_records(store::Store& store, const domain::Catalogue& catalogue,
                                                   const Id& record) {
  std::set<Id> people;
  {
    LX_TRY(const auto writer, store.write());  // nothing is written; a workspace knows who is one
    LX_TRY(people, Workspace(*writer, catalogue).cluster_of(record));
  }
  LX_TRY(const auto reader, store.read());
  LX_TRY(const auto row, reader->record(record));
  const domain::Kind* kind = row ? catalogue.kind(row->kind) : nullptr;
  if (kind == nullptr) return std::vector<RelatedRecord>();
  return Relatives(*reader, catalogue, kind->name, std::move(people)).all(record);
}

}  // namespace lianxin::sync::server
