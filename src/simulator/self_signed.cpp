#include "simulator/self_signed.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

namespace leedswatch::simulator {
namespace {

constexpr long daySeconds = 24L * 3600;

struct OpenSslFree {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
    void operator()(BIO* memory) const { BIO_free(memory); }
};
template <typename T>
using Handle = std::unique_ptr<T, OpenSslFree>;

std::string textOf(BIO& memory) {
    const char* text = nullptr;
    const long size = BIO_get_mem_data(&memory, &text);
    return {text, static_cast<std::size_t>(size)};
}

bool fill(X509& certificate, EVP_PKEY& key, const std::string& address) {
    X509_set_version(&certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(&certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(&certificate), -daySeconds);
    X509_gmtime_adj(X509_getm_notAfter(&certificate), 365 * daySeconds);
    X509_set_pubkey(&certificate, &key);
    X509_NAME* name = X509_get_subject_name(&certificate);
    const std::string title = "Leedswatch training estate";
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(title.c_str()), -1, -1,
                               0);
    X509_set_issuer_name(&certificate, name);
    const bool isNumber = address.find_first_not_of("0123456789.:abcdefABCDEF") == std::string::npos;
    const Handle<X509_EXTENSION> names{
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ((isNumber ? "IP:" : "DNS:") + address).c_str())};
    return names && X509_add_ext(&certificate, names.get(), -1) == 1 &&
           X509_sign(&certificate, &key, EVP_sha256()) != 0;
}

}  // namespace

base::Result<SelfSigned> makeSelfSigned(const std::string& address) {
    const Handle<EVP_PKEY> key{EVP_EC_gen("P-256")};
    const Handle<X509> certificate{X509_new()};
    const Handle<BIO> memory{BIO_new(BIO_s_mem())};
    if (!key || !certificate || !memory || !fill(*certificate, *key, address) ||
        PEM_write_bio_X509(memory.get(), certificate.get()) != 1) {
        return base::fail(base::ErrorCode::Internal, "no certificate can be made for " + address);
    }
    SelfSigned made;
    made.certificate = textOf(*memory);
    if (PEM_write_bio_PrivateKey(memory.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
        return base::fail(base::ErrorCode::Internal, "the key of the certificate cannot be written");
    }
    made.identity = textOf(*memory);
    return made;
}

}  // namespace leedswatch::simulator
