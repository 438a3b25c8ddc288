#include "shared/domain/form_fields.hpp"

#include <doctest/doctest.h>

using lianxin::domain::may_stand_on_form;

TEST_CASE("what a form or a ledger names may stand on a form; what none names does not") {
  for (const char* field :
       {"name", "id_no", "home_address", "talk_thought", "remark", "to_name", "description"})
    CHECK_MESSAGE(may_stand_on_form(field), field);
  for (const char* field : {"native_place", "caption", "ack_strokes", "row_values", "name_pinyin", "to_phone",
                            "own_ride", "", "voided"})
    CHECK_FALSE_MESSAGE(may_stand_on_form(field), field);
}
