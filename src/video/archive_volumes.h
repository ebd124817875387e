#pragma once

#include "access/person.h"
#include "store/database.h"
#include "video/segment.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::video {

/// A disk, or a folder of one, that cameras are recorded on.
struct ArchiveVolume {
    VolumeId id;
    std::string name;
    std::string path;                          ///< absolute; empty for the main volume while it is DATA/archive
    std::string identity;                      ///< what the mark on the volume must say; empty: not marked yet
    std::optional<std::int64_t> reserveBytes;  ///< to keep free; none: reserveOf() its size
    std::optional<int> longestDays;            ///< no camera's footage is kept longer here
    /// What the administrator allows when the disk is full: footage older than this many days may go before its time.
    /// None: recording stops instead, and says so.
    std::optional<int> deleteEarlyDays;
    bool enabled = true;
    std::filesystem::path folder;  ///< where it is, as it follows from `path`

    bool operator==(const ArchiveVolume&) const = default;
};

/// What is kept free of a disk of that size if nobody said otherwise: 5 %, at least 2 GB and at most 50 GB, but never
/// more than a tenth of it.
[[nodiscard]] std::int64_t reserveOf(std::int64_t diskBytes);

/// What `add` and `change` are given; what is left out stays as it is.
struct VolumeOrder {
    std::optional<std::string> path;
    std::optional<std::int64_t> reserveBytes;  ///< negative: by the size of the disk again
    std::optional<int> longestDays;            ///< 0: no limit
    std::optional<int> deleteEarlyDays;        ///< 0: not allowed
    std::optional<bool> enabled;
};

/// The archive's volumes and which camera belongs to which. Right::ManageArchive. Each change is in the audit log.
/// Thread-safe. Topic of the change feed: "archive_volumes".
class ArchiveVolumes {
public:
    explicit ArchiveVolumes(store::Database& database) : m_database{database} {}

    /// The main volume first; it is always there.
    [[nodiscard]] base::Result<std::vector<ArchiveVolume>> list();
    [[nodiscard]] base::Result<ArchiveVolume> find(const std::string& name);

    /// Marks the folder as this volume's. Errors: NotPermitted, AlreadyExists (the name), InvalidInput (the path is not
    /// absolute, not there, or another volume's), those of writing the mark.
    [[nodiscard]] base::Result<ArchiveVolume> add(const access::Acting& acting, const std::string& name,
                                                  const VolumeOrder& order);
    /// A new path must have this volume's mark: the disk was mounted elsewhere, or copied whole. A volume that has
    /// cameras is not switched off. A new path counts from the station's next start.
    [[nodiscard]] base::Result<ArchiveVolume> change(const access::Acting& acting, const std::string& name,
                                                     const VolumeOrder& order);

    /// Cameras that are not on the main volume.
    [[nodiscard]] base::Result<std::map<estate::CameraId, VolumeId>> cameras();
    /// From now on the cameras are recorded there; what they have elsewhere stays where it is.
    [[nodiscard]] base::Result<void> assign(const access::Acting& acting, const std::string& name,
                                            const std::vector<int>& cameraNumbers);

    /// For the station only: gives a volume that has none its identity and its mark. Not if files of it are known and
    /// none of them is there: then it is a disk that is not mounted. Error: StorageFailed.
    [[nodiscard]] base::Result<ArchiveVolume> adopt(const ArchiveVolume& volume);

    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::video
