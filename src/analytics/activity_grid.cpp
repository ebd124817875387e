#include "analytics/activity_grid.h"

#include "analytics/motion_zone.h"

#include <algorithm>

namespace leedswatch::analytics {
namespace {

constexpr double leastShare = 1.0 / 200;
constexpr std::size_t secondBytes = 3;  // and a byte for each cell

/// From where to where a cell goes along one side of a picture; cells of small pictures may share pixels.
cv::Range cellRange(int cell, int cells, int size) {
    const int begin = cell * size / cells;
    return {begin, std::max(begin + 1, (cell + 1) * size / cells)};
}

}  // namespace

ActivityGrid activityOf(const cv::Mat& mask) {
    ActivityGrid grid;
    if (mask.empty()) {
        return grid;
    }
    for (int row = 0; row < activityRows; ++row) {
        const cv::Mat stripe = mask.rowRange(cellRange(row, activityRows, mask.rows));
        for (int column = 0; column < activityColumns; ++column) {
            const cv::Mat cell = stripe.colRange(cellRange(column, activityColumns, mask.cols));
            const int moving = cv::countNonZero(cell);
            if (moving > 0 && moving >= leastShare * static_cast<double>(cell.total())) {
                grid.set(static_cast<std::size_t>(row * activityColumns + column));
            }
        }
    }
    return grid;
}

ActivityGrid cellsOf(const std::vector<estate::ZonePoint>& region) {
    constexpr int finer = 8;  // so that a region smaller than a cell touches it
    if (region.size() < 3) {
        return {};
    }
    const cv::Mat places =
        countedPlaces({{MotionZone::Kind::Include, region}}, {activityColumns * finer, activityRows * finer});
    ActivityGrid grid;
    for (int row = 0; row < activityRows; ++row) {
        for (int column = 0; column < activityColumns; ++column) {
            const cv::Rect cell{column * finer, row * finer, finer, finer};
            grid.set(static_cast<std::size_t>(row * activityColumns + column), cv::countNonZero(places(cell)) > 0);
        }
    }
    return grid;
}

std::int64_t ActivitySpan::spanOf(base::UtcTime time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count() / secondsInSpan;
}

int ActivitySpan::secondOf(base::UtcTime time) {
    return static_cast<int>(std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count() % secondsInSpan);
}

base::UtcTime ActivitySpan::timeOf(std::int64_t span, int second) {
    return base::UtcTime{std::chrono::seconds{span * secondsInSpan + second}};
}

void ActivitySpan::add(int second, const ActivityGrid& cells) {
    if (cells.none() || second < 0 || second >= secondsInSpan) {
        return;
    }
    const auto place = std::ranges::lower_bound(m_seconds, second, {}, &Second::second);
    if (place != m_seconds.end() && place->second == second) {
        place->cells |= cells;
    } else {
        m_seconds.insert(place, {second, cells});
    }
}

std::vector<std::byte> ActivitySpan::bytes() const {
    std::vector<std::byte> bytes;
    for (const Second& one : m_seconds) {
        bytes.push_back(static_cast<std::byte>(one.second & 0xff));
        bytes.push_back(static_cast<std::byte>(one.second >> 8));
        bytes.push_back(static_cast<std::byte>(one.cells.count()));
        for (std::size_t cell = 0; cell < one.cells.size(); ++cell) {
            if (one.cells.test(cell)) {
                bytes.push_back(static_cast<std::byte>(cell));
            }
        }
    }
    return bytes;
}

base::Result<ActivitySpan> ActivitySpan::fromBytes(std::span<const std::byte> bytes) {
    const auto damaged = [] { return base::fail(base::ErrorCode::Damaged, "what moved in five minutes is damaged"); };
    ActivitySpan span;
    int before = -1;
    while (!bytes.empty()) {
        if (bytes.size() < secondBytes) {
            return damaged();
        }
        const int second = std::to_integer<int>(bytes[0]) | std::to_integer<int>(bytes[1]) << 8;
        const auto count = std::to_integer<std::size_t>(bytes[2]);
        if (second <= before || second >= secondsInSpan || count == 0 || bytes.size() < secondBytes + count) {
            return damaged();
        }
        ActivityGrid cells;
        for (const std::byte cell : bytes.subspan(secondBytes, count)) {
            if (std::to_integer<int>(cell) >= activityCells) {
                return damaged();
            }
            cells.set(std::to_integer<std::size_t>(cell));
        }
        span.m_seconds.push_back({second, cells});
        before = second;
        bytes = bytes.subspan(secondBytes + count);
    }
    return span;
}

}  // namespace leedswatch::analytics
