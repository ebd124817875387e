#pragma once

#include "evidence/clip.h"
#include "evidence/clip_writer.h"
#include "video/segment_file.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace leedswatch::evidence {

/// Copies the pictures of an order out of the archive into MP4s in one folder, and writes down what it met on the way
/// in a report: files, sources, gaps, warnings. One file at a time is open, however long the range. Used once.
class ClipCopy {
public:
    ClipCopy(const ClipOrder& order, video::SegmentIndex& index, std::filesystem::path folder, ClipStorage& storage,
             std::stop_token stop)
        : m_order{order},
          m_walk{index, order.camera.id},
          m_folder{std::move(folder)},
          m_storage{storage},
          m_stop{std::move(stop)},
          m_coveredUntil{order.range.begin} {}

    /// `before` is what was recorded last before the range: the cause of a gap at its beginning.
    [[nodiscard]] base::Result<ClipReport> run(const std::vector<video::RecordedSegment>& segments,
                                               const std::optional<video::RecordedSegment>& before,
                                               const std::function<void(double)>& advanced);

private:
    /// The pictures of one source that are to be shown, [first, last] in the order of showing.
    struct Selection {
        std::shared_ptr<const video::SegmentFile> file;
        const video::RecordedSegment* segment = nullptr;
        std::size_t first = 0;
        std::size_t last = 0;
    };

    [[nodiscard]] base::Result<void> copySegment(const video::RecordedSegment& segment);
    [[nodiscard]] std::shared_ptr<const video::SegmentFile> openSource(const video::RecordedSegment& segment);
    void checkHash(const video::SegmentFile& file, ClipSource& source);
    [[nodiscard]] std::optional<Selection> select(const video::RecordedSegment& segment,
                                                  std::shared_ptr<const video::SegmentFile> file) const;
    [[nodiscard]] bool continuesRun(const Selection& selection) const;
    [[nodiscard]] base::Result<void> beginFile(const Selection& selection);
    [[nodiscard]] base::Result<void> copyPictures(const Selection& selection, bool goesOn);
    [[nodiscard]] base::Result<void> copySound(const Selection& selection, bool goesOn, std::size_t& next);
    [[nodiscard]] base::Result<void> finishFile();
    void noteGapBefore(base::UtcTime begin);
    [[nodiscard]] std::string freeName(base::UtcTime firstShown) const;
    [[nodiscard]] base::Microseconds startOf(const Selection& selection) const;

    const ClipOrder& m_order;
    const video::SegmentWalk m_walk;
    const std::filesystem::path m_folder;
    ClipStorage& m_storage;
    const std::stop_token m_stop;

    ClipReport m_report;
    base::UtcTime m_coveredUntil;
    video::SegmentEnd m_lastEnd = video::SegmentEnd::Full;
    std::optional<std::string> m_knownCause;  // of the gap that may follow, if it is not for the index to say
    std::unique_ptr<ClipWriter> m_writer;
    ClipFile m_current;
    std::int64_t m_shownEnd = 0;  // 90 kHz, on the clock of the current file
    // The source before, for as long as its run may go on.
    std::shared_ptr<const video::SegmentFile> m_previousFile;
    std::optional<video::RecordedSegment> m_previous;
    base::Microseconds m_previousStart{0};
};

}  // namespace leedswatch::evidence
