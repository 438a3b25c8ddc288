#pragma once
// Fields: label, value, what is wrong with it in words under it. Esc never loses what was typed.
#include <string>
#include <string_view>

#include "client/ui/ui.hpp"

namespace lianxin::client::ui {

struct FieldLook {
  std::string label = {};        ///< empty: the field alone
  std::string placeholder = {};  ///< shown while empty
  std::string problem = {};      ///< sentence under the field
  std::string note = {};         ///< quiet words right of it
  float width = 0;               ///< pixels; 0 = what is left
  bool above = false;            ///< label above instead of left
  bool enabled = true;
  bool wrong = false;   ///< red edge; its sentence stands elsewhere
  bool secret = false;  ///< dots instead of characters; not copied
  bool anew = false;    ///< what stands there is chosen with the focus: typing replaces it
  std::size_t bytes_max = 4096;
};

/// What happened to a field in this frame.
struct FieldEvent {
  bool changed = false;  ///< the value is another than before
  bool entered = false;  ///< Enter in a one-line field
  bool left = false;     ///< the focus went away after a change
};

FieldEvent text_field(Ui& ui, std::string_view id, std::string& value, const FieldLook& look = {});
/// Several lines, wrapped to the width of the field; the value holds only the breaks the person typed. Tab
/// goes to the next field.
FieldEvent long_text_field(Ui& ui, std::string_view id, std::string& value, float lines,
                           const FieldLook& look = {});
/// A day as YYYY-MM-DD. Whatever an office writes (20261118, 2026.11.18) is put into that form when the field
/// is left; Up and Down step by a day; what is no date stays as typed and is said under the field.
FieldEvent date_field(Ui& ui, std::string_view id, std::string& value, const FieldLook& look = {});
/// A time as HH:MM; "930" and "9:30" are put into that form when the field is left.
FieldEvent time_field(Ui& ui, std::string_view id, std::string& value, const FieldLook& look = {});

/// "2026-11-18" of what was typed; empty when it is no full date.
[[nodiscard]] std::string date_of(std::string_view typed);
/// "09:30" of what was typed; empty when it is no time.
[[nodiscard]] std::string time_of(std::string_view typed);

}  // namespace lianxin::client::ui
