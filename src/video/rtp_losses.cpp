#include "video/rtp_losses.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <string_view>

namespace leedswatch::video {
namespace {

/// libavformat's log belongs to the process, so this table has to.
struct Table {
    std::mutex mutex;
    std::map<const void*, std::int64_t> lost;  // guarded by mutex
};

Table& table() {
    static Table one;
    return one;
}

}  // namespace

RtpLosses::RtpLosses(const AVFormatContext* input) : m_input{input} {
    const std::scoped_lock lock{table().mutex};
    table().lost[m_input] = 0;
}

RtpLosses::~RtpLosses() {
    const std::scoped_lock lock{table().mutex};
    table().lost.erase(m_input);
}

std::int64_t RtpLosses::count() const {
    const std::scoped_lock lock{table().mutex};
    return table().lost.at(m_input);
}

bool RtpLosses::isTold(const char* format) {
    return format != nullptr && std::string_view{format} == "RTP: missed %d packets\n";
}

void RtpLosses::add(const void* input, int packets) {
    const std::scoped_lock lock{table().mutex};
    if (const auto found = table().lost.find(input); found != table().lost.end()) {
        found->second += std::max(packets, 0);
    }
}

}  // namespace leedswatch::video
