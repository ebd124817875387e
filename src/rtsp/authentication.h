#pragma once

#include "rtsp/credentials.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::rtsp {

/// What a server asks for before it answers, and the answer: digest (RFC 2617, RFC 7616: MD5 and SHA-256) or basic.
/// The strongest that both sides know is taken. One session's; one thread.
class Authentication {
public:
    explicit Authentication(Credentials credentials) : m_credentials{std::move(credentials)} {}

    /// The values of WWW-Authenticate of an answer 401. False if nothing can be answered: there is no password, no kind
    /// that we know, or the same challenge was answered before and the password is wrong.
    [[nodiscard]] bool challenged(const std::vector<std::string>& challenges);
    /// The value of Authorization for a request; empty as long as none was asked for.
    [[nodiscard]] std::string answerFor(std::string_view method, const std::string& uri);

private:
    enum class Kind { None, Basic, Md5, Sha256 };
    struct Challenge {
        Kind kind = Kind::None;
        std::string realm;
        std::string nonce;
        std::string opaque;
        bool isStale = false;
        bool wantsQuality = false;  ///< qop="auth"
    };
    [[nodiscard]] static Challenge read(const std::string& text);

    const Credentials m_credentials;
    Challenge m_challenge;
    unsigned m_count = 0;
};

}  // namespace leedswatch::rtsp
