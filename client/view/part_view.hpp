#pragma once
// Small parts of which the views of screens are made. A view is a value: complete, formatted in the person's
// language, built on the store thread, drawn without further questions (client/UI.md).
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "shared/base/id.hpp"

namespace lianxin::client::view {

/// What a text means; the theme gives the colour. Never alone: a mark or a word says the same.
enum class Tone : std::uint8_t { kPlain, kQuiet, kNeedsYou, kSettled, kAgeing };

/// Shapes for those who do not see the colour.
enum class Mark : std::uint8_t { kNone, kNeedsYou, kToday, kDue, kCare, kSettled };

/// A text with its meaning.
struct Words {
  std::string text;
  Tone tone = Tone::kPlain;
  Mark mark = Mark::kNone;
};

/// Of a list or a page: kLoading until its first build, kFailed with a sentence in `ListState::problem`.
enum class Readiness : std::uint8_t { kLoading, kReady, kFailed };

struct ListState {
  Readiness readiness = Readiness::kLoading;
  std::string problem;  ///< kFailed: one sentence for people, out of Messages::sentence
};

/// One word of a code list: `code` is stored, `label` is shown. `letters`: what it is found by besides, where
/// there are many: each reading and the initials, behind "|" ("|sanhecun|shc|hecun|hc|cun|c").
struct Choice {
  std::string code;
  std::string label;
  std::string letters = {};
};
using Choices = std::vector<Choice>;

/// What stands in the way of saving: `field` is the draft's member name ("occurred_on"), in a member file the
/// catalogue's name, or empty when it is about the whole form.
struct Problem {
  std::string field;
  std::string sentence;
  Id record = {};  ///< member file: the record whose field it is
};
using Problems = std::vector<Problem>;

}  // namespace lianxin::client::view
