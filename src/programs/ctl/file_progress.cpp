#include "programs/ctl/file_progress.h"

#include <unistd.h>

#include <iostream>

namespace leedswatch::ctl {

FileProgress::FileProgress(const Session& session) : m_isShown{!session.options.json && ::isatty(STDERR_FILENO) != 0} {}

FileProgress::~FileProgress() {
    if (m_isShown) {
        std::cerr << '\r' << std::string(30, ' ') << '\r';
    }
}

void FileProgress::tell(const std::string& howFar) {
    if (m_interruption.isAskedFor()) {
        m_stop.request_stop();
    }
    if (m_isShown) {
        std::cerr << '\r' << howFar << std::flush;
    }
}

}  // namespace leedswatch::ctl
