#include "rtsp/authentication.h"

#include "base/hash.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <map>
#include <span>

namespace leedswatch::rtsp {
namespace {

std::string inSmall(std::string_view text) {
    std::string small{text};
    std::ranges::transform(small, small.begin(), [](unsigned char letter) { return std::tolower(letter); });
    return small;
}

/// name="value", name=value, ... by names in lower case.
std::map<std::string, std::string> challengeParameters(std::string_view text) {
    std::map<std::string, std::string> parameters;
    while (!text.empty()) {
        text.remove_prefix(std::min(text.find_first_not_of(" \t,"), text.size()));
        const auto equals = text.find('=');
        if (equals == std::string_view::npos) {
            break;
        }
        const std::string name = inSmall(text.substr(0, text.find_last_not_of(" \t", equals - 1) + 1));
        text.remove_prefix(equals + 1);
        text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
        const bool isQuoted = text.starts_with('"');
        text.remove_prefix(isQuoted ? 1 : 0);
        const auto end = std::min(text.find(isQuoted ? '"' : ','), text.size());
        parameters.emplace(name, text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parameters;
}

std::string digestOf(const EVP_MD* kind, const std::string& text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, kind, nullptr);
    return base::toHex(std::as_bytes(std::span{digest}.first(size)));
}

}  // namespace

Authentication::Challenge Authentication::read(const std::string& text) {
    const auto space = text.find(' ');
    const std::string scheme = inSmall(text.substr(0, space));
    auto given =
        challengeParameters(space == std::string::npos ? std::string_view{} : std::string_view{text}.substr(space));
    const std::string algorithm = inSmall(given["algorithm"]);
    Challenge challenge;
    if (scheme == "basic") {
        challenge.kind = Kind::Basic;
    } else if (scheme == "digest" && algorithm == "sha-256") {
        challenge.kind = Kind::Sha256;
    } else if (scheme == "digest" && (algorithm.empty() || algorithm == "md5")) {
        challenge.kind = Kind::Md5;
    }
    challenge.realm = given["realm"];
    challenge.nonce = given["nonce"];
    challenge.opaque = given["opaque"];
    challenge.isStale = inSmall(given["stale"]) == "true";
    challenge.wantsQuality = inSmall(given["qop"]).find("auth") != std::string::npos;
    return challenge;
}

bool Authentication::challenged(const std::vector<std::string>& challenges) {
    Challenge best;
    for (const std::string& text : challenges) {
        Challenge challenge = read(text);
        if (challenge.kind > best.kind) {
            best = std::move(challenge);
        }
    }
    const bool wasAnswered = m_challenge.kind != Kind::None && m_count > 0;
    const bool isNew = !wasAnswered || best.isStale;
    if (best.kind == Kind::None || m_credentials.isOpen() || !isNew) {
        return false;
    }
    m_challenge = std::move(best);
    m_count = 0;
    return true;
}

std::string Authentication::answerFor(std::string_view method, const std::string& uri) {
    if (m_challenge.kind == Kind::None) {
        return {};
    }
    ++m_count;
    const std::string person = m_credentials.username + ":";
    if (m_challenge.kind == Kind::Basic) {
        const std::string both = person + m_credentials.password;
        return "Basic " + base::toBase64(std::as_bytes(std::span{both}));
    }
    const EVP_MD* kind = m_challenge.kind == Kind::Sha256 ? EVP_sha256() : EVP_md5();
    const std::string who = digestOf(kind, person + m_challenge.realm + ":" + m_credentials.password);
    const std::string what = digestOf(kind, std::string{method} + ":" + uri);
    std::string answer = "Digest username=\"" + m_credentials.username + "\", realm=\"" + m_challenge.realm +
                         "\", nonce=\"" + m_challenge.nonce + "\", uri=\"" + uri + "\"";
    std::string middle = m_challenge.nonce;
    if (m_challenge.wantsQuality) {
        std::array<char, 9> count{};
        std::snprintf(count.data(), count.size(), "%08x", m_count);
        const std::string ours = base::toHex(base::randomBytes(8));
        middle += std::string{":"} + count.data() + ":" + ours + ":auth";
        answer += std::string{", qop=auth, nc="} + count.data() + ", cnonce=\"" + ours + "\"";
    }
    answer += ", response=\"" + digestOf(kind, who + ":" + middle + ":" + what) + "\"";
    answer += m_challenge.kind == Kind::Sha256 ? ", algorithm=SHA-256" : "";
    answer += m_challenge.opaque.empty() ? "" : ", opaque=\"" + m_challenge.opaque + "\"";
    return answer;
}

}  // namespace leedswatch::rtsp
