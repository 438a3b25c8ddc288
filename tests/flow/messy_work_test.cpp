// Messy days, work (domain.md 5: situations 4, 5, 6, 13, 17): coming home, parcels, two visits of one day.
#include "tests/flow/messy.hpp"

namespace {

using namespace lianxin::test;
using namespace lianxin::test::messy;

TEST_CASE("messy 4: a member comes home: for the holiday, for good, to move on") {
  Desk d;
  const std::string guest = mobile(d.a, "赵过节", kSanhe);
  const std::string settler = mobile(d.a, "钱定居", kSanhe);
  const std::string mover = mobile(d.a, "孙再走", kSanhe);
  d.settle();
  const std::string certificate = put(
      d.town, {"certificate", "member_id=" + settler, "cert_no=JY1", "state=valid", "issued_on=2025-10-08"});
  d.settle();
  d.a.ctl({"member", "home", guest, "--from", "2026-09-20", "--to", "2026-09-29"});
  const Json home = d.a.ctl({"member", "returned", settler, "--on", "2026-09-10"});
  CHECK(home.at("certificate") == certificate);  // to be asked for
  CHECK(home.at("certificate_back") == false);
  const Json moved = d.a.ctl({"member", "moved", mover, "--on", "2026-09-15", "dest_division=310115"});
  CHECK(moved.at("records").size() == 2);
  const std::string his = home.at("episode");
  CHECK(refusal(d.a.try_ctl({"member", "returned", settler, "--on", "2026-09-11"})) == "episode.none");
  d.settle();

  CHECK(mobiles(d.office, kCountyCode, "2026-09-09") == 3);  // what was is as it was
  CHECK(mobiles(d.office, kCountyCode, "2026-06-30") == 3);
  CHECK(mobiles(d.office, kCountyCode) == 2);  // the guest, and who moved on: he was away all the time
  const Json festival = figure(d.office, kCountyCode, 59).at("parts");
  CHECK(festival.at("members_home").at("records") == Json::array({guest}));
  CHECK(festival.at("returned").at("records") == Json::array({settler}));
  CHECK(field(d.office, his, "end_kind") == "returned");
  const Json episodes = d.office.ctl({"get", mover}).at("children").at("mobility_episode");
  REQUIRE(episodes.size() == 2);  // the history stays
  CHECK(field(d.office, moved.at("episode"), "end_kind") == "moved_on");
  CHECK(field(d.office, moved.at("records").at(1), "dest_division") == "310115");
  CHECK(figure(d.office, kCountyCode, 22).at("denominator") ==
        2);  // open: the guest's and the mover's new one
  // And the certificate comes back with the word for it.
  d.town.ctl({"put", "certificate", "--id", certificate, "state=returned", "returned_on=2026-09-12"});
  d.settle();
  CHECK(field(d.a, certificate, "state") == "returned");
}

TEST_CASE(
    "messy 4: a return and another worker's word on the destination, at the same time: neither is lost") {
  Desk d;
  Laptop other = d.county.laptop("戊", "worker", kSanhe);
  const std::string member = person(d.a, "李同时", kSanhe);
  const std::string out = episode(d.a, member);
  d.county.settle({&d.a, &other, &d.office});
  d.a.ctl({"member", "returned", member, "--on", "2026-09-10"});
  other.ctl({"put", "mobility_episode", "--id", out, "dest_division=440305", "--cause", "phone"});
  const std::string rival =
      other.ctl({"put", "mobility_episode", "--id", out, "state=reported"}).at("change");
  d.county.settle({&d.a, &other, &d.office});
  // Both spoke of the state of the outflow: a person sees both before the return holds.
  const Json cards = d.office.ctl({"conflict", "list"});
  REQUIRE(!cards.empty());
  CHECK(cards.dump().find(rival) != std::string::npos);
  for (const Json& card : cards) {
    for (const Json& head : card.at("heads")) {
      if (head.at("value") == "ended")
        d.office.ctl({"conflict", "resolve", card.at("id"), "--take", head.at("change")});
    }
  }
  for (const Json& card : d.office.ctl({"conflict", "list"}))  // groups: looked at
    d.office.ctl({"conflict", "resolve", card.at("id"), "--take", card.at("heads").at(0).at("change")});
  d.county.settle({&d.a, &other, &d.office});
  CHECK(d.office.ctl({"conflict", "list"}).empty());
  CHECK(field(d.a, out, "state") == "ended");
  CHECK(field(d.a, out, "returned_on") == "2026-09-10");
  CHECK(field(d.a, out, "dest_division") == "440305");
  CHECK(mobiles(d.office, kCountyCode) == 0);
}

struct Parcels : Desk {
  std::string pack, book, store;
  void prepare() {
    pack = put(office, {"material", "name=红色包裹", "kind=red_package", "code=HB", "from=2026-01-01"});
    for (const char* title : {"报告", "党章", "摘编"}) {
      const std::string part = put(office, {"material", std::string("name=") + title, "kind=book",
                                            std::string("code=") + title, "from=2026-01-01"});
      put(office, {"material_component", "material_id=" + pack, "part_id=" + part, "qty=1"});
    }
    store = office.ctl({"get", kSanhe}).at("id");
    settle();
    move(10, "receive", "2026-01-05");
  }
  void move(int pieces, const std::string& why, const std::string& day) {
    put(a, {"stock_movement", "occurred_on=" + day, "store_id=" + store, "material_id=" + pack,
            "delta=" + std::to_string(pieces), "reason=" + why});
  }
  std::string send(const std::string& member, const std::string& day, const Words& more = {}) {
    Words words = {"delivery", "member_id=" + member, "mode=courier", "dispatched_on=" + day};
    words.insert(words.end(), more.begin(), more.end());
    const std::string delivery = put(a, words);
    put(a, {"delivery_line", "delivery_id=" + delivery, "material_id=" + pack, "qty=1"});
    move(-1, "mail", day);
    return delivery;
  }
  void happened(const std::string& delivery, const std::string& what, const std::string& day) {
    put(a, {"delivery_event", "delivery_id=" + delivery, "kind=" + what, "occurred_on=" + day});
  }
  int in_stock() {
    int sum = 0;
    for (const Json& row : office.ctl({"list", "stock_movement"}))
      sum += std::stoi(field(office, row.at("id"), "delta").get<std::string>());
    return sum;
  }
};

TEST_CASE("messy 5: a parcel refused, left with a neighbour, sent to a wrong address, returned, lost") {
  Parcels d;
  d.prepare();
  const std::string who = mobile(d.a, "周收件", kSanhe, {"home_address=三合村旧址1号"});
  const std::string refused = d.send(who, "2026-02-01");
  const std::string proxy = d.send(who, "2026-02-02");
  const std::string wrong = d.send(who, "2026-02-03", {"to_address=三合村旧址1号"});
  const std::string lost = d.send(who, "2026-02-04");
  const std::string stopped = d.send(who, "2026-02-05");
  d.settle();
  // All of it is written down months later.
  d.happened(refused, "refused", "2026-02-10");
  d.move(1, "return_in", "2026-02-11");
  d.happened(proxy, "signed_proxy", "2026-02-08");
  d.a.ctl(
      {"put", "delivery", "--id", proxy, "relation=neighbour", "received_by=老郑", "received_on=2026-02-08"});
  d.happened(wrong, "returned", "2026-02-12");
  d.move(1, "return_in", "2026-02-13");
  d.a.ctl({"put", "member", "--id", who, "home_address=三合村新址8号"});
  const std::string again = d.send(who, "2026-02-20", {"resend_of=" + wrong, "to_address=三合村新址8号"});
  d.happened(again, "signed_self", "2026-02-25");
  d.happened(lost, "problem", "2026-03-01");
  d.happened(stopped, "cancelled", "2026-02-06");
  d.move(1, "return_in", "2026-02-06");
  d.settle();
  const Json sent = figure(d.office, kCountyCode, 53);
  CHECK(sent.at("value") ==
        4);  // refused, proxy, wrong address with its second parcel, lost; cancelled is none
  CHECK(counts(sent, wrong));
  CHECK(!counts(sent, again));  // the pair counts once
  CHECK(!counts(sent, stopped));
  const Json parts = sent.at("parts");
  CHECK(parts.at("signed").at("records") == Json::array({again}));
  CHECK(parts.at("proxy").at("records") == Json::array({proxy}));
  CHECK(parts.at("returned").at("value") == 2);
  CHECK(parts.at("problem").at("records") == Json::array({lost}));
  CHECK(parts.at("waiting").at("value") == 0);
  CHECK(parts.at("resent").at("records") == Json::array({again}));
  CHECK(field(d.office, wrong, "to_address") == "三合村旧址1号");  // as it was when it went out
  CHECK(field(d.office, who, "home_address") == "三合村新址8号");
  CHECK(d.in_stock() == 10 - 6 + 3);
  // The member confirms what the neighbour took.
  d.a.ctl({"put", "delivery", "--id", proxy, "receipt_kind=phone_confirmed"});
  // The one that went to the wrong address turns out never to have been sent: its second parcel counts then.
  d.a.ctl({"void", wrong, "--reason", "从未寄出"});
  d.settle();
  CHECK(field(d.office, proxy, "receipt_kind") == "phone_confirmed");
  CHECK(value(d.office, kCountyCode, 53) == 4);
  CHECK(counts(figure(d.office, kCountyCode, 53), again));
  d.check_sum(53);
}

TEST_CASE("messy 6: two workers visit one member on one day and bring different facts") {
  Desk d;
  Laptop other = d.county.laptop("戊", "worker", kSanhe);
  const auto settle = [&] { d.county.settle({&d.a, &other, &d.town, &d.office}); };
  const std::string who = mobile(d.a, "吴两说", kSanhe, {"current_address=原住处"});
  settle();
  const std::string one = study_visit(d.a, who, "2026-09-01");
  d.a.ctl({"put", "member", "--id", who, "current_address=沈阳", "--cause", "visit:" + one});
  put(d.a, {"contact_point", "member_id=" + who, "kind=mobile", "value=13900000011", "owner=self"});
  const std::string two = study_visit(other, who, "2026-09-01");
  other.ctl({"put", "member", "--id", who, "current_address=长春", "--cause", "family"});
  put(other, {"contact_point", "member_id=" + who, "kind=mobile", "value=13900000012", "owner=self"});
  settle();
  // Visits are events: both stay and both count. Of telephones both stay as well.
  CHECK(value(d.office, kCountyCode, 45) == 2);
  CHECK(d.office.ctl({"get", who}).at("children").at("contact_point").size() == 2);
  const Json cards = d.town.ctl({"conflict", "list"});
  REQUIRE(cards.size() == 1);
  CHECK(cards[0].at("field") == "current_address");
  REQUIRE(cards[0].at("heads").size() == 2);
  std::string wanted;
  for (const Json& head : cards[0].at("heads")) {
    if (head.at("value") != "沈阳") continue;
    wanted = head.at("change");
    CHECK(head.at("author") == "甲");
    CHECK(head.at("cause") == "visit:" + one);  // saw him
  }
  CHECK(cards[0].dump().find("\"family\"") != std::string::npos);  // the family said so
  CHECK(cards[0].dump().find("原住处") != std::string::npos);      // what stood there before
  CHECK(d.a.ctl({"get", who}).at("fields").at("current_address").at("dispute") == true);
  d.town.ctl({"conflict", "resolve", cards[0].at("id"), "--take", wanted});
  settle();
  for (const Laptop* laptop : {&d.a, &other, &d.office}) {
    CHECK(field(*laptop, who, "current_address") == "沈阳");
    CHECK(laptop->ctl({"conflict", "list"}).empty());
  }
  CHECK(other.ctl({"status"}).at("told").size() == 1);  // his value lost, and he is told
  // Whether it was one occasion is asked, decided by a person, remembered, and can be taken back.
  const auto pair_of_visits = [&] {
    const Json list = d.office.ctl({"duplicate", "list"});
    return std::any_of(list.begin(), list.end(), [](const Json& pair) { return pair.at("kind") == "visit"; });
  };
  CHECK(pair_of_visits());
  d.town.ctl({"duplicate", "same", one, two});
  settle();
  CHECK(!pair_of_visits());
  CHECK(value(d.office, kCountyCode, 45) == 1);
  CHECK(field(d.office, two, "occurred_on") == "2026-09-01");
  d.town.ctl({"duplicate", "undo", one, two});
  settle();
  CHECK(pair_of_visits());
  CHECK(value(d.office, kCountyCode, 45) == 2);
  d.town.ctl({"duplicate", "different", one, two});
  settle();
  CHECK(!pair_of_visits());
  // Said on the visit itself: one visit counts, both can be read, and it can be taken back.
  other.ctl({"put", "visit", "--id", two, "duplicate_of=" + one});
  settle();
  CHECK(value(d.office, kCountyCode, 45) == 1);
  CHECK(field(d.office, two, "occurred_on") == "2026-09-01");
  other.ctl({"put", "visit", "--id", two, "duplicate_of="});
  settle();
  CHECK(value(d.office, kCountyCode, 45) == 2);
}

TEST_CASE("messy 13: one telephone call about three members is one step and three records") {
  Desk d;
  const Words who = {mobile(d.a, "郑一", kSanhe), mobile(d.a, "郑二", kSanhe), mobile(d.a, "郑三", kSanhe)};
  const Json call = d.a.ctl({"call", who[0], who[1], who[2], "channel=phone", "occurred_on=2026-09-20",
                             "outcome=reached_self", "topics+=work"});
  REQUIRE(call.at("records").size() == 3);
  CHECK(call.at("call") == call.at("records").at(0));
  d.settle();
  for (std::size_t i = 0; i < who.size(); ++i) {
    const std::string record = call.at("records").at(i);
    CHECK(field(d.office, record, "member_id") == who[i]);
    CHECK(field(d.office, record, "channel") == "phone");
    CHECK(field(d.office, record, "call_id") == (i == 0 ? Json() : call.at("call")));
  }
  CHECK(value(d.office, kCountyCode, 20) == 3);
  CHECK(figure(d.office, kCountyCode, 34).at("value") == 3);
  // Whole or not at all.
  const std::string before = d.a.dump();
  CHECK(refusal(d.a.try_ctl({"call", who[0], "0199aaaa-0000-7000-8000-000000000009", "channel=phone",
                             "occurred_on=2026-09-21", "outcome=reached_self"})) == "record.unknown");
  CHECK(d.a.try_ctl({"call", who[0], who[1], "channel=phone"}).exit_code == 1);  // no day, no outcome
  CHECK(refusal(d.a.try_ctl({"call", "channel=phone"})) == "call.members");
  CHECK(d.a.dump() == before);
  d.settle();
}

TEST_CASE("messy 17: a festival visit the evening before the window begins") {
  Desk d;
  const std::string who = mobile(d.a, "冯守岁", kSanhe);
  const auto visit = [&](const std::string& day, const Words& more) {
    Words words = {"visit",     "members+=" + who, "occurred_on=" + day,
                   "mode=door", "outcome=met",     "purposes+=care"};
    words.insert(words.end(), more.begin(), more.end());
    return put(d.a, words);
  };
  // Spring Festival is 17 February 2026, the window begins on 18 January.
  const std::string before = visit("2026-01-17", {"festival=spring_festival"});
  const std::string inside = visit("2026-02-10", {});
  d.settle();
  const Json festival = figure(d.office, kCountyCode, 66);
  CHECK(festival.at("value") == 1);
  CHECK(counts(festival, before));   // the person's choice
  CHECK(!counts(festival, inside));  // the window is only a proposal
  CHECK(festival.at("parts").at("spring_festival").at("value") == 1);
  CHECK(festival.at("parts").at("persons").at("value") == 1);
  d.check_sum(66);
}

}  // namespace
