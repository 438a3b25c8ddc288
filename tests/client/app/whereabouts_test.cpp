// Home, moved on, a call: one step in the window, as the commands write it.
#include "client/app/whereabouts.hpp"

#include <doctest/doctest.h>

#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;

namespace {

struct Away {
  Id member;
  Id episode;
  std::string today;
};

Away away(WorkStore& work) {
  Away made;
  made.member = put_member(*work.store, "赵归乡");
  change(*work.store, "member", made.member,
         {{"current_address", "深圳市龙岗区 5 号"}, {"home_address", "三合村1组"}});
  made.episode = put(*work.store, "mobility_episode",
                     {{"member_id", made.member.text()},
                      {"direction", "out"},
                      {"state", "out"},
                      {"left_on", day(*work.store, 400)},
                      {"usual_place", "深圳"}});
  put(*work.store, "certificate",
      {{"member_id", made.member.text()},
       {"cert_no", "LD-17"},
       {"state", "issued"},
       {"issued_on", day(*work.store, 300)}});
  made.today = day(*work.store, 0);
  return made;
}

/// The freshness of a field of the member's file.
std::string state_of(const cv::MemberFileView& view, const Id& member, const std::string& field) {
  for (const cv::FieldSection& section : view.sections) {
    for (const cv::FieldRow& row : section.rows) {
      if (row.record == member && row.field == field) return row.freshness.text;
    }
  }
  return "?";
}

ca::SayWhereabouts said(const Away& made, ca::HomeComing what) {
  ca::SayWhereabouts out;
  out.member = made.member;
  out.what = what;
  out.day = made.today;
  return out;
}

}  // namespace

TEST_CASE(
    "home for good ends the outflow, takes the certificate back, flags the address, and can be taken back") {
  Away made;
  AppStory story([&](WorkStore& work) { made = away(work); });
  story.unlock();
  const auto before = story.want(ca::OpenMember{made.member});
  CHECK(before->member.whereabouts.is_out);
  CHECK(before->member.whereabouts.certificate == "LD-17");
  CHECK(before->member.whereabouts.away.find("深圳") != std::string::npos);
  auto command = said(made, ca::HomeComing::kReturned);
  command.certificate_back = true;
  const auto after = story.want(command);
  CHECK_FALSE(after->member.whereabouts.is_out);
  CHECK(after->member.whereabouts.certificate.empty());
  CHECK(state_of(after->member, made.member, "current_address") == "返乡前的地址，请核对");
  CHECK(state_of(after->member, made.member, "home_address") != "返乡前的地址，请核对");
  REQUIRE_FALSE(after->shell.toast.undo_token.empty());
  const auto undone = story.want(ca::Undo{after->shell.toast.undo_token});
  CHECK(undone->member.whereabouts.is_out);
}

TEST_CASE("a grid worker ends the outflow; that the certificate is back goes to the office as a correction") {
  Away made;
  AppStory story([&](WorkStore& work) {
    made = away(work);
    put(*work.store, "worker_role",
        {{"worker_id", work.store->identity().worker.text()},
         {"role", "grid_worker"},
         {"org_id", work.village.text()},
         {"from", day(*work.store, 20)}});
  });
  story.unlock();
  story.want(ca::OpenMember{made.member});
  auto command = said(made, ca::HomeComing::kReturned);
  command.certificate_back = true;
  const auto after = story.want(command);
  CHECK(after->member.whereabouts.problem == "");
  CHECK_FALSE(after->member.whereabouts.is_out);
  CHECK(story.toast().find("LD-17") != std::string::npos);
  CHECK(story.toast().find("乡镇") != std::string::npos);
  const auto certificates = story.want(ca::OpenKind{"certificate", ""});
  REQUIRE(certificates->records.rows.size() == 1);
  std::string held;
  for (const auto& cell : certificates->records.rows[0].cells)
    held += cell.text + " ";
  CHECK(held.find("已交回") == std::string::npos);  // what the office books is not booked here
  const auto asked = story.want(ca::OpenKind{"correction", ""});
  REQUIRE(asked->records.rows.size() == 1);
  const auto form = story.want(ca::OpenRecord{"", asked->records.rows[0].record});
  std::string reason;
  for (const cv::FieldRow& row : form->records.form.rows) {
    if (row.field == "reason") reason = row.value;
  }
  CHECK(reason.find("LD-17") != std::string::npos);
  // One act: taken back whole.
  const auto undone = story.want(ca::Undo{after->shell.toast.undo_token});
  CHECK(undone->member.whereabouts.is_out);
}

TEST_CASE("home for some days keeps the outflow open; what cannot be is said and changes nothing") {
  Away made;
  AppStory story([&](WorkStore& work) { made = away(work); });
  story.unlock();
  story.want(ca::OpenMember{made.member});
  auto command = said(made, ca::HomeComing::kHome);
  command.until = "过年";
  const auto refused = story.want(command);
  CHECK(refused->shell.toast.undo_token.empty());
  CHECK(refused->shell.toast.words.tone == cv::Tone::kNeedsYou);
  CHECK(refused->member.whereabouts.answered == 1);
  CHECK_FALSE(refused->member.whereabouts.problem.empty());  // the form comes back with it
  command.until = made.today;
  const auto kept = story.want(command);
  CHECK_FALSE(kept->shell.toast.undo_token.empty());
  CHECK(kept->member.whereabouts.answered == 2);
  CHECK(kept->member.whereabouts.problem.empty());
  CHECK(kept->member.whereabouts.is_out);
}

TEST_CASE("moved on ends one outflow and begins the next; without the certificate the toast asks for it") {
  Away made;
  AppStory story([&](WorkStore& work) { made = away(work); });
  story.unlock();
  story.want(ca::OpenMember{made.member});
  auto command = said(made, ca::HomeComing::kMoved);
  command.place = "杭州";
  const auto moved = story.want(command);
  CHECK(moved->member.whereabouts.is_out);
  CHECK(moved->member.whereabouts.away.find("杭州") != std::string::npos);
  story.want(said(made, ca::HomeComing::kReturned));
  CHECK(story.toast().find("LD-17") != std::string::npos);
  story.want(said(made, ca::HomeComing::kReturned));
  CHECK(story.toast().find("没有未结束的外出登记") != std::string::npos);
}

TEST_CASE(
    "what the store warns of at a short form is in the toast and stays in the file until it is opened anew") {
  Away made;
  AppStory story([&](WorkStore& work) { made = away(work); });
  story.unlock();
  story.want(ca::OpenMember{made.member});
  auto command = said(made, ca::HomeComing::kMoved);
  command.division = "1";  // no division
  const auto moved = story.want(command);
  REQUIRE(moved->member.whereabouts.problem == "");
  REQUIRE_FALSE(moved->member.warnings.empty());
  CHECK(story.toast().find(moved->member.warnings.front()) != std::string::npos);
  CHECK(story.want(ca::OpenPage{cv::Page::kMembers})->member.warnings == moved->member.warnings);
  CHECK(story.want(ca::OpenMember{made.member})->member.warnings.empty());
  const auto again = story.want(command);
  REQUIRE_FALSE(again->member.warnings.empty());
  CHECK(story.want(ca::Undo{again->shell.toast.undo_token})->member.warnings.empty());
}

TEST_CASE("a call is a contact of today, and the member stays away from the list of those not reached") {
  Away made;
  AppStory story([&](WorkStore& work) { made = away(work); });
  story.unlock();
  story.want(ca::OpenMember{made.member});
  ca::SayCall call;
  call.member = made.member;
  call.day = made.today;
  call.channel = "phone";
  call.outcome = "reached_self";
  const auto noted = story.want(call);
  REQUIRE(noted->member.facts.size() == 1);
  CHECK(noted->member.facts[0].detail.find("联系到本人") != std::string::npos);
  call.outcome = "";
  story.want(call);
  CHECK(story.want(ca::OpenMember{made.member})->member.facts.size() == 1);
}

TEST_CASE("a short form not saved survives the end of the program, and its save ends it") {
  Away made;
  AppStory story([&](WorkStore& work) { made = away(work); });
  story.unlock();
  auto file = story.want(ca::OpenMember{made.member});
  auto call = file->member.whereabouts.call;
  REQUIRE_FALSE(call.draft.is_nil());
  CHECK(call.day == made.today);
  call.content = "说好腊月回来";
  call.outcome = "reached_self";
  call.topics = {"life"};
  auto moved = file->member.whereabouts.said;
  moved.what = ca::HomeComing::kMoved;
  moved.place = "杭州";
  moved.certificate_back = true;
  story.want(ca::StashDraft{call, ""});
  CHECK_FALSE(story.want(ca::StashDraft{moved, ""})->member.whereabouts.said_saved.empty());
  story.stop();
  story.start();
  story.unlock();
  REQUIRE(story.app->screens()->today.drafts.size() == 2);
  file = story.want(ca::OpenDraft{call.draft});
  CHECK(file->member.whereabouts.call == call);
  CHECK(file->member.whereabouts.said == moved);
  CHECK_FALSE(file->member.whereabouts.call_saved.empty());
  story.want(call);
  file = story.want(moved);
  CHECK(file->member.whereabouts.call_saved.empty());
  CHECK(file->member.whereabouts.said_saved.empty());
  CHECK(file->member.whereabouts.call.content.empty());
  CHECK(story.want(ca::OpenPage{cv::Page::kToday})->today.drafts.empty());
}

TEST_CASE("a call says what it was about") {
  Away made;
  AppStory story([&](WorkStore& work) { made = away(work); });
  story.unlock();
  auto call = story.want(ca::OpenMember{made.member})->member.whereabouts.call;
  call.outcome = "reached_self";
  call.topics = {"work", "study"};
  call.content = "想学电商";
  CHECK(story.want(call)->member.warnings.empty());
  call = story.app->screens()->member.whereabouts.call;
  call.outcome = "reached_self";
  CHECK(story.want(call)->member.warnings.size() == 2);  // neither words nor topics
}

TEST_CASE("a draft of a short form that is given up is gone") {
  Away made;
  AppStory story([&](WorkStore& work) { made = away(work); });
  story.unlock();
  auto call = story.want(ca::OpenMember{made.member})->member.whereabouts.call;
  call.content = "打错了";
  story.want(ca::StashDraft{call, ""});
  const auto dropped = story.want(ca::DropDraft{call.draft});
  CHECK(dropped->member.whereabouts.call.content.empty());
  CHECK(dropped->member.whereabouts.call_saved.empty());
  CHECK(dropped->today.drafts.empty());
}

TEST_CASE("a short form saved twice makes nothing twice") {
  Away made;
  AppStory story([&](WorkStore& work) { made = away(work); });
  story.unlock();
  const auto file = story.want(ca::OpenMember{made.member});
  auto call = file->member.whereabouts.call;
  call.outcome = "reached_self";
  story.want(call);
  CHECK(story.want(call)->member.facts.size() == 1);
  auto moved = file->member.whereabouts.said;
  moved.what = ca::HomeComing::kMoved;
  moved.place = "杭州";
  story.want(moved);
  const auto again = story.want(moved);
  CHECK(again->member.whereabouts.problem.empty());
  CHECK(again->member.whereabouts.is_out);
  CHECK(again->member.whereabouts.away.find("杭州") != std::string::npos);
}

TEST_CASE("one call about several members is a record of each, bound together") {
  Away made;
  Id other;
  AppStory story([&](WorkStore& work) {
    made = away(work);
    other = put_member(*work.store, "钱同乡");
  });
  story.unlock();
  auto call = story.want(ca::OpenMember{made.member})->member.whereabouts.call;
  call.outcome = "reached_self";
  const auto found = story.want(ca::FindMembers{"钱同乡"});
  REQUIRE(found->member.whereabouts.found.size() == 1);
  call.others = {{other, "钱同乡"}, {other, "钱同乡"}, {made.member, "赵归乡"}};
  CHECK(story.want(call)->member.facts.size() == 1);
  CHECK(story.toast().find("2 人") != std::string::npos);
  CHECK(story.want(ca::OpenMember{other})->member.facts.size() == 1);
  story.want(ca::Undo{story.app->screens()->shell.toast.undo_token});
}

TEST_CASE("an address to which a parcel came back is flagged until somebody says it anew") {
  Away made;
  AppStory story([&](WorkStore& work) {
    made = away(work);
    const Id parcel = put(*work.store, "delivery",
                          {{"member_id", made.member.text()},
                           {"mode", "courier"},
                           {"dispatched_on", day(*work.store, 20)},
                           {"to_address", "深圳市龙岗区 5 号"}});
    put(*work.store, "delivery_event",
        {{"delivery_id", parcel.text()}, {"kind", "returned"}, {"occurred_on", day(*work.store, 0)}});
  });
  story.unlock();
  const auto view = story.want(ca::OpenMember{made.member});
  CHECK(state_of(view->member, made.member, "current_address") == "寄件退回，请核对");
  CHECK(state_of(view->member, made.member, "home_address") != "寄件退回，请核对");
}

}  // namespace lianxin::test
