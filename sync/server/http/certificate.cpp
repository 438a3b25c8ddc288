#include "sync/server/http/certificate.hpp"

#include <arpa/inet.h>
#include <array>
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <memory>

#include "shared/base/id.hpp"

namespace lianxin::sync::server::http {
namespace {

constexpr std::int64_t kDaySeconds = 24 * 60 * 60;
constexpr std::int64_t kLifeSeconds = 20 * 365 * kDaySeconds;
constexpr std::size_t kSerialBytes = 16;
constexpr std::size_t kCommonNameBytesMax = 64;  // X.520 ub-common-name, in characters; bytes are stricter

struct FreeKey {
  void operator()(gnutls_x509_privkey_t key) const { gnutls_x509_privkey_deinit(key); }
};
struct FreeCertificate {
  void operator()(gnutls_x509_crt_t certificate) const { gnutls_x509_crt_deinit(certificate); }
};
struct FreePublicKey {
  void operator()(gnutls_pubkey_t key) const { gnutls_pubkey_deinit(key); }
};
using Key = std::unique_ptr<gnutls_x509_privkey_int, FreeKey>;
using Certificate = std::unique_ptr<gnutls_x509_crt_int, FreeCertificate>;
using PublicKey = std::unique_ptr<gnutls_pubkey_st, FreePublicKey>;

/// Memory that GnuTLS gives away.
class Datum {
 public:
  Datum() = default;
  Datum(const Datum&) = delete;
  Datum& operator=(const Datum&) = delete;
  ~Datum() { gnutls_free(raw_.data); }
  [[nodiscard]] gnutls_datum_t* out() { return &raw_; }
  [[nodiscard]] const gnutls_datum_t* get() const { return &raw_; }
  [[nodiscard]] Bytes bytes() const { return {reinterpret_cast<const char*>(raw_.data), raw_.size}; }

 private:
  gnutls_datum_t raw_{};
};

Status made(int code) {
  if (code >= 0) return {};
  return fail("tls.make", {}, gnutls_strerror(code));
}

Result<Key> make_key() {
  gnutls_x509_privkey_t raw = nullptr;
  LX_DO(made(gnutls_x509_privkey_init(&raw)));
  Key key(raw);
  LX_DO(made(gnutls_x509_privkey_generate(raw, GNUTLS_PK_ECDSA,
                                          GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0)));
  return key;
}

/// A certificate for the key with everything but its uses and the signature.
Result<Certificate> begin_certificate(const Key& key, const std::string& common_name, WallMs now_ms) {
  gnutls_x509_crt_t crt = nullptr;
  LX_DO(made(gnutls_x509_crt_init(&crt)));
  Certificate certificate(crt);
  LX_DO(made(gnutls_x509_crt_set_version(crt, 3)));
  Bytes serial = random_bytes(kSerialBytes);
  serial[0] = static_cast<char>(static_cast<unsigned char>(serial[0]) & 0x7fU);  // positive
  LX_DO(made(gnutls_x509_crt_set_serial(crt, serial.data(), serial.size())));
  const std::int64_t from = now_ms / 1000 - kDaySeconds;
  LX_DO(made(gnutls_x509_crt_set_activation_time(crt, from)));
  LX_DO(made(gnutls_x509_crt_set_expiration_time(crt, from + kLifeSeconds)));
  LX_DO(made(gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, common_name.data(),
                                           static_cast<unsigned>(common_name.size()))));
  LX_DO(made(gnutls_x509_crt_set_key(crt, key.get())));
  std::array<unsigned char, 64> id{};
  std::size_t id_size = id.size();
  LX_DO(made(gnutls_x509_privkey_get_key_id(key.get(), GNUTLS_KEYID_USE_SHA1, id.data(), &id_size)));
  LX_DO(made(gnutls_x509_crt_set_subject_key_id(crt, id.data(), id_size)));
  return certificate;
}

Status add_host(const Certificate& certificate, const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  for (const auto& [family, size] :
       {std::pair(AF_INET, sizeof(in_addr)), std::pair(AF_INET6, sizeof(in6_addr))}) {
    if (inet_pton(family, host.c_str(), address.data()) != 1) continue;
    return made(gnutls_x509_crt_set_subject_alt_name(certificate.get(), GNUTLS_SAN_IPADDRESS, address.data(),
                                                     static_cast<unsigned>(size), GNUTLS_FSAN_APPEND));
  }
  return made(gnutls_x509_crt_set_subject_alt_name(certificate.get(), GNUTLS_SAN_DNSNAME, host.data(),
                                                   static_cast<unsigned>(host.size()), GNUTLS_FSAN_APPEND));
}

Result<Bytes> pem_of(const Certificate& certificate) {
  Datum out;
  LX_DO(made(gnutls_x509_crt_export2(certificate.get(), GNUTLS_X509_FMT_PEM, out.out())));
  return out.bytes();
}

Result<Bytes> pem_of(const Key& key) {
  Datum out;
  LX_DO(made(gnutls_x509_privkey_export2_pkcs8(key.get(), GNUTLS_X509_FMT_PEM, nullptr, GNUTLS_PKCS_PLAIN,
                                               out.out())));
  return out.bytes();
}

Result<Certificate> make_authority(const Key& key, const std::string& name, WallMs now_ms) {
  LX_TRY(Certificate authority, begin_certificate(key, name, now_ms));
  LX_DO(made(gnutls_x509_crt_set_basic_constraints(authority.get(), 1, 0)));
  LX_DO(made(gnutls_x509_crt_set_key_usage(authority.get(), GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN)));
  LX_DO(made(gnutls_x509_crt_sign2(authority.get(), authority.get(), key.get(), GNUTLS_DIG_SHA256, 0)));
  return authority;
}

/// Who signs.
struct Signer {
  const Certificate& authority;
  const Key& key;
};

/// The server's certificate, signed.
Result<Certificate> make_certificate(const Key& key, const Signer& signer, const std::string& name,
                                     const std::vector<std::string>& hosts, WallMs now_ms) {
  const std::string& common_name = name.size() <= kCommonNameBytesMax && !name.empty() ? name : hosts.front();
  LX_TRY(Certificate certificate, begin_certificate(key, common_name, now_ms));
  LX_DO(made(gnutls_x509_crt_set_basic_constraints(certificate.get(), 0, -1)));
  LX_DO(made(gnutls_x509_crt_set_key_usage(certificate.get(), GNUTLS_KEY_DIGITAL_SIGNATURE)));
  LX_DO(made(gnutls_x509_crt_set_key_purpose_oid(certificate.get(), GNUTLS_KP_TLS_WWW_SERVER, 0)));
  for (const std::string& host : hosts)
    LX_DO(add_host(certificate, host));
  LX_DO(made(gnutls_x509_crt_sign2(certificate.get(), signer.authority.get(), signer.key.get(),
                                   GNUTLS_DIG_SHA256, 0)));
  return certificate;
}

gnutls_datum_t datum_of(const Bytes& pem) {
  return {reinterpret_cast<unsigned char*>(const_cast<char*>(pem.data())), static_cast<unsigned>(pem.size())};
}

Result<Key> read_key(const Bytes& pem) {
  gnutls_x509_privkey_t raw = nullptr;
  LX_DO(made(gnutls_x509_privkey_init(&raw)));
  Key key(raw);
  const gnutls_datum_t datum = datum_of(pem);
  if (gnutls_x509_privkey_import(raw, &datum, GNUTLS_X509_FMT_PEM) < 0) return fail("tls.unreadable");
  return key;
}

Result<Certificate> read_certificate(const Bytes& pem) {
  gnutls_x509_crt_t raw = nullptr;
  LX_DO(made(gnutls_x509_crt_init(&raw)));
  Certificate certificate(raw);
  const gnutls_datum_t datum = datum_of(pem);
  if (gnutls_x509_crt_import(raw, &datum, GNUTLS_X509_FMT_PEM) < 0) return fail("tls.unreadable");
  return certificate;
}

Result<PublicKey> public_key_of(const gnutls_datum_t& pem) {
  gnutls_x509_crt_t crt = nullptr;
  LX_DO(made(gnutls_x509_crt_init(&crt)));
  const Certificate certificate(crt);
  LX_DO(made(gnutls_x509_crt_import(crt, &pem, GNUTLS_X509_FMT_PEM)));
  gnutls_pubkey_t raw = nullptr;
  LX_DO(made(gnutls_pubkey_init(&raw)));
  PublicKey key(raw);
  LX_DO(made(gnutls_pubkey_import_x509(raw, crt, 0)));
  return key;
}

}  // namespace

Result<TlsFiles> make_tls_files(const std::string& name, const std::vector<std::string>& hosts,
                                WallMs now_ms) {
  LX_CHECK(!hosts.empty(), "a certificate without a host");
  TlsFiles files;
  LX_TRY(const Key authority_key, make_key());
  LX_TRY(const Certificate authority, make_authority(authority_key, "Lianxin CA", now_ms));
  LX_TRY(const Key key, make_key());
  LX_TRY(const Certificate certificate,
         make_certificate(key, {authority, authority_key}, name, hosts, now_ms));
  LX_TRY(files.authority, pem_of(authority));
  LX_TRY(files.authority_key, pem_of(authority_key));
  LX_TRY(files.certificate, pem_of(certificate));
  files.certificate += files.authority;
  LX_TRY(files.key, pem_of(key));
  return files;
}

Result<Bytes> renew_certificate(const TlsFiles& files, const std::string& name,
                                const std::vector<std::string>& hosts, WallMs now_ms) {
  LX_CHECK(!hosts.empty(), "a certificate without a host");
  if (!check_pair({{}, {}, files.authority, files.authority_key}).ok()) return fail("tls.unreadable");
  LX_TRY(const Key authority_key, read_key(files.authority_key));
  LX_TRY(const Certificate authority, read_certificate(files.authority));
  LX_TRY(const Key key, read_key(files.key));
  LX_TRY(const Certificate certificate,
         make_certificate(key, {authority, authority_key}, name, hosts, now_ms));
  LX_TRY(Bytes pem, pem_of(certificate));
  return pem + files.authority;
}

Status check_pair(const TlsFiles& files) {
  gnutls_certificate_credentials_t pair = nullptr;
  LX_DO(made(gnutls_certificate_allocate_credentials(&pair)));
  const gnutls_datum_t certificate = datum_of(files.certificate);
  const gnutls_datum_t key = datum_of(files.key);
  const int code = gnutls_certificate_set_x509_key_mem(pair, &certificate, &key, GNUTLS_X509_FMT_PEM);
  gnutls_certificate_free_credentials(pair);
  return code >= 0 ? Status{} : fail("tls.pair", {}, gnutls_strerror(code));
}

Result<std::string> key_pin(BytesView certificate) {
  const Bytes copy(certificate);
  const gnutls_datum_t pem{reinterpret_cast<unsigned char*>(const_cast<char*>(copy.data())),
                           static_cast<unsigned>(copy.size())};
  auto key = public_key_of(pem);
  if (!key.ok()) return fail("tls.unreadable", {}, key.error().detail);
  Datum der;
  std::array<unsigned char, 32> hash{};
  std::size_t size = hash.size();
  if (gnutls_pubkey_export2(key->get(), GNUTLS_X509_FMT_DER, der.out()) < 0 ||
      gnutls_fingerprint(GNUTLS_DIG_SHA256, der.get(), hash.data(), &size) < 0) {
    return fail("tls.unreadable");
  }
  return "sha256//" + to_base64({reinterpret_cast<const char*>(hash.data()), size});
}

}  // namespace lianxin::sync::server::http
