#include "sync/wire/pictures.hpp"

#include <algorithm>

#include "shared/codec/codec.hpp"

namespace lianxin::sync::wire {
namespace {

const codec::Limits kPictureLimits = {.string_bytes_max = kPicturePieceBytes,
                                      .elements_max = kPicturesAskedMax,
                                      .memory_budget_bytes = 1024 * 1024};

template <class M>
Result<M> decode(BytesView content) {
  auto message = codec::decode<M>(content, kPictureLimits);
  if (!message.ok()) return fail("wire.malformed", {}, message.error().code);
  return message;
}

bool is_known(const PictureState& state) {
  return state.standing <= PictureStanding::kNotHere && state.offset <= kPictureBytesMax;
}

}  // namespace

Bytes encode_pictures(const PictureAsk& ask) { return codec::encode(ask); }
Bytes encode_pictures(const PictureTold& told) { return codec::encode(told); }
Bytes encode_pictures(const PicturePut& put) { return codec::encode(put); }
Bytes encode_pictures(const PictureGet& get) { return codec::encode(get); }

Result<PictureAsk> decode_picture_ask(BytesView content) { return decode<PictureAsk>(content); }

Result<PictureTold> decode_picture_told(BytesView content) {
  LX_TRY(PictureTold told, decode<PictureTold>(content));
  if (!std::all_of(told.pictures.begin(), told.pictures.end(), is_known))
    return fail("wire.malformed", {}, "standing");
  return told;
}

Result<PicturePut> decode_picture_put(BytesView payload) {
  LX_TRY(PicturePut put, decode<PicturePut>(payload));
  const bool fits = put.size > 0 && put.size <= kPictureBytesMax && put.offset <= put.size &&
                    put.content.size() <= put.size - put.offset;
  if (!fits || put.content.empty()) return fail("wire.malformed", {}, "piece");
  return put;
}

Result<PictureGet> decode_picture_get(BytesView payload) {
  LX_TRY(const PictureGet get, decode<PictureGet>(payload));
  if (get.offset >= kPictureBytesMax) return fail("wire.malformed", {}, "offset");
  return get;
}

bool is_well_formed(const PictureAnswer& answer) {
  return is_known(answer.state) && answer.size <= kPictureBytesMax &&
         answer.content.size() <= kPicturePieceBytes;
}

Bytes picture_to_sign(const Id& server, std::uint64_t epoch, std::uint64_t number, BytesView payload) {
  Bytes out = "lianxin picture 1\n";
  out += server.bytes();
  out += codec::encode(epoch);
  out += codec::encode(number);
  out += hash256(payload).bytes();
  return out;
}

}  // namespace lianxin::sync::wire
