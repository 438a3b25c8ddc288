#include "client/store/exchange_parts.hpp"

#include "client/store/kept_aside.hpp"
#include "client/store/purging.hpp"

namespace lianxin::client::store {

namespace wire = sync::wire;

namespace {

/// An older server answers nothing of the purges it is shown: showing them again now would be endless.
constexpr int kUnseenMax = 3;

}  // namespace

Result<std::vector<wire::Part>> ExchangeParts::request() {
  std::vector<wire::Part> parts;
  if (Bytes content = healing_.request(); !content.empty())
    parts.push_back({wire::kPartHealing, std::move(content)});
  LX_TRY(const std::uint64_t held, Purging(records_).held());
  parts.push_back({wire::kPartPurges, wire::encode_part(wire::PurgeRequest{held})});
  LX_TRY(shown_, Purging(records_).to_show());
  if (!shown_.purges.empty()) {
    parts.push_back({wire::kPartProvenPurges, wire::encode_proven(shown_)});
    ++unseen_;
  }
  LX_TRY(Bytes offers, offers_.request());
  if (!offers.empty()) parts.push_back({wire::kPartOffers, std::move(offers)});
  LX_TRY(Bytes waiting, ask_decisions(records_));
  if (!waiting.empty()) parts.push_back({wire::kPartDecisions, std::move(waiting)});
  return parts;
}

Status ExchangeParts::take_first(const wire::ExchangeAnswer& answer) {
  if (const Bytes* content = wire::find_part(answer.parts, wire::kPartPurges)) {
    LX_TRY(const auto told, wire::decode_part<wire::PurgeAnswer>(*content));
    wire::PurgeProofs proofs;
    if (const Bytes* beside = wire::find_part(answer.parts, wire::kPartPurgeProofs)) {
      LX_TRY(proofs, wire::decode_proofs(*beside));
    }
    LX_TRY(const bool purged, Purging(records_).take(told, proofs));
    purged_ = purged_ || purged;
  }
  if (wire::find_part(answer.parts, wire::kPartProvenPurges) != nullptr) {
    LX_DO(Purging(records_).shown(std::exchange(shown_, {})));
    unseen_ = 0;
  }
  if (const Bytes* content = wire::find_part(answer.parts, wire::kPartOffers)) {
    LX_TRY(const auto told, wire::decode_part<wire::OfferAnswer>(*content));
    LX_DO(offers_.take(told));
  }
  return {};
}

Status ExchangeParts::take(const wire::ExchangeAnswer& answer, FeedWriter& feeds,
                           sync::laptop::Taken& taken) {
  wire::HealedChanges healed;
  if (const Bytes* content = wire::find_part(answer.parts, wire::kPartHealed)) {
    LX_TRY(healed, wire::decode_part<wire::HealedChanges>(*content));
  }
  LX_DO(healing_.bring(healed));
  if (const Bytes* content = wire::find_part(answer.parts, wire::kPartHealing)) {
    LX_TRY(const auto told, wire::decode_part<wire::HealAnswer>(*content));
    LX_TRY(const std::uint64_t repaired, healing_.take(told, feeds, answer.ack.counter));
    taken.repaired += repaired;
  }
  if (const Bytes* content = wire::find_part(answer.parts, wire::kPartDecisions)) {
    LX_TRY(const auto told, wire::decode_part<wire::DecisionAnswer>(*content));
    LX_DO(take_decisions(records_, told));
  }
  return {};
}

Result<bool> ExchangeParts::wants_exchange() {
  LX_TRY(const std::uint64_t offers, offers_.left());
  LX_TRY(const wire::ProvenPurges unseen, Purging(records_).to_show());
  if (!unseen.purges.empty() && unseen_ < kUnseenMax) return true;
  return healing_.wants_exchange() || (offers > 0 && offers_.is_answered());
}

}  // namespace lianxin::client::store
