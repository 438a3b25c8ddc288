#include "sync/server/service/parts.hpp"

#include "sync/server/service/healing.hpp"
#include "sync/wire/parts.hpp"

namespace lianxin::sync::server {

Status take_parts(store::Writer& writer, const domain::Catalogue& /*catalogue*/,
                  const store::DeviceRow& device, const wire::ExchangeRequest& request, WallMs now_ms) {
  LX_TRY(const Access access, access_of(writer, device.worker, Date::of(now_ms)));
  return heal_own(writer, device, access, request, now_ms);
}

Status answer_parts(store::Reader& reader, const Access& access, const wire::ExchangeRequest& request,
                    std::size_t bytes_max, wire::ExchangeAnswer& answer) {
  // Ranges are compared at the ends of the feeds, so only an answer that reaches them tells of any.
  if (const Bytes* content = wire::find_part(request.parts, wire::kPartHealing); content && !answer.more) {
    if (const auto asked = wire::decode_part<wire::HealRequest>(*content); asked.ok() && !asked->asks.empty()) {
      LX_TRY(const wire::HealAnswer told, tell_ranges(reader, access, *asked, bytes_max));
      answer.parts.push_back({wire::kPartHealing, wire::encode_part(told)});
    }
  }
  return {};
}

}  // namespace lianxin::sync::server
