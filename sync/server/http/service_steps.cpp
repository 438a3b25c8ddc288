#include "sync/server/http/service_steps.hpp"

#include "sync/server/service/enrolment.hpp"

namespace lianxin::sync::server::http {

ApiSteps steps_of(store::Store& store, Exchange& exchange, const Clock& clock) {
  ApiSteps steps;
  steps.exchange.verify = [&exchange](BytesView message) { return exchange.verify(message); };
  steps.exchange.take = [&exchange](const std::vector<Verified>& requests) {
    return exchange.take(requests);
  };
  steps.exchange.answer = [&exchange](const Verified& verified, const Pushed& pushed) {
    return exchange.answer(verified, pushed);
  };
  steps.enrol = [&store, &exchange, &clock](const wire::EnrolRequest& request) {
    return server::enrol(store, exchange.county(), request, clock.now_ms());
  };
  steps.health = [&store]() -> Status {
    LX_TRY(const auto reader, store.read());
    LX_TRY(const auto server, reader->meta("server"));
    return server ? Status{} : fail("server.not_made");
  };
  return steps;
}

void add_pictures(ApiSteps& steps, Pictures& pictures) {
  steps.put_picture = [&pictures](BytesView message) { return pictures.put(message); };
  steps.get_picture = [&pictures](BytesView message) { return pictures.get(message); };
}

}  // namespace lianxin::sync::server::http
