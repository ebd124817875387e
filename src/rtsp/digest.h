#pragma once

#include "rtsp/server.h"

#include <gst/rtsp-server/rtsp-server.h>

#include <string>

namespace leedswatch::rtsp {

/// What a client's request proves about who sends it.
enum class Proof { Missing, Stale, Wrong, Right };

/// Checks the request's Authorization header, by digest (RFC 2617, MD5, as RTSP cameras and their clients speak it) or
/// basic, against `credentials`. `nonce` is the one that this connection was given.
[[nodiscard]] Proof proofOf(const GstRTSPContext& context, SignIn signIn, const Credentials& credentials,
                            const std::string& nonce);

/// What the client is asked for: the value of WWW-Authenticate.
[[nodiscard]] std::string challengeFor(SignIn signIn, const std::string& nonce, Proof proof);

}  // namespace leedswatch::rtsp
