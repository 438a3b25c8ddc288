#include "client/store/exchange_parts.hpp"

namespace lianxin::client::store {

namespace wire = sync::wire;

Result<std::vector<wire::Part>> ExchangeParts::request() {
  std::vector<wire::Part> parts;
  if (Bytes content = healing_.request(); !content.empty())
    parts.push_back({wire::kPartHealing, std::move(content)});
  return parts;
}

Status ExchangeParts::take(const wire::ExchangeAnswer& answer, FeedWriter& feeds,
                           sync::laptop::Taken& taken) {
  if (const Bytes* content = wire::find_part(answer.parts, wire::kPartHealing)) {
    LX_TRY(const auto told, wire::decode_part<wire::HealAnswer>(*content));
    LX_TRY(const std::uint64_t repaired, healing_.take(told, feeds, answer.ack.counter));
    taken.repaired += repaired;
  }
  return {};
}

Result<bool> ExchangeParts::wants_exchange() { return healing_.wants_exchange(); }

}  // namespace lianxin::client::store
