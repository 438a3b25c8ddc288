#include "sync/laptop/pictures.hpp"

namespace lianxin::sync::laptop {
namespace {

using wire::PictureStanding;

template <class M>
Result<Bytes> packed(PictureStore& store, const PictureCall& call, const M& payload) {
  wire::SignedRequest message;
  message.device = call.device;
  message.number = call.number;
  message.payload = wire::encode_pictures(payload);
  LX_TRY(message.signature,
         store.sign_picture(wire::picture_to_sign(call.server, call.epoch, call.number, message.payload)));
  return wire::pack(message);
}

Result<wire::PictureAnswer> read_answer(const Bytes& answer, const Hash256& name) {
  LX_TRY(wire::PictureAnswer read, wire::unpack<wire::PictureAnswer>(answer));
  if (read.state.sha256 != name) return fail("wire.malformed", {}, "another picture");
  return read;
}

/// One picture. True = the server has all of it now.
Result<bool> send_one(PictureStore& store, Transport& transport, const PictureCall& call,
                      const WantedPicture& wanted, const CancelFlag& cancel, PicturesSent& sent) {
  wire::PicturePut put;
  put.epoch = call.epoch;
  put.name = wanted.name;
  put.size = wanted.size;
  // All of it there and not yet known as whole: any piece makes the server look.
  put.offset = wanted.offset < wanted.size ? wanted.offset : 0;
  // Each answer is further on, unless somebody else sends the same: then the server's word is taken a few
  // times.
  int standstills = 0;
  bool is_again = false;
  constexpr int kStandstillsMax = 8;
  while (standstills < kStandstillsMax) {
    LX_TRY(put.content, store.piece(wanted.name.sha256, put.offset, wire::kPicturePieceBytes));
    LX_TRY(const Bytes message, packed(store, call, put));
    LX_TRY(const Bytes answer, transport.put("/v1/picture", message, {}, cancel));
    ++sent.requests;
    sent.bytes_up += message.size();
    sent.bytes_down += answer.size();
    LX_TRY(const wire::PictureAnswer told, read_answer(answer, wanted.name.sha256));
    if (told.state.standing == PictureStanding::kKept) return true;
    if (told.state.standing == PictureStanding::kRefused && !is_again) {
      // What was there of it was spoilt, by a power cut perhaps; it is gone now, and all of it is sent.
      is_again = true;
      put.offset = 0;
      continue;
    }
    if (told.state.standing != PictureStanding::kWanted || told.state.offset >= wanted.size) return false;
    standstills += told.state.offset == put.offset + put.content.size() ? 0 : 1;
    put.offset = told.state.offset;
  }
  return false;
}

}  // namespace

Result<PicturesSent> send_pictures(PictureStore& store, Transport& transport, const CancelFlag& cancel,
                                   const std::function<void(const PicturesSent&)>& progress) {
  PicturesSent sent;
  LX_TRY(const std::vector<WantedPicture> wanted, store.wanted());
  if (wanted.empty()) return sent;
  LX_TRY(const PictureCall call, store.picture_call());
  bool refused = false;
  for (const WantedPicture& one : wanted) {
    if (cancel) {
      sent.problem = "sync.cancelled";
      break;
    }
    const auto kept = send_one(store, transport, call, one, cancel, sent);
    if (!kept.ok() && kept.error().code.starts_with("store.")) return kept.error();
    if (!kept.ok()) {
      sent.problem = kept.error().code;
      break;
    }
    if (!*kept) {
      refused = true;
      continue;
    }
    LX_DO(store.note_kept(one.name.sha256));
    ++sent.pictures;
    if (progress) progress(sent);
  }
  if (refused && sent.problem.empty()) sent.problem = "picture.refused";
  return sent;
}

Status fetch_picture(PictureStore& store, Transport& transport, const wire::PictureName& name,
                     const CancelFlag& cancel) {
  LX_TRY(const PictureCall call, store.picture_call());
  wire::PictureGet get;
  get.epoch = call.epoch;
  get.name = name;
  for (;;) {
    LX_TRY(const PictureHere here, store.picture_here(name.sha256));
    if (here.whole) return {};
    get.offset = here.bytes;
    LX_TRY(const Bytes message, packed(store, call, get));
    LX_TRY(const Bytes answer, transport.post("/v1/picture", message, {}, cancel));
    LX_TRY(const wire::PictureAnswer told, read_answer(answer, name.sha256));
    const bool is_there = told.state.standing == PictureStanding::kKept && !told.content.empty() &&
                          told.state.offset == get.offset && told.size >= get.offset + told.content.size();
    if (!is_there) return fail("picture.not_there");
    LX_DO(store.keep_piece(name, told.size, get.offset, told.content));
  }
}

}  // namespace lianxin::sync::laptop
