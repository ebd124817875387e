#pragma once

#include "base/result.h"
#include "base/time.h"
#include "estate/privacy_zone.h"

#include <opencv2/core.hpp>

#include <bitset>
#include <cstdint>
#include <span>
#include <vector>

namespace leedswatch::analytics {

inline constexpr int activityColumns = 16;
inline constexpr int activityRows = 12;
inline constexpr int activityCells = activityColumns * activityRows;

/// Where in a camera's picture something moved: a cell of 16 by 12, row by row.
using ActivityGrid = std::bitset<activityCells>;

/// Of a mask (255 where something moves), a cell that holds some of it, at least one pixel in 200 of the cell.
[[nodiscard]] ActivityGrid activityOf(const cv::Mat& mask);
/// The cells that a region of the picture touches. Empty if it has fewer than three corners.
[[nodiscard]] ActivityGrid cellsOf(const std::vector<estate::ZonePoint>& region);

/// Five minutes of a camera, a grid for each second in which something moved. A value.
class ActivitySpan {
public:
    static constexpr int secondsInSpan = 300;

    /// Which span that moment belongs to, and which second of it.
    [[nodiscard]] static std::int64_t spanOf(base::UtcTime time);
    [[nodiscard]] static int secondOf(base::UtcTime time);
    [[nodiscard]] static base::UtcTime timeOf(std::int64_t span, int second);

    void add(int second, const ActivityGrid& cells);
    [[nodiscard]] bool isEmpty() const { return m_seconds.empty(); }

    struct Second {
        int second = 0;
        ActivityGrid cells;
        bool operator==(const Second&) const = default;
    };
    /// In the order of time.
    [[nodiscard]] const std::vector<Second>& seconds() const { return m_seconds; }

    /// As stored: for each second its number (two bytes, little-endian), how many cells (one) and which (one each).
    [[nodiscard]] std::vector<std::byte> bytes() const;
    /// Error: Damaged.
    [[nodiscard]] static base::Result<ActivitySpan> fromBytes(std::span<const std::byte> bytes);
    bool operator==(const ActivitySpan&) const = default;

private:
    std::vector<Second> m_seconds;
};

}  // namespace leedswatch::analytics
