#include "sync/laptop/pictures.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <vector>

#include "sync/laptop/session.hpp"

namespace lianxin::sync::laptop {
namespace {

const Id kRecord = Id::parse("0199aaaa-0000-7000-8000-000000000001").value();

Bytes picture(std::size_t size, char seed) {
  Bytes out;
  for (std::size_t i = 0; i < size; ++i)
    out += static_cast<char>(static_cast<std::size_t>(seed) + i % 113);
  return out;
}

/// Pictures in memory.
class Shelf final : public PictureStore {
 public:
  std::map<Hash256, Bytes> here;
  std::map<Hash256, std::uint64_t> sizes;
  std::vector<WantedPicture> wants;
  std::vector<Hash256> kept;
  bool is_full = false;

  Hash256 add(const Bytes& content, std::uint64_t offset = 0) {
    const Hash256 name = sha256(content);
    here[name] = content;
    sizes[name] = content.size();
    wants.push_back({{name, kRecord}, content.size(), offset});
    return name;
  }
  Result<PictureCall> picture_call() override { return PictureCall{kRecord, kRecord, 3, 17}; }
  Result<Bytes> sign_picture(BytesView message) override { return Bytes(hash256(message).bytes()); }
  Result<std::vector<WantedPicture>> wanted() override { return wants; }
  Result<Bytes> piece(const Hash256& name, std::uint64_t offset, std::size_t bytes_max) override {
    return here.at(name).substr(offset, bytes_max);
  }
  Status note_kept(const Hash256& name) override {
    if (is_full) return fail("store.full");
    kept.push_back(name);
    return {};
  }
  Result<UnsentPictures> unsent_pictures() override { return UnsentPictures{}; }
  Result<std::uint64_t> settle_pictures() override { return std::uint64_t{0}; }
  Result<PictureHere> picture_here(const Hash256& name) override {
    const auto size = sizes.find(name);
    return PictureHere{size != sizes.end() && here[name].size() == size->second, here[name].size()};
  }
  Status keep_piece(const wire::PictureName& name, std::uint64_t size, std::uint64_t offset,
                    BytesView content) override {
    REQUIRE(offset == here[name.sha256].size());
    here[name.sha256] += content;
    sizes[name.sha256] = size;
    return {};
  }
};

/// A server that keeps pieces by offset, over a line that can break.
class Line final : public Transport {
 public:
  std::map<Hash256, Bytes> kept;
  std::vector<std::uint64_t> offsets;  ///< of the pieces that came
  int breaks_at = 0;                   ///< the answer to this request is lost; 0 = never
  int requests = 0;
  wire::PictureStanding refuse_with =
      wire::PictureStanding::kKept;  ///< another one: the answer to every piece

  Result<Bytes> post(const std::string& path, BytesView body, const TransferProgress&,
                     const CancelFlag&) override {
    CHECK(path == "/v1/picture");
    const auto get = wire::decode_picture_get(payload_of(body));
    REQUIRE(get.ok());
    wire::PictureAnswer answer;
    answer.state = {get->name.sha256, wire::PictureStanding::kNotHere, get->offset};
    const auto found = kept.find(get->name.sha256);
    if (found != kept.end() && get->offset < found->second.size()) {
      answer.state.standing = wire::PictureStanding::kKept;
      answer.size = found->second.size();
      answer.content = found->second.substr(get->offset, wire::kPicturePieceBytes);
    }
    offsets.push_back(get->offset);
    return given(answer);
  }
  Result<Bytes> put(const std::string& path, BytesView body, const TransferProgress&,
                    const CancelFlag&) override {
    CHECK(path == "/v1/picture");
    const auto put = wire::decode_picture_put(payload_of(body));
    REQUIRE(put.ok());
    CHECK(put->epoch == 3);
    Bytes& there = kept[put->name.sha256];
    offsets.push_back(put->offset);
    if (put->offset == there.size()) there += put->content;
    const bool whole = there.size() == put->size;
    wire::PictureAnswer answer;
    answer.state = {put->name.sha256, whole ? wire::PictureStanding::kKept : wire::PictureStanding::kWanted,
                    there.size()};
    if (refuse_with != wire::PictureStanding::kKept) answer.state = {put->name.sha256, refuse_with, 0};
    return given(answer);
  }

 private:
  static Bytes payload_of(BytesView body) {
    const auto message = wire::unpack<wire::SignedRequest>(body);
    REQUIRE(message.ok());
    CHECK(message->number == 17);
    CHECK(message->signature ==
          Bytes(hash256(wire::picture_to_sign(kRecord, 3, 17, message->payload)).bytes()));
    return message->payload;
  }
  Result<Bytes> given(const wire::PictureAnswer& answer) {
    if (++requests == breaks_at) return fail("net.timeout");
    return wire::pack(answer);
  }
};

const CancelFlag kNever{false};

TEST_CASE("pictures go in pieces, one after the other, each byte once") {
  Shelf shelf;
  Line line;
  const Bytes large = picture(150'000, 'a');
  const Hash256 first = shelf.add(large);
  const Hash256 second = shelf.add(picture(10, 'b'));
  int told = 0;
  const auto sent = send_pictures(shelf, line, kNever, [&](const PicturesSent&) { ++told; });
  REQUIRE(sent.ok());
  CHECK(sent->pictures == 2);
  CHECK(sent->requests == 4);
  CHECK(sent->problem.empty());
  CHECK(told == 2);
  CHECK(line.offsets == std::vector<std::uint64_t>{0, 65536, 131072, 0});
  CHECK(line.kept[first] == large);
  CHECK(shelf.kept == std::vector<Hash256>{first, second});
}

TEST_CASE("it goes on at the byte the server names, and a broken line loses nothing that was answered") {
  Shelf shelf;
  Line line;
  const Bytes large = picture(200'000, 'a');
  const Hash256 name = shelf.add(large);
  line.breaks_at = 3;
  const auto cut = send_pictures(shelf, line, kNever, {});
  REQUIRE(cut.ok());
  CHECK(cut->problem == "net.timeout");
  CHECK(shelf.kept.empty());
  CHECK(line.kept[name].size() == 3 * 65536);  // the answer was lost, not the piece
  line.offsets.clear();
  shelf.wants[0].offset = line.kept[name].size();
  const auto sent = send_pictures(shelf, line, kNever, {});
  CHECK(sent->pictures == 1);
  CHECK(line.offsets == std::vector<std::uint64_t>{3 * 65536});
  CHECK(line.kept[name] == large);
}

TEST_CASE("a server that has more or less of it than was thought says where to go on") {
  Shelf shelf;
  Line line;
  const Bytes large = picture(100'000, 'a');
  const Hash256 name = shelf.add(large, 65536);  // but the server has lost its beginning
  CHECK(send_pictures(shelf, line, kNever, {})->pictures == 1);
  CHECK(line.kept[name] == large);
  CHECK(line.offsets == std::vector<std::uint64_t>{65536, 0, 65536});
}

TEST_CASE("all of it there and not known as whole: any piece makes the server look") {
  Shelf shelf;
  Line line;
  const Bytes content = picture(1000, 'a');
  line.kept[shelf.add(content, 1000)] = content;
  CHECK(send_pictures(shelf, line, kNever, {})->pictures == 1);
  CHECK(line.offsets == std::vector<std::uint64_t>{0});
}

TEST_CASE("a refused picture does not stop the others, and is not called sent") {
  for (const auto standing : {wire::PictureStanding::kRefused, wire::PictureStanding::kUnnamed}) {
    Shelf shelf;
    Line line;
    (void)shelf.add(picture(10, 'a'));
    (void)shelf.add(picture(10, 'b'));
    line.refuse_with = standing;
    const auto sent = send_pictures(shelf, line, kNever, {});
    REQUIRE(sent.ok());
    CHECK(sent->pictures == 0);
    CHECK(sent->requests ==
          (standing == wire::PictureStanding::kRefused ? 4U : 2U));  // once more from its start
    CHECK(sent->problem == "picture.refused");
    CHECK(shelf.kept.empty());
  }
}

TEST_CASE("a server that never goes on is left after a few answers") {
  Shelf shelf;
  Line line;
  (void)shelf.add(picture(10, 'a'));
  line.refuse_with = wire::PictureStanding::kWanted;
  const auto sent = send_pictures(shelf, line, kNever, {});
  REQUIRE(sent.ok());
  CHECK(sent->pictures == 0);
  CHECK(sent->requests == 8);
}

TEST_CASE("a cancelled sync sends no further picture; a full disk is the store's own error") {
  Shelf shelf;
  Line line;
  (void)shelf.add(picture(10, 'a'));
  const CancelFlag cancelled{true};
  CHECK(send_pictures(shelf, line, cancelled, {})->problem == "sync.cancelled");
  CHECK(line.requests == 0);
  shelf.is_full = true;
  CHECK(send_pictures(shelf, line, kNever, {}).error().code == "store.full");
}

TEST_CASE("a picture is fetched from where an earlier call ended") {
  Shelf shelf;
  Line line;
  const Bytes large = picture(200'000, 'a');
  const wire::PictureName name{sha256(large), kRecord};
  CHECK(fetch_picture(shelf, line, name, kNever).error().code == "picture.not_there");
  line.kept[name.sha256] = large;
  line.breaks_at = line.requests + 3;
  line.offsets.clear();
  CHECK(fetch_picture(shelf, line, name, kNever).error().code == "net.timeout");
  CHECK(shelf.here[name.sha256].size() == 2 * 65536);
  REQUIRE(fetch_picture(shelf, line, name, kNever).ok());
  CHECK(line.offsets == std::vector<std::uint64_t>{0, 65536, 131072, 131072, 196608});
  CHECK(shelf.here[name.sha256] == large);
  const int before = line.requests;
  REQUIRE(fetch_picture(shelf, line, name, kNever).ok());
  CHECK(line.requests == before);
}

}  // namespace
}  // namespace lianxin::sync::laptop
