// Materials, stock, study packs and red packages: every piece that leaves a store is a movement and a
// delivery.
#include <algorithm>

#include "client/county/making.hpp"
#include "client/county/words.hpp"

namespace lianxin::client::county {
namespace {

struct Parcel {
  const Member* member = nullptr;
  Id to_org;  ///< instead of a member
  Id material;
  int qty = 1;
  std::string mode;
  Date on;
  std::size_t township = 0;
  Id resend_of;
};

void move_stock(Making& making, const Id& store, const Id& material, int delta, const std::string& reason,
                const Date& on, const Id& delivery = {}) {
  making.diary.add("stock_movement", on,
                   {{"store_id", store.text()},
                    {"material_id", material.text()},
                    {"delta", std::to_string(delta)},
                    {"reason", reason},
                    {"occurred_on", on.text()},
                    {"ref_id", delivery.is_nil() ? std::string() : delivery.text()}});
}

void event(Making& making, const Id& delivery, const std::string& kind, const Date& on) {
  making.diary.add(
      "delivery_event", std::min(on, making.as_of),
      {{"delivery_id", delivery.text()}, {"kind", kind}, {"occurred_on", std::min(on, making.as_of).text()}});
}

std::string tracking(Chance& chance) {
  return "JY" + std::to_string(chance.between(100000, 999999)) +
         std::to_string(chance.between(100000, 999999));
}

/// The delivery, its line and the movement out of the township's store, entered on the day it is sent.
Id send(Making& making, Chance& chance, const Parcel& parcel, const Date& entered) {
  Fields fields{{"mode", parcel.mode},
                {"dispatched_on", parcel.on.text()},
                {"resend_of", parcel.resend_of.is_nil() ? std::string() : parcel.resend_of.text()}};
  if (parcel.member != nullptr) {
    fields.emplace_back("member_id", parcel.member->id.text());
    fields.emplace_back("to_name", parcel.member->name);
    fields.emplace_back("to_address", parcel.mode == "courier" ? parcel.member->place : parcel.member->home);
  } else {
    fields.emplace_back("to_org_id", parcel.to_org.text());
  }
  if (parcel.mode == "courier") {
    fields.emplace_back("carrier", chance.of(rows("carriers")).front());
    if (chance.percent(96)) fields.emplace_back("tracking_no", tracking(chance));
    fields.emplace_back("fee_fen", std::to_string(chance.between(8, 22) * 100));
  }
  const Id id = making.diary.add("delivery", entered, fields);
  making.diary.add("delivery_line", entered,
                   {{"delivery_id", id.text()},
                    {"material_id", parcel.material.text()},
                    {"qty", std::to_string(parcel.qty)},
                    {"title_version", "1"}});
  move_stock(making, making.ground.townships[parcel.township].id, parcel.material, -parcel.qty,
             parcel.mode == "courier" ? "mail" : "hand_out", entered, id);
  return id;
}

void receive(Making& making, Chance& chance, const Id& delivery, const Parcel& parcel, const Date& entered) {
  const bool courier = parcel.mode == "courier";
  const Date on = std::min(courier ? parcel.on.plus_days(chance.between(2, 6)) : parcel.on, making.as_of);
  const Date known = std::max(on, entered);
  const int how = chance.between(1, 100);
  if (courier) event(making, delivery, "collected", std::max(parcel.on, entered));
  if (how > 94) return;  // nothing is known of it yet
  const bool proxy = how > 78;
  event(making, delivery, proxy ? "signed_proxy" : "signed_self", known);
  static const std::vector<std::string> kProxies{"family", "family", "neighbour", "station"};
  making.diary.change(
      "delivery", delivery, known,
      {{"received_on", on.text()},
       {"relation", proxy ? chance.of(kProxies) : "self"},
       {"received_by", parcel.member == nullptr || proxy ? std::string() : parcel.member->name},
       {"receipt_kind", courier              ? "carrier_status"
                        : chance.percent(60) ? "paper_signed"
                                             : "phone_confirmed"}});
}

Parcel pack_for(Making& making, Chance& chance, std::size_t left) {
  static const std::vector<std::string> kModes{"by_hand", "by_hand",    "by_hand",
                                               "courier", "via_family", "via_branch"};
  Parcel parcel;
  parcel.material = making.materials.study_pack;
  parcel.on = making.day(chance);
  if (left > 12 && chance.percent(3)) {
    // A box for a township's reading room.
    parcel.township = chance.below(making.ground.townships.size());
    parcel.to_org = making.ground.townships[parcel.township].id;
    parcel.qty = chance.between(4, 10);
    parcel.mode = "via_branch";
    return parcel;
  }
  parcel.member = &making.somebody(chance);
  parcel.township = making.ground.villages[parcel.member->village].township;
  parcel.qty = left > 1 && chance.percent(8) ? 2 : 1;
  parcel.mode = chance.of(kModes);
  return parcel;
}

/// Not sent yet, or entered by mistake: in no count.
void idle_packs(Making& making, Chance& chance) {
  for (std::size_t n = 0; n < making.scaled(14); ++n) {
    const Member& member = making.somebody(chance);
    const Date on = making.as_of.plus_days(-chance.between(0, 12));
    const Id id = making.diary.add(
        "delivery", on, {{"member_id", member.id.text()}, {"mode", "courier"}, {"to_name", member.name}});
    making.diary.add(
        "delivery_line", on,
        {{"delivery_id", id.text()}, {"qty", "1"}, {"material_id", making.materials.study_pack.text()}});
    event(making, id, "packed", on);
  }
  for (std::size_t n = 0; n < making.scaled(4); ++n) {
    const Member& member = making.somebody(chance);
    const Date on = making.day(chance);
    const Id id = making.diary.add(
        "delivery", on, {{"member_id", member.id.text()}, {"mode", "by_hand"}, {"dispatched_on", on.text()}});
    const Id line = making.diary.add(
        "delivery_line", on,
        {{"delivery_id", id.text()}, {"qty", "1"}, {"material_id", making.materials.study_pack.text()}});
    const std::string why = chance.of(rows("void_reasons")).front();
    making.diary.annul("delivery_line", line, on, why);
    making.diary.annul("delivery", id, on, why);
  }
}

Parcel red_package(Making& making, Chance& chance, const std::string& mode, std::size_t township) {
  Parcel parcel;
  parcel.material = making.materials.red_package;
  parcel.mode = mode;
  parcel.on = chance.day(making.begin.plus_days(20), making.as_of.plus_days(-25));
  parcel.member = &making.somebody(chance);
  for (int tries = 0; tries < 50 && making.ground.villages[parcel.member->village].township != township;
       ++tries)
    parcel.member = &making.somebody(chance);
  parcel.township = making.ground.villages[parcel.member->village].township;
  return parcel;
}

}  // namespace

void make_materials(Making& making) {
  const auto material = [&](const Row& row, const std::string& version) {
    return making.diary.add("material", making.before(),
                            {{"code", row.at(0)},
                             {"name", row.at(1)},
                             {"kind", row.at(2)},
                             {"unit", row.at(3)},
                             {"required_set_version", version},
                             {"from", making.begin.plus_months(-24).text()}});
  };
  for (const Row& row : rows("materials")) {
    const bool is_package = row.at(0) == "red_package";
    const Id id = material(row, is_package ? "1" : "");
    if (row.at(2) == "book") making.materials.titles.push_back(id);
    if (is_package) making.materials.red_package = id;
    if (row.at(0) == "study_pack") making.materials.study_pack = id;
  }
  for (const Id& title : making.materials.titles)
    making.diary.add(
        "material_component", making.before(),
        {{"material_id", making.materials.red_package.text()}, {"part_id", title.text()}, {"qty", "1"}});
  making.diary.add("material_component", making.before(),
                   {{"material_id", making.materials.study_pack.text()},
                    {"part_id", making.materials.titles.at(1).text()},
                    {"qty", "1"}});
  const auto packs = static_cast<int>(making.scaled(making.targets.study_packs));
  const Date first = making.before();
  const auto townships = static_cast<int>(making.ground.townships.size());
  move_stock(making, making.ground.county, making.materials.study_pack, packs + 40 * townships + 20,
             "receive", first);
  move_stock(making, making.ground.county, making.materials.red_package, 4 * townships, "assemble", first);
  for (const Township& township : making.ground.townships) {
    // Enough for its part of the packs, whoever they will go to; what is short shows as a negative balance.
    const int share = packs / townships + 40;
    move_stock(making, making.ground.county, making.materials.study_pack, -share, "transfer_out", first);
    move_stock(making, township.id, making.materials.study_pack, share, "transfer_in", first);
    move_stock(making, making.ground.county, making.materials.red_package, -3, "transfer_out", first);
    move_stock(making, township.id, making.materials.red_package, 3, "transfer_in", first);
  }
  move_stock(making, making.ground.county, making.materials.study_pack, -3, "damage",
             making.begin.plus_days(45));
}

void make_packs(Making& making) {
  Chance chance(making.seed, "packs");
  std::size_t left = making.scaled(making.targets.study_packs);
  while (left > 0) {
    const Parcel parcel = pack_for(making, chance, left);
    left -= static_cast<std::size_t>(parcel.qty);
    const Date entered = making.entered(chance, parcel.on);
    receive(making, chance, send(making, chance, parcel, entered), parcel, entered);
  }
  idle_packs(making, chance);
}

void make_red_packages(Making& making) {
  Chance chance(making.seed, "red");
  const std::size_t counted = making.scaled(making.targets.red_packages);
  for (std::size_t n = 0; n < counted; ++n) {
    const Parcel parcel = red_package(making, chance, "courier", n % making.ground.townships.size());
    const Id id = send(making, chance, parcel, parcel.on);
    if (n != 1) {
      receive(making, chance, id, parcel, parcel.on);
      continue;
    }
    // A wrong address: it came back and was sent again; one package all the same.
    event(making, id, "collected", parcel.on);
    event(making, id, "returned", parcel.on.plus_days(9));
    move_stock(making, making.ground.townships[parcel.township].id, parcel.material, 1, "return_in",
               parcel.on.plus_days(9), id);
    Parcel again = parcel;
    again.on = parcel.on.plus_days(12);
    again.resend_of = id;
    receive(making, chance, send(making, chance, again, again.on), again, again.on);
  }
  for (std::size_t n = 0; n < making.scaled(3); ++n) {
    const Parcel parcel = red_package(making, chance, "by_hand", n % making.ground.townships.size());
    receive(making, chance, send(making, chance, parcel, parcel.on), parcel, parcel.on);
  }
  const Parcel stopped = red_package(making, chance, "courier", 0);
  const Id id = send(making, chance, stopped, stopped.on);
  event(making, id, "cancelled", stopped.on.plus_days(1));
  move_stock(making, making.ground.townships[stopped.township].id, stopped.material, 1, "return_in",
             stopped.on.plus_days(1), id);
}

}  // namespace lianxin::client::county
