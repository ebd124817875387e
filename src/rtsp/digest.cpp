#include "rtsp/digest.h"

#include "rtsp/glib_handle.h"

#include <algorithm>
#include <map>

namespace leedswatch::rtsp {
namespace {

constexpr const char* realm = "Leedswatch";

std::map<std::string, std::string> parametersOf(const GstRTSPAuthCredential& credential) {
    std::map<std::string, std::string> parameters;
    for (GstRTSPAuthParam** parameter = credential.params; parameter != nullptr && *parameter != nullptr; ++parameter) {
        if ((*parameter)->name != nullptr && (*parameter)->value != nullptr) {
            parameters.emplace((*parameter)->name, (*parameter)->value);
        }
    }
    return parameters;
}

/// Takes as long for a wrong first letter as for a wrong last one.
bool areEqual(const std::string& left, const std::string& right) {
    unsigned difference = left.size() == right.size() ? 0U : 1U;
    for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
        difference |= static_cast<unsigned>(static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]));
    }
    return difference == 0;
}

Proof proofOf(std::map<std::string, std::string> given, GstRTSPMethod method, const Credentials& credentials,
              const std::string& nonce) {
    if (given["nonce"] != nonce) {
        return Proof::Stale;
    }
    const StringHandle expected{gst_rtsp_generate_digest_auth_response(
        nullptr, gst_rtsp_method_as_text(method), realm, credentials.username.c_str(), credentials.password.c_str(),
        given["uri"].c_str(), nonce.c_str())};
    const bool isRight = expected && given["username"] == credentials.username && given["realm"] == realm &&
                         areEqual(given["response"], expected.get());
    return isRight ? Proof::Right : Proof::Wrong;
}

Proof proofOfBasic(const GstRTSPAuthCredential& given, const Credentials& credentials) {
    const std::string plain = credentials.username + ":" + credentials.password;
    const StringHandle expected{g_base64_encode(reinterpret_cast<const guchar*>(plain.data()), plain.size())};
    const bool isRight = given.authorization != nullptr && areEqual(given.authorization, expected.get());
    return isRight ? Proof::Right : Proof::Wrong;
}

}  // namespace

Proof proofOf(const GstRTSPContext& context, SignIn signIn, const Credentials& credentials, const std::string& nonce) {
    Proof proof = Proof::Missing;
    GstRTSPAuthCredential** given =
        gst_rtsp_message_parse_auth_credentials(context.request, GST_RTSP_HDR_AUTHORIZATION);
    for (GstRTSPAuthCredential** one = given; one != nullptr && *one != nullptr; ++one) {
        if (signIn == SignIn::Basic && (*one)->scheme == GST_RTSP_AUTH_BASIC) {
            proof = proofOfBasic(**one, credentials);
        }
        if (signIn == SignIn::Digest && (*one)->scheme == GST_RTSP_AUTH_DIGEST) {
            proof = proofOf(parametersOf(**one), context.method, credentials, nonce);
        }
    }
    gst_rtsp_auth_credentials_free(given);
    return proof;
}

std::string challengeFor(SignIn signIn, const std::string& nonce, Proof proof) {
    if (signIn == SignIn::Basic) {
        return std::string{"Basic realm=\""} + realm + "\"";
    }
    return std::string{"Digest realm=\""} + realm + "\", nonce=\"" + nonce + "\"" +
           (proof == Proof::Stale ? ", stale=\"true\"" : "");
}

}  // namespace leedswatch::rtsp
