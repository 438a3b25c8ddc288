// Feeds that are read from the start, or begin anew, while records move: nothing of it is left to healing.
#include <functional>

#include "sync/server/service/feed_pages.hpp"
#include "tests/client/store/county_story.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

struct Views : Story {
  std::unique_ptr<cs::LaptopStore> county = make("county", "county_officer", kCounty);

  void move(cs::LaptopStore& store, const Id& member, const char* code) {
    save(store, "member", member, {{"home_village_id", office.unit(code).text()}});
  }
  /// The laptop of somebody who works in one village as this, and in another as that.
  std::unique_ptr<cs::LaptopStore> in_two(const Id& person, const char* role, const char* other) {
    (void)must(office.admin().grant(person, role, other));
    const FakeLaptop device(office, person);
    return must(cs::LaptopStore::create(enrolled("both", device), office.clock));
  }
  laptop::Receipt sync_in_pieces(cs::LaptopStore& store, laptop::Transport& by, std::size_t answer_bytes) {
    const laptop::CancelFlag cancel{false};
    laptop::SessionLimits limits;
    limits.answer_bytes = limits.answer_bytes_max = answer_bytes;
    return must(laptop::run_sync(store.replica(), by, office.clock, {}, cancel, limits));
  }
};

/// Somebody else works between the first answer and the second.
class Meanwhile final : public laptop::Transport {
 public:
  Meanwhile(Line& line, std::function<void()> act) : line_(line), act_(std::move(act)) {}
  Result<Bytes> put(const std::string& path, BytesView body, const laptop::TransferProgress& progress,
                    const laptop::CancelFlag& cancel) override {
    return line_.put(path, body, progress, cancel);
  }
  Result<Bytes> post(const std::string& path, BytesView body, const laptop::TransferProgress& progress,
                     const laptop::CancelFlag& cancel) override {
    auto answer = line_.post(path, body, progress, cancel);
    if (act_) std::exchange(act_, nullptr)();
    return answer;
  }

 private:
  Line& line_;
  std::function<void()> act_;
};

TEST_CASE("a right clock stays right when an answer takes ten minutes over the line") {
  Views views;
  (void)views.put(*views.county, "人");
  Meanwhile slow(views.line, [&] { views.office.clock.advance(10 * 60'000); });
  CHECK(views.sync_in_pieces(*views.county, slow, 2'000'000).clock_offset_ms == 0);
  CHECK(views.county->records().status()->clock_offset_ms == 0);
}

/// Who moved a member that came back since reads the feed of the other village from before the move.
void check_move_and_back(bool by_own, std::size_t edits) {
  Views views;
  const auto mover = views.make("mover", "county_officer", kCounty);
  const Id member = views.put(*views.county, "人");
  const Id other = views.put(*views.county, "别人");
  views.move(*views.county, other, kDajing);
  (void)views.wide_sync(*views.county);
  (void)views.wide_sync(*mover);
  views.move(by_own ? *mover : *views.county, member, kDajing);
  (void)views.wide_sync(*mover);
  (void)views.wide_sync(*views.county);
  views.save(*views.county, "member", member, {{"post_code", "134111"}});
  views.move(*views.county, member, kSanhe);
  views.save(*views.county, "member", member, {{"post_code", "134222"}});
  for (std::size_t i = 0; i < edits; ++i)
    views.save(*views.county, "member", other, {{"post_code", std::to_string(100'000 + i)}});
  (void)views.wide_sync(*views.county);
  (void)views.wide_sync(*mover);
  const fs::path copy = views.folder.path() / "copy";
  must(views.office.store().backup(copy));
  views.office.restore(copy);
  const laptop::Receipt receipt = views.wide_sync(*mover);
  CHECK(receipt.complete);
  CHECK(receipt.repaired == 0);
  CHECK(must(mover->records().get(member))->value("post_code") == "134222");
}

TEST_CASE("who moved a record is told it in a long feed as everybody is: as what it is now, or gone") {
  check_move_and_back(true, server::kReplayMax + 50);
  check_move_and_back(false, server::kReplayMax + 50);
  check_move_and_back(true, 20);
}

TEST_CASE("a view that was told beside a position and has ended by the time it is read is told as empty") {
  for (const std::size_t answer_bytes : {std::size_t{1400}, std::size_t{2'000'000}}) {
    CAPTURE(answer_bytes);
    Views views;
    const Id person = views.office.worker("both", "secretary", kSanhe);
    const auto both = views.in_two(person, "worker", kDajing);
    (void)views.wide_sync(*views.county);
    (void)views.wide_sync(*both);
    const Id member = views.put(*views.county, "人");
    const Id other = views.put(*views.county, "别人");
    const Id file = views.save(
        *views.county, "hardship_record", Id{},
        {{"member_id", member.text()}, {"cause_class", "illness"}, {"active", "1"}, {"level", "general"}});
    const Id pair = views.save(
        *views.county, "support_pair", Id{},
        {{"member_id", member.text()}, {"helper_worker_id", person.text()}, {"from", "2026-01-01"}});
    (void)views.wide_sync(*views.county);
    (void)views.wide_sync(*both);
    views.move(*views.county, member, kDajing);
    for (int i = 0; i < 6; ++i)
      views.save(*views.county, "member", other, {{"remark", std::string(390, static_cast<char>('a' + i))}});
    (void)views.wide_sync(*views.county);
    Meanwhile line(views.line, [&] {
      views.save(*views.county, "support_pair", pair, {{"to", "2026-01-02"}});
      (void)views.wide_sync(*views.county);
    });
    const laptop::Receipt receipt = views.sync_in_pieces(*both, line, answer_bytes);
    CHECK(receipt.complete);
    CHECK(receipt.repaired == 0);
    CHECK(views.wide_sync(*both).repaired == 0);
    auto left = both->database().prepare(
        "SELECT count(*) FROM change WHERE record = ? AND privacy = 3 AND author != ?");
    REQUIRE(must(left.bind(1, file).bind(2, person).step()));
    CHECK(left.integer(0) == 0);
  }
}

TEST_CASE("a view that ended where the record went is told as empty to who read it where the record was") {
  for (const char* const from : {kSanhe, kDajing}) {
    CAPTURE(from);
    const char* const to = from == kSanhe ? kDajing : kSanhe;
    Views views;
    const Id person = views.office.worker("both", "worker", kSanhe);
    const auto both = views.in_two(person, "worker", kDajing);
    const Id member = views.put(*views.county, "人");
    views.save(
        *views.county, "member", member,
        {{"home_village_id", views.office.unit(from).text()}, {"care_flag", "ill"}, {"remark", "说明"}});
    const Id pair = views.save(
        *views.county, "support_pair", Id{},
        {{"member_id", member.text()}, {"helper_worker_id", person.text()}, {"from", "2026-01-01"}});
    (void)views.wide_sync(*views.county);
    (void)views.wide_sync(*both);
    REQUIRE(must(both->records().get(member))->value("care_flag") == "ill");
    views.move(*views.county, member, to);
    (void)views.wide_sync(*views.county);
    views.save(*views.county, "support_pair", pair, {{"to", "2026-01-02"}});
    (void)views.wide_sync(*views.county);
    const laptop::Receipt receipt = views.wide_sync(*both);
    CHECK(receipt.complete);
    CHECK(receipt.repaired == 0);
    CHECK(must(both->records().get(member))->value("care_flag").empty());
    CHECK(must(both->verify()).problems.empty());
  }
}

TEST_CASE("a view that begins anew leaves what another scope has told of the same view by then") {
  for (const std::size_t answer_bytes : {std::size_t{1024}, std::size_t{2'000'000}}) {
    CAPTURE(answer_bytes);
    Views views;
    const Id person = views.office.worker("both", "worker", kSanhe);
    const auto both = views.in_two(person, "worker", kLongquan);
    const Id member = views.put(*views.county, "人");
    const Id other = views.put(*views.county, "别人");
    views.move(*views.county, member, kLongquan);
    (void)views.wide_sync(*views.county);
    (void)views.wide_sync(*both);
    views.save(*both, "member", member, {{"remark", "自己的话"}});
    (void)views.wide_sync(*both);
    (void)views.wide_sync(*views.county);
    (void)must(views.office.admin().grant(person, "secretary", kDajing));
    views.move(*views.county, member, kSanhe);
    for (int i = 0; i < 8; ++i)
      views.save(*views.county, "member", other,
                 {{"home_address", std::string(150, static_cast<char>('a' + i))}});
    (void)views.wide_sync(*views.county);
    const laptop::Receipt receipt = views.sync_in_pieces(*both, views.line, answer_bytes);
    CHECK(receipt.complete);
    CHECK(receipt.repaired == 0);
    CHECK(must(both->records().get(member))->value("remark") == "自己的话");
  }
}

}  // namespace
