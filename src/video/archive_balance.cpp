#include "video/archive_balance.h"

#include "video/archive_retention.h"
#include "video/segment_index.h"
#include "video/segment_rows.h"

#include <algorithm>

namespace leedswatch::video {
namespace {

// Rounding of two clocks, and what a new name costs where a file is there already.
constexpr base::Microseconds kNothing{2'000};

enum class Part { File, Gap, Deleted };

struct Stretch {
    TimeRange range;
    Part part = Part::File;
};

void sortByBegin(std::vector<Stretch>& stretches) {
    std::ranges::stable_sort(stretches, {}, [](const Stretch& one) { return one.range.begin; });
}

base::Result<std::vector<TimeRange>> fileTimes(store::Database& database, estate::CameraId camera) {
    return database.read([&](soci::session& sql) -> base::Result<std::vector<TimeRange>> {
        const StoredInteger id = camera.value();
        StoredInteger begin = 0;
        StoredInteger duration = 0;
        soci::statement statement =
            (sql.prepare << "SELECT begin_time, duration FROM segment WHERE camera_id = :id ORDER BY begin_time",
             soci::use(id, "id"), soci::into(begin), soci::into(duration));
        std::vector<TimeRange> times;
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            const auto from = base::fromStored(begin);
            times.push_back({from, from + base::Microseconds{duration}});
        }
        return times;
    });
}

/// Walks along and measures how much of the time belongs to what.
class Walk {
public:
    explicit Walk(ArchiveBalance& balance) : m_balance{balance}, m_at{balance.whole.begin} {}

    void pass(const Stretch& stretch) {
        const base::UtcTime begin = std::max(stretch.range.begin, m_balance.whole.begin);
        const base::UtcTime end = std::min(stretch.range.end, m_balance.whole.end);
        if (end <= begin) {
            return;
        }
        if (begin > m_at + kNothing) {
            m_balance.leftOut.push_back({m_at, begin});
        }
        const bool twice = m_last != stretch.part && stretch.part != Part::Deleted && m_last != Part::Deleted &&
                           m_at > begin + kNothing;
        if (twice) {
            m_balance.toldTwice.push_back({begin, std::min(m_at, end)});
        }
        if (end > m_at) {
            add(stretch.part, end - std::max(begin, m_at));
            m_at = end;
            m_last = stretch.part;
        }
    }

    void finish() {
        if (m_balance.whole.end > m_at + kNothing) {
            m_balance.leftOut.push_back({m_at, m_balance.whole.end});
        }
    }

private:
    void add(Part part, base::Microseconds length) {
        switch (part) {
            case Part::File: m_balance.recorded += length; return;
            case Part::Gap: m_balance.gaps += length; return;
            case Part::Deleted: m_balance.deleted += length; return;
        }
    }

    ArchiveBalance& m_balance;
    base::UtcTime m_at;
    Part m_last = Part::File;
};

/// A step of the clock back tells the same hours twice, and rightly: files behind it are looked at for themselves.
bool clockWentBack(const std::vector<RecordingGap>& gaps, TimeRange twice) {
    return std::ranges::any_of(gaps, [&](const RecordingGap& gap) {
        return gap.cause == GapCause::ClockBack && gap.end < twice.end && gap.begin > twice.begin;
    });
}

}  // namespace

base::Result<std::optional<ArchiveBalance>> balanceOf(store::Database& database, estate::CameraId camera) {
    SegmentIndex index{database};
    const TimeRange ever{base::UtcTime{}, base::UtcTime{std::chrono::hours{24 * 365 * 200}}};
    // Everything is looked at as of this moment, however long the looking takes. The file in hand before the finished
    // ones and the gaps last: what moves in between is seen twice, and not never.
    const base::UtcTime now = database.clock().now();
    TRY_ASSIGN(const auto inHand, index.openSegmentOf(camera));
    TRY_ASSIGN(const auto files, fileTimes(database, camera));
    TRY_ASSIGN(const auto gaps, index.gaps(camera, ever));
    TRY_ASSIGN(const auto journal, deletionJournal(database, camera, ever));
    if (files.empty()) {
        return std::optional<ArchiveBalance>{};
    }
    ArchiveBalance balance;
    balance.camera = camera;
    balance.whole = {files.front().begin, now};
    std::vector<Stretch> stretches;
    for (const TimeRange& file : files) {
        stretches.push_back({file, Part::File});
        balance.whole.end = std::max(balance.whole.end, file.end);
    }
    for (const RecordingGap& gap : gaps) {
        stretches.push_back({{gap.begin, gap.lasts ? std::max(gap.begin, balance.whole.end) : gap.end}, Part::Gap});
    }
    for (const JournalEntry& entry : journal) {
        stretches.push_back({entry.range, Part::Deleted});
    }
    if (inHand && inHand->begin < now) {
        stretches.push_back({{inHand->begin, now}, Part::File});
    }
    sortByBegin(stretches);
    Walk walk{balance};
    for (const Stretch& stretch : stretches) {
        walk.pass(stretch);
    }
    walk.finish();
    std::erase_if(balance.toldTwice, [&](const TimeRange& twice) { return clockWentBack(gaps, twice); });
    return std::optional{std::move(balance)};
}

}  // namespace leedswatch::video
