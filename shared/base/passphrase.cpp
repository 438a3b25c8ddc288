#include "shared/base/passphrase.hpp"

#include "shared/base/text.hpp"

namespace lianxin {

PassphraseFault passphrase_fault(std::string_view passphrase) {
  if (passphrase.size() > kPassphraseBytesMax) return PassphraseFault::kLong;
  const bool enough = is_valid_text(passphrase) && code_points(trim(passphrase)) >= kPassphraseCharactersMin;
  return enough ? PassphraseFault::kNone : PassphraseFault::kShort;
}

}  // namespace lianxin
