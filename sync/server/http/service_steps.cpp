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

namespace {

template <class Answer, class... Asked>
std::function<Result<Answer>(Asked...)> watched(std::function<Result<Answer>(Asked...)> step,
                                                const std::function<Status()>& check) {
  if (!step) return step;
  return [step = std::move(step), check](Asked... asked) -> Result<Answer> {
    LX_DO(check());
    return step(asked...);
  };
}

}  // namespace

void add_clock_watch(ApiSteps& steps, const Clock& clock, std::function<WallMs()> passed) {
  const ClockWatch watch(clock.now_ms(), passed());
  const std::function<Status()> check = [watch, &clock, passed = std::move(passed)] {
    return watch.check(clock.now_ms(), passed());
  };
  steps.exchange.verify = watched(std::move(steps.exchange.verify), check);
  steps.enrol = watched(std::move(steps.enrol), check);
  steps.put_picture = watched(std::move(steps.put_picture), check);
  steps.get_picture = watched(std::move(steps.get_picture), check);
  steps.health = [health = std::move(steps.health), check]() -> Status {
    LX_DO(check());
    return health();
  };
}

}  // namespace lianxin::sync::server::http
