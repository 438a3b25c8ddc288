#include "sync/server/admin/purge_commands.hpp"

#include <algorithm>
#include <map>

#include "sync/server/service/administration.hpp"
#include "sync/server/service/handed_in.hpp"
#include "sync/server/service/purging.hpp"
#include "sync/server/service/related.hpp"

namespace lianxin::sync::server::admin {
namespace {

/// What else says something of the person, and what became of it.
struct Beside {
  std::vector<RelatedRecord> records;
  std::vector<bool> purged;
  std::uint64_t changes = 0;
  [[nodiscard]] std::size_t purged_count() const {
    return static_cast<std::size_t>(std::count(purged.begin(), purged.end(), true));
  }
};

Result<std::uint64_t> remove_pictures(const Context& context, const PurgeCounts& purged) {
  LX_TRY(const auto files, context.folder().open_pictures());
  std::uint64_t pictures = 0;
  for (const Hash256& name : purged.pictures) {
    LX_TRY(const bool removed, files->remove(name));
    pictures += removed ? 1 : 0;
  }
  return pictures;
}

/// Record by record, each whole: one broken off is gone on with by the same command. What was taken with the
/// record it hangs on is not purged twice.
Result<Beside> purge_beside(const Context& context, OpenCounty& county, const Id& record) {
  Beside out;
  LX_TRY(out.records, related_records(*county.store, *county.catalogue, record));
  out.purged.assign(out.records.size(), false);
  if (!context.options.related) return out;
  for (std::size_t i = 0; i < out.records.size(); ++i) {
    const RelatedRecord& one = out.records[i];
    if (one.of_others) continue;
    out.purged[i] = true;
    bool holds = false;
    {
      LX_TRY(const auto reader, county.store->read());
      LX_TRY(holds, log_holds(*reader, one.id, personal_fields(*county.catalogue->kind(one.kind))));
    }
    if (!holds) continue;
    auto purged = county.office.purge(one.id, {}, context.options.reason);
    if (!purged.ok()) return about(purged.error(), one.id.text());
    out.changes += purged->changes;
    LX_TRY(const std::uint64_t pictures, remove_pictures(context, *purged));
    (void)pictures;
  }
  return out;
}

Result<std::vector<Id>> handed_in(OpenCounty& county, const Id& record,
                                  const std::vector<std::string>& fields) {
  LX_TRY(const auto reader, county.store->read());
  return forms_handed_in(*reader, *county.catalogue, record, fields);
}

Json json_of(const std::vector<Id>& ids) {
  Json out = Json::array();
  for (const Id& id : ids)
    out.push_back(id.text());
  return out;
}

Json json_of(const Beside& beside) {
  Json out = Json::array();
  for (std::size_t i = 0; i < beside.records.size(); ++i) {
    const RelatedRecord& one = beside.records[i];
    out.push_back(Json{{"id", one.id.text()},
                       {"kind", one.kind},
                       {"same_person", one.same_person},
                       {"of_others", one.of_others},
                       {"purged", bool{beside.purged[i]}}});
  }
  return out;
}

/// What stays, by kind; by id where it is one by one that somebody must look at it.
void say_beside(const Context& context, const Beside& beside) {
  const std::size_t gone = beside.purged_count();
  if (gone > 0)
    context.out.say("server.purge.with_related",
                    {{"count", std::to_string(gone)}, {"changes", std::to_string(beside.changes)}});
  std::map<std::pair<std::string, std::string>, std::vector<Id>> left;  // by sentence and kind
  for (std::size_t i = 0; i < beside.records.size(); ++i) {
    const RelatedRecord& one = beside.records[i];
    if (beside.purged[i]) continue;
    const char* sentence = one.same_person ? "server.purge.related_same"
                           : one.of_others ? "server.purge.related_others"
                                           : "server.purge.related_line";
    left[{sentence, one.kind}].push_back(one.id);
  }
  if (left.empty()) return;
  context.out.say("server.purge.related");
  for (const auto& [what, ids] : left) {
    context.out.say(what.first, {{"kind", context.out.messages().get("kind." + what.second)},
                                 {"count", std::to_string(ids.size())}});
    if (what.first == "server.purge.related_line") continue;
    for (const Id& id : ids)
      context.out.line("    " + id.text());
  }
  context.out.say(context.options.related ? "server.purge.related_one_by_one" : "server.purge.related_how");
}

}  // namespace

Result<int> purge_command(const Context& context) {
  const Options& options = context.options;
  LX_TRY(OpenCounty county, open_county(context));
  LX_TRY(const Id record, typed_id(options.id));
  if (options.related && !options.fields.empty()) return fail("purge.related");
  auto purged = county.office.purge(record, options.fields, options.reason);
  if (!purged.ok()) return about(purged.error(), options.id);
  LX_TRY(const std::uint64_t pictures, remove_pictures(context, *purged));
  Beside beside;
  if (options.fields.empty()) {
    LX_TRY(beside, purge_beside(context, county, record));
  }
  LX_TRY(const std::vector<Id> forms, handed_in(county, record, purged->fields));
  const Json before = {{"records", purged->records_before}, {"changes", purged->changes_before}};
  const Json after = {{"records", purged->records_after}, {"changes", purged->changes_after}};
  context.out.value(Json{{"record", options.id},
                         {"number", purged->number},
                         {"fields", purged->fields},
                         {"changes", purged->changes},
                         {"attachments", purged->attachments},
                         {"pictures", pictures},
                         {"related", json_of(beside)},
                         {"handed_in", json_of(forms)},
                         {"before", before},
                         {"after", after},
                         {"log_is_empty", purged->log_is_empty}});
  context.out.say("server.purge.done", {{"record", options.id},
                                        {"fields", std::to_string(purged->fields.size())},
                                        {"changes", std::to_string(purged->changes)},
                                        {"records", std::to_string(purged->records_after)}});
  if (purged->attachments > 0)
    context.out.say("server.purge.pictures", {{"attachments", std::to_string(purged->attachments)},
                                              {"pictures", std::to_string(pictures)}});
  say_beside(context, beside);
  if (!forms.empty()) context.out.say("server.purge.handed_in", {{"count", std::to_string(forms.size())}});
  LX_TRY(const auto database, context.folder().store_url());
  context.out.say(purged->log_is_empty ? "server.purge.laptops"
                  : database           ? "server.purge.log_elsewhere"
                                       : "server.purge.log_left");
  return 0;
}

}  // namespace lianxin::sync::server::admin
