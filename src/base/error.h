#pragma once

#include <string>
#include <string_view>

namespace leedswatch::base {

/// Why a call failed: few kinds, each asking for another reaction. The foreign errors (errno, FFmpeg, SOCI, OpenSSL)
/// are mapped to these once, where the foreign call is made.
enum class ErrorCode {
    NotFound,
    AlreadyExists,
    InvalidInput,  ///< a value from outside is not what it must be; the message names the value and the rule
    NotPermitted,  ///< the acting person's role does not allow it
    SignInFailed,  ///< a name or password was not accepted, by us or by a camera
    Unreachable,   ///< nothing answers at the address
    TimedOut,      ///< something is there and did not answer in time
    Disconnected,  ///< it was there and has gone
    Unsupported,   ///< understood, but not a thing that we can handle (a codec, a format)
    Busy,          ///< held by somebody else; the message says by whom
    StorageFull,
    StorageFailed,  ///< the disk or the database file would not read or write
    Damaged,        ///< stored bytes are not what was stored
    NewerVersion,   ///< made by a later version of the program
    Cancelled,      ///< the caller asked to stop
    Internal,       ///< a bug of ours; never the user's fault
};

/// `message` is one plain sentence that names the thing; the console adds what to do from `code`. No secret goes in it.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
};

[[nodiscard]] std::string_view nameOf(ErrorCode code);

/// The error of a failed system call: ENOSPC and EDQUOT are StorageFull, ENOENT NotFound, the rest StorageFailed.
/// `what` says what was being done to what ("write /data/archive/0001/x.mp4").
[[nodiscard]] Error errorFromErrno(int number, std::string_view what);

}  // namespace leedswatch::base
