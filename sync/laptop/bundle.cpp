#include "sync/laptop/bundle.hpp"

#include <algorithm>

#include "sync/laptop/request.hpp"

namespace lianxin::sync::laptop {
namespace {

using Verdict = wire::ExchangeAnswer::Verdict;

wire::BundleHeader header_of(const BundleSelf& self, wire::BundleKind kind, const Clock& clock) {
  wire::BundleHeader header;
  header.kind = kind;
  header.made_ms = clock.now_ms();
  header.bundle = Id::make(header.made_ms);
  header.server = self.address.server;
  header.epoch = self.epoch;
  header.from_device = self.device;
  header.from_replica = self.replica;
  header.sign_key = self.sign_public;
  return header;
}

/// Signed requests with everything unsent of one chain; at least one when `even_empty`. `start` is the frame
/// of each; cursors, verdict and parts go with the last alone.
Result<std::vector<wire::SignedRequest>> requests_of(Replica& replica, BundleStore& store,
                                                     const BundleSelf& self, const ChainToSend& chain,
                                                     const ExchangeStart& last, std::size_t batch_bytes,
                                                     bool even_empty, WallMs now_ms) {
  std::vector<wire::SignedRequest> out;
  std::uint64_t next = chain.acknowledged + 1;
  for (bool first = true; first || next <= chain.end.counter; first = false) {
    Outgoing outgoing;
    if (next <= chain.end.counter) {
      LX_TRY(outgoing, store.outgoing_of(chain.end.replica, next, batch_bytes));
    }
    const bool is_last = !outgoing.more;
    if (outgoing.changes.empty() && (!even_empty || !first)) break;
    ExchangeStart start;
    if (is_last && even_empty) start = last;
    start.epoch = self.epoch;
    start.catalogue = last.catalogue;
    start.own = chain.end;
    LX_TRY(start.number, store.next_number());
    LX_TRY(wire::SignedRequest message,
           sign_request(replica, self.address, self.device, make_request(start, outgoing, now_ms)));
    out.push_back(std::move(message));
    if (is_last) break;
    next = outgoing.first + outgoing.changes.size();
  }
  return out;
}

void count_chain(wire::BundleHeader& header, const ChainToSend& chain) {
  if (chain.end.counter <= chain.acknowledged) return;
  header.changes += chain.end.counter - chain.acknowledged;
  header.first = chain.acknowledged + 1;
  header.last = chain.end.counter;
}

Status check_for_us(const wire::BundleHeader& header, const BundleSelf& self) {
  if (header.server != self.address.server) return fail("bundle.other_county");
  if (header.from_device == self.device) return fail("bundle.own_file");
  if (header.kind == wire::BundleKind::kToServer) return fail("bundle.for_server");
  if (header.to_device != self.device) return fail("bundle.not_for_us");
  return {};
}

/// One import under way.
class Import {
 public:
  Import(Replica& replica, BundleStore& store, const BundleSelf& self)
      : replica_(replica), store_(store), self_(self) {}
  [[nodiscard]] Result<BundleImported> answer(const wire::Bundle& bundle, BytesView file, bool may_park);
  [[nodiscard]] Result<BundleImported> peer(const wire::Bundle& bundle);

 private:
  [[nodiscard]] Result<std::vector<wire::ExchangeAnswer>> answers_in(const wire::Bundle& bundle) const;
  [[nodiscard]] Result<std::string> text_of(const std::vector<wire::FeedRange>& missing);
  [[nodiscard]] Status take_all(const std::vector<wire::ExchangeAnswer>& answers, BundleImported& done);
  [[nodiscard]] Status go_on_anew(const wire::ExchangeAnswer& answer, const FileAnswer& how);

  Replica& replica_;
  BundleStore& store_;
  const BundleSelf& self_;
};

Result<std::vector<wire::ExchangeAnswer>> Import::answers_in(const wire::Bundle& bundle) const {
  if (bundle.header.sign_key != self_.address.sign_key) return fail("bundle.sender");
  if (bundle.sections.size() != 1 || bundle.sections.front().key.empty()) return fail("bundle.malformed");
  LX_TRY(const auto messages,
         wire::read_section(bundle.sections.front(), self_.seal_public, self_.seal_secret));
  std::vector<wire::ExchangeAnswer> answers;
  for (const Bytes& message : messages) {
    LX_TRY(auto answer, wire::unpack<wire::ExchangeAnswer>(message));
    if (answer.epoch != bundle.header.epoch) return fail("bundle.malformed", {}, "epoch");
    answers.push_back(std::move(answer));
  }
  if (answers.empty()) return fail("bundle.malformed", {}, "empty");
  return answers;
}

Result<std::string> Import::text_of(const std::vector<wire::FeedRange>& missing) {
  std::string text;
  for (const wire::FeedRange& range : missing) {
    LX_TRY(const std::string code, store_.scope_code(range.scope));
    if (!text.empty()) text += ", ";
    text += code + "/" + std::to_string(range.privacy) + ": " + std::to_string(range.from + 1) + "-" +
            std::to_string(range.to);
  }
  return text;
}

/// The server knows another laptop by this name (7.2), and this is the first we hear of it.
Status Import::go_on_anew(const wire::ExchangeAnswer& answer, const FileAnswer& how) {
  const bool parted = answer.verdict == Verdict::kFork || answer.verdict == Verdict::kBehind;
  LX_TRY(const BundleSelf now, store_.self());
  if (!parted || !how.asked || !how.newest || how.speaking != now.replica) return {};
  return replica_.become_new_replica();
}

Status Import::take_all(const std::vector<wire::ExchangeAnswer>& answers, BundleImported& done) {
  LX_TRY(const bool newest, store_.is_newest(answers.back().server_ms, done.header.number));
  for (const wire::ExchangeAnswer& answer : answers) {
    FileAnswer how{done.header.to_replica, done.header.number != 0, newest};
    if (const Bytes* named = wire::find_part(answer.parts, wire::kPartSpeaking)) {
      LX_TRY(const auto speaking, wire::decode_carried<wire::Speaking>(*named));
      how.speaking = speaking.replica;
    }
    LX_TRY(const Taken taken, store_.take_from_file(answer, how));
    done.taken.received += taken.received;
    done.taken.acknowledged += taken.acknowledged;
    done.taken.quarantined += taken.quarantined;
    done.taken.evicted += taken.evicted;
    done.revoked = done.revoked || answer.verdict == Verdict::kRevoked;
    LX_DO(go_on_anew(answer, how));
  }
  const wire::ExchangeAnswer& last = answers.back();
  if (newest && last.verdict == Verdict::kTaken && !last.more && done.header.number != 0) {
    LX_TRY(done.scopes, replica_.compare(last, done.header.number));
  }
  if (!newest && done.taken.received == 0 && done.taken.acknowledged == 0)
    done.what = BundleImported::What::kOld;
  return store_.county_answered();
}

Result<BundleImported> Import::answer(const wire::Bundle& bundle, BytesView file, bool may_park) {
  BundleImported done;
  done.header = bundle.header;
  LX_TRY(const auto answers, answers_in(bundle));
  LX_TRY(const bool is_older, store_.is_older_life(bundle.header.epoch, bundle.header.number));
  if (is_older) return fail("bundle.older_life");
  LX_TRY(const auto missing, store_.missing_before(bundle.header.epoch, bundle.header.ranges));
  if (missing.empty()) {
    LX_DO(take_all(answers, done));
    return done;
  }
  done.what = BundleImported::What::kParked;
  LX_TRY(done.missing, text_of(missing));
  if (may_park) LX_DO(store_.park({bundle.header.bundle, Bytes(file), done.missing}));
  return done;
}

Result<BundleImported> Import::peer(const wire::Bundle& bundle) {
  BundleImported done;
  done.header = bundle.header;
  LX_TRY(const auto devices, store_.devices());
  const auto from = std::find_if(devices.begin(), devices.end(), [&](const wire::DeviceEntry& entry) {
    return entry.device == bundle.header.from_device;
  });
  if (from == devices.end() || from->revoked || from->sign_key != bundle.header.sign_key) {
    LX_DO(store_.want_devices());
    return fail("bundle.unknown_sender");
  }
  if (bundle.sections.empty() || bundle.sections.front().key.empty()) return fail("bundle.malformed");
  LX_TRY(const auto messages,
         wire::read_section(bundle.sections.front(), self_.seal_public, self_.seal_secret));
  if (messages.size() != 1) return fail("bundle.malformed");
  LX_TRY(const auto changes, wire::decode_carried<wire::PeerChanges>(messages.front()));
  std::vector<Bytes> segments;
  for (std::size_t i = 1; i < bundle.sections.size(); ++i)
    segments.push_back(wire::encode_carried(bundle.sections[i]));
  LX_TRY(done.peer, store_.take_peer(*from, changes, segments));
  if (done.peer.fresh == 0) done.what = BundleImported::What::kOld;
  return done;
}

}  // namespace

Result<MadeBundle> bundle_for_server(Replica& replica, BundleStore& store, const Clock& clock) {
  LX_TRY(const BundleSelf self, store.self());
  MadeBundle made;
  made.header = header_of(self, wire::BundleKind::kToServer, clock);
  made.header.enrols = !self.enrolment.empty();
  LX_DO(store.want_devices());
  LX_TRY(const ExchangeStart frame, replica.begin_exchange());
  LX_TRY(const auto chains, store.chains());
  std::vector<Bytes> messages;
  if (made.header.enrols) messages.push_back(self.enrolment);
  for (const ChainToSend& chain : chains) {
    LX_TRY(const auto requests, requests_of(replica, store, self, chain, frame, kBundleBatchBytes,
                                            chain.end.replica == self.replica, made.header.made_ms));
    for (const wire::SignedRequest& request : requests)
      messages.push_back(wire::pack(request));
    count_chain(made.header, chain);
  }
  LX_TRY(made.file, wire::encode_bundle({made.header, {wire::seal_section(self.address.seal_key, messages)}},
                                        self.sign_secret));
  return made;
}

Result<MadeBundle> bundle_for_peer(Replica& replica, BundleStore& store, const std::string& to,
                                   const Clock& clock) {
  LX_TRY(const BundleSelf self, store.self());
  LX_TRY(const auto devices, store.devices());
  const auto receiver = std::find_if(devices.begin(), devices.end(), [&](const wire::DeviceEntry& entry) {
    return entry.replica.text() == to || entry.device.text() == to;
  });
  if (receiver == devices.end()) {
    LX_DO(store.want_devices());
    return fail("bundle.unknown_receiver", {{"replica", to}});
  }
  if (receiver->revoked) return fail("bundle.revoked");
  if (receiver->shared.empty()) return fail("bundle.nothing_shared", {{"replica", to}});
  MadeBundle made;
  made.header = header_of(self, wire::BundleKind::kToPeer, clock);
  made.header.to_device = receiver->device;
  made.header.to_replica = receiver->replica;
  LX_TRY(const wire::PeerChanges changes, store.changes_for(*receiver));
  made.header.changes = changes.changes.size();
  std::vector<wire::Section> sections = {
      wire::seal_section(receiver->seal_key, {wire::encode_carried(changes)})};
  LX_TRY(const auto chains, store.chains());
  for (const ChainToSend& chain : chains) {
    LX_TRY(const auto requests,
           requests_of(replica, store, self, chain, {}, kSegmentBytes, false, made.header.made_ms));
    for (const wire::SignedRequest& request : requests)
      sections.push_back(wire::seal_section(self.address.seal_key, {wire::pack(request)}));
    if (chain.end.counter > chain.acknowledged) {
      made.header.first = chain.acknowledged + 1;
      made.header.last = chain.end.counter;
    }
  }
  LX_TRY(made.file, wire::encode_bundle({made.header, std::move(sections)}, self.sign_secret));
  return made;
}

namespace {

/// What a stick brought to its end proves as much as a sync: the same receipt.
Result<Receipt> receipt_of(Replica& replica, const BundleImported& done) {
  Receipt receipt;
  receipt.sent = done.taken.acknowledged;
  receipt.received = done.taken.received;
  receipt.quarantined = done.taken.quarantined;
  receipt.evicted = done.taken.evicted;
  receipt.conflicts = done.conflicts;
  LX_DO(note_comparison(replica, done.scopes, receipt));
  if (PictureStore* pictures = replica.pictures()) {
    LX_TRY(const UnsentPictures unsent, pictures->unsent_pictures());
    receipt.pictures_unsent = unsent.pictures;
    receipt.complete = receipt.complete && unsent.pictures == 0;
  }
  return receipt;
}

/// Files that waited, and what the last of them that reached the server's end said of all.
Result<std::uint64_t> take_waiting(Replica& replica, BundleStore& store, Taken& taken,
                                   std::vector<ScopeVerdict>& scopes) {
  std::uint64_t waiting = 0;
  for (bool moved = true; moved;) {
    moved = false;
    waiting = 0;
    LX_TRY(const auto parked, store.parked());
    for (const ParkedBundle& one : parked) {
      LX_TRY(const BundleSelf self, store.self());
      const auto bundle = wire::decode_bundle(one.file);
      Result<BundleImported> done = bundle.ok()
                                        ? Import(replica, store, self).answer(*bundle, one.file, false)
                                        : Result<BundleImported>(bundle.error());
      if (done.ok() && done->what == BundleImported::What::kParked) {
        ++waiting;
        continue;
      }
      if (!done.ok() && done.error().code.starts_with("store.")) return done.error();
      if (done.ok()) {
        taken.received += done->taken.received;
        taken.acknowledged += done->taken.acknowledged;
        if (!done->scopes.empty()) scopes = std::move(done->scopes);
        moved = true;
      }
      LX_DO(store.unpark(one.bundle));  // taken, or of an earlier life of the server
    }
  }
  return waiting;
}

}  // namespace

Result<std::uint64_t> take_parked(Replica& replica, BundleStore& store, Taken& taken) {
  std::vector<ScopeVerdict> scopes;
  return take_waiting(replica, store, taken, scopes);
}

Result<BundleImported> import_bundle(Replica& replica, BundleStore& store, BytesView file) {
  LX_TRY(const BundleSelf self, store.self());
  LX_TRY(const wire::Bundle bundle, wire::decode_bundle(file));
  LX_DO(check_for_us(bundle.header, self));
  if (bundle.header.kind == wire::BundleKind::kOffer) return fail("store.exists", {{"path", ""}});
  Import import(replica, store, self);
  if (bundle.header.kind == wire::BundleKind::kToPeer) return import.peer(bundle);
  LX_TRY(const std::vector<std::string> disputes_before, replica.disputes());
  LX_TRY(BundleImported done, import.answer(bundle, file, true));
  LX_TRY(done.still_parked, take_waiting(replica, store, done.taken, done.scopes));
  LX_TRY(done.conflicts, new_disputes(replica, disputes_before));
  if (!done.scopes.empty()) {
    LX_TRY(done.receipt, receipt_of(replica, done));
  }
  return done;
}

Result<wire::EnrolOffer> read_offer(BytesView file) {
  LX_TRY(const wire::Bundle bundle, wire::decode_bundle(file));
  if (bundle.header.kind != wire::BundleKind::kOffer || bundle.sections.size() != 1)
    return fail("enrol.join_line");
  LX_TRY(const auto messages, wire::read_section(bundle.sections.front(), {}, {}));
  if (messages.size() != 1) return fail("bundle.malformed");
  LX_TRY(wire::EnrolOffer offer, wire::decode_carried<wire::EnrolOffer>(messages.front()));
  if (offer.answer.server_sign_key != bundle.header.sign_key) return fail("bundle.malformed", {}, "key");
  return offer;
}

Bytes enrolment_of(const wire::EnrolOffer& offer, ReplicaId replica, const DeviceKeys& keys,
                   const Clock& clock) {
  wire::EnrolRequest request;
  request.code = offer.code;
  request.replica = replica;
  request.sign_key = keys.sign_public;
  request.seal_key = keys.seal_public;
  request.wall_ms = clock.now_ms();
  return wire::pack(request);
}

Status hand_in_enrolment(BytesView enrolment, const Id& device, Transport& transport,
                         const CancelFlag& cancel) {
  if (enrolment.empty()) return {};
  LX_TRY(const Bytes answer, transport.post("/v1/enrol", enrolment, {}, cancel));
  LX_TRY(const wire::EnrolAnswer enrolled, wire::unpack<wire::EnrolAnswer>(answer));
  return enrolled.device == device ? Status() : Status(fail("sync.other_server"));
}

Status finish_enrolment(BundleStore& store, Transport& transport, const CancelFlag& cancel) {
  LX_TRY(const BundleSelf self, store.self());
  LX_DO(hand_in_enrolment(self.enrolment, self.device, transport, cancel));
  return store.county_answered();
}

}  // namespace lianxin::sync::laptop
