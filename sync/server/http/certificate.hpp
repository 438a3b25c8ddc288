#pragma once
// The county's own certificate authority, the server's certificate, and the pin by which laptops know the
// server's key (ECDSA P-256, GnuTLS).
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/result.hpp"

namespace lianxin::sync::server::http {

/// All PEM. The two keys are secrets.
struct TlsFiles {
  Bytes authority;      ///< certificate of the county's own authority
  Bytes authority_key;  ///< needed only to make a further certificate
  Bytes certificate;    ///< the server's, followed by the authority's
  Bytes key;
};

/// Makes both pairs. `hosts` are names or addresses by which laptops reach the server (at least one); `name`
/// is shown to people who look into the certificate. Valid from a day before `now_ms`, for twenty years: the
/// pin is what laptops trust, and a certificate that ends unnoticed would lock a whole county out. Error
/// "tls.make" with the library's words.
[[nodiscard]] Result<TlsFiles> make_tls_files(const std::string& name, const std::vector<std::string>& hosts,
                                              WallMs now_ms);

/// Another certificate for the key of `files`, signed by its authority and followed by its certificate: the
/// pin stays. Errors "tls.unreadable" (also of the authority's key), "tls.make".
[[nodiscard]] Result<Bytes> renew_certificate(const TlsFiles& files, const std::string& name,
                                              const std::vector<std::string>& hosts, WallMs now_ms);

/// Whether the server's certificate and its key are whole and belong together. Error "tls.pair".
[[nodiscard]] Status check_pair(const TlsFiles& files);

/// "sha256//<base64>" of the key in a PEM certificate (its SubjectPublicKeyInfo), as curl writes it. Error
/// "tls.unreadable".
[[nodiscard]] Result<std::string> key_pin(BytesView certificate);

}  // namespace lianxin::sync::server::http
