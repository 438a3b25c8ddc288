// Pictures: the messages about them, and files that are chosen as photos.
#include <algorithm>

#include "client/picture/exif.hpp"
#include "client/picture/picture.hpp"
#include "shared/base/check.hpp"
#include "shared/codec/codec.hpp"
#include "sync/wire/pictures.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/package.hpp"

namespace lianxin::test::fuzz {

using namespace sync::wire;

namespace {

template <class M>
void has_one_encoding(const Result<M>& read, BytesView bytes) {
  LX_CHECK(!read.ok() || encode_pictures(*read) == bytes, "a message has two encodings");
}

void is_within_bounds(const Result<PictureAnswer>& answer) {
  LX_CHECK(!answer.ok() || answer->content.size() <= kPicturePieceBytes, "an answer beyond its bounds");
}

}  // namespace

int fuzz_pictures(BytesView all) {
  if (all.empty()) return -1;
  const BytesView bytes = all.substr(1);
  switch (static_cast<unsigned char>(all[0]) % 6) {
    case 0:
      has_one_encoding(decode_picture_ask(bytes), bytes);
      break;
    case 1:
      has_one_encoding(decode_picture_told(bytes), bytes);
      break;
    case 2: {
      const auto put = decode_picture_put(bytes);
      has_one_encoding(put, bytes);
      LX_CHECK(!put.ok() || put->offset + put->content.size() <= kPictureBytesMax,
               "a piece beyond every picture");
      break;
    }
    case 3:
      has_one_encoding(decode_picture_get(bytes), bytes);
      break;
    case 4:
      is_within_bounds(unpack<PictureAnswer>(bytes));
      break;
    default: {
      const auto answer = unpack<PictureAnswer>(message_of(MessageKind::kPictureAnswer, bytes));
      is_within_bounds(answer);
      LX_CHECK(!answer.ok() || codec::encode(*answer) == bytes, "an answer has two encodings");
    }
  }
  return 0;
}

int fuzz_photo(BytesView file) {
  namespace photo = client::picture;
  const int orientation = photo::orientation_of(file);
  LX_CHECK(orientation >= 1 && orientation <= 8, "no orientation");
  const auto taken = photo::take_in(file);
  if (!taken.ok()) return 0;
  LX_CHECK(taken->jpeg.size() <= photo::kBytesMax && taken->thumbnail.size() <= photo::kThumbBytesMax &&
               std::max(taken->width, taken->height) <= photo::kLongestSide,
           "a photo beyond its bounds");
  return 0;
}

}  // namespace lianxin::test::fuzz
