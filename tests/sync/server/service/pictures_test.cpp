#include "sync/server/service/pictures.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>

#include "sync/wire/signing.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
using Standing = wire::PictureStanding;

Bytes picture(char seed, std::size_t size = 1000) {
  Bytes out = "\xFF\xD8\xFF";
  while (out.size() < size)
    out += static_cast<char>(static_cast<std::size_t>(seed) + out.size() % 97);
  return out;
}

/// A picture of a member, seen from four desks.
struct Gallery {
  Office office;
  FakeLaptop author{office, office.worker("甲", "worker", kSanhe)};
  FakeLaptop colleague{office, office.worker("乙", "worker", kSanhe)};
  FakeLaptop secretary{office, office.worker("书记", "secretary", kSanhe)};
  FakeLaptop elsewhere{office, office.worker("丁", "secretary", kLongquan)};
  Id village = office.unit(kSanhe);
  Bytes content = picture('a');
  Id member = author.member("赵连心", kSanhe);
  Id attachment = attach(author, content);

  Gallery() { (void)author.sync(); }

  Id attach(FakeLaptop& laptop, const Bytes& bytes) {
    const Id id = Id::make(office.clock.now_ms());
    laptop.put("attachment", id, village, {{"member_id", member.text()}, {"taken_on", "2026-11-01"}}, member);
    laptop.same_action();
    laptop.put("attachment", id, village, {{"sha256", sha256(bytes).hex()}, {"caption", "门口"}}, member);
    return id;
  }
  Bytes packed(const FakeLaptop& laptop, const Bytes& payload) {
    wire::SignedRequest message{laptop.device, laptop.number, payload, {}};
    message.signature =
        wire::sign(laptop.keys.secret,
                   wire::picture_to_sign(office.exchange().county().server, 1, laptop.number, payload));
    return wire::pack(message);
  }
  Result<wire::PictureAnswer> try_put(const FakeLaptop& laptop, const Id& record, const Bytes& bytes,
                                      std::uint64_t offset = 0, std::size_t length = Bytes::npos,
                                      std::optional<Hash256> name = std::nullopt) {
    const wire::PicturePut put{
        1, {name.value_or(sha256(bytes)), record}, bytes.size(), offset, bytes.substr(offset, length)};
    return office.pictures().put(packed(laptop, wire::encode_pictures(put)));
  }
  Standing put(const FakeLaptop& laptop, const Id& record, const Bytes& bytes) {
    return must(try_put(laptop, record, bytes)).state.standing;
  }
  Result<wire::PictureAnswer> try_get(const FakeLaptop& laptop, const Id& record, const Bytes& bytes,
                                      std::uint64_t offset = 0) {
    const wire::PictureGet get{1, {sha256(bytes), record}, offset};
    return office.pictures().get(packed(laptop, wire::encode_pictures(get)));
  }
  Standing get(const FakeLaptop& laptop, const Id& record, const Bytes& bytes) {
    return must(try_get(laptop, record, bytes)).state.standing;
  }
  /// How the server stands to a picture, as part of an exchange.
  std::optional<wire::PictureState> told(FakeLaptop& laptop, const Id& record, const Bytes& bytes) {
    wire::ExchangeRequest request = laptop.request();
    request.parts.push_back(
        {wire::kPartPictures, wire::encode_pictures(wire::PictureAsk{{{sha256(bytes), record}}})});
    const wire::ExchangeAnswer answer = laptop.send(request);
    laptop.take(answer);
    const Bytes* part = wire::find_part(answer.parts, wire::kPartPictures);
    if (part == nullptr) return std::nullopt;
    return must(wire::decode_picture_told(*part)).pictures.at(0);
  }
};

TEST_CASE(
    "an exchange tells how a picture stands: wanted, wanted from where it was cut, kept, named by nobody") {
  Gallery g;
  CHECK(g.told(g.author, g.attachment, g.content)->standing == Standing::kWanted);
  CHECK(must(g.try_put(g.author, g.attachment, g.content, 0, 400)).state.offset == 400);
  const auto cut = g.told(g.author, g.attachment, g.content);
  CHECK(cut->standing == Standing::kWanted);
  CHECK(cut->offset == 400);
  CHECK(must(g.try_put(g.author, g.attachment, g.content, 400)).state.standing == Standing::kKept);
  CHECK(g.told(g.author, g.attachment, g.content)->standing == Standing::kKept);
  CHECK(g.told(g.author, g.member, g.content)->standing == Standing::kUnnamed);
  CHECK(g.told(g.author, g.attachment, picture('x'))->standing == Standing::kUnnamed);
}

TEST_CASE("the change and the question about its picture travel in one exchange") {
  Gallery g;
  const Bytes other = picture('b');
  const Id id = g.attach(g.author, other);
  CHECK(g.told(g.author, id, other)->standing == Standing::kWanted);
}

TEST_CASE("a picture that is there already is not asked for a second time, whoever names it") {
  Gallery g;
  CHECK(g.put(g.author, g.attachment, g.content) == Standing::kKept);
  (void)g.secretary.sync();
  const Id twice = g.attach(g.secretary, g.content);
  CHECK(g.told(g.secretary, twice, g.content)->standing == Standing::kKept);
}

TEST_CASE("nothing is taken that no record names") {
  Gallery g;
  CHECK(g.put(g.author, g.attachment, picture('x')) == Standing::kUnnamed);
  CHECK(g.put(g.author, g.member, g.content) == Standing::kUnnamed);
  CHECK(g.put(g.author, Id::make(1), g.content) == Standing::kUnnamed);
  CHECK(g.office.picture_files().list().empty());
}

TEST_CASE("bytes that are not what their name says are refused and thrown away") {
  Gallery g;
  const auto wrong = must(g.try_put(g.author, g.attachment, picture('w'), 0, Bytes::npos, sha256(g.content)));
  CHECK(wrong.state.standing == Standing::kRefused);
  CHECK(g.office.picture_files().list().empty());
  CHECK(g.put(g.author, g.attachment, g.content) == Standing::kKept);
}

TEST_CASE("a picture is seen by who sees the words of the record: its author and the offices of its scope") {
  Gallery g;
  CHECK(g.get(g.author, g.attachment, g.content) == Standing::kNotHere);  // not sent yet
  CHECK(g.put(g.author, g.attachment, g.content) == Standing::kKept);
  CHECK(g.get(g.author, g.attachment, g.content) == Standing::kKept);
  CHECK(g.get(g.secretary, g.attachment, g.content) == Standing::kKept);
  CHECK(g.get(g.colleague, g.attachment, g.content) == Standing::kNotHere);  // notes of somebody else
  CHECK(g.get(g.elsewhere, g.attachment, g.content) == Standing::kNotHere);
  CHECK(g.get(g.secretary, g.member, g.content) == Standing::kNotHere);  // not what names it
  const auto rest = must(g.try_get(g.secretary, g.attachment, g.content, 990));
  CHECK(rest.size == g.content.size());
  CHECK(rest.content == g.content.substr(990));
  CHECK(must(g.try_get(g.secretary, g.attachment, g.content, 1000)).state.standing == Standing::kNotHere);
}

TEST_CASE("a picture of a change that is kept aside is kept too, and shown only once it is accepted") {
  Gallery g;
  const Bytes theirs = picture('q');
  (void)g.elsewhere.sync();
  const Id id = g.attach(g.elsewhere, theirs);
  (void)g.elsewhere.sync();
  const auto aside = must(g.office.admin().quarantine());
  REQUIRE_FALSE(aside.empty());
  CHECK(g.put(g.elsewhere, id, theirs) == Standing::kKept);
  CHECK(g.get(g.secretary, id, theirs) == Standing::kNotHere);
  CHECK(must(server::sweep_pictures(g.office.store(), g.office.catalogue(), g.office.picture_files(), 0)) ==
        0);
  (void)must(g.office.admin().accept(aside.front().change));
  CHECK(g.get(g.secretary, id, theirs) == Standing::kKept);
}

TEST_CASE("who is unknown, revoked, signs wrongly or repeats an old request is refused") {
  Gallery g;
  CHECK(g.put(g.author, g.attachment, g.content) == Standing::kKept);
  FakeLaptop stranger = g.author;
  stranger.device = Id::make(5);
  CHECK(g.try_get(stranger, g.attachment, g.content).error().code == "exchange.device");
  FakeLaptop forger = g.author;
  forger.keys = server::make_sign_keys();
  CHECK(g.try_get(forger, g.attachment, g.content).error().code == "exchange.signature");
  CHECK(g.try_put(forger, g.attachment, g.content).error().code == "exchange.signature");
  FakeLaptop old = g.author;
  (void)g.author.sync();
  CHECK(g.try_get(old, g.attachment, g.content).error().code == "exchange.number");
  CHECK(g.office.pictures().get("nonsense").error().code == "wire.malformed");
  must(g.office.admin().revoke_device(g.author.device));
  CHECK(g.try_get(g.author, g.attachment, g.content).error().code == "sync.revoked");
  CHECK(g.try_put(g.author, g.attachment, g.content).error().code == "sync.revoked");
}

TEST_CASE("a signature for an exchange is none for a picture") {
  Gallery g;
  const Bytes payload = wire::encode_pictures(wire::PictureGet{1, {sha256(g.content), g.attachment}, 0});
  wire::SignedRequest message{g.author.device, g.author.number, payload, {}};
  message.signature =
      wire::sign(g.author.keys.secret,
                 wire::request_to_sign(g.office.exchange().county().server, 1, g.author.number, payload));
  CHECK(g.office.pictures().get(wire::pack(message)).error().code == "exchange.signature");
}

TEST_CASE("a purge of the record it hangs on takes the picture along, unless another record names it") {
  Gallery g;
  CHECK(g.put(g.author, g.attachment, g.content) == Standing::kKept);
  const server::PurgeCounts one_field = must(g.office.admin().purge(g.member, {"home_address"}, "reason"));
  CHECK(one_field.attachments == 0);
  CHECK(g.get(g.author, g.attachment, g.content) == Standing::kKept);

  (void)g.secretary.sync();
  const Id other = g.attach(g.secretary, g.content);
  (void)g.secretary.sync();
  const server::PurgeCounts only_one = must(g.office.admin().purge(g.attachment, {}, "reason"));
  CHECK(only_one.pictures.empty());
  CHECK(g.get(g.author, g.attachment, g.content) == Standing::kNotHere);
  CHECK(g.get(g.secretary, other, g.content) == Standing::kKept);

  const server::PurgeCounts all = must(g.office.admin().purge(g.member, {}, "reason"));
  CHECK(all.attachments == 2);
  CHECK(all.pictures == std::vector<Hash256>{sha256(g.content)});
  CHECK(g.get(g.secretary, other, g.content) == Standing::kNotHere);
  CHECK(g.put(g.secretary, other, g.content) == Standing::kUnnamed);
  g.office.prove();
}

TEST_CASE("what comes late about a record that went as a whole goes with it, unless its author knew") {
  Gallery g;
  const Bytes late = picture('l');
  const Id unaware = g.attach(g.author, late);
  const auto purged = must(g.office.admin().purge(g.member, {}, "本人要求"));
  CHECK(std::find(purged.fields.begin(), purged.fields.end(), "#0") == purged.fields.end());
  (void)g.author.send(g.author.request());  // it keeps what was purged, unlike a laptop
  CHECK(g.put(g.author, unaware, late) == Standing::kUnnamed);
  CHECK(g.office.dump().find("门口") == std::string::npos);
  const auto purges = must(g.office.reader()->purges_of(unaware));
  REQUIRE(purges.size() == 1);
  CHECK(purges.front().number == purged.number);
  CHECK(purges.front().reason == "本人要求");
  const auto audit = must(g.office.admin().audit({}));
  CHECK(std::count_if(audit.begin(), audit.end(), [&](const auto& row) {
          return row.action == "record.purge_late" && row.record == unaware;
        }) == 1);
  g.office.prove();

  const Id aware = g.attach(g.secretary, g.content);
  change::Change last = g.secretary.log.back();
  g.secretary.log.pop_back();
  g.secretary.end = {g.secretary.end.replica, g.secretary.end.counter - 1, g.secretary.log.back().hash};
  last.body.purge_number = purged.number;
  g.secretary.log.push_back(change::link(g.secretary.end, last.body, last.values.values));
  (void)g.secretary.sync();
  CHECK(must(g.office.reader()->purges_of(aware)).empty());
  CHECK(g.put(g.secretary, aware, g.content) == Standing::kKept);
  // The next one takes it, and every later number stands above.
  const auto again = must(g.office.admin().purge(g.member, {}, "本人要求"));
  CHECK(again.attachments == 3);
  CHECK(must(g.office.admin().purge(aware, {}, "本人要求")).number > again.number);
  CHECK(g.office.dump().find("门口") == std::string::npos);
  g.office.prove();
}

TEST_CASE("a purge of single fields, and one of what a record does not hang on, leave what comes late") {
  Gallery g;
  const Bytes late = picture('l');
  const Id id = g.attach(g.author, late);
  const Id other = g.secretary.member("钱某", kSanhe);
  (void)g.secretary.sync();
  (void)must(g.office.admin().purge(g.member, {"home_address", "name"}, "本人要求"));
  (void)must(g.office.admin().purge(other, {}, "本人要求"));
  (void)g.author.sync();
  CHECK(must(g.office.reader()->purges_of(id)).empty());
  CHECK(g.put(g.author, id, late) == Standing::kKept);
  g.office.prove();
}

TEST_CASE("what nobody names goes after a day, what never came to its end after a month, the rest stays") {
  Gallery g;
  auto& files = g.office.picture_files();
  const auto sweep = [&] {
    return must(server::sweep_pictures(g.office.store(), g.office.catalogue(), files, server::kUnnamedKeptS));
  };
  const auto make_old = [&](const std::filesystem::path& file, int days) {
    std::filesystem::last_write_time(
        file, std::filesystem::file_time_type::clock::now() - std::chrono::hours(24 * days));
  };
  const auto folder = g.office.file().parent_path() / "pictures";
  const Bytes coming = picture('c');
  (void)g.attach(g.author, coming);
  (void)g.author.sync();
  CHECK(g.put(g.author, g.attachment, g.content) == Standing::kKept);
  const Bytes nobodys = picture('n');
  must(files.append(sha256(nobodys), nobodys.size(), 0, nobodys));
  must(files.append(sha256(coming), coming.size(), 0, coming.substr(0, 10)));
  CHECK(sweep() == 0);
  make_old(folder / sha256(g.content).hex(), 400);
  make_old(folder / sha256(nobodys).hex(), 2);
  make_old(folder / "coming" / sha256(coming).hex(), 29);
  CHECK(sweep() == 1);
  CHECK_FALSE(files.kept(sha256(nobodys)).whole);
  make_old(folder / "coming" / sha256(coming).hex(), 31);
  CHECK(sweep() == 1);
  CHECK(files.kept(sha256(coming)).bytes == 0);
  CHECK(files.kept(sha256(g.content)).whole);
}

TEST_CASE("verify finds a file that is not its picture, and counts what has not come") {
  Gallery g;
  const auto verified = [&] {
    server::Verification found;
    must(server::verify_pictures(g.office.store(), g.office.catalogue(), g.office.picture_files(), found));
    return found;
  };
  CHECK(verified().checked.at("pictures_awaited") == 1);
  CHECK(g.put(g.author, g.attachment, g.content) == Standing::kKept);
  CHECK(verified().ok());
  CHECK(verified().checked.at("pictures") == 1);
  CHECK(verified().checked.at("pictures_awaited") == 0);
  const auto file = g.office.file().parent_path() / "pictures" / sha256(g.content).hex();
  std::ofstream(file, std::ios::binary | std::ios::app) << "x";
  const auto bad = verified();
  REQUIRE(bad.problems.size() == 1);
  CHECK(bad.problems[0].invariant == "picture");
  CHECK(bad.problems[0].record == sha256(g.content).hex());
}

TEST_CASE("a server without pictures answers nothing about them") {
  Gallery g;
  g.office.exchange().know_pictures(nullptr);
  CHECK_FALSE(g.told(g.author, g.attachment, g.content).has_value());
}

}  // namespace
