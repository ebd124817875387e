#pragma once

#include "base/file.h"
#include "base/time.h"
#include "simulator/answer_times.h"
#include "simulator/panel_event.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace leedswatch::simulator {

struct PanelCounts {
    std::uint64_t sent = 0;      ///< signals, each once
    std::uint64_t answered = 0;  ///< signals that were acknowledged, each once
    std::uint64_t repeated = 0;  ///< signals and polls that were sent once more
    std::uint64_t refused = 0;   ///< answers NAK and DUH
    std::uint64_t givenUp = 0;   ///< signals that nobody acknowledged, however often they were sent
    std::uint64_t lost = 0;      ///< that came to a panel whose memory was full
    std::uint64_t polls = 0;     ///< each once
    std::uint64_t pollsAnswered = 0;
};

/// A signal that was acknowledged.
struct Acknowledged {
    std::string_view account;
    std::string_view sequence;
    PanelMessage message;
    bool isUrgent = false;
    bool isOfStorm = false;
    std::chrono::nanoseconds sinceSent{0};   ///< since it was sent first
    std::chrono::nanoseconds sinceEvent{0};  ///< since it happened: waiting and dialling are in it
    base::UtcTime when{};
};

/// What all panels together did, and the list of what was acknowledged to them. The panels' thread alone.
class PanelRecord {
public:
    PanelRecord() = default;
    /// The list is a new CSV file: account,sequence,kind,data,time. Error: AlreadyExists, StorageFailed.
    [[nodiscard]] base::Result<void> keepListIn(const std::filesystem::path& path);

    PanelCounts counts;

    void acknowledged(const Acknowledged& signal);
    /// From here on `describe` tells of a storm of that many signals.
    void beginStorm(std::uint64_t signals);
    /// Writes what is not yet in the file. Error: StorageFailed; of any write so far.
    [[nodiscard]] base::Result<void> flush();

    /// One line of counts and times, and one of the last storm; each ends with a newline.
    [[nodiscard]] std::string describe(std::uint64_t waiting) const;

private:
    struct Storm {
        std::uint64_t signals = 0;
        AnswerTimes usual;
        AnswerTimes urgent;
    };

    void write();

    AnswerTimes m_times;
    std::optional<Storm> m_storm;
    std::optional<base::File> m_file;
    std::string m_unwritten;
    base::Result<void> m_written;
};

}  // namespace leedswatch::simulator
