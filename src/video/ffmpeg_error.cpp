#include "video/ffmpeg_error.h"

#include "video/ffmpeg_handles.h"

#include <array>
#include <cerrno>
#include <cstdarg>
#include <mutex>

namespace leedswatch::video {
namespace {

base::ErrorCode codeOf(int number) {
    switch (number) {
        case AVERROR_HTTP_UNAUTHORIZED:
        case AVERROR_HTTP_FORBIDDEN: return base::ErrorCode::SignInFailed;
        case AVERROR_HTTP_NOT_FOUND:
        case AVERROR(ENOENT): return base::ErrorCode::NotFound;
        case AVERROR(ECONNREFUSED):
        case AVERROR(EHOSTUNREACH):
        case AVERROR(ENETUNREACH):
        case AVERROR(EHOSTDOWN): return base::ErrorCode::Unreachable;
        case AVERROR(ETIMEDOUT):
        case AVERROR(EAGAIN): return base::ErrorCode::TimedOut;
        case AVERROR_EXIT: return base::ErrorCode::Cancelled;
        case AVERROR(ENOSPC):
        case AVERROR(EDQUOT): return base::ErrorCode::StorageFull;
        case AVERROR_EOF:
        case AVERROR(EPIPE):
        case AVERROR(ECONNRESET):
        case AVERROR(ENOTCONN): return base::ErrorCode::Disconnected;
        case AVERROR_DECODER_NOT_FOUND:
        case AVERROR_DEMUXER_NOT_FOUND:
        case AVERROR_PROTOCOL_NOT_FOUND:
        case AVERROR_STREAM_NOT_FOUND:
        case AVERROR_PATCHWELCOME:
        case AVERROR(EPROTONOSUPPORT):
        case AVERROR(ENOSYS): return base::ErrorCode::Unsupported;
        case AVERROR_INVALIDDATA: return base::ErrorCode::Damaged;
        case AVERROR(ENOMEM):
        case AVERROR(EINVAL):
        case AVERROR_BUG: return base::ErrorCode::Internal;
        default: return base::ErrorCode::Disconnected;
    }
}

// A camera may say that its description has two gigabytes: libavformat would make room for them. The largest pictures
// that are carried (8192x4320, 4:2:0 in one plane at a time) need half of this.
constexpr std::size_t kLargestAllocation = std::size_t{128} << 20U;

}  // namespace

base::Error errorFromFfmpeg(int number, std::string_view what) {
    std::array<char, AV_ERROR_MAX_STRING_SIZE> reason{};
    av_strerror(number, reason.data(), reason.size());
    return {codeOf(number), std::string{what} + ": " + reason.data()};
}

void quietFfmpeg() {
    static std::once_flag once;
    std::call_once(once, [] {
        av_log_set_level(AV_LOG_QUIET);
        av_max_alloc(kLargestAllocation);
    });
}

}  // namespace leedswatch::video
