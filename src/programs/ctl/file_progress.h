#pragma once

#include "programs/ctl/interruption.h"
#include "programs/ctl/session.h"

#include <stop_token>
#include <string>

namespace leedswatch::ctl {

/// The line on the terminal that tells how far a long reading of files is, and what ends it early: Ctrl+C. Where
/// standard error is no terminal, or a program asked, it says nothing. One thread.
class FileProgress {
public:
    explicit FileProgress(const Session& session);
    ~FileProgress();
    FileProgress(const FileProgress&) = delete;
    FileProgress& operator=(const FileProgress&) = delete;

    void tell(const std::string& howFar);
    [[nodiscard]] std::stop_token stopToken() const { return m_stop.get_token(); }

private:
    const Interruption m_interruption;
    std::stop_source m_stop;
    const bool m_isShown;
};

}  // namespace leedswatch::ctl
