#include "sync/server/service/parts.hpp"

#include <set>

#include "sync/server/service/healing.hpp"
#include "sync/server/service/offers.hpp"
#include "sync/server/service/purge_proofs.hpp"
#include "sync/wire/parts.hpp"

namespace lianxin::sync::server {
namespace {

/// Purges are told to every laptop: ids and numbers only, and whoever once wrote something may still hold it.
Status tell_purges(store::Reader& reader, const County& county, std::uint64_t held,
                   wire::ExchangeAnswer& answer) {
  constexpr std::size_t kAtOnce = 5000;
  wire::PurgeAnswer told;
  wire::PurgeProofs proofs;
  LX_TRY(const auto rows, reader.purges(held, kAtOnce));
  for (const store::PurgeRow& row : rows) {
    told.purges.push_back({row.sequence, row.record, row.number, row.fields});
    proofs.proofs.push_back(prove(county, row));
  }
  answer.more = answer.more || rows.size() == kAtOnce;
  answer.parts.push_back({wire::kPartPurges, wire::encode_part(told)});
  if (!rows.empty()) answer.parts.push_back({wire::kPartPurgeProofs, wire::encode_proofs(proofs)});
  return {};
}

/// As many as a laptop asks for in one exchange.
constexpr std::size_t kDecisionsMax = 1000;

/// How what a laptop shows as kept aside stands now. Somebody else's is told where its scope is held.
Result<wire::DecisionAnswer> tell_decisions(store::Reader& reader, const Access& access,
                                            const wire::DecisionRequest& request) {
  wire::DecisionAnswer answer;
  std::set<ChangeId> asked;
  for (const wire::AsideId& one : request.waiting) {
    if (asked.size() == kDecisionsMax) break;
    if (!asked.insert(one.id).second) continue;
    LX_TRY(const auto row, reader.change(one.id));
    if (!row || (row->author != access.worker && !access.holds(row->head_scope))) continue;
    answer.decisions.push_back({one.id, static_cast<std::uint8_t>(row->status), row->reason, row->owner});
  }
  return answer;
}

std::size_t bytes_in(const std::vector<wire::FeedPage>& pages) {
  std::size_t bytes = 0;
  for (const wire::FeedPage& page : pages) {
    for (const wire::FeedEntry& entry : page.entries)
      bytes += entry.body.size() + entry.values.size() + entry.state.size();
  }
  return bytes;
}

/// The content of a part, if it is there and can be read.
template <class M>
std::optional<M> read(const wire::ExchangeRequest& request, std::uint16_t tag) {
  const Bytes* content = wire::find_part(request.parts, tag);
  if (content == nullptr) return std::nullopt;
  auto message = wire::decode_part<M>(*content);
  return message.ok() ? std::optional<M>(std::move(*message)) : std::nullopt;
}

}  // namespace

Result<bool> take_parts(store::Writer& writer, const domain::Catalogue& catalogue, const County& county,
                        const store::DeviceRow& device, const wire::ExchangeRequest& request, WallMs now_ms) {
  // Before what may bring such values back.
  LX_TRY(const std::uint64_t purged, take_proven(writer, catalogue, county, device, request, now_ms));
  const auto offers = read<wire::OfferRequest>(request, wire::kPartOffers);
  const bool asks_to_heal = wire::find_part(request.parts, wire::kPartHealing) != nullptr;
  if (!offers && !asks_to_heal) return purged > 0;
  LX_TRY(const Access access, access_of(writer, device.worker, Date::of(now_ms)));
  if (offers) {
    LX_TRY(const std::uint64_t kept, keep_early(writer, catalogue, device, access, *offers, now_ms));
    (void)kept;
  }
  LX_DO(heal_own(writer, device, access, request, now_ms));
  return purged > 0;
}

Status answer_parts(store::Reader& reader, const County& county, const Access& access,
                    const wire::ExchangeRequest& request, std::size_t bytes_max,
                    wire::ExchangeAnswer& answer) {
  if (const auto asked = read<wire::PurgeRequest>(request, wire::kPartPurges))
    LX_DO(tell_purges(reader, county, asked->held, answer));
  if (wire::find_part(request.parts, wire::kPartProvenPurges) != nullptr)
    answer.parts.push_back({wire::kPartProvenPurges, {}});
  if (const auto offers = read<wire::OfferRequest>(request, wire::kPartOffers)) {
    const auto lacking = tell_lacking(reader, *offers);
    if (lacking.ok()) {
      answer.parts.push_back({wire::kPartOffers, wire::encode_part(*lacking)});
    } else if (lacking.error().code != "wire.malformed") {
      return lacking.error();
    }
  }
  if (const auto waiting = read<wire::DecisionRequest>(request, wire::kPartDecisions)) {
    LX_TRY(const wire::DecisionAnswer told, tell_decisions(reader, access, *waiting));
    answer.parts.push_back({wire::kPartDecisions, wire::encode_part(told)});
  }
  // Ranges are compared at the ends of the feeds, so only an answer that reaches them tells of any; and one
  // that is full already leaves them to the next.
  const auto heal = read<wire::HealRequest>(request, wire::kPartHealing);
  if (heal && !heal->asks.empty() && !answer.more && bytes_in(answer.pages) <= bytes_max)
    return tell_ranges(reader, access, request, *heal, bytes_max, answer);
  return {};
}

}  // namespace lianxin::sync::server
