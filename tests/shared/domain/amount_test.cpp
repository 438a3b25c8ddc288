#include "shared/domain/amount.hpp"

#include <doctest/doctest.h>
#include <string>
#include <utility>

using namespace lianxin::domain;

namespace {

std::string fen(std::string_view typed) { return fen_of_yuan(typed).value_or("no amount"); }

TEST_CASE("amounts and instants are told by their names among the whole numbers") {
  const auto told = [](const char* kind, const char* name) {
    const Field& field = *Catalogue::base().kind(kind)->field(name);
    return std::make_pair(is_amount(field), is_instant(field));
  };
  CHECK(told("visit", "gift_amount_fen") == std::make_pair(true, false));
  CHECK(told("member", "village_said_at") == std::make_pair(false, true));
  CHECK(told("visit", "gift_qty") == std::make_pair(false, false));
}

TEST_CASE("an amount is typed in yuan and kept in fen") {
  CHECK(fen("12") == "1200");
  CHECK(fen("12.5") == "1250");
  CHECK(fen("12.50") == "1250");
  CHECK(fen("0.05") == "5");
  CHECK(fen("0") == "0");
  CHECK(fen(" 1,234,567.80元 ") == "123456780");
  CHECK(fen("¥300") == "30000");
  CHECK(fen("１２．５") == "1250");
  CHECK(fen("12。5") == "1250");  // the point of a Chinese keyboard
  CHECK(fen("007") == "700");
  CHECK(fen("999999999999") == "99999999999900");
}

TEST_CASE("what cannot be an amount is refused, a comma for a point among it") {
  for (const std::string_view typed :
       {"",       " ",      "元", ".",  "12.", ".5",    "12,50", "1,2345", "1234,567",      ",123",
        "12.345", "12.5.0", "-5", "+5", "1e3", "12 50", "二百",  "200块",  "1000000000000", "12.5x"})
    CHECK_MESSAGE(fen(typed) == "no amount", typed);
}

TEST_CASE("fen are shown as yuan without noughts that say nothing") {
  CHECK(yuan_of_fen("20000") == "200");
  CHECK(yuan_of_fen("1250") == "12.5");
  CHECK(yuan_of_fen("1205") == "12.05");
  CHECK(yuan_of_fen("5") == "0.05");
  CHECK(yuan_of_fen("0") == "0");
  CHECK(yuan_of_fen("") == "");
  CHECK(yuan_of_fen("二百") == "二百");
}

TEST_CASE("every field in fen is an amount, and no other is") {
  std::size_t amounts = 0;
  for (const Kind& kind : Catalogue::base().kinds()) {
    for (const Field& field : kind.fields)
      amounts += is_amount(field) ? 1 : 0;
  }
  CHECK(amounts == 4);
  CHECK(is_amount(*Catalogue::base().kind("aid")->field("amount_fen")));
  CHECK_FALSE(is_amount(*Catalogue::base().kind("visit")->field("gift_qty")));
}

}  // namespace
