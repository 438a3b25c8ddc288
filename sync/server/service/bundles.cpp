#include "sync/server/service/bundles.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "sync/server/service/carrying.hpp"
#include "sync/server/service/enrolment.hpp"
#include "sync/server/service/keys.hpp"
#include "sync/server/service/pairings.hpp"
#include "sync/wire/bounded.hpp"
#include "sync/wire/cursors.hpp"
#include "sync/wire/parts.hpp"

namespace lianxin::sync::server {
namespace {

using Verdict = wire::ExchangeAnswer::Verdict;

constexpr std::size_t kAnswersMax = 1000;

/// Counts and ranges of an answer, for the clear header.
void describe(wire::BundleHeader& header, const wire::ExchangeAnswer& answer) {
  for (const wire::FeedPage& page : answer.pages) {
    header.entries += page.entries.size() + page.rows.size();
    const auto known =
        std::find_if(header.ranges.begin(), header.ranges.end(), [&](const wire::FeedRange& range) {
          return range.scope == page.scope && range.privacy == page.privacy;
        });
    if (known == header.ranges.end()) {
      header.ranges.push_back({page.scope, page.privacy, page.from, page.to});
    } else {
      known->to = page.to;
    }
  }
  header.more = answer.more;
}

/// What request `last` came to, with the outcomes of all requests of its chain: counters of another chain
/// would be taken for its own.
Pushed with_outcomes(const std::vector<Verified>& requests, const std::vector<Result<Pushed>>& pushed,
                     std::size_t last) {
  Pushed whole = *pushed[last];
  whole.ack.outcomes.clear();
  for (std::size_t i = 0; i <= last; ++i) {
    if (requests[i].request.replica != requests[last].request.replica) continue;
    const auto& outcomes = pushed[i]->ack.outcomes;
    whole.ack.outcomes.insert(whole.ack.outcomes.end(), outcomes.begin(), outcomes.end());
  }
  return whole;
}

}  // namespace

/// A bundle for us, read whole before anything is kept.
struct Bundles::Parcel {
  wire::Bundle bundle;
  std::optional<wire::EnrolRequest> enrolment;
  std::vector<Verified> requests;
};

Result<Bundles> Bundles::open(store::Store& store, const domain::Catalogue& catalogue, const Clock& clock) {
  LX_TRY(Exchange exchange, Exchange::open(store, catalogue, clock));
  return Bundles(store, catalogue, clock, std::move(exchange));
}

Result<Bundles::Parcel> Bundles::open_parcel(BytesView file) const {
  const County& county = exchange_.county();
  Parcel parcel;
  LX_TRY(parcel.bundle, wire::decode_bundle(file));
  const wire::BundleHeader& header = parcel.bundle.header;
  if (header.server != county.server) return fail("bundle.other_county");
  if (header.kind == wire::BundleKind::kToPeer) return parcel;
  if (header.kind != wire::BundleKind::kToServer || parcel.bundle.sections.size() != 1)
    return fail("bundle.for_laptop");
  if (parcel.bundle.sections.front().key.empty()) return fail("bundle.malformed");
  LX_TRY(const auto messages,
         wire::read_section(parcel.bundle.sections.front(), county.seal_keys.open, county.seal_keys.secret));
  for (const Bytes& message : messages) {
    LX_TRY(const wire::MessageKind kind, wire::kind_of(message));
    if (kind == wire::MessageKind::kEnrolRequest) {
      LX_TRY(parcel.enrolment, wire::unpack<wire::EnrolRequest>(message));
      if (parcel.enrolment->sign_key != header.sign_key) return fail("bundle.sender");
      continue;
    }
    LX_TRY(const auto signed_request, wire::unpack<wire::SignedRequest>(message));
    if (signed_request.device != header.from_device) return fail("bundle.sender");
    LX_TRY(auto request, read_signed(county, header.sign_key, signed_request));
    parcel.requests.push_back({signed_request.device, std::move(request), Way::kFile});
  }
  return parcel;
}

/// The key that signed the file is the device's, or becomes it by the enrolment inside.
Status Bundles::check_sender(const Parcel& parcel) const {
  const wire::BundleHeader& header = parcel.bundle.header;
  LX_TRY(const auto reader, store_->read());
  LX_TRY(const auto device, reader->device(header.from_device));
  if (!device) return fail("bundle.sender");
  const bool is_new = device->enrolled_ms == 0;
  if (is_new && parcel.enrolment) return {};
  if (is_new || device->sign_key != header.sign_key) return fail("bundle.sender");
  return {};
}

/// A bundle for another laptop has its sender's work for us in it as well (8.2).
Result<BundleTaken> Bundles::take_peers(const Parcel& parcel) {
  BundleTaken taken;
  taken.header = parcel.bundle.header;
  LX_TRY(const auto writer, store_->write());
  for (std::size_t i = 1; i < parcel.bundle.sections.size(); ++i) {
    LX_DO(take_segment(*writer, *catalogue_, exchange_.county(), parcel.bundle.sections[i], clock_->now_ms(),
                       taken.early));
    ++taken.others_segments;
  }
  LX_DO(writer->commit());
  return taken;
}

Result<BundleTaken> Bundles::import(BytesView file, bool wants_answer) {
  LX_TRY(const Parcel parcel, open_parcel(file));
  LX_DO(check_sender(parcel));
  if (parcel.bundle.header.kind == wire::BundleKind::kToPeer) return take_peers(parcel);
  BundleTaken taken;
  taken.header = parcel.bundle.header;
  if (parcel.enrolment) {
    LX_TRY(const auto answer, enrol(*store_, exchange_.county(), *parcel.enrolment, clock_->now_ms()));
    if (answer.device != taken.header.from_device) return fail("bundle.sender");
    taken.enrolled = true;
  }
  if (parcel.requests.empty()) return fail("bundle.malformed", {}, "no request");
  const auto pushed = exchange_.take(parcel.requests);
  for (const auto& one : pushed) {
    if (!one.ok()) return one.error();
    taken.early += one->early;
    taken.quarantined += static_cast<std::uint64_t>(
        std::count_if(one->ack.outcomes.begin(), one->ack.outcomes.end(),
                      [](const wire::ChangeOutcome& o) { return o.outcome == wire::Outcome::kQuarantined; }));
    taken.others_segments += one->carried.size();
  }
  Pushed whole = with_outcomes(parcel.requests, pushed, pushed.size() - 1);
  whole.carried.clear();
  for (const auto& one : pushed)
    whole.carried.insert(whole.carried.end(), one->carried.begin(), one->carried.end());
  taken.verdict = whole.verdict;
  taken.acknowledged = whole.ack.counter;
  if (!wants_answer) return taken;
  const Verified& last = parcel.requests.back();
  // Earlier replicas of the laptop get their acknowledgement as well (7.2).
  std::vector<Bytes> others;
  for (std::size_t i = 0; i + 1 < parcel.requests.size(); ++i) {
    const Verified& one = parcel.requests[i];
    const bool is_last = one.request.replica != parcel.requests[i + 1].request.replica;
    if (!is_last || one.request.replica == last.request.replica) continue;
    LX_TRY(wire::ExchangeAnswer answer, exchange_.answer(one, with_outcomes(parcel.requests, pushed, i)));
    answer.pages.clear();
    answer.digests.clear();
    answer.more = true;
    answer.parts = {{wire::kPartSpeaking, wire::encode_carried(wire::Speaking{one.request.replica})}};
    LX_TRY(Bytes packed, wire::pack_bounded(answer));
    others.push_back(std::move(packed));
  }
  LX_TRY(taken.answer, answer_file(last, whole, last.request.number, std::move(others)));
  return taken;
}

namespace {

/// What the next answer of a file is asked for, after this one. Beside the feeds only what may be told over
/// several: which peers' changes are here, and purges.
Status ask_on(wire::ExchangeRequest& request, const wire::ExchangeAnswer& answer) {
  request.cursors = wire::moved_on(request.cursors, answer.pages);
  std::erase_if(request.parts, [](const wire::Part& part) {
    return part.tag != wire::kPartPeers && part.tag != wire::kPartPurges;
  });
  const Bytes* part = wire::find_part(answer.parts, wire::kPartPurges);
  if (part == nullptr) return {};
  LX_TRY(const auto told, wire::decode_part<wire::PurgeAnswer>(*part));
  if (told.purges.empty()) return {};
  std::erase_if(request.parts, [](const wire::Part& one) { return one.tag == wire::kPartPurges; });
  request.parts.push_back(
      {wire::kPartPurges, wire::encode_part(wire::PurgeRequest{told.purges.back().sequence})});
  return {};
}

}  // namespace

Result<Bytes> Bundles::answer_file(const Verified& verified, const Pushed& pushed, std::uint64_t number,
                                   std::vector<Bytes> messages) const {
  const County& county = exchange_.county();
  wire::BundleHeader header;
  header.kind = wire::BundleKind::kFromServer;
  header.made_ms = clock_->now_ms();
  header.bundle = Id::make(header.made_ms);
  header.server = county.server;
  header.epoch = county.epoch;
  header.to_device = verified.device;
  header.to_replica = verified.request.replica;
  header.sign_key = county.sign_keys.open;
  header.number = number;
  Verified asking = verified;
  Pushed once = pushed;
  std::size_t bytes = 0;
  while (messages.size() < kAnswersMax && bytes < kAnswerBundleBytes) {
    LX_TRY(const wire::ExchangeAnswer answer, exchange_.answer(asking, once));
    describe(header, answer);
    LX_TRY(Bytes packed, wire::pack_bounded(answer));
    messages.push_back(std::move(packed));
    bytes += messages.back().size();
    if (!answer.more || answer.verdict != Verdict::kTaken) break;
    asking.request.epoch = county.epoch;
    LX_DO(ask_on(asking.request, answer));
    once.carried.clear();
  }
  LX_TRY(const auto reader, store_->read());
  LX_TRY(const auto device, reader->device(verified.device));
  if (!device || device->seal_key.empty()) return fail("bundle.not_enrolled");
  return wire::encode_bundle({header, {wire::seal_section(device->seal_key, messages)}},
                             county.sign_keys.secret);
}

Result<Bytes> Bundles::export_for(const Id& device) {
  Verified asking;
  asking.device = device;
  Pushed pushed;
  Id worker;
  {
    LX_TRY(const auto reader, store_->read());
    LX_TRY(const auto row, reader->device(device));
    if (!row) return fail("device.unknown", {{"device", device.text()}});
    if (row->enrolled_ms == 0) return fail("bundle.not_enrolled");
    if (row->revoked_ms != 0) return fail("bundle.revoked");
    worker = row->worker;
    // Nobody asked: what the laptop has lost meanwhile comes with its bytes, so nothing is told as its own.
    asking.request.protocol = wire::kProtocolInFiles;
    asking.request.epoch = exchange_.county().epoch;
    asking.request.parts.push_back({wire::kPartDevices, wire::encode_carried(wire::DeviceListAsk{})});
    // Which purges the laptop has heard of is not known: hearing of one twice is harmless.
    asking.request.parts.push_back({wire::kPartPurges, wire::encode_part(wire::PurgeRequest{})});
    LX_TRY(const auto cursors, reader->device_cursors(device));
    for (const store::DeviceCursor& cursor : cursors)
      asking.request.cursors.push_back({cursor.scope, cursor.privacy, cursor.position});
    LX_TRY(const auto replica, reader->replica(row->replica));
    pushed.ack.replica = row->replica;
    if (replica) {
      pushed.ack.counter = replica->counter;
      pushed.ack.hash = replica->hash;
    }
  }
  LX_TRY(const auto writer, store_->write());
  LX_DO(turn_pairings(*writer, *catalogue_, worker, Date::of(clock_->now_ms())));
  LX_DO(writer->commit());
  return answer_file(asking, pushed, 0, {});
}

Result<Bytes> Bundles::offer(const Id& device, const std::string& code, const std::string& url,
                             const std::string& key_pins) {
  const County& county = exchange_.county();
  wire::EnrolOffer offer;
  offer.code = code;
  offer.url = url;
  offer.key_pins = key_pins;
  LX_TRY(const auto reader, store_->read());
  LX_TRY(const auto row, reader->device(device));
  if (!row) return fail("device.unknown", {{"device", device.text()}});
  LX_TRY(offer.answer, enrol_answer(*reader, county, *row, clock_->now_ms()));
  wire::BundleHeader header;
  header.kind = wire::BundleKind::kOffer;
  header.made_ms = clock_->now_ms();
  header.bundle = Id::make(header.made_ms);
  header.server = county.server;
  header.epoch = county.epoch;
  header.to_device = device;
  header.sign_key = county.sign_keys.open;
  header.enrols = true;
  return wire::encode_bundle({header, {wire::open_section({wire::encode_carried(offer)})}},
                             county.sign_keys.secret);
}

}  // namespace lianxin::sync::server
