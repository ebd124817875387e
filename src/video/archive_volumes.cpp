#include "video/archive_volumes.h"

#include "base/file.h"
#include "base/hash.h"
#include "estate/camera_registry.h"
#include "store/audit_witness.h"
#include "video/segment_rows.h"
#include "video/volume_files.h"

#include <algorithm>

namespace leedswatch::video {
namespace {

using base::ErrorCode;

constexpr const char* kVolumesTopic = "archive_volumes";
constexpr const char* kMainName = "main";
constexpr std::size_t kIdentityBytes = 16;

ArchiveVolume mainAsItBegins(const std::filesystem::path& dataFolder) {
    ArchiveVolume volume;
    volume.id = mainVolume;
    volume.name = kMainName;
    volume.folder = volumeFolder(dataFolder, {});
    return volume;
}

std::vector<ArchiveVolume> select(soci::session& sql, const std::filesystem::path& dataFolder) {
    ArchiveVolume volume;
    StoredInteger id = 0;
    StoredInteger reserve = 0;
    int longest = 0;
    int early = 0;
    int enabled = 0;
    soci::indicator hasReserve = soci::i_null;
    soci::indicator hasLongest = soci::i_null;
    soci::indicator hasEarly = soci::i_null;
    soci::statement statement =
        (sql.prepare << "SELECT id, name, path, identity, reserve_bytes, longest_days, delete_early_days, enabled "
                        "FROM archive_volume ORDER BY id",
         soci::into(id), soci::into(volume.name), soci::into(volume.path), soci::into(volume.identity),
         soci::into(reserve, hasReserve), soci::into(longest, hasLongest), soci::into(early, hasEarly),
         soci::into(enabled));
    std::vector<ArchiveVolume> volumes;
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        volume.id = VolumeId{id};
        volume.reserveBytes = hasReserve == soci::i_ok ? std::optional<std::int64_t>{reserve} : std::nullopt;
        volume.longestDays = hasLongest == soci::i_ok ? std::optional{longest} : std::nullopt;
        volume.deleteEarlyDays = hasEarly == soci::i_ok ? std::optional{early} : std::nullopt;
        volume.enabled = enabled != 0;
        volume.folder = volumeFolder(dataFolder, volume.path);
        volumes.push_back(volume);
    }
    if (volumes.empty() || volumes.front().id != mainVolume) {
        volumes.insert(volumes.begin(), mainAsItBegins(dataFolder));
    }
    return volumes;
}

base::Result<ArchiveVolume> named(const std::vector<ArchiveVolume>& volumes, const std::string& name) {
    const auto found = std::ranges::find(volumes, name, &ArchiveVolume::name);
    if (found == volumes.end()) {
        return base::fail(ErrorCode::NotFound, "there is no archive volume " + name);
    }
    return *found;
}

void save(store::Transaction& transaction, ArchiveVolume& volume) {
    const StoredInteger reserve = volume.reserveBytes.value_or(0);
    const int longest = volume.longestDays.value_or(0);
    const int early = volume.deleteEarlyDays.value_or(0);
    const int enabled = volume.enabled ? 1 : 0;
    soci::indicator hasReserve = volume.reserveBytes ? soci::i_ok : soci::i_null;
    soci::indicator hasLongest = volume.longestDays ? soci::i_ok : soci::i_null;
    soci::indicator hasEarly = volume.deleteEarlyDays ? soci::i_ok : soci::i_null;
    if (!volume.id.isValid()) {
        StoredInteger newest = 0;
        transaction.sql() << "SELECT max(1, coalesce(max(id), 1)) FROM archive_volume", soci::into(newest);
        volume.id = VolumeId{newest + 1};
    }
    const StoredInteger id = volume.id.value();
    transaction.sql() << "INSERT INTO archive_volume (id, name, path, identity, reserve_bytes, longest_days, "
                         "delete_early_days, enabled) VALUES (:id, :name, :path, :identity, :reserve, :longest, "
                         ":early, :enabled) ON CONFLICT (id) DO UPDATE SET path = excluded.path, "
                         "identity = excluded.identity, reserve_bytes = excluded.reserve_bytes, "
                         "longest_days = excluded.longest_days, delete_early_days = excluded.delete_early_days, "
                         "enabled = excluded.enabled",
        soci::use(id, "id"), soci::use(volume.name, "name"), soci::use(volume.path, "path"),
        soci::use(volume.identity, "identity"), soci::use(reserve, hasReserve, "reserve"),
        soci::use(longest, hasLongest, "longest"), soci::use(early, hasEarly, "early"), soci::use(enabled, "enabled");
}

void audit(store::Transaction& transaction, const access::Acting& acting, const std::string& action,
           const ArchiveVolume& volume, nlohmann::json details) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = "volume " + volume.name;
    event.details = std::move(details);
    event.witnesses = {{&ArchiveVolumes::witness(), volume.id.value()}};
    transaction.audit(event);
    transaction.notify(kVolumesTopic, volume.name);
}

nlohmann::json describe(const ArchiveVolume& volume) {
    return {{"path", volume.folder.string()},
            {"reserve_bytes", volume.reserveBytes.value_or(-1)},
            {"longest_days", volume.longestDays.value_or(0)},
            {"delete_early_days", volume.deleteEarlyDays.value_or(0)},
            {"enabled", volume.enabled}};
}

void apply(ArchiveVolume& volume, const VolumeOrder& order) {
    volume.path = order.path.value_or(volume.path);
    if (order.reserveBytes) {
        volume.reserveBytes = *order.reserveBytes < 0 ? std::nullopt : order.reserveBytes;
    }
    if (order.longestDays) {
        volume.longestDays = *order.longestDays == 0 ? std::nullopt : order.longestDays;
    }
    if (order.deleteEarlyDays) {
        volume.deleteEarlyDays = *order.deleteEarlyDays == 0 ? std::nullopt : order.deleteEarlyDays;
    }
    volume.enabled = order.enabled.value_or(volume.enabled);
}

base::Result<void> requireFolder(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::path{path}.is_absolute()) {
        return base::fail(ErrorCode::InvalidInput, "'" + path + "' is not an absolute path");
    }
    if (!std::filesystem::is_directory(path, error)) {
        return base::fail(ErrorCode::InvalidInput, path + " is not a folder: mount the disk and make the folder first");
    }
    return {};
}

bool hasCameras(soci::session& sql, VolumeId volume) {
    const StoredInteger id = volume.value();
    StoredInteger known = 0;
    sql << "SELECT count(*) FROM camera_volume WHERE volume_id = :id", soci::use(id, "id"), soci::into(known);
    return known > 0;
}

/// Whether the index knows files of the volume, and none of the first few is where it should be.
bool looksUnmounted(soci::session& sql, const std::filesystem::path& dataFolder, const ArchiveVolume& volume) {
    const auto known =
        selectSegments(sql, dataFolder, "WHERE s.volume_id = :volume ORDER BY s.id DESC LIMIT 20", {volume.id.value()});
    std::error_code ignored;
    return known && !known->empty() && std::ranges::none_of(*known, [&](const Segment& segment) {
               return std::filesystem::exists(segment.path(), ignored);
           });
}

}  // namespace

std::int64_t reserveOf(std::int64_t diskBytes) {
    constexpr std::int64_t gigabyte = 1'000'000'000;
    return std::min(std::clamp(diskBytes / 20, 2 * gigabyte, 50 * gigabyte), diskBytes / 10);
}

const store::AuditWitness& ArchiveVolumes::witness() {
    static const store::AuditWitness witness{
        "archive_volume",
        "archive_volume",
        "id",
        "name",
        {"name", "path", "identity", "reserve_bytes", "longest_days", "delete_early_days", "enabled"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

base::Result<std::vector<ArchiveVolume>> ArchiveVolumes::list() {
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<ArchiveVolume>> {
        return select(sql, m_database.folder());
    });
}

base::Result<ArchiveVolume> ArchiveVolumes::find(const std::string& name) {
    TRY_ASSIGN(const auto volumes, list());
    return named(volumes, name);
}

base::Result<ArchiveVolume> ArchiveVolumes::add(const access::Acting& acting, const std::string& name,
                                                const VolumeOrder& order) {
    TRY(access::require(acting, access::Right::ManageArchive));
    const bool plain = std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
    if (name.empty() || name.size() > 40 || !plain) {
        return base::fail(ErrorCode::InvalidInput, "a volume's name has 1 to 40 letters, digits and hyphens");
    }
    TRY(requireFolder(order.path.value_or("")));
    TRY_ASSIGN(const auto known, list());
    if (named(known, name)) {
        return base::fail(ErrorCode::AlreadyExists, "there is an archive volume " + name + " already");
    }
    ArchiveVolume volume;
    volume.name = name;
    apply(volume, order);
    volume.identity = base::toHex(base::randomBytes(kIdentityBytes));
    volume.folder = volumeFolder(m_database.folder(), volume.path);
    TRY(writeMark(volume));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<ArchiveVolume> {
        save(transaction, volume);
        audit(transaction, acting, "volume.added", volume, describe(volume));
        return volume;
    });
}

base::Result<ArchiveVolume> ArchiveVolumes::change(const access::Acting& acting, const std::string& name,
                                                   const VolumeOrder& order) {
    TRY(access::require(acting, access::Right::ManageArchive));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<ArchiveVolume> {
        TRY_ASSIGN(auto volume, named(select(transaction.sql(), m_database.folder()), name));
        apply(volume, order);
        volume.folder = volumeFolder(m_database.folder(), volume.path);
        if (order.path) {
            TRY(requireFolder(*order.path));
            TRY(requireMark(volume));
        }
        if (!volume.enabled && (volume.id == mainVolume || hasCameras(transaction.sql(), volume.id))) {
            return base::fail(ErrorCode::InvalidInput,
                              "volume " + name + " still has cameras: move them to another one first");
        }
        save(transaction, volume);
        audit(transaction, acting, "volume.changed", volume, describe(volume));
        return volume;
    });
}

base::Result<std::map<estate::CameraId, VolumeId>> ArchiveVolumes::cameras() {
    return m_database.read([](soci::session& sql) -> base::Result<std::map<estate::CameraId, VolumeId>> {
        std::map<estate::CameraId, VolumeId> cameras;
        StoredInteger camera = 0;
        StoredInteger volume = 0;
        soci::statement statement =
            (sql.prepare << "SELECT camera_id, volume_id FROM camera_volume", soci::into(camera), soci::into(volume));
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            cameras[estate::CameraId{camera}] = VolumeId{volume};
        }
        return cameras;
    });
}

base::Result<void> ArchiveVolumes::assign(const access::Acting& acting, const std::string& name,
                                          const std::vector<int>& cameraNumbers) {
    TRY(access::require(acting, access::Right::ManageArchive));
    estate::CameraRegistry registry{m_database};
    std::vector<estate::Camera> cameras;
    for (const int number : cameraNumbers) {
        TRY_ASSIGN(auto camera, registry.find(number));
        cameras.push_back(std::move(camera));
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        TRY_ASSIGN(auto volume, named(select(transaction.sql(), m_database.folder()), name));
        if (!volume.enabled) {
            return base::fail(ErrorCode::InvalidInput, "volume " + name + " is switched off");
        }
        const StoredInteger to = volume.id.value();
        auto numbers = nlohmann::json::array();
        for (const estate::Camera& camera : cameras) {
            const StoredInteger id = camera.id.value();
            transaction.sql() << "INSERT INTO camera_volume (camera_id, volume_id) VALUES (:camera, :volume) "
                                 "ON CONFLICT (camera_id) DO UPDATE SET volume_id = excluded.volume_id",
                soci::use(id, "camera"), soci::use(to, "volume");
            numbers.push_back(camera.number);
        }
        save(transaction, volume);
        audit(transaction, acting, "volume.cameras-moved", volume, {{"cameras", std::move(numbers)}});
        return {};
    });
}

base::Result<ArchiveVolume> ArchiveVolumes::adopt(const ArchiveVolume& given) {
    if (!given.identity.empty()) {
        return given;
    }
    TRY_ASSIGN(const bool unmounted, m_database.read([&](soci::session& sql) -> base::Result<bool> {
        return looksUnmounted(sql, m_database.folder(), given);
    }));
    if (unmounted) {
        return base::fail(ErrorCode::StorageFailed, "volume " + given.name + " (" + given.folder.string() +
                                                        ") has none of its newest files: it is not mounted");
    }
    ArchiveVolume volume = given;
    volume.identity = identityIn(volume.folder);  // a mark that was written just before a power cut
    if (volume.identity.empty()) {
        volume.identity = base::toHex(base::randomBytes(kIdentityBytes));
    }
    TRY(base::createFolders(volume.folder));
    TRY(writeMark(volume));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<ArchiveVolume> {
        save(transaction, volume);
        audit(transaction, access::Acting::station(), "volume.marked", volume, describe(volume));
        return volume;
    });
}

}  // namespace leedswatch::video
