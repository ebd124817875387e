#pragma once

#include "base/local_time.h"
#include "footage/numbered_footage.h"
#include "store/database.h"
#include "support/temporary_folder.h"
#include "video/segment_index.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {

/// A data folder with one camera and an archive of numbered pictures, 25 a second, that begins at `start`.
class ArchiveTest : public ::testing::Test {
protected:
    static base::UtcTime at(const char* text) { return base::parseTime(text).value(); }
    /// When picture `n` was recorded, counted from `start` without a gap.
    [[nodiscard]] base::UtcTime timeOf(int n) const { return start + base::Microseconds{std::int64_t{n} * 40'000}; }
    /// Changes one byte in the middle of a recorded file.
    void flipByteOf(const std::filesystem::path& file) const;

    const base::UtcTime start = at("2026-06-01T12:00:00Z");
    TemporaryFolder folder;
    base::SystemClock clock;
    std::unique_ptr<store::Database> database = store::Database::open(folder / "data", clock).value();
    estate::Camera camera = addCamera(*database);
    video::SegmentIndex index{*database};
    NumberedArchive archive{index, camera.id};
};

}  // namespace leedswatch::tests
