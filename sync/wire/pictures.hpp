#pragma once
// Pictures that attachments name (design.md 6). Their bytes travel apart from the records and after them.
//
// Part 20 of an exchange asks how the server stands to pictures the laptop would send, part 20 of its
// answer tells. A server that does not answer the part is an older one: the pictures wait. Then, for each
// picture that is wanted:
//   PUT  /v1/picture   a signed PicturePut: the bytes from `offset` on; answered by what is kept then
//   POST /v1/picture   a signed PictureGet: asks for bytes from `offset` on
// both as a packed SignedRequest whose number is the device's newest exchange, answered by a PictureAnswer.
// What is kept of a picture on its way is its length: a cut connection costs the piece that was under way and
// no other.
#include <cstdint>
#include <vector>

#include "shared/base/hash.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::wire {

inline constexpr std::uint16_t kPartPictures = 20;

inline constexpr std::size_t kPictureBytesMax = 512 * 1024;  ///< of one picture
inline constexpr std::size_t kPicturePieceBytes = 64 * 1024;
inline constexpr std::size_t kPicturesAskedMax = 200;  ///< in one exchange; the rest with the next

/// How the server stands to a picture. A number beyond these is malformed.
enum class PictureStanding : std::uint8_t {
  kKept = 0,     ///< all of it, and it is what its name says
  kWanted = 1,   ///< from `offset` on
  kUnnamed = 2,  ///< no kept change of this record names it: nothing is taken
  kRefused = 3,  ///< what came was not what its name says, or longer than it said; thrown away
  kNotHere = 4,  ///< asked for and not here (yet), or not for this device
};

struct PictureName {
  Hash256 sha256;
  Id record;  ///< the attachment that names it
  template <class A>
  void serialize(A& a) {
    a(sha256.octets, record.octets);
  }
};
struct PictureAsk {
  std::vector<PictureName> pictures;
  template <class A>
  void serialize(A& a) {
    a(pictures);
  }
};
struct PictureState {
  Hash256 sha256;
  PictureStanding standing = PictureStanding::kUnnamed;
  std::uint64_t offset = 0;  ///< bytes kept
  template <class A>
  void serialize(A& a) {
    a(sha256.octets, standing, offset);
  }
};
/// In the order of the question.
struct PictureTold {
  std::vector<PictureState> pictures;
  template <class A>
  void serialize(A& a) {
    a(pictures);
  }
};

/// Payload of PUT. `content` at most kPicturePieceBytes.
struct PicturePut {
  std::uint64_t epoch = 0;
  PictureName name;
  std::uint64_t size = 0;  ///< of the whole picture
  std::uint64_t offset = 0;
  Bytes content;
  template <class A>
  void serialize(A& a) {
    a(epoch, name, size, offset, content);
  }
};
/// Payload of POST.
struct PictureGet {
  std::uint64_t epoch = 0;
  PictureName name;
  std::uint64_t offset = 0;
  template <class A>
  void serialize(A& a) {
    a(epoch, name, offset);
  }
};
struct PictureAnswer {
  PictureState state;      ///< PUT: as it is kept now. POST: kKept or kNotHere, `offset` as asked
  std::uint64_t size = 0;  ///< POST: of the whole picture
  Bytes content;           ///< POST: from `offset` on, at most kPicturePieceBytes
  template <class A>
  void serialize(A& a) {
    a(state, size, content);
  }
};

/// Content of the part and of the payloads. Error "wire.malformed", also for an unknown standing, a piece
/// that is too long or longer than the picture it belongs to, and for more questions than kPicturesAskedMax.
[[nodiscard]] Bytes encode_pictures(const PictureAsk& ask);
[[nodiscard]] Bytes encode_pictures(const PictureTold& told);
[[nodiscard]] Bytes encode_pictures(const PicturePut& put);
[[nodiscard]] Bytes encode_pictures(const PictureGet& get);
[[nodiscard]] Result<PictureAsk> decode_picture_ask(BytesView content);
[[nodiscard]] Result<PictureTold> decode_picture_told(BytesView content);
[[nodiscard]] Result<PicturePut> decode_picture_put(BytesView payload);
[[nodiscard]] Result<PictureGet> decode_picture_get(BytesView payload);
/// Checks an answer's words and lengths.
[[nodiscard]] bool is_well_formed(const PictureAnswer& answer);
/// Bytes a device signs for either request. Begins with words of its own.
[[nodiscard]] Bytes picture_to_sign(const Id& server, std::uint64_t epoch, std::uint64_t number,
                                    BytesView payload);

}  // namespace lianxin::sync::wire
