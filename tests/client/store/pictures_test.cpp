// Pictures in the laptop's store, with the county's own service at the other end.
#include "client/store/pictures.hpp"

#include "client/app/photos.hpp"
#include "sync/laptop/pictures.hpp"
#include "sync/server/service/moves.hpp"
#include "tests/client/store/county_story.hpp"
#include "tests/support/jpeg.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace app = lianxin::client::app;

const laptop::CancelFlag kNever{false};

struct Photographed : Story {
  std::unique_ptr<cs::LaptopStore> a = make("a");
  std::unique_ptr<cs::LaptopStore> b = make("b", "secretary");
  Bytes file = quarters_jpeg(1200, 900, 90);  // several pieces
  Id member = put(*a, "person");

  app::Photo add(cs::LaptopStore& store, const Bytes& jpeg, const Id& record) {
    office.clock.advance(1000);
    const app::AddedPhoto added = must(app::add_photo(store, record, jpeg, "at the door"));
    REQUIRE(added.saved.ok);
    return added.photo;
  }
  std::uint64_t unsent(cs::LaptopStore& store) { return must(store.records().status()).unsent_pictures; }
  std::uint64_t rows(cs::LaptopStore& store, const std::string& table) {
    auto select = store.database().prepare("SELECT count(*) FROM " + table);
    REQUIRE(must(select.step()));
    return select.natural(0);
  }
  void prove(cs::LaptopStore& store) {
    for (const auto& problem : must(store.verify()).problems)
      FAIL_CHECK(problem.invariant << " " << problem.record << " " << problem.what);
  }
};

TEST_CASE("a picture taken before its laptop heard that the person went as a whole goes everywhere") {
  Photographed p;
  (void)p.wide_sync(*p.a);
  const app::Photo photo = p.add(*p.a, p.file, p.member);
  const auto purged = must(p.office.admin().purge(p.member, {}, "asked for it"));
  CHECK(p.wide_sync(*p.a).complete);
  CHECK(p.wide_sync(*p.b).complete);
  CHECK(p.rows(*p.a, "picture") == 0);
  CHECK(p.rows(*p.a, "picture_of") == 0);
  for (auto* one : {&p.a, &p.b}) {
    CHECK(p.lines_of(**one).find("at the door") == std::string::npos);
    CHECK(p.lines_of(**one).find(photo.name->hex()) == std::string::npos);
    p.prove(**one);
  }
  CHECK(p.lines_of(*p.a) == p.lines_of(*p.b));
  CHECK(p.office.dump().find("at the door") == std::string::npos);

  // Who knows of the purge and takes a picture nevertheless means to.
  const app::Photo later = p.add(*p.a, quarters_jpeg(200, 100, 90), p.member);
  auto held = p.a->database().prepare("SELECT body FROM change WHERE record = ?");
  held.bind(1, later.id);
  while (must(held.step()))
    CHECK(must(change::decode_body(held.blob(0))).purge_number == purged.number);
  CHECK(p.wide_sync(*p.a).complete);
  CHECK(p.wide_sync(*p.b).complete);
  CHECK(p.office.dump().find("at the door") != std::string::npos);
  CHECK(must(p.office.picture_files().read(*later.name)) == must(app::picture_of(*p.a, later)));
  CHECK(p.lines_of(*p.a) == p.lines_of(*p.b));
  p.office.prove();
}

TEST_CASE("a picture is saved with its record, sent after the records, and the receipt waits for it") {
  Photographed p;
  const app::Photo photo = p.add(*p.a, p.file, p.member);
  CHECK(photo.here);
  CHECK(photo.unsent);
  CHECK(photo.width == 1200);
  CHECK(p.unsent(*p.a) == 1);
  CHECK_FALSE(must(p.a->records().status()).may_be_handed_on());
  const laptop::Receipt receipt = p.wide_sync(*p.a);
  CHECK(receipt.complete);
  CHECK(receipt.pictures_sent == 1);
  CHECK(receipt.pictures_unsent == 0);
  CHECK(p.unsent(*p.a) == 0);
  CHECK(must(p.office.picture_files().read(*photo.name)) == must(app::picture_of(*p.a, photo)));
  CHECK_FALSE(must(app::photo(*p.a, photo.id)).unsent);
  p.prove(*p.a);
  const int requests = p.line.picture_requests;
  CHECK(p.wide_sync(*p.a).pictures_sent == 0);
  CHECK(p.line.picture_requests == requests);
}

TEST_CASE("an upload that was cut goes on at the byte, and the receipt of the cut one says what waits") {
  Photographed p;
  const app::Photo photo = p.add(*p.a, p.file, p.member);
  const std::uint64_t pieces = (photo.bytes + wire::kPicturePieceBytes - 1) / wire::kPicturePieceBytes;
  REQUIRE(pieces >= 3);
  p.line.lose_picture_answers_at = 2;
  const laptop::Receipt cut = p.wide_sync(*p.a);
  CHECK_FALSE(cut.complete);
  CHECK(cut.sent > 0);
  CHECK(cut.pictures_unsent == 1);
  CHECK(cut.pictures_problem == "net.unreachable");
  CHECK(p.office.picture_files().kept(*photo.name).bytes == 2 * wire::kPicturePieceBytes);
  const laptop::Receipt rest = p.wide_sync(*p.a);
  CHECK(rest.complete);
  CHECK(static_cast<std::uint64_t>(p.line.picture_requests) == pieces);  // none of them twice
}

TEST_CASE("what a power cut spoilt at the county is thrown away and sent again in the same sync") {
  Photographed p;
  const app::Photo photo = p.add(*p.a, p.file, p.member);
  p.line.lose_picture_answers_at = 2;
  (void)p.wide_sync(*p.a);
  const auto coming = p.office.file().parent_path() / "pictures" / "coming" / photo.name->hex();
  fs::resize_file(coming, 70'000);
  fs::resize_file(coming, 100'000);  // zeros where bytes were
  const laptop::Receipt receipt = p.wide_sync(*p.a);
  CHECK(receipt.complete);
  CHECK(must(p.office.picture_files().read(*photo.name)) == must(app::picture_of(*p.a, photo)));
}

TEST_CASE("the other laptop has the thumbnail at once, and the picture when somebody wants it") {
  Photographed p;
  const app::Photo photo = p.add(*p.a, p.file, p.member);
  p.line.lose_picture_answers_at = 2;
  (void)p.wide_sync(*p.a);
  (void)p.wide_sync(*p.b);
  app::Photo seen = must(app::photo(*p.b, photo.id));
  CHECK(seen.thumbnail == photo.thumbnail);
  CHECK_FALSE(seen.here);
  CHECK(seen.caption == "at the door");
  auto* shelf = p.b->replica().pictures();
  CHECK(laptop::fetch_picture(*shelf, p.line, {*seen.name, seen.id}, kNever).error().code ==
        "picture.not_there");
  (void)p.wide_sync(*p.a);
  p.line.lose_picture_answers_at = p.line.picture_requests + 2;
  CHECK_FALSE(laptop::fetch_picture(*shelf, p.line, {*seen.name, seen.id}, kNever).ok());
  CHECK(must(shelf->picture_here(*seen.name)).bytes == wire::kPicturePieceBytes);
  p.prove(*p.b);
  CHECK(p.unsent(*p.b) == 0);  // half a picture is nobody's to send
  must(laptop::fetch_picture(*shelf, p.line, {*seen.name, seen.id}, kNever));
  seen = must(app::photo(*p.b, photo.id));
  CHECK(seen.here);
  CHECK(must(app::picture_of(*p.b, seen)) == must(app::picture_of(*p.a, photo)));
  CHECK(p.unsent(*p.b) == 0);
  p.prove(*p.b);
}

TEST_CASE("one picture of two records is kept and sent once, and goes with the last of them") {
  Photographed p;
  const Id other = p.put(*p.a, "neighbour");
  const app::Photo one = p.add(*p.a, p.file, p.member);
  const app::Photo two = p.add(*p.a, p.file, other);
  CHECK(one.name == two.name);
  CHECK(p.rows(*p.a, "picture") == 1);
  CHECK(p.rows(*p.a, "picture_of") == 2);
  CHECK(p.wide_sync(*p.a).pictures_sent == 1);
  must(cs::forget_picture(p.a->database(), one.id));
  CHECK(p.rows(*p.a, "picture") == 1);
  must(cs::forget_picture(p.a->database(), two.id));
  CHECK(p.rows(*p.a, "picture") == 0);
  must(cs::forget_picture(p.a->database(), two.id));
}

TEST_CASE("the same picture twice on one record is told, not kept twice") {
  Photographed p;
  const app::Photo one = p.add(*p.a, p.file, p.member);
  const app::AddedPhoto again = must(app::add_photo(*p.a, p.member, p.file, ""));
  CHECK(again.already);
  CHECK(again.photo.id == one.id);
  CHECK(must(app::photos_of(*p.a, p.member)).size() == 1);
}

TEST_CASE("an older server is left alone: the picture waits, and nothing is called complete") {
  Photographed p;
  (void)p.add(*p.a, p.file, p.member);
  p.office.exchange().know_pictures(nullptr);
  const laptop::Receipt receipt = p.wide_sync(*p.a);
  CHECK_FALSE(receipt.complete);
  CHECK(receipt.sent > 0);
  CHECK(receipt.pictures_unsent == 1);
  CHECK(receipt.pictures_problem.empty());
  CHECK(p.line.picture_requests == 0);
  p.office.exchange().know_pictures(&p.office.picture_files());
  CHECK(p.wide_sync(*p.a).complete);
}

TEST_CASE("a server put back from before the picture gets it again, also from who had only fetched it") {
  Photographed p;
  const auto copy = p.folder.path() / "before.db";
  (void)p.wide_sync(*p.a);
  (void)p.wide_sync(*p.b);
  must(p.office.store().backup(copy));
  const app::Photo photo = p.add(*p.a, p.file, p.member);
  (void)p.wide_sync(*p.a);
  (void)p.wide_sync(*p.b);
  must(laptop::fetch_picture(*p.b->replica().pictures(), p.line, {*photo.name, photo.id}, kNever));
  (void)must(p.office.picture_files().remove(*photo.name));
  p.office.restore(copy);
  SUBCASE("from its author") { CHECK(p.wide_sync(*p.a).complete); }
  SUBCASE("from another laptop") {
    for (int i = 0; i < 4; ++i)
      (void)p.wide_sync(*p.b);
  }
  CHECK(p.office.picture_files().kept(*photo.name).whole);
}

TEST_CASE("a purge at the office takes picture, thumbnail and words from every laptop") {
  Photographed p;
  const app::Photo photo = p.add(*p.a, p.file, p.member);
  (void)p.wide_sync(*p.a);
  (void)p.wide_sync(*p.b);
  must(laptop::fetch_picture(*p.b->replica().pictures(), p.line, {*photo.name, photo.id}, kNever));
  const auto purged = must(p.office.admin().purge(p.member, {}, "asked for"));
  CHECK(purged.attachments == 1);
  for (cs::LaptopStore* store : {p.a.get(), p.b.get()}) {
    CHECK(p.wide_sync(*store).complete);
    CHECK(p.rows(*store, "picture") == 0);
    CHECK(p.rows(*store, "picture_of") == 0);
    const app::Photo left = must(app::photo(*store, photo.id));
    CHECK(left.purged);
    CHECK(left.thumbnail.empty());
    CHECK(left.caption.empty());
    p.prove(*store);
  }
}

TEST_CASE("a purge that comes before the picture was sent takes it too, and the laptop is green after it") {
  Photographed p;
  p.office.exchange().know_pictures(nullptr);
  const app::Photo photo = p.add(*p.a, p.file, p.member);
  (void)p.wide_sync(*p.a);
  (void)must(p.office.admin().purge(photo.id, {}, "asked for"));
  p.office.exchange().know_pictures(&p.office.picture_files());
  CHECK(p.wide_sync(*p.a).complete);
  CHECK(p.rows(*p.a, "picture") == 0);
  CHECK(p.office.picture_files().list().empty());
}

TEST_CASE("what leaves this laptop stays until its picture is safe at the county, and takes it along then") {
  Photographed p;
  p.office.exchange().know_pictures(nullptr);
  const app::Photo photo = p.add(*p.a, p.file, p.member);
  (void)p.wide_sync(*p.a);
  server::Moves moves{p.office.store(), p.office.catalogue(), p.office.clock, p.office.admin().county()};
  (void)must(moves.hand_over(p.member, kDajing, false));
  (void)p.wide_sync(*p.a);
  CHECK(p.rows(*p.a, "picture") == 1);
  CHECK(must(p.a->records().status()).leaving > 0);
  p.office.exchange().know_pictures(&p.office.picture_files());
  const laptop::Receipt receipt = p.wide_sync(*p.a);
  CHECK(receipt.pictures_sent == 1);
  CHECK(p.office.picture_files().kept(*photo.name).whole);
  CHECK(must(p.a->records().status()).leaving == 0);
  CHECK(p.rows(*p.a, "picture") == 0);
  CHECK_FALSE(must(p.a->records().get(p.member)).has_value());
  p.prove(*p.a);
}

TEST_CASE("verify notices a picture that is not what its name says, and one that nobody names") {
  Photographed p;
  (void)p.add(*p.a, p.file, p.member);
  p.prove(*p.a);
  must(p.a->database().exec("UPDATE picture SET content = x'FFD8FF', size = 3"));
  CHECK(must(p.a->verify()).problems.size() == 1);
  must(p.a->database().exec("DELETE FROM picture_of"));
  CHECK(must(p.a->verify()).problems.size() == 2);
}

TEST_CASE("a piece that does not follow, or makes another picture, is not kept") {
  Photographed p;
  auto* shelf = p.a->replica().pictures();
  const wire::PictureName name{sha256("abcdef"), p.member};
  CHECK_FALSE(shelf->keep_piece(name, 6, 3, "def").ok());
  CHECK_FALSE(shelf->keep_piece(name, 6, 0, "abcdefg").ok());
  CHECK_FALSE(shelf->keep_piece(name, wire::kPictureBytesMax + 1, 0, "abc").ok());
  must(shelf->keep_piece(name, 6, 0, "abc"));
  CHECK(shelf->keep_piece(name, 6, 3, "xyz").error().code == "picture.wrong");
  CHECK(must(shelf->picture_here(name.sha256)).bytes == 0);
  must(shelf->keep_piece(name, 6, 0, "abcdef"));
  CHECK(must(shelf->picture_here(name.sha256)).whole);
}

TEST_CASE("more pictures than one exchange asks about all go in one sync") {
  Photographed p;
  const std::size_t count = wire::kPicturesAskedMax + 3;
  for (std::size_t i = 0; i < count; ++i)
    (void)p.add(*p.a, quarters_jpeg(24, 24, 100, static_cast<std::uint32_t>(i + 1)),
                p.put(*p.a, "p" + std::to_string(i)));
  const laptop::Receipt receipt = p.wide_sync(*p.a);
  CHECK(receipt.pictures_sent == count);
  CHECK(receipt.complete);
}

}  // namespace
