#include "client/app/photos.hpp"

#include <set>

#include "client/picture/picture.hpp"
#include "shared/domain/catalogue.hpp"
#include "tests/client/store/county_story.hpp"
#include "tests/support/jpeg.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace app = lianxin::client::app;

struct Album : Story {
  std::unique_ptr<cs::LaptopStore> a = make("a");
  Id member = put(*a, "person");

  Id save(const std::string& kind, std::vector<cs::FieldEdit> fields) {
    cs::Edit edit;
    edit.kind = kind;
    edit.fields = std::move(fields);
    const cs::Saved saved = must(a->records().save({edit}));
    REQUIRE(saved.ok);
    return saved.records.front();
  }
};

TEST_CASE("a photo hangs on a member, a visit, a delivery, a question or a consultation") {
  Album album;
  using Op = cs::FieldEdit::Op;
  const domain::Kind* attachment = domain::Catalogue::base().kind("attachment");
  std::set<std::string> kinds;
  for (const std::string& field : attachment->parent_fields)
    kinds.insert(attachment->field(field)->target);
  CHECK(kinds == std::set<std::string>{"member", "visit", "delivery", "case_item", "consultation"});
  const Id visit = album.save("visit", {{"members", Op::kSet, album.member.text()},
                                        {"occurred_on", Op::kSet, "2026-10-01"},
                                        {"outcome", Op::kSet, "met"}});
  const auto added = must(app::add_photo(*album.a, visit, quarters_jpeg(300, 200), "door"));
  REQUIRE(added.saved.ok);
  const auto record = must(album.a->records().get(added.photo.id));
  CHECK(record->parent == visit);
  CHECK(record->scope_code == kSanhe);
  CHECK(record->value("mime") == "image/jpeg");
  CHECK(record->value("worker_id") == album.a->identity().worker.text());
  CHECK(must(app::photos_of(*album.a, visit)).size() == 1);
  CHECK(must(app::photos_of(*album.a, album.member)).empty());
  CHECK(added.photo.caption == "door");
  CHECK(added.photo.thumbnail.starts_with("\xFF\xD8\xFF"));
  CHECK(sha256(must(app::picture_of(*album.a, added.photo)).value()) == added.photo.name);
}

TEST_CASE("what is no photo, or no place for one, changes nothing") {
  Album album;
  const Id paper = album.save("certificate", {{"member_id", cs::FieldEdit::Op::kSet, album.member.text()}});
  const std::uint64_t before = must(album.a->records().status()).unsent;
  CHECK(app::add_photo(*album.a, album.member, "not a picture", "").error().code == "photo.not_jpeg");
  CHECK(app::add_photo(*album.a, paper, quarters_jpeg(8, 8), "").error().code == "photo.parent");
  CHECK(app::add_photo(*album.a, Id::make(3), quarters_jpeg(8, 8), "").error().code == "record.unknown");
  CHECK(must(album.a->records().status()).unsent == before);
  CHECK(must(album.a->records().status()).unsent_pictures == 0);
  CHECK(app::photo(*album.a, album.member).error().code == "photo.none");
  CHECK(app::photo(*album.a, Id::make(3)).error().code == "record.unknown");
}

TEST_CASE("a voided photo is not listed, and the same one may come anew") {
  Album album;
  const Bytes file = quarters_jpeg(64, 64);
  const auto added = must(app::add_photo(*album.a, album.member, file, ""));
  must(album.a->records().void_record(added.photo.id, "wrong person"));
  CHECK(must(app::photos_of(*album.a, album.member)).empty());
  const auto again = must(app::add_photo(*album.a, album.member, file, ""));
  CHECK_FALSE(again.already);
  CHECK(must(app::photos_of(*album.a, album.member)).size() == 1);
}

}  // namespace
