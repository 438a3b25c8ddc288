#include "sync/laptop/request.hpp"

namespace lianxin::sync::laptop {

wire::ExchangeRequest make_request(const ExchangeStart& start, const Outgoing& outgoing, WallMs now_ms) {
  wire::ExchangeRequest request;
  request.protocol = wire::kProtocolInFiles;
  request.catalogue = start.catalogue;
  request.replica = start.own.replica;
  request.number = start.number;
  request.epoch = start.epoch;
  request.wall_ms = now_ms;
  request.own_counter = start.own.counter;
  request.own_hash = start.own.hash;
  if (!outgoing.changes.empty()) {
    request.first = outgoing.first;
    request.previous = outgoing.previous;
    request.changes = outgoing.changes;
    request.more = outgoing.more;
  }
  request.cursors = start.cursors;
  request.verdict = start.verdict;
  request.parts = start.parts;
  request.parts.insert(request.parts.end(), outgoing.parts.begin(), outgoing.parts.end());
  return request;
}

Result<wire::SignedRequest> sign_request(Replica& replica, const ServerAddress& address, const Id& device,
                                         const wire::ExchangeRequest& request) {
  wire::SignedRequest message;
  message.device = device;
  message.number = request.number;
  message.payload = wire::encode_request(request);
  LX_TRY(message.signature,
         replica.sign(wire::request_to_sign(address.server, request.epoch, request.number, message.payload)));
  return message;
}

}  // namespace lianxin::sync::laptop
