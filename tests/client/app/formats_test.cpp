#include "client/app/formats.hpp"

#include <doctest/doctest.h>

#include "client/store/records_impl.hpp"
#include "shared/domain/catalogue.hpp"

using namespace lianxin;

TEST_CASE("the laptop's programs say which catalogue and which steps of the schema they know") {
  const ProgramFormats formats = client::app::laptop_formats();
  CHECK(formats.catalogue == domain::Catalogue::base().version());
  for (const auto& step : client::store::laptop_migrations())
    CHECK(formats.store >= static_cast<std::uint64_t>(step.number));
  CHECK(formats.protocol > 0);
  CHECK(formats.bundle > 0);
  CHECK_FALSE(formats.engine.empty());
}
