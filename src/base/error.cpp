#include "base/error.h"

#include <cerrno>
#include <system_error>

namespace leedswatch::base {

std::string_view nameOf(ErrorCode code) {
    switch (code) {
        case ErrorCode::NotFound: return "not found";
        case ErrorCode::AlreadyExists: return "already exists";
        case ErrorCode::InvalidInput: return "invalid input";
        case ErrorCode::NotPermitted: return "not permitted";
        case ErrorCode::SignInFailed: return "sign-in failed";
        case ErrorCode::Unreachable: return "unreachable";
        case ErrorCode::TimedOut: return "timed out";
        case ErrorCode::Disconnected: return "disconnected";
        case ErrorCode::Unsupported: return "unsupported";
        case ErrorCode::Busy: return "busy";
        case ErrorCode::StorageFull: return "storage full";
        case ErrorCode::StorageFailed: return "storage failed";
        case ErrorCode::Damaged: return "damaged";
        case ErrorCode::NewerVersion: return "newer version";
        case ErrorCode::Cancelled: return "cancelled";
        case ErrorCode::Internal: return "internal error";
    }
    return "unknown";
}

Error errorFromErrno(int number, std::string_view what) {
    const std::string reason = std::generic_category().message(number);
    std::string message = std::string{what} + ": " + reason;
    switch (number) {
        case ENOSPC:
        case EDQUOT: return {ErrorCode::StorageFull, std::move(message)};
        case ENOENT: return {ErrorCode::NotFound, std::move(message)};
        case EEXIST: return {ErrorCode::AlreadyExists, std::move(message)};
        default: return {ErrorCode::StorageFailed, std::move(message)};
    }
}

}  // namespace leedswatch::base
