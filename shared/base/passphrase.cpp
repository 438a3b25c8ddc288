#include "shared/base/passphrase.hpp"

#include "shared/base/text.hpp"

namespace lianxin {

PassphraseFault passphrase_fault(std::string_view passphrase) {
  if (passphrase.size() > kPassphraseBytesMax) return PassphraseFault::kLong;
  const bool enough = is_valid_text(passphrase) && code_points(trim(passphrase)) >= kPassphraseCharactersMin;
  return enough ? PassphraseFault::kNone : PassphraseFault::kShort;
}

Status fit_to_choose(std::string_view passphrase, Error when_short) {
  switch (passphrase_fault(passphrase)) {
    case PassphraseFault::kNone:
      return {};
    case PassphraseFault::kShort:
      return when_short;
    case PassphraseFault::kLong:
      break;
  }
  return fail("passphrase.long", {{"most", std::to_string(kPassphraseBytesMax)}});
}

}  // namespace lianxin
