#include "sync/wire/pictures.hpp"

#include <doctest/doctest.h>

namespace lianxin::sync::wire {
namespace {

PictureName sample_name() {
  return {sha256("a picture"), Id::parse("0199aaaa-0000-7000-8000-000000000001").value()};
}

PicturePut sample_put() { return {7, sample_name(), 10, 4, "abcdef"}; }

TEST_CASE("questions, answers and pieces read back as they were") {
  const PictureAsk ask{{sample_name(), sample_name()}};
  const auto asked = decode_picture_ask(encode_pictures(ask));
  REQUIRE(asked.ok());
  CHECK(asked->pictures.size() == 2);
  CHECK(asked->pictures[1].sha256 == sample_name().sha256);
  CHECK(asked->pictures[1].record == sample_name().record);

  const auto told =
      decode_picture_told(encode_pictures(PictureTold{{{sha256("x"), PictureStanding::kWanted, 65536}}}));
  REQUIRE(told.ok());
  CHECK(told->pictures[0].standing == PictureStanding::kWanted);
  CHECK(told->pictures[0].offset == 65536);

  const auto put = decode_picture_put(encode_pictures(sample_put()));
  REQUIRE(put.ok());
  CHECK(put->epoch == 7);
  CHECK(put->offset == 4);
  CHECK(put->content == "abcdef");
  const auto get = decode_picture_get(encode_pictures(PictureGet{7, sample_name(), 9}));
  REQUIRE(get.ok());
  CHECK(get->offset == 9);

  const PictureAnswer answer{{sha256("x"), PictureStanding::kKept, 3}, 10, "content"};
  const auto read = unpack<PictureAnswer>(pack(answer));
  REQUIRE(read.ok());
  CHECK(read->size == 10);
  CHECK(read->content == "content");
}

TEST_CASE("a piece that cannot be one of its picture is malformed") {
  const auto is_good = [](const PicturePut& put) { return decode_picture_put(encode_pictures(put)).ok(); };
  CHECK(is_good(sample_put()));
  PicturePut put = sample_put();
  put.content += "g";  // beyond the end
  CHECK_FALSE(is_good(put));
  put = sample_put();
  put.content.clear();
  CHECK_FALSE(is_good(put));
  put = sample_put();
  put.size = kPictureBytesMax + 1;
  CHECK_FALSE(is_good(put));
  put = sample_put();
  put.offset = ~std::uint64_t{0} - 2;
  CHECK_FALSE(is_good(put));
  put = {7, sample_name(), kPictureBytesMax, 0, Bytes(kPicturePieceBytes, 'x')};
  CHECK(is_good(put));
  put.content += 'x';
  CHECK_FALSE(is_good(put));
  CHECK_FALSE(decode_picture_get(encode_pictures(PictureGet{7, sample_name(), kPictureBytesMax})).ok());
}

TEST_CASE("more questions than may be asked, and words nobody knows, are malformed") {
  PictureAsk ask;
  ask.pictures.resize(kPicturesAskedMax);
  CHECK(decode_picture_ask(encode_pictures(ask)).ok());
  ask.pictures.emplace_back();
  CHECK_FALSE(decode_picture_ask(encode_pictures(ask)).ok());
  const auto unknown = static_cast<PictureStanding>(5);
  CHECK_FALSE(decode_picture_told(encode_pictures(PictureTold{{{sha256("x"), unknown, 0}}})).ok());
  CHECK(unpack<PictureAnswer>(pack(PictureAnswer{{sha256("x"), unknown, 0}, 0, ""})).error().code ==
        "wire.malformed");
}

TEST_CASE("cut anywhere it is malformed, never half a message") {
  const Bytes whole = encode_pictures(sample_put());
  for (std::size_t length = 0; length < whole.size(); ++length)
    CHECK_FALSE(decode_picture_put(whole.substr(0, length)).ok());
  CHECK_FALSE(decode_picture_put(whole + "x").ok());
}

TEST_CASE("what is signed for a picture serves for nothing else, and binds number, epoch and payload") {
  const Id server = Id::parse("0199aaaa-0000-7000-8000-000000000009").value();
  const Bytes words = picture_to_sign(server, 1, 2, "payload");
  CHECK(words.starts_with("lianxin picture 1\n"));
  CHECK(words != request_to_sign(server, 1, 2, "payload"));
  CHECK(words != picture_to_sign(server, 1, 3, "payload"));
  CHECK(words != picture_to_sign(server, 2, 2, "payload"));
  CHECK(words != picture_to_sign(server, 1, 2, "payloae"));
}

}  // namespace
}  // namespace lianxin::sync::wire
