// Measures the archive's index at the size of a city: fills it with straight inserts, then asks what the programs ask.
//
//   archive_bench --folder DIR --cameras 1688 --days 31      (75 million rows, about 12 GB; --cameras 50 to see that it
//   works)
//
// Only the files in hand of a station that was killed are made; so retention is measured without unlinking: what the
// index costs, not what a disk does.

#include "estate/camera_registry.h"
#include "evidence/archive_seal.h"
#include "store/sqlite_connection.h"
#include "support/test_stream.h"
#include "video/archive_forecast.h"
#include "video/archive_recovery.h"
#include "video/archive_retention.h"
#include "video/gop.h"
#include "video/segment_index.h"
#include "video/segment_path.h"
#include "video/segment_writer.h"

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <random>

using namespace leedswatch;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

template <typename T>
T must(base::Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

void printTimes(const char* what, std::vector<double> seconds) {
    std::sort(seconds.begin(), seconds.end());
    const auto at = [&](double share) {
        return 1000 * seconds[static_cast<std::size_t>(share * double(seconds.size() - 1))];
    };
    std::printf("  %-40s p50 %8.3f ms   p95 %8.3f ms   p99 %8.3f ms\n", what, at(0.5), at(0.95), at(0.99));
}

const base::UtcTime kBegin{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};

/// Minute by minute, as a station finishes them: all cameras' files of one minute follow each other.
void fill(store::Database& database, int cameras, int days) {
    const auto sql = must(store::openConnection(database.file(), store::Access::ReadWrite));
    store::executeScript(*sql, "PRAGMA synchronous = OFF");
    const auto begun = Clock::now();
    for (int day = 0; day < days; ++day) {
        const std::string from = std::to_string(base::toStored(kBegin + std::chrono::hours{24 * day}));
        store::executeScript(
            *sql, ("BEGIN; INSERT INTO segment (camera_id, volume_id, number, file, begin_time, duration, "
                   "first_media_time, media_span, frames, bytes, sha256, cause) "
                   "WITH RECURSIVE minute(m) AS (SELECT 0 UNION ALL SELECT m + 1 FROM minute WHERE m < 1439), "
                   "camera(c) AS (SELECT 1 UNION ALL SELECT c + 1 FROM camera WHERE c < " +
                   std::to_string(cameras) + ") SELECT c, 1, c, NULL, " + from +
                   " + m * 60000000 + c * 1000, 60000000, m * 5400000, 5396400, "
                   "1500, 7500000, randomblob(32), 'full' FROM minute, camera; "
                   "INSERT INTO archive_day (day, camera_id, volume_id, files, bytes) SELECT " +
                   from +
                   " / 86400000000, camera_id, 1, 1440, 10800000000 FROM (WITH RECURSIVE camera(c) AS (SELECT 1 UNION "
                   "ALL SELECT c + 1 FROM camera WHERE c < " +
                   std::to_string(cameras) +
                   ") SELECT c AS camera_id FROM camera); "
                   "INSERT INTO segment_digest (id, sha256) SELECT id, randomblob(32) FROM segment WHERE id > "
                   "(SELECT coalesce(max(last), 0) FROM segment_run); "
                   "INSERT INTO segment_run (first, last) SELECT min(id), max(id) FROM segment WHERE id > (SELECT "
                   "coalesce(max(last), 0) FROM segment_run) GROUP BY id / 1000; COMMIT")
                      .c_str());
        std::printf("\r  day %d of %d, %.0f s", day + 1, days, secondsSince(begun));
        std::fflush(stdout);
    }
    store::executeScript(*sql, "PRAGMA wal_checkpoint(TRUNCATE)");
    const double rows = 1440.0 * cameras * days;
    std::printf("\r  %.1f million rows in %.0f s, %.2f GB, %.0f bytes a row with its digest\n", rows / 1e6,
                secondsSince(begun), double(std::filesystem::file_size(database.file())) / 1e9,
                double(std::filesystem::file_size(database.file())) / rows);
}

/// Half a minute of a camera of 704x576, 25 pictures a second and 1 Mbit/s, as the recorder writes it.
void writeHalfAMinute(const std::filesystem::path& path) {
    const auto packets = tests::makePackets(
        {.width = 704, .height = 576, .gop = 50, .encoder = ":bitrate=1000:vbv-maxrate=1000:vbv-bufsize=1000"}, 750, {},
        {});
    video::DiskArchiveFiles disk;
    std::unique_ptr<video::SegmentWriter> writer;
    video::GopCollector gops;
    const auto write = [&](std::optional<video::Gop> gop) {
        if (gop && !writer) {
            writer = must(video::SegmentWriter::create(must(disk.create(path)), *gop, nullptr, {}));
        }
        if (gop) {
            must(writer->write(*gop));
        }
    };
    for (const auto& packet : packets) {
        write(gops.add(packet));
    }
    write(gops.flush());
}

/// What a station that was killed leaves: half a minute in hand of each camera.
void leaveInHand(video::SegmentIndex& index, int cameras, base::UtcTime at) {
    const auto one = index.archiveFolder() / "one.mp4";
    std::filesystem::create_directories(one.parent_path());
    std::filesystem::remove(one);
    writeHalfAMinute(one);
    for (int camera = 1; camera <= cameras; ++camera) {
        const auto file = video::segmentPath(camera, at);
        const auto path = index.archiveFolder() / file;
        std::filesystem::create_directories(path.parent_path());
        std::filesystem::copy_file(one, path, std::filesystem::copy_options::overwrite_existing);
        must(index.addOpen({estate::CameraId{camera}, file, at, 0}));
    }
    std::printf("  %d files in hand of %.1f MB each\n", cameras, double(std::filesystem::file_size(one)) / 1e6);
    std::fflush(stdout);
}

class NoFiles final : public video::DeletionFiles {
public:
    base::Result<void> remove(const std::filesystem::path&) override { return {}; }
    base::Result<void> syncFolder(const std::filesystem::path&) override { return {}; }
};

void measure(const std::filesystem::path& folder, int cameras, int days, bool isWritten) {
    const base::SystemClock clock;
    // Later each time, so that a folder can be measured again.
    const auto end = kBegin + std::chrono::hours{24 * days} + std::chrono::seconds{std::time(nullptr) % 10'000'000};
    {
        const auto database = must(store::Database::open(folder, clock));
        video::SegmentIndex index{*database};
        leaveInHand(index, cameras, end);
    }
    if (isWritten) {
        ::sync();
    }
    auto begun = Clock::now();
    const auto database = must(store::Database::open(folder, clock));
    video::SegmentIndex index{*database};
    video::DiskArchiveFiles disk;
    // As the station does; what it leaves it finishes beside the recording.
    const auto report = must(video::recoverArchive(index, disk, {.patience = 3s}));
    std::printf("  %-40s %8.2f s\n", "start: open, recover, gaps of all cameras", secondsSince(begun));
    std::printf("  %zu files were left for later\n", report.left.size());

    std::mt19937 random{1};
    const auto camera = [&] {
        return estate::CameraId{1 + static_cast<int>(random() % static_cast<unsigned>(cameras))};
    };
    std::vector<double> times;
    for (int i = 0; i < 2'000; ++i) {
        const auto at = kBegin + std::chrono::seconds{random() % static_cast<unsigned>(days * 86'400)};
        begun = Clock::now();
        must(index.find(camera(), {at, at + 1us}));
        times.push_back(secondsSince(begun));
    }
    printTimes("the segment of an instant", times);
    times.clear();
    for (int i = 0; i < 50; ++i) {
        const auto at = kBegin + std::chrono::hours{24 * static_cast<int>(random() % static_cast<unsigned>(days))};
        begun = Clock::now();
        must(index.find(camera(), {at, at + 24h}));
        times.push_back(secondsSince(begun));
    }
    printTimes("a camera's day, listed", times);

    video::ArchiveVolume volume;
    volume.id = video::mainVolume;
    volume.name = "main";
    volume.folder = index.archiveFolder();
    video::ArchiveRetention retention{*database, evidence::segmentWitness()};
    NoFiles files;
    times.clear();
    for (int i = 0; i < 100; ++i) {
        begun = Clock::now();
        must(retention.step(volume, camera(), {kBegin + 24h, video::DeletionRule::CameraDays}, files, 200));
        times.push_back(secondsSince(begun));
    }
    printTimes("a step of retention, 200 rows", times);
    begun = Clock::now();
    for (int one = 1; one <= cameras; ++one) {
        must(
            retention.step(volume, estate::CameraId{one}, {kBegin - 24h, video::DeletionRule::CameraDays}, files, 200));
    }
    std::printf("  %-40s %8.1f ms\n", "a round in which nothing is due", 1000 * secondsSince(begun));
    begun = Clock::now();
    must(video::forecastOf(*database, volume, {10'000'000'000'000, 1'000'000'000'000}, end));
    std::printf("  %-40s %8.1f ms\n", "a forecast", 1000 * secondsSince(begun));
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Measures the archive's index at the size of a city"};
    std::filesystem::path folder;
    int cameras = 1688;
    int days = 31;
    bool again = false;
    bool isWritten = false;
    app.add_option("--folder", folder, "Where the store is made; must not be there")->required();
    app.add_flag("--again", again, "Measures a store that was filled before, with the same cameras and days");
    app.add_flag("--written", isWritten,
                 "The kernel has written what the killed station left, else it is all still to do");
    app.add_option("--cameras", cameras)->check(CLI::Range(1, 5'000));
    app.add_option("--days", days)->check(CLI::Range(1, 400));
    CLI11_PARSE(app, argc, argv);
    if (std::filesystem::exists(folder) && !again) {
        std::fprintf(stderr, "%s is there already\n", folder.c_str());
        return 1;
    }
    const base::SystemClock clock;
    std::printf("%d cameras, %d days\n", cameras, days);
    if (!again) {
        std::filesystem::create_directories(folder);
        fill(*must(store::Database::open(folder, clock)), cameras, days);
    }
    measure(folder, cameras, days, isWritten);
    return 0;
}
