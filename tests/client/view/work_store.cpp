#include "tests/client/view/work_store.hpp"

#include <doctest/doctest.h>

#include "assets/assets.hpp"

namespace lianxin::test {

namespace cs = client::store;

namespace {

std::vector<cs::FieldEdit> edits_of(Values values) {
  std::vector<cs::FieldEdit> out;
  for (const auto& [name, value] : values) {
    std::string field = name;
    auto op = cs::FieldEdit::Op::kSet;
    if (field.ends_with('+')) {
      op = cs::FieldEdit::Op::kAdd;
      field.pop_back();
    }
    out.push_back({field, op, value});
  }
  return out;
}

Id save(cs::LaptopStore& store, cs::Edit edit) {
  const auto saved = store.records().save({std::move(edit)});
  if (!saved.ok()) FAIL(saved.error().code << " " << saved.error().detail);
  if (!saved->ok) FAIL(saved->problems.front().code << " of " << saved->problems.front().field);
  return saved->records.front();
}

}  // namespace

Id put(cs::LaptopStore& store, const std::string& kind, Values values, const sync::change::Cause& cause) {
  cs::Edit edit;
  edit.kind = kind;
  edit.cause = cause;
  edit.fields = edits_of(values);
  return save(store, std::move(edit));
}

void change(cs::LaptopStore& store, const std::string& kind, const Id& record, Values values,
            const sync::change::Cause& cause) {
  cs::Edit edit;
  edit.kind = kind;
  edit.record = record;
  edit.cause = cause;
  edit.fields = edits_of(values);
  save(store, std::move(edit));
}

std::string refusal(cs::LaptopStore& store, const Id& member, const std::string& field,
                    const std::string& value) {
  cs::Edit edit;
  edit.kind = "member";
  edit.record = member;
  edit.fields = {{field, cs::FieldEdit::Op::kSet, value}};
  const auto saved = store.records().save({edit});
  REQUIRE(saved.ok());
  return saved->ok ? "" : saved->problems.front().code;
}

std::string day(const cs::LaptopStore& store, int before) {
  return Date::of(store.clock().now_ms()).plus_days(-before).text();
}

client::view::Wording wording(const std::string& language) {
  auto messages = Messages::parse(assets::texts(language));
  REQUIRE(messages.ok());
  return {std::make_shared<const Messages>(std::move(*messages)), language};
}

WorkStore::WorkStore() {
  auto made = cs::LaptopStore::create(county.enrol(home()), county.clock);
  if (!made.ok()) FAIL(made.error().code << " " << made.error().detail);
  store = std::move(*made);
  village = county.village;
  cs::Edit unit;
  unit.kind = "org_unit";
  unit.record = village;
  unit.create = true;
  unit.fields = edits_of({{"kind", "village"}, {"name", "三合村"}, {"code", kVillageOfTests}});
  save(*store, std::move(unit));
  bag = put(*store, "org_unit",
            {{"kind", "store"}, {"name", "顾小满的背包"}, {"keeper_id", store->identity().worker.text()}});
  material = put(*store, "material",
                 {{"code", "ZL-1"}, {"name", "学习资料包"}, {"kind", "study_pack"}, {"unit", "set"}});
  put(*store, "stock_movement",
      {{"occurred_on", day(*store, 30)},
       {"store_id", bag.text()},
       {"material_id", material.text()},
       {"delta", "6"},
       {"reason", "receive"}});
}

}  // namespace lianxin::test
