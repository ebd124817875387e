#include "rtsp/client_errors.h"

namespace leedswatch::rtsp {
namespace {

using base::ErrorCode;

std::string inSeconds(std::chrono::milliseconds time) {
    const auto tenths = time.count() / 100;
    return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10)) + " s";
}

}  // namespace

base::Error ClientErrors::refusal() const {
    return {ErrorCode::SignInFailed, host + " refuses the user name or password; correct them in the list of cameras"};
}

base::Error ClientErrors::ofConnecting(base::Error error) const {
    if (error.code == ErrorCode::Cancelled) {
        return {ErrorCode::Cancelled, "connecting to " + host + " was stopped"};
    }
    return error;
}

base::Error ClientErrors::ofAsking(base::Error error) const {
    switch (error.code) {
        case ErrorCode::Cancelled: return {ErrorCode::Cancelled, "connecting to " + host + " was stopped"};
        case ErrorCode::TimedOut:
            return {ErrorCode::TimedOut, host + " accepts connections, but did not answer in " + inSeconds(connect) +
                                             "; restart the camera"};
        case ErrorCode::SignInFailed: return refusal();
        case ErrorCode::Damaged: return {ErrorCode::Unsupported, host + " answers, but not as an RTSP camera does"};
        case ErrorCode::Disconnected: return {ErrorCode::Disconnected, host + " closed the connection"};
        default: return error;
    }
}

base::Error ClientErrors::ofAnswer(int status, const std::string& method) const {
    const std::string number = std::to_string(status);
    switch (status) {
        case 403: return refusal();
        case 404:
        case 454:
            return {ErrorCode::NotFound,
                    host + " has no stream at this address; correct its path in the list of cameras"};
        case 461:
            return {ErrorCode::Unsupported,
                    host + " does not send in this way; change the camera's transport in the list of cameras"};
        case 453:
        case 503: return {ErrorCode::Busy, host + " has no stream to give at present (" + number + ")"};
        default:
            return {ErrorCode::Disconnected, host + " answers " + number + " to " + method + "; restart the camera"};
    }
}

base::Error ClientErrors::ofReading(const base::Error& error) const {
    switch (error.code) {
        case ErrorCode::Cancelled: return {ErrorCode::Cancelled, "reading from " + host + " was stopped"};
        case ErrorCode::TimedOut:
            return {ErrorCode::TimedOut,
                    "no packets from " + host + " for " + inSeconds(silence) + "; restart the camera if that goes on"};
        case ErrorCode::SignInFailed: return refusal();
        case ErrorCode::Damaged: return {ErrorCode::Disconnected, host + " sent what is no RTSP; restart the camera"};
        default: return {ErrorCode::Disconnected, host + " closed the connection"};
    }
}

}  // namespace leedswatch::rtsp
