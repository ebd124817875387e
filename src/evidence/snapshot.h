#pragma once

#include "access/person.h"
#include "base/clock.h"
#include "estate/camera.h"
#include "store/database.h"
#include "video/full_picture.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace leedswatch::evidence {

/// Where a snapshot's picture came from.
enum class SnapshotSource { MainStream, SubStream, Recording };

[[nodiscard]] std::string_view nameOf(SnapshotSource source);  ///< "main-stream", ... as in the manifest

/// What a snapshot is of.
struct SnapshotSubject {
    estate::Camera camera;
    std::string state;  ///< "LIVE", "FROZEN 12 s", "RECORDED": as the person saw it
    SnapshotSource source = SnapshotSource::MainStream;
};

struct Snapshot {
    std::filesystem::path folder;
    std::string original;  ///< file names in it
    std::string marked;
};

/// Keeps single pictures: the picture as it was decoded, a copy with number, name and time written into it, and what
/// vouches for both, in one folder `snapshots/DAY/camera0042_20261122T055512.345Z` below the data folder (DAY is UTC).
///
/// Invariants: a snapshot has its name only when its files are on the disk and its audit event is committed, and then
/// both; until then it is a hidden folder that goes with the call. No snapshot is ever written over. Thread-safe.
class SnapshotArchive {
public:
    SnapshotArchive(store::Database& database, const base::Clock& clock) : m_database{database}, m_clock{clock} {}

    [[nodiscard]] std::filesystem::path folder() const;

    /// `marked` may be larger than the original: it carries a line of writing. Takes as long as compressing both.
    /// Errors: NotPermitted (TakeSnapshots; of a recording PlayRecorded, too), StorageFull, StorageFailed, those of the
    /// store.
    [[nodiscard]] base::Result<Snapshot> keep(const access::Acting& acting, const SnapshotSubject& subject,
                                              const video::FullPicture& original, const video::FullPicture& marked);

private:
    [[nodiscard]] base::Result<void> publish(const access::Acting& acting, const SnapshotSubject& subject,
                                             const std::filesystem::path& part, const std::filesystem::path& target,
                                             const std::string& manifestSha256);

    store::Database& m_database;
    const base::Clock& m_clock;
};

}  // namespace leedswatch::evidence
